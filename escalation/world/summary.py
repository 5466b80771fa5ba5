"""A scenario at a glance, of its fields by name; for a notebook, as `escalation.world.plain.plain` gives them."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from escalation.world.dates import date_of, day_of

__all__ = ["html", "line"]


def line(data: Mapping[str, Any]) -> str:
    """One line: name, dates and how much the scenario holds."""
    counts = ", ".join(
        f"{len(data[table])} {table if len(data[table]) != 1 else table.removesuffix('s')}"
        for table in ("actors", "fronts", "commitments", "signals", "events")
    )
    return f"{data['name']}: {data['start']} to {date_of(data['horizon'], start=data['start'])}, {counts}"


def html(data: Mapping[str, Any]) -> str:
    """Table of the actors, and one of the timeline to be unfolded, for a notebook."""
    actors = "".join(
        f"<tr><td>{escape(actor['id'])}</td><td>{escape(actor['name'])}</td><td>{actor['kind']}</td></tr>"
        for actor in data["actors"].values()
    )
    start = data["start"]
    items = [
        (day_of(item["date"], start=start), item) for table in ("events", "signals") for item in data[table].values()
    ]
    timeline = "".join(
        f"<tr><td>{date_of(day, start=start)}</td><td>{escape(item['id'])}</td><td>{item['kind']}</td></tr>"
        for day, item in sorted(items, key=lambda pair: pair[0])
    )
    return (
        f"<div><strong>{escape(data['title'] or data['name'])}</strong><br>{escape(line(data))}"
        f"<table><thead><tr><th>actor</th><th>name</th><th>kind</th></tr></thead><tbody>{actors}</tbody></table>"
        "<details><summary>timeline</summary><table><thead><tr><th>date</th><th>item</th><th>kind</th></tr></thead>"
        f"<tbody>{timeline}</tbody></table></details></div>"
    )
