"""``escalation ladders``: does a conclusion hold on other ladders?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from escalation.cli import completing
from escalation.cli.asking import Actor, Event, Target
from escalation.cli.compare import Other, two_worlds
from escalation.cli.options import Json, Runs, Seed, Set, Without, Workers, World
from escalation.cli.output import note, print_json, print_table

if TYPE_CHECKING:
    from escalation.analysis.what_mattered.ladders import AcrossLadders

__all__ = ["compare_on_ladders"]

Ladders = Annotated[
    list[str] | None,
    typer.Option(
        "--ladder",
        metavar="NAME",
        help="A ladder of the library; repeatable. The first gives the conclusion. By default all of them.",
        autocompletion=completing.ladders,
    ),
]


def compare_on_ladders(
    scenario: World,
    other: Other = None,
    event: Event = "initiation",
    actor: Actor = None,
    target: Target = None,
    ladders: Ladders = None,
    runs: Runs = 10_000,
    seed: Seed = 0,
    replacements: Set = None,
    removals: Without = None,
    workers: Workers = None,
    as_json: Json = False,
) -> None:
    """Make one comparison on several ladders, and say whether its conclusion holds on all of them.

    How high an act is, and how fine the steps are, is a judgement. No conclusion should depend on it. A difference is
    what the change did: changed minus unchanged.

    For example:

    `escalation ladders haniyeh-2024 --without us-private-warning --seed 1`

    `escalation ladders haniyeh-2024 --set actors.usa.honesty=0.9 --event war --ladder default --ladder kahn-44 --json`
    """
    from escalation.analysis.what_mattered.ladders import LADDERS, across_ladders
    from escalation.estimates.paired import DIFFERENCE_IS
    from escalation.world.plain_words import counted

    first, second = two_worlds("ladders", scenario, other, replacements=replacements, removals=removals)
    study = across_ladders(
        first,
        second,
        event=event,
        actor=actor,
        target=target,
        ladders=ladders or LADDERS,
        runs=runs,
        seed=seed,
        workers=workers,
    )
    # Ctrl-C ends the runs on one ladder alone, and the next is played in full.
    played = [row.first.runs for row in study.rows]
    fewest, most = min(played), max(played)
    if as_json:
        print_json(study.summary())
    else:
        pairs = counted(most, "pair") if fewest == most else f"{fewest:,} to {most:,} pairs"
        typer.echo(f"{first.name}: {DIFFERENCE_IS}, {pairs} of runs on each ladder, seed {seed}")
        print_table(("ladder", "event", "difference", "verdict"), study.rows_text())
        typer.echo(_verdict(study))
    if fewest < runs:
        note(f"Interrupted: on one ladder or more these are the first {fewest:,} of {runs:,} pairs of runs.")
        raise typer.Exit(130)


def _verdict(study: AcrossLadders) -> str:
    """What becomes of the conclusion, in a sentence."""
    first, *others = (row.ladder for row in study.rows)
    if study.rows[0].sign == 0:
        return f"On the ladder {first} the interval holds 0, so that there is no conclusion that others could bear out."
    if study.survives:
        return "The conclusion survives on every ladder."
    against = [f"{name} ({study.verdict(name)})" for name in others if study.verdict(name) != "survives"]
    return f"The conclusion does not survive on every ladder: not on {', '.join(against)}."
