"""``escalation validate``: are these files good scenarios?"""

from __future__ import annotations

import warnings
from typing import Annotated

import typer

from escalation.cli.options import Json
from escalation.cli.output import note, print_json
from escalation.errors import ScenarioError

__all__ = ["validate_files"]


def validate_files(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Scenario files to check.")],
    as_json: Json = False,
) -> None:
    """Check scenario files: list every fault with its place, and what is allowed but seldom meant.

    What is seldom meant is printed as a note. Examples are an item without a source, an event that cannot happen, and
    a covert act on a front that allows none. Notes also name a better kind for a signal or a deployment, and observed
    acts that are not scored. The exit status is 2 if any file has a fault; notes do not count.

    For example:

    `escalation validate my-crisis.toml`

    `escalation validate scenarios/*.toml`

    `escalation validate my-crisis.toml --json`
    """
    from escalation.analysis.remarks import counts, remarks
    from escalation.files import load

    found: list[dict[str, object]] = []
    for file in files:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # the notes say more
                scenario = load(file)
        except ScenarioError as error:
            faults = [{"where": fault.where, "what": fault.what} for fault in error.faults]
            found.append({"file": file, "good": False, "faults": faults})
            note(str(error))
            continue
        held, notes = counts(scenario), remarks(scenario)
        found.append(
            {
                "file": file,
                "good": True,
                "scenario": scenario.name,
                "hash": scenario.hash,
                "counts": held,
                "notes": [{"where": one.where, "what": one.what} for one in notes],
            }
        )
        if not as_json:
            typer.echo(f"{file}: good ({scenario.name}: {', '.join(map(_counted, held.items()))})")
            for one in notes:
                typer.echo(f"  note: {one}")
    if as_json:
        print_json({"files": found})
    if not all(one["good"] for one in found):
        raise typer.Exit(2)


def _counted(held: tuple[str, int]) -> str:
    name, number = held
    if name == "observed":
        return f"{number} observed act{'' if number == 1 else 's'}"
    return f"{number} {name.removesuffix('s') if number == 1 else name}"
