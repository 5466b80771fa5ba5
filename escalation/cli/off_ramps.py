"""``escalation off-ramps``: what could an actor say or pledge to keep an event unlikely?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from escalation.cli import completing
from escalation.cli.asking import Actor, Event, Target, moment
from escalation.cli.options import Json, Seed, Set, Without, Workers, World, chosen
from escalation.cli.output import note, print_json, print_table
from escalation.errors import StudyError

__all__ = ["find_off_ramps"]

Kinds = Annotated[list[str] | None, typer.Option("--kind", metavar="KIND", help="Kind of signal to try; repeatable.")]
Receivers = Annotated[
    list[str] | None, typer.Option("--receiver", metavar="ACTOR", help="To whom the actor could speak; repeatable.")
]
Channels = Annotated[
    list[str] | None,
    typer.Option("--channel", metavar="CHANNEL", help="Channel to try: public or private; by default both."),
]
Days = Annotated[
    list[str] | None,
    typer.Option(
        "--day",
        metavar="DAY",
        help="When it could speak: a date, or days after the start; repeatable. By default the first day.",
    ),
]


def find_off_ramps(  # noqa: PLR0913, PLR0917 - an argument an option
    scenario: World,
    sender: Annotated[
        str,
        typer.Option(
            "--sender",
            metavar="ACTOR",
            help="The actor that could say or pledge something.",
            autocompletion=completing.actors,
        ),
    ],
    event: Event = "war",
    limit: Annotated[float, typer.Option("--limit", help="The probability is to stay under this.")] = 0.05,
    actor: Actor = None,
    target: Target = None,
    receivers: Receivers = None,
    kinds: Kinds = None,
    channels: Channels = None,
    days: Days = None,
    commitments: Annotated[
        bool,
        typer.Option(
            "--commitments/--no-commitments", help="Also try new pledges, and other terms of pledges that exist."
        ),
    ] = True,
    max_size: Annotated[
        int, typer.Option("--max-size", min=1, help="Largest number of signals and pledges to combine.")
    ] = 2,
    runs: Annotated[int, typer.Option("--runs", "-n", min=100, help="Runs for each race, roughly.")] = 20_000,
    seed: Seed = 0,
    replacements: Set = None,
    removals: Without = None,
    workers: Workers = None,
    as_json: Json = False,
) -> None:
    """Search for the fewest signals and commitments of one actor that keep an event under a limit.

    It is also an answer that no set was found.

    For example:

    `escalation off-ramps haniyeh-2024 --event war --limit 0.2 --sender usa --seed 1`

    `escalation off-ramps haniyeh-2024 --sender usa --receiver irn --kind reassurance --day 2024-08-03 --json`
    """
    from escalation.analysis.what_if.levers import CHANNELS, KINDS, Lever, commitments_by, signals_by
    from escalation.analysis.what_if.off_ramps import off_ramps
    from escalation.world.plain_words import actor_name, counted, sentence

    changed = chosen(scenario, replacements=replacements, removals=removals)
    words = signals_by(
        changed,
        sender,
        receivers=receivers,
        kinds=kinds or KINDS,
        channels=channels or CHANNELS,
        days=[moment(day) for day in days] if days else None,
    )
    if not words and (receivers or kinds or channels or days):
        raise StudyError(
            f"{sender} has no such signal to send; ask for another --kind, --receiver, --channel or --day, or for none"
        )
    levers: list[Lever] = [*words, *(commitments_by(changed, sender) if commitments else ())]
    _note_unused("--kind", kinds or (), [word.signal.kind.value for word in words])
    _note_unused("--receiver", receivers or (), [name for word in words for name in word.signal.receivers])
    study = off_ramps(
        changed,
        event=event,
        limit=limit,
        levers=levers,
        actor=actor,
        target=target,
        max_size=max_size,
        runs=runs,
        seed=seed,
        workers=workers,
    )
    if as_json:
        print_json(study.summary())
        return
    typer.echo(
        f"{changed.name}: {counted(len(levers), 'lever')} of {actor_name(changed, sender)}, "
        f"{counted(study.spent, 'run')}, seed {seed}"
    )
    print_table(("levers", study.asked, f"under {limit:g}", "id"), study.rows())
    typer.echo(f"{sentence(study.verdict)}.")


def _note_unused(option: str, asked: Sequence[str], used: Sequence[str]) -> None:
    for name in asked:
        if name not in used:
            note(f"{option} {name}: there is no such signal to try")
