"""``escalation new``: a scenario file to start from."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated

import typer

from escalation.cli.options import Json
from escalation.cli.output import check_folder, print_json
from escalation.errors import StudyError

__all__ = ["new_scenario"]

File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="The file to write, such as strait.toml. A file that exists is not overwritten."
    ),
]
Name = Annotated[
    str | None, typer.Option("--name", metavar="NAME", help="Name of the scenario; by default that of the file.")
]
Actors = Annotated[
    list[str] | None,
    typer.Option(
        "--actor", "-a", metavar="ID", help="Add this actor; repeatable. The first one faces each of the others."
    ),
]
Pledges = Annotated[
    list[str] | None,
    typer.Option(
        "--pledge",
        metavar="PATRON:PROTEGE",
        help="Add a patron, which stands by another actor and faces nobody; repeatable.",
    ),
]
Start = Annotated[str, typer.Option("--start", metavar="DATE", help="First day.")]
Horizon = Annotated[int, typer.Option("--horizon", min=1, max=3650, help="Length of a run, in days.")]


def new_scenario(
    file: File,
    name: Name = None,
    actors: Actors = None,
    pledges: Pledges = None,
    start: Start = "2000-01-01",
    horizon: Horizon = 90,
    as_json: Json = False,
) -> None:
    """Write a scenario file to start from, with remarks on the common keys.

    The file is valid and can be run as it is. It has two actors, or those that you name; the first wants something of
    each of the others.

    For example:

    `escalation new strait.toml`

    `escalation new strait.toml --actor reva --actor sena --actor tor --pledge tor:sena --start 2031-05-01`
    """
    from escalation.files import loads
    from escalation.files.template import template

    check_folder(file)
    if file.exists():
        raise StudyError(f"{file}: is there already; name another file, or move it away first")
    text = template(
        file.stem.lower() if name is None else name,
        actors=actors or ("north", "south"),
        pledges=[_pledge(pledge) for pledge in pledges or ()],
        start=_date(start),
        horizon=horizon,
        file=str(file),
    )
    scenario = loads(text, file=str(file))
    with file.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
    if as_json:
        print_json({"file": str(file), "scenario": scenario.name, "hash": scenario.hash})
    else:
        typer.echo(f"Written: {file}. Change it, then: escalation validate {file}")


def _pledge(text: str) -> tuple[str, str]:
    patron, colon, protege = text.partition(":")
    if not (colon and patron and protege):
        raise StudyError(f"--pledge {text}: must be PATRON:PROTEGE, as tor:sena")
    return patron, protege


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise StudyError(f"--start {text}: must be a date such as 2031-05-01") from None
