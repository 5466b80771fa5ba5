"""Options that say which event a study asks about."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["Actor", "Event", "Target"]

Event = Annotated[
    str, typer.Option("--event", "-e", metavar="EVENT", help="Event, as `war`, `initiation`, `rung:major-strike`.")
]
Actor = Annotated[str | None, typer.Option("--actor", metavar="ACTOR", help="Count only acts of this actor.")]
Target = Annotated[str | None, typer.Option("--target", metavar="ACTOR", help="Count only acts against this actor.")]
