"""``escalation rare``: how likely is an event that brute force would wait for too long?"""

from __future__ import annotations

from typing import Annotated

import typer

from escalation.cli.asking import Actor, Event, Target
from escalation.cli.options import Json, Seed, Set, Without, Workers, World, chosen
from escalation.cli.output import note, print_json

__all__ = ["estimate_rare_event"]

Particles = Annotated[int, typer.Option("--particles", "-p", min=40, help="Number of paths in a repetition.")]
Repetitions = Annotated[
    int, typer.Option("--repetitions", min=2, help="Number of independent repetitions; the interval comes from them.")
]

_TIMES_AS_LONG = 100.0
"""How many times as long a day takes that is split as one of plain runs; `benchmarks/rare_events.py` measures it."""


def estimate_rare_event(
    scenario: World,
    event: Event,
    actor: Actor = None,
    target: Target = None,
    seed: Seed = 0,
    particles: Particles = 2000,
    repetitions: Repetitions = 20,
    replacements: Set = None,
    removals: Without = None,
    workers: Workers = None,
    as_json: Json = False,
) -> None:
    """Estimate the probability of a rare event by adaptive multilevel splitting.

    For example:

    `escalation rare two-state-deterrence --event war`

    `escalation rare two-state-deterrence --event accident --set rules.accident_hazard=1e-6 --json`
    """
    from escalation.analysis.rare.event import rare_event
    from escalation.world.plain_words import asked_words

    found = rare_event(
        chosen(scenario, replacements=replacements, removals=removals),
        event,
        actor=actor,
        target=target,
        seed=seed,
        particles=particles,
        repetitions=repetitions,
        workers=workers,
    )
    if as_json:
        print_json(found.summary())
        return
    words = asked_words(event, found.scenario, actor=actor, target=target)
    typer.echo(f"{found.scenario.name}, how likely: {words}")
    typer.echo(str(found))
    typer.echo(f"{found.simulated_days:,.0f} days simulated; seed {seed}")
    if found.standard_error > 0.0:
        ratio = found.brute_force_days / found.simulated_days
        typer.echo(f"Brute force would need {ratio:,.3g} times as many for the same standard error.")
        if ratio < _TIMES_AS_LONG:
            note("This is hardly rare: `escalation run` is quicker, since a day of it takes a hundredth of the time.")
