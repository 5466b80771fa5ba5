"""``escalation odd``: a scenario in the tables of an ODD."""

from __future__ import annotations

import typer

from escalation.cli.options import Json, World
from escalation.cli.output import print_json

__all__ = ["print_odd"]


def print_odd(scenario: World, as_json: Json = False) -> None:
    """Print elements 5 and 6 of an ODD as Markdown: how a scenario begins, and what comes to it from outside.

    The other elements are the same for every scenario, and stand in the documentation.

    For example:

    `escalation odd haniyeh-2024 > scenario.md`

    `escalation odd haniyeh-2024 --json`
    """
    from escalation.files import load
    from escalation.reports.odd import scenario_tables

    loaded = load(scenario)
    tables = scenario_tables(loaded)
    if as_json:
        found = {title: table.to_dict() for title, table in tables.items()}
        print_json({"scenario": loaded.name, "hash": loaded.hash, "tables": found})
        return
    typer.echo(f"# {loaded.title or loaded.name}")
    for title, table in tables.items():
        typer.echo(f"\n## {title}\n\n{table.markdown(plain=True)}")
