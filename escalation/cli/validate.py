"""``escalation validate``: are these files good scenarios?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from escalation.cli.options import Json
from escalation.cli.output import note, print_json
from escalation.errors import ScenarioError

__all__ = ["validate_files"]


def validate_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Scenario files to check.")],
    as_json: Json = False,
) -> None:
    """Check scenario files, and list every fault with its place.

    Exit status 2 if any file has a fault.

    For example:

    `escalation validate my-crisis.toml`

    `escalation validate scenarios/*.toml`

    `escalation validate my-crisis.toml --json`
    """
    from escalation.files import load

    found: list[dict[str, object]] = []
    for file in files:
        try:
            scenario = load(file)
        except ScenarioError as error:
            faults = [{"where": fault.where, "what": fault.what} for fault in error.faults]
            found.append({"file": str(file), "good": False, "faults": faults})
            note(str(error))
        else:
            found.append({"file": str(file), "good": True, "scenario": scenario.name, "hash": scenario.hash})
            if not as_json:
                typer.echo(f"{file}: good ({scenario.name}, {len(scenario.actors)} actors)")
    if as_json:
        print_json({"files": found})
    if not all(one["good"] for one in found):
        raise typer.Exit(2)
