"""``escalation conditional-effect``: when would it have mattered?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from escalation.cli import completing
from escalation.cli.asking import Actor, Event, Target
from escalation.cli.options import Json, Plot, Runs, Seed, Set, Store, Workers, World, chosen
from escalation.cli.output import end_interrupted, print_json, print_table, save_axes
from escalation.cli.policy_grid import parse_values

if TYPE_CHECKING:
    from escalation.analysis.what_mattered.conditional_effect import ConditionalEffect

__all__ = ["find_conditional_effect"]

At = Annotated[
    str,
    typer.Option(
        "--at",
        metavar="PATH=VALUE,VALUE,...",
        help="The quantity and its values, such as `commitments.usa-isr.credence.mean=0.1,0.5,0.9`.",
        autocompletion=completing.places,
    ),
]
Item = Annotated[
    str,
    typer.Option(
        "--without",
        metavar="ID",
        help="The signal, occasion, event or commitment whose effect is asked about.",
        autocompletion=completing.left_out,
    ),
]


def find_conditional_effect(
    scenario: World,
    at: At,
    without: Item,
    event: Event = "initiation",
    actor: Actor = None,
    target: Target = None,
    runs: Runs = 10_000,
    seed: Seed = 0,
    replacements: Set = None,
    workers: Workers = None,
    store: Store = None,
    as_json: Json = False,
    plot: Plot = None,
) -> None:
    """Find the effect of leaving an item out at each of several values of one quantity.

    A warning may matter little because it was already believed. So it is left out at several values of the belief
    that it meets. All worlds are run on the same chance. A difference is without the item minus with it.

    For example:

    `escalation conditional-effect haniyeh-2024 --without us-visit --at commitments.usa-isr.credence.mean=0.1,0.5,0.9`

    `escalation conditional-effect mine.toml --without threat --at actors.b.honesty=0.2,0.5,0.8 --plot curve.pdf --json`
    """
    from escalation.analysis.what_mattered.conditional_effect import conditional_effect

    changed = chosen(scenario, replacements=replacements, removals=None)
    place, values = parse_values("--at", at)
    if plot is not None:  # before any run is played
        from escalation.plotting.conditional_effect import check_curve

        check_curve(values)
    study = conditional_effect(
        changed,
        place,
        values,
        without=without,
        event=event,
        actor=actor,
        target=target,
        runs=runs,
        seed=seed,
        workers=workers,
        store=store,
    )
    if as_json:
        print_json(study.summary())
    else:
        _print_study(study)
    if plot is not None:
        from escalation.plotting.conditional_effect import conditional_effect as draw

        save_axes(plot, lambda: draw(study))
    if study.interrupted:
        end_interrupted(study.runs, runs, store)


def _print_study(study: ConditionalEffect) -> None:
    from escalation.estimates.paired import DIFFERENCE_IS
    from escalation.world.plain_words import counted

    name = study.scenario.title or study.scenario.name
    typer.echo(f"{name}: {DIFFERENCE_IS}, {counted(study.runs, 'run')} of each world, seed {study.seed}")
    gone = ", ".join((*study.item.parts, *study.item.gone))
    typer.echo(f"Value of this: {study.quantity} ({study.place})")
    typer.echo(f"Left out: {study.left_out} ({gone})")
    print_table(*study.table())
    typer.echo()
    for sentence in study.sentences():
        typer.echo(sentence)
