"""The page of the documentation that tells the library's crises, what was forecast of them, and what came."""

from __future__ import annotations

import hashlib
import math
import re
from functools import cache
from pathlib import Path

import numpy as np

from escalation.analysis.score.hindcasts.case import Hindcast, hindcast_of
from escalation.analysis.score.hindcasts.hindcast import BINS, Hindcasts
from escalation.analysis.uncertain.prior_predictive import FirstDecision, prior_predictive
from escalation.files import library_names, load
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.runner import run
from escalation.reports.tables import Table
from escalation.world.distributions import Part
from escalation.world.scenario import Scenario

__all__ = [
    "FIRST_CODING",
    "PAGE",
    "RUNS",
    "SEED",
    "SHORT",
    "TAKEN_AWAY",
    "fingerprint",
    "hindcast_without",
    "make_page",
    "means",
    "tables",
    "without",
]

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "library.md"
FIGURE = PAGE.parents[1] / "_static" / "library-hindcast.png"
BLOCK = re.compile(r"(<!-- table: (?P<name>\S+) -->)\n.*?(<!-- end of table -->)", re.DOTALL)
RUNS, SEED = 20_000, 1
SHORT = 200
"""Runs by whose acts it is seen whether the page is of the model as it is."""
PRIOR_RUNS = 2_000

FIRST_CODING = {
    "agadir-1911": (0.83, 0.21, 0.160, 0.313, 0.045),
    "april-2024": (0.86, 0.18, 0.095, 0.085, 0.032),
    "berlin-1961": (0.64, 0.09, 0.088, 0.160, 0.008),
    "cuba-1962": (0.86, 0.14, 0.014, 0.082, 0.019),
    "falklands-1982": (0.98, 0.50, 0.065, 0.089, 0.252),
    "haniyeh-2024": (0.84, 0.17, 0.216, 0.308, 0.694),
    "july-1914": (0.94, 0.21, 0.237, 0.262, 0.625),
    "pulwama-2019": (0.76, 0.10, 0.018, 0.138, 0.009),
    "soleimani-2020": (0.99, 0.32, 0.021, 0.035, 0.103),
    "tonkin-1964": (0.97, 0.41, 0.115, 0.279, 0.170),
}
"""What the same command found for the files as they were first coded, before there was a codebook: the chances of
force and of war, and the scores of peak, violence and war. They were void once the files were coded anew, and are kept
to compare."""


def fingerprint(ensemble: Ensemble) -> str:
    """Twelve digits that change with any act in the first runs, or with any number of the scenario."""
    acts = np.ascontiguousarray(ensemble.outcomes["signature"][:SHORT]).tobytes()
    return hashlib.sha256(ensemble.scenario.hash.encode() + acts).hexdigest()[:12]


def crises() -> list[Scenario]:
    """Scenarios of the library that have observed acts, in its order."""
    return [scenario for name in library_names() if (scenario := load(name)).observed]


@cache
def _played() -> tuple[Hindcasts, dict[str, str]]:
    cases: list[Hindcast] = []
    marks: dict[str, str] = {}
    for number, scenario in enumerate(crises()):
        ensemble = run(scenario, runs=RUNS, seed=SEED, progress=False)
        cases.append(hindcast_of(ensemble, number=number))
        marks[scenario.name] = fingerprint(ensemble)
    return Hindcasts.of(cases), marks


TAKEN_AWAY: dict[str, dict[str, float | bool]] = {
    "nothing": {},
    "stakes": {"injury_stakes": 0.0, "brinkmanship_stakes": 0.0},
    "shared reasons": {"shared_reasons": 0.0},
    "answers on the timeline": {"scheduled_answers": False},
    "words that are expected to be kept": {"threat_credibility": 0.0},
}
"""Rules that came after the first fit of the second version, and what takes each away."""


def hindcast_without(scenario: Scenario, what: str, seed: int = SEED) -> Hindcast:
    """Hindcast of a crisis with one of `TAKEN_AWAY`."""
    for rule, value in TAKEN_AWAY[what].items():
        scenario = scenario.replace(f"rules.{rule}", value)
    return hindcast_of(run(scenario, runs=RUNS, seed=seed, progress=False), number=0)


@cache
def without(what: str, seed: int = SEED) -> dict[str, Hindcast]:
    """Hindcasts of the ten crises that were chosen first, with one of `TAKEN_AWAY`."""
    return {name: hindcast_without(load(name), what, seed) for name in FIRST_CODING}


