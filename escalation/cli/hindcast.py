"""``escalation hindcast``: crises of the past, forecast from their information dates and scored."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from escalation.cli.options import Json, Plot, Runs, Seed, Workers
from escalation.cli.output import note, print_json, print_table, save_axes
from escalation.errors import StudyError

if TYPE_CHECKING:
    from escalation.analysis.score.hindcasts.hindcast import Hindcasts
    from escalation.world.scenario import Scenario

__all__ = ["hindcast_crises"]

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SCENARIO]...", help="Names in the library, or files; `all`, the default, for all of them."
    ),
]
Prior = Annotated[
    bool,
    typer.Option(
        "--prior", help="Print what the judgements imply before anybody acts, without a look at what happened."
    ),
]


def hindcast_crises(
    scenarios: Names = None,
    runs: Runs = 10_000,
    seed: Seed = 0,
    workers: Workers = None,
    prior: Prior = False,
    plot: Plot = None,
    as_json: Json = False,
) -> None:
    """Forecast past crises from what was known on a given day, and score the forecasts on what happened.

    Only acts after the information date and within the horizon count. The scores of base rates are printed beside
    them; a lower score is better.

    For example:

    `escalation hindcast all --runs 20000 --seed 1`

    `escalation hindcast july-1914 cuba-1962 --json`

    `escalation hindcast cuba-1962 --prior`
    """
    from escalation.analysis.score.hindcasts.hindcast import hindcast
    from escalation.files import library_names, load

    names = scenarios or ["all"]
    if "all" in names and len(names) > 1:
        raise StudyError("`all` stands for every crisis of the library; give it alone, or name some of them")
    if prior and plot is not None:
        raise StudyError("--prior prints tables, and draws nothing; leave out --plot")
    if names == ["all"]:
        chosen = [scenario for scenario in map(load, library_names()) if scenario.observed]
    else:
        chosen = [load(name) for name in names]
    if prior:
        _print_prior(chosen, runs, seed, workers, as_json)
        return
    found = hindcast(chosen, runs=runs, seed=seed, workers=workers)
    if plot is not None:
        from escalation.plotting import hindcast as draw

        save_axes(plot, lambda: draw(found))
    if as_json:
        print_json(found.summary())
        return
    _print_cases(found)
    _print_without_rival(found)
    _print_fronts(found)
    _print_scores(found)
    from escalation.world.plain_words import sentence

    typer.echo(f"\n{sentence(found.note)}.")


def _print_cases(found: Hindcasts) -> None:
    from escalation.world.plain_words import counted

    first = next(iter(found.cases.values()))
    print_table(
        *found.table(),
        title=f"What was forecast, and what came ({counted(first.runs, 'run')} of each, seed {first.seed})",
    )


def _print_without_rival(found: Hindcasts) -> None:
    """Agreements and concessions: no base rate rivals them, and only some files say whether there was one."""
    from escalation.world.plain_words import QUESTIONS

    rows = [
        (
            name,
            QUESTIONS[asked],
            f"{question.shares[1]:.2f}",
            question.levels[question.came],
            f"{question.score('brier'):.3f}",
            f"{question.score('log'):.3f}",
        )
        for name, case in found.cases.items()
        for asked in ("agreement", "concession")
        if (question := case.questions.get(asked)) is not None
    ]
    if rows:
        typer.echo()
        print_table(
            ("crisis", "question", "P(yes)", "observed", "Brier", "log"),
            rows,
            title="Whether anybody gave way, where the file says so",
        )


def _print_fronts(found: Hindcasts) -> None:
    from escalation.world.plain_words import actor_name, front_words

    rows = []
    for name, case in found.cases.items():
        for front, told in case.fronts.items():
            if told.question.came > 0 or told.probability.value >= 0.1:
                came = "never" if math.isinf(told.force_day) else f"{told.force_day:g}"
                days = " ".join("never" if math.isinf(day) else f"{day:g}" for day in told.quantiles)
                rows.append(
                    (
                        name,
                        front_words(front, case.scenario),
                        f"{told.probability.value:.2f}",
                        days,
                        came,
                        told.question.levels[told.question.came],
                    )
                )
    typer.echo()
    print_table(
        ("crisis", "front", "P(force or war)", "day, 5 50 95 %", "observed", "went to"),
        rows,
        title="Who strikes by when: fronts with force observed, or forecast with a tenth or more",
    )
    for name, case in found.cases.items():
        for act in case.course.impossible:
            who, whom = (actor_name(case.scenario, one) for one in (act.actor, act.target))
            note(f"{name}: no run can produce what {who} did to {whom} on {act.date}; it is not scored")


def _print_scores(found: Hindcasts) -> None:
    from escalation.world.plain_words import QUESTIONS

    rows = []
    for question in found.question_names:
        first = next(iter(found.cases.values())).questions[question].first_score
        for rival in found.rivals(question):
            for which in (first, "log"):
                rows.append(  # noqa: PERF401 - three loops in one expression would be hard to read
                    (
                        f"{QUESTIONS[question]}, {which}",
                        f"{found.scores(question, which=which).mean():.3f}",
                        rival,
                        f"{found.scores(question, which=which, rival=rival).mean():.3f}",
                        found.difference(question, rival, which=which).number_text(),
                        "" if (better := found.skill(question, rival, which=which)) is None else better.number_text(),
                    )
                )
    several = f"Mean scores over {len(found.cases)} crises, with 95 % bootstrap intervals over crises"
    typer.echo()
    print_table(
        ("question, score", "model", "rival", "its score", "model less this", "skill"),
        rows,
        title=several if len(found.cases) > 1 else "Scores of one crisis; from one alone, intervals have no width",
    )
    typer.echo()
    parts = found.front_scores().items()
    print_table(
        ("fronts", "number", "RPS", "date of first force"),
        [(name, str(part["fronts"]), f"{part['rps']:.3f}", f"{part['first_force']:.3f}") for name, part in parts],
        title="Mean scores of fronts",
    )
    typer.echo()
    print_table(
        ("places among the runs", "counts in bins of equal width"),
        [(name, " ".join(map(str, counts))) for name, counts in found.histograms().items()],
    )


def _print_prior(chosen: Sequence[Scenario], runs: int, seed: int, workers: int | None, as_json: bool) -> None:
    from escalation.analysis.uncertain.prior_predictive import prior_predictive
    from escalation.world.plain_words import counted, place_words, rung_words

    checked = [prior_predictive(scenario, runs=runs, seed=seed, workers=workers) for scenario in chosen]
    if as_json:
        print_json({"prior": {each.scenario.name: each.summary() for each in checked}})
        return
    for each in checked:
        print_table(
            ("peak without the timeline", "probability"),
            [(rung_words(rung), estimate.number_text()) for rung, estimate in each.quiet.items()],
            title=f"{each.scenario.name}: {counted(each.runs, 'run')}, seed {each.seed}",
        )
        typer.echo()
        print_table(
            ("front", "act", "P, of first decisions", "utility over restraint, 5 50 95 %"),
            each.rows(),
            title=f"First decisions, while nobody has acted ({counted(each.recorded, 'run')})",
        )
        typer.echo()
        print_table(
            ("drawn", "5 %", "50 %", "95 %"),
            [
                (place_words(path, each.scenario), *(f"{value:.3g}" for value in three))
                for path, three in each.drawn.items()
            ],
        )
        typer.echo()
