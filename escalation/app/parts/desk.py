"""The desk of one visitor: what the parts of an open page have in common."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import solara
from reacton.core import get_render_context

from escalation.analysis.what_mattered.left_out import LeaveOneOut
from escalation.app.address import Place, Trail, query, read
from escalation.app.game import Position
from escalation.app.mattered import ANYBODY, USUAL_EVENT, nearest_sides
from escalation.app.session import Session
from escalation.app.shelf import Shelf
from escalation.app.study import Study
from escalation.app.uploads import Refusal
from escalation.files import library_names
from escalation.montecarlo.compare import Comparison
from escalation.montecarlo.ensemble import Ensemble

__all__ = ["Desk", "Steps"]

_SHELF = Shelf()
"""What visitors uploaded and edited, by keys that only they know and whom they give a link."""


class Steps:
    """Where somebody is in a run that is looked at day by day, and what is picked there.

    Parameters
    ----------
    period
        The period to begin with.
    """

    def __init__(self, period: int = 0) -> None:
        self.period = solara.reactive(period)
        self.playing = solara.reactive(False)
        self.pace = solara.reactive(1.0)
        """Periods that are played in a second."""
        self.front = solara.reactive("")
        self.decision = solara.reactive("")
        self._together = get_render_context(required=False) or nullcontext()
        """While it is entered, nothing is drawn; what has changed is drawn when it is left."""

    def step(self, period: int, periods: int) -> None:
        """Go to a period of a run that has so many; playing ends with the run."""
        with self._move():
            self.period.value = min(max(period, 0), periods)
            self.decision.value = ""
            if self.period.value == periods:
                self.playing.value = False

    def toggle(self, periods: int) -> None:
        """Play a run of so many periods, from its start where it is at its end; or pause."""
        with self._move():
            if not self.playing.value and self.period.value >= periods:
                self.rewind()
            self.playing.value = not self.playing.value

    def pause(self) -> None:
        """Stop playing."""
        self.playing.value = False

    def rewind(self) -> None:
        """Go back to the first day."""
        self.playing.value = False
        self.period.value = 0
        self.decision.value = ""

    @contextmanager
    def _move(self) -> Iterator[None]:
        """Make one move of several changes, which are drawn together."""
        with self._together:
            yield


class Desk(Steps):
    """State of one open page; nothing of it is known to any other.

    Parameters
    ----------
    session
        What the page begins with where the address names no scenario.
    search
        Query of the address with which it was opened.
    """

    def __init__(self, session: Session, search: str) -> None:
        _SHELF.keep(session)
        self._first = session
        place, faults = read(search, lambda key: self._find(key, session), session)
        self.session = solara.reactive(place.session)
        self.tab = solara.reactive(place.tab)
        super().__init__(place.period)
        self.runs = solara.reactive(place.runs)
        self.pairs = solara.reactive(place.pairs)
        self.event = solara.reactive(place.event)
        self.sides = solara.reactive((place.actor, place.target))
        """Whose acts count for the event, and against whom."""
        self.picked = solara.reactive(place.picked)
        self.projected = solara.reactive(place.projected)
        self.faults = solara.reactive(faults)
        self.moves = solara.reactive(0)
        """Moves that are complete."""
        self._moving = 0
        self._trail = Trail(search, query(place))
        self.game: Any = solara.reactive(None)
        self.game_refusal: Any = solara.reactive(None)
        self.stops = solara.reactive(math.inf)
        """From which day on a game stops on each; without an end where it stops for decisions alone."""
        self.ensemble: Any = solara.reactive(None)
        self.comparison: Any = solara.reactive(None)
        self.mattered: Any = solara.reactive(None)
        self.beat = solara.reactive(0.0)

    @property
    def place(self) -> Place:
        """What is looked at."""
        actor, target = self.sides.value
        return Place(
            self.session.value,
            self.tab.value,
            self.period.value,
            self.runs.value,
            self.pairs.value,
            self.event.value,
            self.picked.value,
            actor,
            target,
            self.projected.value,
        )

    def follow(self, search: str, push: Callable[[str], None]) -> None:
        """Show what the browser has gone to, or send it where the visitor has gone on the page."""
        if self._moving:
            return
        if self._trail.to_read(search):
            place, faults = read(search, lambda key: self._find(key, self.session.value), self._first)
            with self._move():
                self.playing.value = False
                self.change(place.session)
                self.picked.value = place.picked
                self.tab.value, self.period.value = place.tab, place.period
                self.runs.value, self.pairs.value, self.event.value = place.runs, place.pairs, place.event
                self.sides.value = place.actor, place.target
                self.projected.value = place.projected
                self.faults.value = faults
                self._trail.was_read(query(place))
        elif self.playing.value:
            return  # where it is paused has an address, and not each day on the way
        elif self._trail.to_push(shown := query(self.place)):
            self.faults.value = ()
            push(shown)

    def look(self, seed: int, run: int | None) -> None:
        """Look at another trajectory, from its first day; at a typical one where no run is named."""
        with self._move():
            self.session.value = self.session.value.seeded(seed, run or 0)
            self.picked.value = run is not None
            self.rewind()

    def reseed(self, seed: int) -> None:
        """Look at the trajectory of another seed: the same run where one was chosen, else a typical one."""
        self.look(seed, self.session.value.run if self.picked.value else None)

    def notice(self) -> None:
        """Have what shows a study drawn anew; called on the thread of the study."""
        self.beat.value = time.monotonic()

    def change(self, session: Session) -> None:
        """Look at another scenario: what was shown of the last one goes."""
        with self._move():
            if session.scenario is not self.session.value.scenario:
                self.cancel()
                self.ensemble.value = self.comparison.value = self.mattered.value = None
                self.front.value, self.event.value, self.sides.value = "", USUAL_EVENT, ANYBODY
                self.rewind()
                _SHELF.keep(session)
            self.session.value = session

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

    def ask(self, event: str, actor: str, target: str) -> None:
        """Ask about another event, or of other acts; of anybody's where it cannot be asked of those."""
        with self._move():
            self.event.value = event
            self.sides.value = nearest_sides(self.session.value.scenario, event, actor, target)

    def leave_out(self, work: Callable[..., LeaveOneOut]) -> None:
        """Begin to leave out each item in turn, in place of a study that is still on its way."""
        self.end(self.mattered.value)
        self.mattered.value = Study(work, self.notice).start()

    def cancel(self) -> None:
        """End all that is on its way."""
        self.end(self.ensemble.value)
        self.end(self.comparison.value)
        self.end(self.mattered.value)

    def end(self, study: Study[Any] | None) -> None:
        """End one study; the runs that are finished are its result."""
        if study is not None:
            study.cancel()
            self.notice()

    @contextmanager
    def _move(self) -> Iterator[None]:
        """Make one move of several changes, which are drawn together, and then have one address."""
        with super()._move():
            self._moving += 1  # until it is over, a study that has the page drawn anew moves no address
            try:
                yield
            finally:
                self._moving -= 1
                if not self._moving:
                    self.moves.value += 1

    @staticmethod
    def _find(key: str, now: Session) -> Session | None:
        """Session of a key; the scenario that is looked at stays the same object, and what was run of it is kept."""
        if key == now.key:
            return Session(now.scenario, now.origin, now.key)
        return Session.opened(key) if key in library_names() else _SHELF.find(key)
