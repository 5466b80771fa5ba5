"""The page that `escalation app` opens: its frame, and one part at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import solara

from escalation.app.parts.chair import ChairPart
from escalation.app.parts.compare import ComparePart
from escalation.app.parts.days import DaysPart
from escalation.app.parts.desk import Desk
from escalation.app.parts.following import Following
from escalation.app.parts.forgetting import use_forgetting
from escalation.app.parts.game_page import GamePage, game_key
from escalation.app.parts.mattered import MatteredPart
from escalation.app.parts.runs import RunsPart
from escalation.app.parts.scenario import ScenarioPart
from escalation.app.parts.shell import Shell
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
    use_forgetting()
    search = solara.use_router().search or ""
    key = game_key(search)
    solara.Title("escalation")
    solara.Style(_STYLE)
    if key is None:
        _Parts(search)
    else:
        GamePage(key, search).key(key)


@solara.component
def _Parts(search: str) -> None:
    desk = solara.use_memo(lambda: Desk(Session.opened(first_scenario()), search), [])
    solara.use_effect(lambda: desk.cancel, [])
    scenario = desk.session.value.scenario
    tab = desk.tab.value
    with Shell(
        scenario.title or scenario.name, desk.projected.value, desk.projected.set,
        tabs=[name for name, _ in _PARTS], tab=tab, on_tab=desk.tab.set,
    ):  # fmt: skip
        Following(desk, search)
        name, part = _PARTS[tab]
        part(desk).key(name)
