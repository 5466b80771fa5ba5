"""``escalation uncertainty``: what is not known, and what chance decides."""

from __future__ import annotations

from typing import Annotated

import typer

from escalation.cli.asking import Actor, Event, Target
from escalation.cli.options import Json, Plot, Seed, Set, Without, Workers, World, chosen
from escalation.cli.output import print_json, print_table, save_axes

__all__ = ["tell_uncertainty"]


def tell_uncertainty(
    scenario: World,
    event: Event = "war",
    actor: Actor = None,
    target: Target = None,
    draws: Annotated[
        int, typer.Option("--draws", min=2, help="Number of draws of what is not known, a power of two.")
    ] = 256,
    runs: Annotated[int, typer.Option("--runs", "-n", min=2, help="Runs at each draw.")] = 200,
    method: Annotated[str, typer.Option("--method", help="How the draws are spread: sobol or lhs.")] = "sobol",
    seed: Seed = 0,
    replacements: Set = None,
    removals: Without = None,
    workers: Workers = None,
    as_json: Json = False,
    plot: Plot = None,
) -> None:
    """Show how far a probability depends on what is not known, and how far on chance.

    For example:

    `escalation uncertainty haniyeh-2024 --event war --seed 1`

    `escalation uncertainty haniyeh-2024 --event initiation --actor irn --target isr --plot band.png`
    """
    from escalation.analysis.uncertain.uncertainty import uncertainty
    from escalation.world.plain_words import counted

    study = uncertainty(
        chosen(scenario, replacements=replacements, removals=removals),
        event=event,
        actor=actor,
        target=target,
        draws=draws,
        runs=runs,
        method=method,
        seed=seed,
        workers=workers,
    )
    if as_json:
        print_json(study.summary())
    else:
        draws_of = f"{counted(len(study.by_draw), 'draw')} of {counted(study.runs, 'run')}"
        typer.echo(f"{study.scenario.name}: {draws_of}, seed {seed}")
        print_table((study.asked, ""), study.lines())
    if plot is not None:
        from escalation.plotting import uncertainty as draw

        save_axes(plot, lambda: draw(study))
