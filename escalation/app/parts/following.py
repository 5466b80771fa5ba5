"""The address follows the page, and the page the address; what is wrong with an address stands above the page."""

from __future__ import annotations

from html import escape

import solara

from escalation.app.address import query
from escalation.app.parts.desk import Desk
from escalation.app.parts.pieces import Html

__all__ = ["Following"]


@solara.component
def Following(desk: Desk, search: str) -> None:
    """Nothing to be seen, unless the address is at fault."""
    router = solara.use_router()
    shown = query(desk.place)  # read here, so that this is drawn anew once any of it changes
    solara.use_effect(
        lambda: desk.follow(search, lambda to: router.push(f"{router.path}?{to}")),
        [search, shown, desk.moves.value, desk.playing.value],
    )
    rows = "".join(f"<li>{escape(words)}</li>" for words in desk.faults.value)
    if rows:
        Html(f"<ul>{rows}</ul>", classes="esc-refusal", attributes={"role": "alert"})
    else:
        Html("")
