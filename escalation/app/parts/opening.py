"""How a game for several is opened: a new one, or one that was saved."""

from __future__ import annotations

import os
from html import escape

import solara
from solara.alias import rv
from solara.lab import headers

from escalation.app import saving, shared_saving
from escalation.app.games import Games, Opened
from escalation.app.guard import PEER
from escalation.app.parts.pieces import Card, Html, Upload
from escalation.app.settings import CODE
from escalation.app.table import Record
from escalation.errors import EscalationError
from escalation.world.scenario import Scenario

__all__ = ["GAMES", "OpenGame", "peer"]

GAMES = Games(code=os.environ.get(CODE, ""))
"""All games for several on this server."""


def peer() -> str:
    """Address that the visitor comes from, as the guard saw it."""
    given = (headers.value or {}).get(PEER, [])
    return given[0] if given else ""


@solara.component
def OpenGame(scenario: Scenario, seed: int, run: int) -> None:
    """A card that opens a game for several, and then says how to get into it."""
    opened, set_opened = solara.use_state(None)
    code, set_code = solara.use_state("")
    refused, set_refused = solara.use_state("")

    def open_new(record: Record) -> None:
        try:
            set_opened(GAMES.open(record, address=peer(), code=code))
        except EscalationError as error:
            set_refused(str(error))
        else:
            set_refused("")

    def open_saved(name: str, content: bytes) -> None:
        try:
            record = shared_saving.loads(content, file=name)
        except EscalationError as error:
            set_refused(str(error))
        else:
            open_new(record)

    with Card("Play with several"):
        if opened is not None:
            _Opened(opened)
        else:
            Html(
                "<p>You facilitate a game of this scenario, with the seed and run above. Each team takes a chair from "
                "a browser of its own, by a link and a code, and sees what its actor can know. A day is over once all "
                "have chosen, or you say so. The model plays the chairs that nobody takes.</p>"
            )
            if GAMES.needs_code:
                rv.TextField(
                    label="Code of this server",
                    v_model=code,
                    on_v_model=lambda given: set_code(str(given)[:100]),
                    dense=True,
                    outlined=True,
                )
            with rv.Html(tag="div", class_="esc-controls"):
                solara.Button("Open a game", color="primary", on_click=lambda: open_new(Record(scenario, seed, run)))
            Upload(
                "Or upload a saved game for several (JSON)", accept=".json", most=saving.MOST_BYTES, on_file=open_saved
            )
        if refused:
            Html(escape(refused), classes="esc-refusal", attributes={"role": "alert"})


@solara.component
def _Opened(opened: Opened) -> None:
    Html(
        f"<p>The game is open. Your code as the facilitator: <strong class='esc-code'>{opened.code}</strong></p>"
        "<p>Write it down: it is not shown again, and without it nobody can save or close the game.</p>"
        f"<p><a class='esc-link' href='?game={opened.key}'>Go to the game</a>. Teams use the same link; there you find "
        "a code for each chair.</p>"
    )
