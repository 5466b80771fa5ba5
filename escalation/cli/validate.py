"""``escalation validate``: are these files good scenarios?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from escalation.cli.output import note
from escalation.errors import ScenarioError

__all__ = ["validate_files"]


def validate_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Scenario files to check.")],
) -> None:
    """Check scenario files, and list every fault with its place.

    Exit status 2 if any file has a fault.

    For example:

    `escalation validate my-crisis.toml`

    `escalation validate scenarios/*.toml`
    """
    from escalation.files import load

    bad = False
    for file in files:
        try:
            scenario = load(file)
        except ScenarioError as error:
            note(str(error))
            bad = True
        else:
            typer.echo(f"{file}: good ({scenario.name}, {len(scenario.actors)} actors)")
    if bad:
        raise typer.Exit(2)
