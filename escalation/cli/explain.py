"""``escalation explain``: why did an actor choose what it chose?"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from escalation.cli.asking import Actor, Target, moment
from escalation.cli.options import Json, Plot, Seed, Set, Without, World, chosen
from escalation.cli.output import print_json, print_table, save_plot
from escalation.errors import StudyError

if TYPE_CHECKING:
    from escalation.engines.explaining.consequences import Consequence
    from escalation.engines.explaining.explain import Decision
    from escalation.engines.explaining.explanation import Explanation
    from escalation.engines.trajectory import Trajectory

__all__ = ["explain_run"]

Given = Annotated[
    list[str] | None,
    typer.Option(
        "--given",
        metavar="NAME=VALUE",
        help="What if a belief or parameter had had this value when the decision was made? Repeatable.",
    ),
]

_VISIBLE = 0.0005
"""Least difference in probability that shows in print."""


def explain_run(
    scenario: World,
    run: Annotated[int, typer.Option("--run", "-r", min=0, help="Number of the run.")] = 0,
    seed: Seed = 0,
    day: Annotated[str | None, typer.Option("--day", metavar="DAY", help="A date, or days after the start.")] = None,
    actor: Actor = None,
    target: Target = None,
    given: Given = None,
    replacements: Set = None,
    removals: Without = None,
    as_json: Json = False,
    plot: Plot = None,
) -> None:
    """Replay a run, and say why an actor chose what it chose.

    Short sentences say what counted most and what would have changed the choice. A table has the utility of each act,
    term by term. Without a day, every decision of the run is listed, and the one that went highest is explained.

    At the end stands what came of it: each war with its day and cause, and each ally that joined. With a day, only
    what came on that day or later is told.

    For example:

    `escalation explain haniyeh-2024 --run 17 --seed 1`

    `escalation explain haniyeh-2024 --run 17 --seed 1 --day 2024-08-05 --actor irn --target isr`

    `escalation explain haniyeh-2024 --run 17 --seed 1 --day 6 --json`

    `escalation explain haniyeh-2024 --run 17 --day 2024-08-03 --actor irn --given fronts.irn-isr.fear=0.5`
    """
    from escalation.engines.explaining.explain import decisions
    from escalation.engines.simulate import simulate

    changed = chosen(scenario, replacements=replacements, removals=removals)
    trajectory = simulate(changed, seed=seed, run=run)
    listed = _matching(decisions(trajectory), trajectory, actor, target)
    if given and (day is None or actor is None):
        raise StudyError("--given asks about one decision: name its --day and --actor")
    asked = None if day is None else moment(day)
    explanations = _explanations(trajectory, listed, asked, actor, target, _given(given or ()))
    if as_json:
        print_json(_summary(trajectory, listed, explanations))
    else:
        _print(trajectory, listed if day is None else (), explanations)
    if plot is not None and explanations:
        _draw(explanations, plot)


def _given(texts: Sequence[str]) -> dict[str, float]:
    found = {}
    for text in texts:
        name, _, value = text.partition("=")
        try:
            found[name.strip()] = float(value)
        except ValueError:
            raise StudyError(f"--given {text}: must be NAME=NUMBER, as in --given fronts.irn-isr.fear=0.5") from None
    return found


def _matching(
    found: Sequence[Decision], trajectory: Trajectory, actor: str | None, target: str | None
) -> list[Decision]:
    from escalation.world.near import near

    for name in (actor, target):
        if name is not None and name not in trajectory.actor_ids:
            raise StudyError(f"no actor {name!r}{near(name, trajectory.actor_ids)}")
    return [row for row in found if actor in (None, row.actor) and target in (None, row.target)]


def _explanations(
    trajectory: Trajectory,
    listed: Sequence[Decision],
    day: datetime.date | float | None,
    actor: str | None,
    target: str | None,
    given: Mapping[str, float],
) -> list[Explanation]:
    """The decisions of a day, or the one that went highest; none where none fell in the run."""
    if day is None:
        highest = max(listed, key=lambda row: row.rung, default=None)
        return list(trajectory.explain(highest.day, highest.actor, target=highest.target)) if highest else []
    if actor is not None:
        return list(trajectory.explain(day, actor, target=target, given=given))
    actors = dict.fromkeys(row.actor for row in listed if day in (row.day, row.date))
    if not actors:
        days = ", ".join(f"{d:g}" for d in dict.fromkeys(row.day for row in listed))
        when = day if isinstance(day, datetime.date) else f"day {day:g}"
        raise StudyError(f"no decision fell on {when}; days on which one did: {days or 'none'}")
    return [part for name in actors for part in trajectory.explain(day, name, target=target)]


def _summary(
    trajectory: Trajectory, listed: Sequence[Decision], explanations: Sequence[Explanation]
) -> dict[str, object]:
    return {
        "scenario": trajectory.scenario.name,
        "hash": trajectory.scenario.hash,
        "seed": trajectory.seed,
        "run": trajectory.run,
        "decisions": [
            {
                "day": row.day,
                "date": row.date.isoformat(),
                "front": row.front,
                "act": row.act,
                "probability": row.probability,
            }
            for row in listed
        ],
        "explanations": [part.to_dict() for part in explanations],
        "consequences": [came.to_dict() for came in trajectory.consequences],
        "stood_aside": list(trajectory.stood_aside),
    }


def _print(trajectory: Trajectory, listed: Sequence[Decision], explanations: Sequence[Explanation]) -> None:
    from escalation.world.plain_words import front_words, rung_words

    if listed:
        typer.echo(f"{trajectory.scenario.name}, seed {trajectory.seed}, run {trajectory.run}")
        print_table(
            ("day", "date", "front", "act", "probability", "id"),
            [
                (
                    f"{row.day:g}",
                    str(row.date),
                    front_words(row.front, trajectory.scenario),
                    rung_words(row.act),
                    f"{row.probability:.3f}",
                    row.front,
                )
                for row in listed
            ],
        )
    if not explanations:
        typer.echo("No such decision fell in this run.")
    for part in explanations:
        _print_explanation(part)
    if not any(part.given for part in explanations):
        whole = listed or not explanations
        _print_consequences(trajectory.consequences, trajectory.consequences if whole else explanations[0].followed)
        if whole:
            for words in trajectory.stood_aside:
                typer.echo(f"{words}.")


def _print_consequences(every: Sequence[Consequence], told: Sequence[Consequence]) -> None:
    typer.echo("\nWhat came of it")
    for part in told:
        typer.echo(part.sentence)
    if not told:
        # What came before the day that was asked about is not told, and yet it came.
        typer.echo(f"No war came, and no ally joined{', on that day or later' if every else ''}.")


def _print_explanation(part: Explanation) -> None:
    from escalation.engines.explaining.explanation import change_text

    typer.echo()
    for sentence in part.sentences:
        typer.echo(sentence)
    typer.echo()
    head, rows = part.table()
    print_table(head, rows, title="What each act was worth, in stakes (* chosen)")
    typer.echo()
    print_table(
        ("belief", "value", "moved by"),
        [(row.words, f"{row.value:.3f}", row.moved_by) for row in part.beliefs],
        title=f"What {part.actor_name} believed and felt",
    )
    if part.changes:
        typer.echo()
        acts = " or ".join(dict.fromkeys(row.act for row in part.changes))
        # Which of the two it is stands with each row only where they differ.
        each = [f"{row.probability:.3f}{f' ({row.act})' if ' or ' in acts else ''}" for row in part.changes]
        print_table(
            (f"{acts} would have been likeliest had", "size", f"probability of {acts}"),
            [(change_text(row), f"{row.size:.3f}", then) for row, then in zip(part.changes, each, strict=True)],
            title="One change alone, smallest first",
        )
    moved = [row for row in part.signals if abs(row.probability - part.restraint.probability) >= _VISIBLE]
    if moved:
        typer.echo()
        print_table(
            ("without the signal", "probability of restraint", "id"),
            [
                (row.words, f"{row.probability:.3f}{'' if row.decided else ' (no decision that day)'}", row.signal)
                for row in moved
            ],
            title=f"Signals that moved the probability of restraint, {part.restraint.probability:.3f} with all",
        )


def _draw(explanations: Sequence[Explanation], path: Path) -> None:
    from escalation.plotting import explanation as draw
    from escalation.plotting.explanation import explanation_height

    heights = [explanation_height(part) for part in explanations]

    def draw_all(figure: Any) -> None:
        grid = figure.add_gridspec(len(heights), 1, height_ratios=heights)
        for k, part in enumerate(explanations):
            draw(part, ax=figure.add_subfigure(grid[k]).add_subplot())

    save_plot(path, draw_all, height=sum(heights))
