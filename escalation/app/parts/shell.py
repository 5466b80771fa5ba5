"""The shell of the page: what stands around its parts, and around a game for several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import solara
from solara.alias import rv

from escalation.app.parts.limits import Limits
from escalation.app.parts.pieces import Html

__all__ = ["Shell"]


@solara.component
def Shell(
    title: str,
    projected: bool,
    on_projected: Callable[[bool], None],
    children: Sequence[Any] = (),
    tabs: Sequence[str] = (),
    tab: int = 0,
    on_tab: Callable[[int], None] | None = None,
) -> None:
    """Title, tabs where there are parts to choose from, and below the content what its numbers are not.

    It can be drawn for a room, larger and without what is there to work with; style.css says what then goes.
    """

    def chosen(asked: Any) -> None:
        if on_tab is not None and isinstance(asked, int) and 0 <= asked < len(tabs):
            on_tab(asked)

    with rv.Html(tag="div", class_="esc-page esc-projected" if projected else "esc-page"):
        with rv.Html(tag="header", class_="esc-head"):
            Html(f"<strong>escalation</strong> <span>{escape(title)}</span>", tag="h1")
            _Tabs(names=list(tabs), value=tab, event_changed=chosen)
            _Projector(projected=projected, event_changed=lambda asked: on_projected(asked is True))
        rv.Html(tag="main", class_="esc-main", attributes={"tabindex": "-1"}, children=list(children))
        Limits()


@solara.component_vue("tabs.vue", vuetify=False)
def _Tabs(names: list[str], value: int, event_changed: Callable[[Any], None]) -> None:
    """Tabs, and before them a button that leads past them."""


@solara.component_vue("projector.vue", vuetify=False)
def _Projector(projected: bool, event_changed: Callable[[Any], None]) -> None:
    """Switch between the sizes for a desk and for a room, with its keys."""
