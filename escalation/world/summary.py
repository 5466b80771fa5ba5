"""A scenario at a glance: a line for the terminal, a table for a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from escalation.world.scenario import Scenario

__all__ = ["html", "line"]


def line(scenario: Scenario) -> str:
    """One line: name, dates and how much the scenario holds."""
    counts = ", ".join(
        f"{len(table)} {word if len(table) != 1 else word.removesuffix('s')}"
        for word, table in (
            ("actors", scenario.actors),
            ("fronts", scenario.fronts),
            ("commitments", scenario.commitments),
            ("signals", scenario.signals),
            ("events", scenario.events),
        )
    )
    return f"{scenario.name}: {scenario.start} to {scenario.date(scenario.horizon)}, {counts}"


def html(scenario: Scenario) -> str:
    """Table of the actors, and one of the timeline to be unfolded, for a notebook."""
    actors = "".join(
        f"<tr><td>{escape(actor.id)}</td><td>{escape(actor.name)}</td><td>{actor.kind}</td></tr>"
        for actor in scenario.actors.values()
    )
    items = [*scenario.events.values(), *scenario.signals.values()]
    timeline = "".join(
        f"<tr><td>{scenario.date(scenario.day(item.date))}</td><td>{escape(item.id)}</td><td>{item.kind}</td></tr>"
        for item in sorted(items, key=lambda item: scenario.day(item.date))
    )
    return (
        f"<div><strong>{escape(scenario.title or scenario.name)}</strong><br>{escape(line(scenario))}"
        f"<table><thead><tr><th>actor</th><th>name</th><th>kind</th></tr></thead><tbody>{actors}</tbody></table>"
        "<details><summary>timeline</summary><table><thead><tr><th>date</th><th>item</th><th>kind</th></tr></thead>"
        f"<tbody>{timeline}</tbody></table></details></div>"
    )
