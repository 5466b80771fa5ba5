"""``escalation ablate``: what each mechanism does."""

from __future__ import annotations

from typing import Annotated

import typer

from escalation.cli import completing
from escalation.cli.options import Json, Runs, Seed, Set, Without, Workers, World, chosen
from escalation.cli.output import print_json, print_table

__all__ = ["ablate_mechanisms"]

Mechanisms = Annotated[
    list[str] | None,
    typer.Option(
        "--mechanism",
        "-m",
        metavar="NAME",
        help="Only this mechanism; repeatable.",
        autocompletion=completing.mechanisms,
    ),
]
Events = Annotated[
    list[str] | None,
    typer.Option(
        "--event", "-e", metavar="EVENT", help="Only this event; repeatable.", autocompletion=completing.events
    ),
]


def ablate_mechanisms(
    scenario: World,
    runs: Runs = 10_000,
    seed: Seed = 0,
    mechanisms: Mechanisms = None,
    events: Events = None,
    replacements: Set = None,
    removals: Without = None,
    workers: Workers = None,
    as_json: Json = False,
) -> None:
    """Switch off each mechanism in turn, and print what that changes, run by run.

    A difference is without the mechanism minus with it: above 0, the event is likelier without the mechanism.

    For example:

    `escalation ablate haniyeh-2024 --runs 20000 --seed 1`

    `escalation ablate haniyeh-2024 --mechanism leak --mechanism fear --json`
    """
    from escalation.analysis.what_mattered.ablation import ablate
    from escalation.world.plain_words import counted

    changed = chosen(scenario, replacements=replacements, removals=removals)
    study = ablate(changed, runs=runs, seed=seed, mechanisms=mechanisms, events=events, workers=workers)
    if as_json:
        print_json(study.summary())
        return
    typer.echo(
        f"{changed.name}: {counted(study.runs, 'pair')} of runs, seed {seed}; without the mechanism minus with it"
    )
    print_table(*study.table(events=events))
