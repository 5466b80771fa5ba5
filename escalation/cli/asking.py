"""Options that say which event a study asks about, and when."""

from __future__ import annotations

import datetime
from typing import Annotated

import typer

from escalation.cli import completing
from escalation.errors import StudyError
from escalation.world.slips import for_date, for_number

__all__ = ["Actor", "Besides", "Event", "Target", "moment"]

Event = Annotated[
    str,
    typer.Option(
        "--event",
        "-e",
        metavar="EVENT",
        help="Which event, such as `war`, `initiation` or `rung:major-strike`.",
        autocompletion=completing.events,
    ),
]
Besides = Annotated[
    list[str] | None,
    typer.Option(
        "--event",
        "-e",
        metavar="EVENT",
        help="Add this event, which is not listed, such as `joint:irn+hzb`; repeatable.",
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


def moment(text: str) -> datetime.date | float:
    """Read the value of ``--day``: a date, or days after the start.

    Raises
    ------
    StudyError
        If it is neither.

    Examples
    --------
    >>> moment("2024-08-03"), moment("4")
    (datetime.date(2024, 8, 3), 4.0)
    """
    for read in (datetime.date.fromisoformat, float):
        try:
            return read(text)
        except ValueError:
            continue
    meant = for_date(text) or for_number(text)
    raise StudyError(f"--day {text}: {meant or 'must be a date such as 2024-08-05, or days after the start'}")
