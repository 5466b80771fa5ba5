"""Choosing a scenario, or uploading one."""

from __future__ import annotations

from html import escape
from typing import Any

import solara
from solara.alias import rv

from escalation.app import figures, markup
from escalation.app.downloads import scenario_offer
from escalation.app.parts.desk import Desk
from escalation.app.parts.figure import Figure
from escalation.app.parts.pieces import Card, Choose, Downloads, Html, Upload
from escalation.app.pictures import Source
from escalation.app.uploads import MOST_BYTES
from escalation.estimates.html import table
from escalation.files import library_names
from escalation.world.plain_words import counted
from escalation.world.scenario import Scenario

__all__ = ["ScenarioPart"]


@solara.component
def ScenarioPart(desk: Desk) -> None:
    """The scenario that is looked at, and how to choose another."""
    session = desk.session.value
    scenario = session.scenario

    def choose(name: str) -> None:
        if name in library_names() and name != session.key:
            desk.change(desk.session.value.chosen(name))

    def take(name: str, content: bytes) -> None:
        desk.change(desk.session.value.uploaded(name, content))

    with rv.Html(tag="div", class_="esc-columns"):
        with rv.Html(tag="div"):
            with Card("Choose a scenario", classes="esc-aside"):
                own = () if session.of_library else ((session.key, session.origin),)
                Choose("Scenario", [*own, *((name, name) for name in library_names())], session.key, choose)
                Upload("or upload a scenario file (TOML, at most 1 MiB)", accept=".toml", most=MOST_BYTES, on_file=take)
                if session.refusal is not None:
                    Html(markup.refusal(session.refusal), classes="esc-refusal", attributes={"role": "alert"})
            with Card(escape(scenario.title or scenario.name)):
                Html(_about(scenario))
                Downloads([scenario_offer(scenario)])
        with rv.Html(tag="div"):
            with Card("Who faces whom"):
                Figure(figures.network(scenario), [scenario], Source(scenario, "actors"))
            with Card("What is said and what happens", classes="esc-aside"):
                Html(_timeline(scenario), classes="esc-scroll")


def _about(scenario: Scenario) -> str:
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in scenario.description.strip().split("\n\n") if part)
    until = scenario.date(scenario.horizon)
    counts = ", ".join(
        counted(len(rows), word)
        for word, rows in (
            ("actor", scenario.actors), ("front", scenario.fronts), ("commitment", scenario.commitments),
            ("signal", scenario.signals), ("event", scenario.events),
        )
    )  # fmt: skip
    return f"{paragraphs}<p class='esc-quiet'>{scenario.start} to {until}; {counts}.</p>"


def _timeline(scenario: Scenario) -> str:
    items: list[Any] = [*scenario.events.values(), *scenario.signals.values()]
    rows = [
        (str(scenario.date(scenario.day(item.date))), item.id, str(getattr(item.kind, "value", item.kind)))
        for item in sorted(items, key=lambda item: scenario.day(item.date))
    ]
    return table(("date", "item", "kind"), rows) if rows else "<p class='esc-quiet'>Nothing is scheduled.</p>"
