"""``escalation list``: the scenarios of the library."""

from __future__ import annotations

from escalation.cli.options import Json
from escalation.cli.output import print_json, print_table

__all__ = ["list_scenarios"]


def list_scenarios(as_json: Json = False) -> None:
    """List the scenarios of the library.

    Where a command takes a scenario, give one of these names, or the path of a file of your own.

    For example:

    `escalation list`

    `escalation list --json | jq .scenarios[].name`
    """
    from escalation.files import library_names, load

    found = {name: load(name) for name in library_names()}
    if as_json:
        print_json(
            {
                "scenarios": [
                    {
                        "name": name,
                        "hash": scenario.hash,
                        "start": scenario.start.isoformat(),
                        "horizon_days": float(scenario.horizon),
                        "actors": list(scenario.actors),
                        "title": scenario.title,
                    }
                    for name, scenario in found.items()
                ]
            }
        )
        return
    print_table(
        ("name", "start", "actors", "title"),
        [(name, one.start.isoformat(), str(len(one.actors)), one.title) for name, one in found.items()],
    )
