"""Options that say which event a study asks about."""

from __future__ import annotations

from typing import Annotated

import typer

from escalation.cli import completing

__all__ = ["Actor", "Event", "Target"]

Event = Annotated[
    str,
    typer.Option(
        "--event",
        "-e",
        metavar="EVENT",
        help="Event, as `war`, `initiation`, `rung:major-strike`.",
        autocompletion=completing.events,
    ),
]
Actor = Annotated[
    str | None,
    typer.Option("--actor", metavar="ACTOR", help="Count only acts of this actor.", autocompletion=completing.actors),
]
Target = Annotated[
    str | None,
    typer.Option(
        "--target", metavar="ACTOR", help="Count only acts against this actor.", autocompletion=completing.actors
    ),
]
