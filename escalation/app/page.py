"""The page that `escalation app` opens: its frame, and one part at a time."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import solara
from solara.alias import rv

from escalation.app.parts.chair import ChairPart
from escalation.app.parts.compare import ComparePart
from escalation.app.parts.days import DaysPart
from escalation.app.parts.desk import Desk
from escalation.app.parts.following import Following
from escalation.app.parts.game_page import GamePage, game_key
from escalation.app.parts.limits import Limits
from escalation.app.parts.mattered import MatteredPart
from escalation.app.parts.pieces import Html
from escalation.app.parts.runs import RunsPart
from escalation.app.parts.scenario import ScenarioPart
from escalation.app.session import Session
from escalation.app.settings import first_scenario

__all__ = ["Layout", "Page"]

_PARTS = (
    ("Scenario", ScenarioPart),
    ("Day by day", DaysPart),
    ("Take a chair", ChairPart),
    ("Many runs", RunsPart),
    ("Compare", ComparePart),
    ("What mattered", MatteredPart),
)
_STYLE = Path(__file__).parent / "parts" / "style.css"


@solara.component
def Layout(children: list[Any]) -> Any:
    """Nothing around the page."""
    return children[0]


@solara.component
def Page() -> None:
    """The page of one visitor: the parts, or the game of several chairs that the address names."""
    search = solara.use_router().search or ""
    key = game_key(search)
    solara.Title("escalation")
    solara.Style(_STYLE)
    if key is None:
        _Parts(search)
    else:
        GamePage(key).key(key)


@solara.component
def _Parts(search: str) -> None:
    desk = solara.use_memo(lambda: Desk(Session.opened(first_scenario()), search), [])
    solara.use_effect(lambda: desk.cancel, [])
    scenario = desk.session.value.scenario
    tab = desk.tab.value
    with rv.Html(tag="div", class_="esc-page"):
        with rv.Html(tag="header", class_="esc-head"):
            Html(f"<strong>escalation</strong> <span>{escape(scenario.title or scenario.name)}</span>", tag="h1")
            with rv.Tabs(v_model=tab, on_v_model=desk.tab.set, show_arrows=False, height=40, class_="esc-tabs"):
                for name, _ in _PARTS:
                    rv.Tab(children=[name])
        with rv.Html(tag="main", class_="esc-main"):
            Following(desk, search)
            name, part = _PARTS[tab]
            part(desk).key(name)
        Limits()
