"""``escalation leave-one-out``: which word, promise or deed made the difference?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from escalation.cli import completing
from escalation.cli.asking import Actor, Event, Target
from escalation.cli.options import Json, Plot, Runs, Seed, Set, Store, Table, Without, Workers, World, chosen
from escalation.cli.output import end_interrupted, note, print_json, print_table, save_axes

if TYPE_CHECKING:
    from escalation.analysis.what_mattered.left_out import LeaveOneOut

__all__ = ["leave_each_out"]

Items = Annotated[
    list[str] | None,
    typer.Option(
        "--item",
        "-i",
        metavar="ID",
        help="Only this occasion, event, commitment or signal, with all said on its occasion; repeatable.",
        autocompletion=completing.left_out,
    ),
]
Sample = Annotated[
    int,
    typer.Option(
        "--sample",
        min=0,
        help="How many runs in which an item came are replayed, to see which beliefs it moved; 0 for none.",
    ),
]


def leave_each_out(  # noqa: PLR0913, PLR0917 - an argument an option
    scenario: World,
    event: Event = "initiation",
    actor: Actor = None,
    target: Target = None,
    items: Items = None,
    runs: Runs = 10_000,
    seed: Seed = 0,
    sample: Sample = 200,
    replacements: Set = None,
    removals: Without = None,
    workers: Workers = None,
    store: Store = None,
    as_json: Json = False,
    plot: Plot = None,
    save: Table = None,
) -> None:
    """Leave out each signal, event and commitment in turn, and rank them by what that changes.

    All worlds are run on the same chance. Signals of one occasion are left out together. A difference is without the
    item minus with it: above 0, the event is likelier without the item. A second column has the difference over the
    runs in which the item came.

    For example:

    `escalation leave-one-out haniyeh-2024 --actor irn --target isr --seed 1`

    `escalation leave-one-out haniyeh-2024 --event war --item us-visit --item usa-isr --json`

    `escalation leave-one-out mine.toml --runs 50000 --store study --plot mattered.pdf --save mattered.tex`
    """
    from escalation.analysis.what_mattered.leave_one_out import leave_one_out

    changed = chosen(scenario, replacements=replacements, removals=removals)
    for name in items or ():
        said = changed.signals.get(name)
        if said is not None and said.occasion is not None:
            note(f"{name} was said on the occasion {said.occasion}: all that was said there is left out with it")
    study = leave_one_out(
        changed,
        event=event,
        actor=actor,
        target=target,
        items=items,
        runs=runs,
        seed=seed,
        sample=sample,
        workers=workers,
        store=store,
    )
    if as_json:
        print_json(study.summary())
    else:
        _print_study(study)
    if save is not None:
        from escalation.reports.estimate_table import table_of_leave_one_out

        table_of_leave_one_out(study).save(save)
        note(f"Estimates saved to {save}")
    if plot is not None:
        from escalation.plotting.leave_one_out import leave_one_out as draw

        save_axes(plot, lambda: draw(study))
    if study.interrupted:
        end_interrupted(study.runs, runs, store)


def _print_study(study: LeaveOneOut) -> None:
    from escalation.estimates.paired import DIFFERENCE_IS
    from escalation.world.plain_words import counted

    name = study.scenario.title or study.scenario.name
    typer.echo(f"{name}: {DIFFERENCE_IS}, {counted(study.runs, 'run')} of each world, seed {study.seed}")
    print_table(*study.table())
    typer.echo(f"Intervals of {100 * study.level:g} %: Bonett-Price, each by itself.")
    typer.echo()
    for sentence in study.sentences():
        typer.echo(sentence)
