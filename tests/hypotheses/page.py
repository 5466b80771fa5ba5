"""The page of the documentation that tells the hypotheses and what was found."""

from __future__ import annotations

from pathlib import Path

from hypotheses.acting import ACTING, IDLE, RUNS, SHARE, WEAK, runs_apart
from hypotheses.catalogue import HYPOTHESES
from hypotheses.measuring import SEED, Case, Finding, Hypothesis, accepts, measure

from escalation.analysis.what_mattered.switches import MECHANISMS
from escalation.estimates.proportion import proportion

__all__ = ["PAGE", "case_row", "make_page", "words_of_sign"]

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "hypotheses.md"

HEAD = f"""\
# Hypotheses

<!-- Made by `python docs/make_hypotheses.py`; edit tests/hypotheses/catalogue.py instead. -->

The theory of crises predicts what a change does. This page says what it predicts, and what the change does in the
model. Each hypothesis is tried on worlds that differ by one change and have the same noise. It is tried first in a
neutral crisis that holds nothing but what it needs, and then in the [main scenario](haniyeh-2024.md), if its
mechanism is at work there. In *quarrel* a challenger wants what a defender holds. In *attack* a victim was injured,
and it may be uncertain by whom. A strike on a front is an act that its actor chose there, at the lowest rung of
force or above, at any time within the horizon.

All runs have the seed {SEED}. The effect is the share of runs with the outcome in the second world minus that in the
first. Where more than two worlds are compared, their shares stand in the order of the words. Intervals are of 95 %,
from the pairs: of [BonettPrice2012]_ for two worlds, of [Student1908]_ for more. The tests judge by a stricter
interval, which errs once in two million. So all of them together raise a false alarm more rarely than once in
10,000. Where no effect is expected, the whole of that interval has to lie within the margin stated.

Where the model does not reproduce a hypothesis, the page says so and why. No parameter was tuned for it.
"""

WITHOUT = {
    "`fronts.*.struck_first`": "It states who used force before anybody chooses. What follows for pledges on condition "
    "is tried under conditional-support, and what follows for a patron's restraint under leash.",
    "`rules.joining`": "That patrons join as often as they are expected to is how the piece is made, and no "
    "prediction. That those held to be likelier to join fight in more wars is tried under wars-of-allies.",
    "a threat or a demand taken back": "It ends what the word did, so that the prediction is that of the word with its "
    "sign reversed. A vow taken back is tried, since what the audience has seen of it still counts.",
    "one answer to calls that come together": "That a patron with one promise to several answers them alike is how the "
    "piece is made. No theory says how alike such answers are.",
}
"""Pieces of the second version that no hypothesis speaks of, and why."""


def words_of_sign(case: Case) -> str:
    """Sign that is expected, or how near to none the effect is to be."""
    if case.sign == "0":
        return f"none, ± {case.margin:.0%} of it" if case.relative else f"none, ± {case.margin:g}"
    return {"+": "rises", "-": "falls"}[case.sign]


def case_row(case: Case, found: Finding) -> str:
    """Row of the table of a hypothesis."""
    effect = found.effect
    interval = f"{effect.value:+.4f} [{effect.low:+.4f}, {effect.high:+.4f}]"
    shares = ", ".join(f"{share:.3f}" for share in found.shares)
    verdict = "reproduced" if accepts(case, found) else "**not reproduced**"
    cells = (
        case.crisis,
        case.change,
        case.measure.words,
        words_of_sign(case),
        shares,
        interval,
        f"{case.runs:,}",
        verdict,
    )
    return f"| {' | '.join(cells)} |"


def _section(hypothesis: Hypothesis, findings: list[Finding]) -> str:
    sources = " ".join(f"[{key}]_" for key in hypothesis.sources) or hypothesis.basis
    rows = [case_row(case, found) for case, found in zip(hypothesis.cases, findings, strict=True)]
    reasons = [f"\nNot reproduced in *{case.crisis}*: {case.fails}" for case in hypothesis.cases if case.fails]
    if hypothesis.absent:
        reasons.append(f"\nNot tried on the main scenario. {hypothesis.absent}")
    return "\n".join(
        [
            f"### {hypothesis.name}",
            "",
            f"{hypothesis.sentence} {sources}",
            "",
            "| crisis | change | outcome | expected | share of runs | effect | runs | found |",
            "|---|---|---|---|---|---|---|---|",
            *rows,
            *reasons,
        ]
    )


def _mechanisms() -> str:
    rows = []
    for matter, names in ACTING.items():
        for name in names:
            share = proportion(runs_apart(name), RUNS)
            floor, why = WEAK.get(name, (SHARE, ""))
            rows.append(
                f"| {matter} | `{name}` | {MECHANISMS[name][0]} | {share.value:.2%} "
                f"[{share.low:.2%}, {share.high:.2%}] | {100 * floor:g}% | {why} |"
            )
    return "\n".join(
        [
            "## Which mechanisms act in the main scenario",
            "",
            f"Each mechanism was switched off in turn. The share is that of the {RUNS:,} paired runs in which somebody",
            "then did something else, or on another day, with its interval [Wilson1927]_. It has to be at least 1 %;",
            "where it is less, the reason stands beside it.",
            "",
            "| what happens there | mechanism | what it is | runs that differ | at least | why so few |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
            *(f"- `{name}` ({MECHANISMS[name][0]}) cannot act in it. {why}" for name, why in IDLE.items()),
        ]
    )


def _without() -> str:
    rows = (f"- {piece}: {why}" for piece, why in WITHOUT.items())
    return "\n".join(["## Pieces without a hypothesis", "", *rows])


def make_page() -> str:
    """Try every hypothesis and write down what was found."""
    sections = []
    tried = reproduced = 0
    for hypothesis in HYPOTHESES:
        findings = [measure(case) for case in hypothesis.cases]
        pairs = list(zip(hypothesis.cases, findings, strict=True))
        tried += len(pairs)
        reproduced += sum(accepts(case, found) for case, found in pairs)
        sections.append(_section(hypothesis, findings))
    count = f"{len(HYPOTHESES)} hypotheses in {tried} cases; {reproduced} cases are reproduced."
    return "\n\n".join([HEAD.rstrip(), "## What was found", count, *sections, _without(), _mechanisms()]) + "\n"