def means(found: dict[str, Hindcast]) -> tuple[float, ...]:
    """Mean scores of peak, violence and war."""
    asked = (("peak", "rps"), ("violence", "rps"), ("war", "brier"))
    return tuple(
        float(np.mean([case.questions[question].score(score) for case in found.values()])) for question, score in asked
    )


def _without() -> Table:
    rows = [(what, *(f"{mean:.4f}" for mean in means(without(what)))) for what in TAKEN_AWAY]
    return Table(("taken away", "RPS of the peak", "RPS of violence", "Brier score of war"), tuple(rows))


def _judged(value: object) -> int:
    """Number of distributions in a scenario."""
    if isinstance(value, Part):
        if "distribution" in type(value).model_fields:
            return 1
        return sum(_judged(getattr(value, name)) for name in type(value).model_fields)
    if isinstance(value, dict):
        return sum(map(_judged, value.values()))
    return sum(map(_judged, value)) if isinstance(value, tuple) else 0


def _crises() -> Table:
    rows = []
    for scenario in crises():
        actors = [name for name in scenario.actors if any(name in front.split("-") for front in scenario.fronts)]
        rows.append(
            (
                f"`{scenario.name}`",
                f"{scenario.start:%-d %B %Y}",
                f"{scenario.as_of:%-d %B}",
                str(scenario.horizon),
                ", ".join(scenario.actors[name].name for name in actors),
                str(_judged(scenario)),
                str(len(scenario.sources) - 1),
            )
        )
    return Table(("crisis", "from", "known up to", "days", "who can act", "judgements", "sources"), tuple(rows))


def _forecasts(found: Hindcasts, marks: dict[str, str]) -> Table:
    rows = []
    for name, case in found.cases.items():
        asked = case.questions
        peak, violence = asked["peak"], asked["violence"]
        share, likeliest = max(zip(peak.shares.tolist(), peak.levels, strict=True))
        rows.append(
            (
                f"`{name}`",
                f"{likeliest} {share:.2f}",
                f"**{peak.levels[peak.came]}** {peak.shares[peak.came]:.2f}",
                *(f"{asked[event].shares[1]:.2f}, {asked[event].levels[asked[event].came]}" for event in EVENTS),
                f"{peak.score('rps'):.3f}",
                f"{violence.score('rps'):.3f} ({violence.score('rps', 'ICB'):.3f})",
                f"{asked['war'].score('brier'):.3f} ({asked['war'].score('brier', 'ICB'):.3f})",
                f"`{marks[name]}`",
            )
        )
    heads = ("crisis", "likeliest peak", "what came", "force", "war", "RPS peak", "RPS violence", "Brier war", "runs")
    return Table(heads, tuple(rows))


def _codings(found: Hindcasts) -> Table:
    """The first coding and the present one, side by side."""
    now = {}
    for name in FIRST_CODING:
        asked = found.cases[name].questions
        scores = (asked["peak"].score("rps"), asked["violence"].score("rps"), asked["war"].score("brier"))
        now[name] = (*(float(asked[event].shares[1]) for event in EVENTS), *scores)
    rows = [
        (f"`{name}`", *(f"{a:.{d}f} → {b:.{d}f}" for a, b, d in zip(first, now[name], DIGITS, strict=True)))
        for name, first in FIRST_CODING.items()
    ]
    means = zip(*(np.mean(list(each.values()), axis=0) for each in (FIRST_CODING, now)), DIGITS, strict=True)
    rows.append(("mean of the ten", *(f"{a:.{d}f} → {b:.{d}f}" for a, b, d in means)))
    return Table(("crisis", "force", "war", "RPS peak", "RPS violence", "Brier war"), tuple(rows))


EVENTS = ("initiation", "war")
DIGITS = (2, 2, 3, 3, 3)


def _day(day: float) -> str:
    return "never" if math.isinf(day) else f"{day:g}"


def _dates(found: Hindcasts) -> Table:
    rows = [
        (
            f"`{name}`",
            f"`{front}`",
            f"{told.probability.value:.2f}",
            ", ".join(map(_day, told.quantiles)),
            _day(told.force_day),
            told.question.levels[told.question.came],
        )
        for name, case in found.cases.items()
        for front, told in case.fronts.items()
        if told.question.came > 0 or told.probability.value >= 0.5
    ]
    return Table(("crisis", "front", "P(force or war)", "day: 5, 50, 95 %", "came on day", "went to"), tuple(rows))


