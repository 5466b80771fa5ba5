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
    children: Sequence[Any] = (),
    tabs: Sequence[str] = (),
    tab: int = 0,
    on_tab: Callable[[int], None] | None = None,
) -> None:
    """Title, tabs where there are parts to choose from, and below the content what its numbers are not."""

    def chosen(asked: Any) -> None:
        if on_tab is not None and isinstance(asked, int) and 0 <= asked < len(tabs):
            on_tab(asked)

    with rv.Html(tag="div", class_="esc-page"):
        with rv.Html(tag="header", class_="esc-head"):
            Html(f"<strong>escalation</strong> <span>{escape(title)}</span>", tag="h1")
            _Tabs(names=list(tabs), value=tab, event_changed=chosen)
        rv.Html(tag="main", class_="esc-main", attributes={"tabindex": "-1"}, children=list(children))
        Limits()


@solara.component_vue("tabs.vue", vuetify=False)
def _Tabs(names: list[str], value: int, event_changed: Callable[[Any], None]) -> None:
    """Tabs, and before them a button that leads past them."""
