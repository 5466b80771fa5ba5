"""``escalation list``: the scenarios of the library."""

from __future__ import annotations

from escalation.cli.output import print_table

__all__ = ["list_scenarios"]


def list_scenarios() -> None:
    """List the scenarios of the library.

    Any of these names can stand where a command wants a scenario; so can the path of a file of your own.
    """
    from escalation.files import library_names, load

    rows = []
    for name in library_names():
        scenario = load(name)
        rows.append((name, scenario.start.isoformat(), str(len(scenario.actors)), scenario.title))
    print_table(("name", "start", "actors", "title"), rows)
