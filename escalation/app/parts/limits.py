"""What the numbers are not: a line that stands under every part of the page."""

from __future__ import annotations

import solara

from escalation.app.markup import limits
from escalation.app.parts.pieces import Html

__all__ = ["Limits"]


@solara.component
def Limits() -> None:
    """A line that never goes, and more for those who open it."""
    Html(limits(), tag="footer", classes="esc-limits")