def _scores(found: Hindcasts) -> Table:
    rows = []
    for question in found.question_names:
        first = next(iter(found.cases.values())).questions[question].first_score
        for rival in found.rivals(question):
            for which in (first, "log"):
                rows.append(  # noqa: PERF401 - three loops in one expression would be hard to read
                    (
                        question,
                        "Brier" if which == "brier" else which if which == "log" else "RPS",
                        f"{found.scores(question, which=which).mean():.3f}",
                        f"{found.scores(question, which=which, rival=rival).mean():.3f} ({rival})",
                        found.difference(question, rival, which=which).number_text(),
                        "" if (better := found.skill(question, rival, which=which)) is None else better.number_text(),
                    )
                )
    return Table(("question", "score", "model", "rival", "model less rival", "skill"), tuple(rows))


def _expected(found: Hindcasts) -> Table:
    """Scores of war beside those that the forecasts expect of themselves, p(1 − p) each."""
    rows = []
    for words, names in (("the ten chosen", list(FIRST_CODING)), ("all twelve", list(found.cases))):
        asked = [found.cases[name].questions["war"] for name in names]
        chance = np.array([question.shares[1] for question in asked])
        expected = chance * (1.0 - chance)
        spread = math.sqrt(float((expected * (1.0 - 2.0 * chance) ** 2).sum())) / len(asked)
        score = np.mean([question.score("brier") for question in asked])
        wars = sum(question.came for question in asked)
        rows.append((words, str(wars), f"{chance.sum():.1f}", *(f"{x:.3f}" for x in (score, expected.mean(), spread))))
    heads = ("crises", "wars", "wars expected", "Brier score of war", "score expected", "standard deviation")
    return Table(heads, tuple(rows))


def _fronts(found: Hindcasts) -> Table:
    parts = found.front_scores().items()
    rows = [(name, str(p["fronts"]), f"{p['rps']:.3f}", f"{p['first_force']:.3f}") for name, p in parts]
    return Table(("fronts", "number", "RPS of how far", "score of the date of first force"), tuple(rows))


def _places(found: Hindcasts) -> Table:
    words = {"peak": "peak rung, crises", "first_force": "date of first force, fronts"}
    heads = ("place of what came", *(f"{k / BINS:g} to {(k + 1) / BINS:g}" for k in range(BINS)))
    return Table(heads, tuple((words[name], *map(str, counts)) for name, counts in found.histograms().items()))


def _prior() -> Table:
    rows = []
    for scenario in crises():
        checked = prior_predictive(scenario, runs=PRIOR_RUNS, seed=SEED, progress=False)
        front = max(checked.decisions, key=lambda each: checked.decisions[each].falls.value)
        rows.append(
            (
                f"`{scenario.name}`",
                checked.quiet["restraint"].number_text(),
                f"`{front}`",
                *_first(checked.decisions[front]),
            )
        )
    heads = ("crisis", "restraint, no timeline", "front", "restraint", "threat, display", "open force", "covert force")
    return Table(heads, tuple(rows))


def _first(decision: FirstDecision) -> tuple[str, ...]:
    share = {act: estimate.value for act, estimate in decision.acts.items()}
    below = share.get("threat", 0.0) + share.get("display", 0.0)
    covert = sum(value for act, value in share.items() if act.endswith("(covert)"))
    open_force = sum(share.values()) - share["restraint"] - below - covert
    return tuple(f"{value:.2f}" for value in (share["restraint"], below, open_force, covert))


@cache
def tables() -> dict[str, Table]:
    """All tables of the page, by name; takes a minute."""
    found, marks = _played()
    return {
        "crises": _crises(),
        "prior": _prior(),
        "forecasts": _forecasts(found, marks),
        "dates": _dates(found),
        "scores": _scores(found),
        "expected": _expected(found),
        "codings": _codings(found),
        "without": _without(),
        "fronts": _fronts(found),
        "places": _places(found),
    }


def make_page() -> str:
    """Text of the page with each table as the model has it now; the sentences stay as they are."""
    return BLOCK.sub(
        lambda b: f"{b[1]}\n\n{tables()[b['name']].markdown()}\n\n{b[3]}", PAGE.read_text(encoding="utf-8")
    )


def draw_figure() -> None:
    """Draw the figure of the page."""
    from escalation.plotting import hindcast
    from escalation.plotting.saving import save_figure, unseen

    found, _ = _played()
    save_figure(unseen(lambda: hindcast(found)), FIGURE)
