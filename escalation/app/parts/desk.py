"""The desk of one visitor: what the parts of an open page have in common."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import solara

from escalation.app.game import Position
from escalation.app.session import Session
from escalation.app.study import Study
from escalation.app.uploads import Refusal
from escalation.montecarlo.compare import Comparison
from escalation.montecarlo.ensemble import Ensemble

__all__ = ["Desk"]


class Desk:
    """State of one open page; nothing of it is known to any other.

    Parameters
    ----------
    session
        What the visitor begins with.
    """

    def __init__(self, session: Session) -> None:
        self.session = solara.reactive(session)
        self.tab = solara.reactive(0)
        self.period = solara.reactive(0)
        self.front = solara.reactive("")
        self.decision = solara.reactive("")
        self.game: Any = solara.reactive(None)
        self.game_refusal: Any = solara.reactive(None)
        self.ensemble: Any = solara.reactive(None)
        self.comparison: Any = solara.reactive(None)
        self.beat = solara.reactive(0.0)

    def notice(self) -> None:
        """Have what shows a study drawn anew; called on the thread of the study."""
        self.beat.value = time.monotonic()

    def change(self, session: Session) -> None:
        """Look at another scenario: what was shown of the last one goes."""
        if session.scenario is not self.session.value.scenario:
            self.cancel()
            self.ensemble.value = self.comparison.value = None
            self.front.value = ""
            self.rewind()
        self.session.value = session

    def rewind(self) -> None:
        """Go back to the first day."""
        self.period.value = 0
        self.decision.value = ""

    def play(self, here: Position | None) -> None:
        """Put a game on the desk, or take it off."""
        self.game_refusal.value = None
        self.game.value = here

    def refuse_game(self, refusal: Refusal) -> None:
        """Say why a game was not taken."""
        self.game_refusal.value = refusal

    def run(self, work: Callable[..., Ensemble]) -> None:
        """Begin an ensemble, in place of one that is still on its way."""
        self.end(self.ensemble.value)
        self.ensemble.value = Study(work, self.notice).start()

    def compare(self, work: Callable[..., Comparison] | None) -> None:
        """Begin a comparison, in place of one that is still on its way; none where there is nothing to compare."""
        self.end(self.comparison.value)
        self.comparison.value = None if work is None else Study(work, self.notice).start()

    def cancel(self) -> None:
        """End all that is on its way."""
        self.end(self.ensemble.value)
        self.end(self.comparison.value)

    def end(self, study: Study[Any] | None) -> None:
        """End one study; the runs that are finished are its result."""
        if study is not None:
            study.cancel()
            self.notice()
