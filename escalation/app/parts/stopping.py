"""The choice of the days on which a game stops."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import solara
from solara.alias import rv

from escalation.app.parts.pieces import Choose, WholeNumber
from escalation.world.scenario import Scenario

__all__ = ["Stops"]


@solara.component
def Stops(scenario: Scenario, stops: float, day: float, on_stops: Callable[[float], None], who: str = "you") -> None:
    """A choice between stopping only where somebody has to choose, and from some day on on each."""
    each = stops < math.inf

    def choose(value: Any) -> None:
        on_stops(float(math.floor(day)) if value == "days" else math.inf)

    with rv.Html(tag="div", class_="esc-controls esc-stops"):
        rows = [("choices", f"when {who} must choose"), ("days", "on each day")]
        Choose("The game stops", rows, "days" if each else "choices", choose)
        if each:
            WholeNumber("From day", round(stops), lambda new: on_stops(float(new)), math.ceil(scenario.horizon))
