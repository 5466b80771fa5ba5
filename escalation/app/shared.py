"""A game of several chairs: who sits where, what each may see, and when a day is over. It knows nothing of the page.

The game lives in the server. A session holds a view of it, of a chair's or of the facilitator's, and nothing else;
each view gives what its holder may know. All of it may be used from several threads.
"""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from escalation.app.chronicle import Happening, chronicle, known_to
from escalation.app.doors import new_code
from escalation.app.shared_views import ChairState, ChairView, Debriefing, FacilitatorView, Phase
from escalation.app.table import Act, Day, Record, Table, replayed
from escalation.engines.situation import Statement
from escalation.errors import StudyError
from escalation.world.near import near
from escalation.world.plain_words import actor_name
from escalation.world.scenario import Scenario

__all__ = ["Chair", "Facilitator", "SharedGame", "TakenError"]

MOST_WORDS_A_DAY = 5
"""Most statements of a chair on one day."""
MOST_WORDS = 200
"""Most statements in one game."""


class TakenError(StudyError):
    """A chair in which somebody sits: it can be taken over."""


class SharedGame:
    """A game of several chairs.

    Parameters
    ----------
    record
        What is played: a new game, or one that was saved.

    Raises
    ------
    StudyError
        If the seed or run is not allowed.
    StoreError
        If a saved game cannot be replayed.
    """

    def __init__(self, record: Record) -> None:
        self.scenario = record.scenario
        self._changed = threading.Condition(threading.RLock())
        self._table: Table = replayed(record)
        self._begun = self._table.waiting or bool(record.days)
        self._closed = False
        self._shown = False
        self._debriefing: Debriefing | None = None
        self._version = 0
        self._code = new_code()
        self._codes = {actor: new_code() for actor in self._table.chairs}
        self._holders: dict[str, str] = {}
        self._present: dict[str, str] = {}
        waiting = record.waiting or Day(0.0)
        for row in waiting.acts:
            self._table.check(row.actor, row.target, row.act)
        self._chosen = {(row.actor, row.target): row.act for row in waiting.acts}
        self._words_today = dict(Counter(word.actor for word in waiting.words))
        self._told: tuple[Happening, ...] = ()
        self._tell()

    # ------------------------------------------------------------------------------------------------- coming in

    @property
    def codes(self) -> dict[str, str]:
        """Codes by actor; the facilitator's by an empty name."""
        with self._changed:
            return {"": self._code, **self._codes}

    @property
    def closed(self) -> bool:
        """Whether the facilitator has closed it."""
        return self._closed

    def facilitate(self) -> Facilitator:
        """The facilitator's view, for whoever has its code."""
        return Facilitator(self)

    def sit(self, actor: str, *, take_over: bool = False) -> Chair:
        """Take a chair, for whoever has its code; of a closed game, to look at what it knew.

        Parameters
        ----------
        actor
            Whose chair.
        take_over
            Whether to take it over from a browser that is at it now.

        Raises
        ------
        TakenError
            If somebody sits in it.
        StudyError
            If there is no such chair.
        """
        with self._changed:
            if actor not in self._codes:
                raise StudyError(f"{actor!r} has no chair in this game{near(actor, self._codes)}")
            if actor in self._present and not take_over:
                raise TakenError(
                    f"somebody sits in the chair of {actor_name(self.scenario, actor)} already; if that was you, in "
                    "another browser or before the connection was lost, take it over"
                )
            token = secrets.token_hex(16)
            self._holders[actor] = self._present[actor] = token
            self._table.seat(set(self._holders))
            self._note()
            return Chair(self, actor, token)

    # ------------------------------------------------------------------------------------- what a chair sees and does

    def _seen(self, actor: str, token: str) -> ChairView:
        with self._changed:
            self._check_holder(actor, token)
            table = self._table
            briefing = table.briefing(actor) if table.waiting else None
            heard = table.heard(actor)
            if briefing is not None:
                briefing = replace(briefing, scenario=self._as_known(actor, heard))
            return ChairView(
                phase=self._phase,
                day=table.day,
                actor=actor,
                situations=table.situations(actor),
                chosen={target: act for (who, target), act in self._chosen.items() if who == actor},
                briefing=briefing,
                heard=heard,
                known=known_to(self._told, actor, self.scenario),
                waiting_for=tuple(self._waiting_for()),
                held=self._held,
                debriefing=self._debriefed() if self._shown else None,
            )

    def _as_known(self, actor: str, heard: tuple[str, ...]) -> Scenario:
        """The scenario with those words of the game alone that an actor has said or heard."""
        played = self._table.played
        signals = {
            name: signal
            for name, signal in played.signals.items()
            if name in self.scenario.signals or name in heard or signal.sender == actor
        }
        return played.model_copy(update={"signals": signals})

    def _choose(self, actor: str, token: str, day: float, target: str, act: str) -> None:
        with self._changed:
            self._check_move(actor, token, day)
            found = [row for row in self._table.situations(actor) if row.target == target]
            if not found:
                facing = [row.target for row in self._table.situations(actor)]
                raise StudyError(f"no decision about {target!r} falls to you today{near(target, facing)}")
            if act not in found[0].acts:
                raise StudyError(f"the act {act!r} is not on offer{near(act, found[0].acts)}")
            self._chosen[actor, target] = act
            self._close_if_all_have_chosen()
            self._note()

    def _say(self, actor: str, token: str, day: float, statement: Statement) -> None:
        with self._changed:
            self._check_move(actor, token, day)
            if self._words_today.get(actor, 0) >= MOST_WORDS_A_DAY:
                raise StudyError(f"you have said {MOST_WORDS_A_DAY} things today, the most allowed; say more tomorrow")
            if len(self._table.played.signals) - len(self.scenario.signals) >= MOST_WORDS:
                raise StudyError(f"{MOST_WORDS} things have been said in this game, the most allowed")
            self._table.say(actor, statement)
            self._words_today[actor] = self._words_today.get(actor, 0) + 1
            self._note()

    def _leave(self, actor: str, token: str) -> None:
        with self._changed:
            if self._present.get(actor) == token:
                del self._present[actor]
                self._note()

    # ------------------------------------------------------------------------------ what the facilitator sees and does

    def _overseen(self) -> FacilitatorView:
        with self._changed:
            table, phase, deciding, waiting = self._table, self._phase, self._deciding(), self._waiting_for()
            rows = tuple(
                ChairState(
                    actor, code, actor in self._holders, actor in self._present, actor in deciding,
                    actor in deciding and actor not in waiting,
                )
                for actor, code in self._codes.items()
            )  # fmt: skip
            return FacilitatorView(phase, table.day, rows, self._told, table.stops, self._debriefed(), self._shown)

    def _begin(self) -> None:
        with self._changed:
            self._check_open()
            if self._begun:
                raise StudyError("the game has begun already")
            self._check_somebody()
            self._begun = True
            self._table.go_on(set(self._holders))
            self._tell()
            self._note()

    def _stop(self, day: float) -> None:
        with self._changed:
            self._check_open()
            self._table.stops = day
            self._note()

    def _close_day(self, day: float) -> None:
        with self._changed:
            self._check_day(day)
            self._check_somebody()
            self._end_day()
            self._note()

    def _free(self, actor: str) -> None:
        with self._changed:
            self._check_open()
            if actor not in self._holders:
                raise StudyError(f"nobody has taken the chair of {actor!r}{near(actor, self._holders)}")
            del self._holders[actor]
            self._present.pop(actor, None)
            self._codes[actor] = new_code()
            self._chosen = {key: act for key, act in self._chosen.items() if key[0] != actor}
            self._table.seat(set(self._holders))
            self._close_if_all_have_chosen()
            self._note()

    def _end(self) -> None:
        with self._changed:
            self._closed = True
            self._note()

    def _show(self) -> None:
        with self._changed:
            if self._debriefed() is None:
                raise StudyError("the game is not over; close it before you show all of it to everybody")
            self._shown = True
            self._note()

    def _debriefed(self) -> Debriefing | None:
        """All of the game, where nothing more can be done in it; worked out once."""
        if self._debriefing is None and self._begun and self._phase in ("over", "closed"):
            days = self._table.record.days
            chosen = frozenset((day.day, f"{act.actor}-{act.target}") for day in days for act in day.acts)
            self._debriefing = Debriefing(self.scenario, self._table.trajectory, chosen)
        return self._debriefing

    def _saved(self) -> Record:
        with self._changed:
            record = self._table.record
            if record.waiting is None:
                return record
            acts = tuple(Act(actor, target, act) for (actor, target), act in sorted(self._chosen.items()))
            return replace(record, waiting=replace(record.waiting, acts=acts))

    def _wait(self, version: int, seconds: float) -> int:
        with self._changed:
            if self._version == version:
                self._changed.wait(seconds)
            return self._version

    # ---------------------------------------------------------------------------------------------------- its rules

    @property
    def _phase(self) -> Phase:
        if self._closed:
            return "closed"
        if not self._begun:
            return "gathering"
        return "day" if self._table.waiting else "over"

    def _deciding(self) -> list[str]:
        """Chairs that are taken and to which a decision falls on the day that is open."""
        return [actor for actor in self._codes if actor in self._holders and self._table.situations(actor)]

    def _waiting_for(self) -> list[str]:
        return [
            actor
            for actor in self._deciding()
            if any((actor, row.target) not in self._chosen for row in self._table.situations(actor))
        ]

    @property
    def _held(self) -> bool:
        """Whether the day that is open is one that the facilitator closes."""
        return self._table.waiting and self._table.day >= self._table.stops

    def _close_if_all_have_chosen(self) -> None:
        if self._table.waiting and not self._held and self._holders and not self._waiting_for():
            self._end_day()

    def _end_day(self) -> None:
        self._table.close(self._chosen)
        self._chosen, self._words_today = {}, {}
        self._tell()

    def _tell(self) -> None:
        """Put what has happened into words, up to the morning of the day that is open."""
        if self._begun:
            self._told = chronicle(self._table.trajectory, next_morning=self._table.waiting)

    def _note(self) -> None:
        self._version += 1
        self._changed.notify_all()

    def _check_open(self) -> None:
        if self._closed:
            raise StudyError("the facilitator has closed this game; nothing more can be done in it")

    def _check_holder(self, actor: str, token: str) -> None:
        holder = self._holders.get(actor)
        if holder is None:
            raise StudyError("the facilitator has freed this chair; ask for its new code to take it again")
        if not secrets.compare_digest(holder, token):
            raise StudyError("this chair was taken over in another browser; enter its code to take it back")

    def _check_day(self, day: float) -> None:
        self._check_open()
        if not self._begun:
            raise StudyError("the game has not begun; the facilitator begins it")
        if not self._table.waiting:
            raise StudyError("the crisis is over; there is nothing left to choose or to say")
        if day != self._table.day:
            raise StudyError(f"day {day:g} is not open; the game is at day {self._table.day:g}")

    def _check_move(self, actor: str, token: str, day: float) -> None:
        self._check_holder(actor, token)
        self._check_day(day)

    def _check_somebody(self) -> None:
        if not self._holders:
            raise StudyError("no chair is taken, so the model would play to the end; have a team take one first")


class Chair:
    """A chair's view of a game, held by one session.

    Parameters
    ----------
    game, actor, token
        What is looked at, from which chair, and what shows that it was taken here.
    """

    def __init__(self, game: SharedGame, actor: str, token: str) -> None:
        self.actor, self.scenario = actor, game.scenario
        self.see: Callable[[], ChairView] = lambda: game._seen(actor, token)
        """What the chair sees now. `StudyError` where it was taken over or freed."""
        self.choose: Callable[[float, str, str], None] = lambda day, target, act: game._choose(
            actor, token, day, target, act
        )
        """Choose an act on a day, against a target. `StudyError` where that cannot be; then nothing has changed."""
        self.say: Callable[[float, Statement], None] = lambda day, said: game._say(actor, token, day, said)
        """Say something on a day. `StudyError` where that cannot be; then nothing has changed."""
        self.leave: Callable[[], None] = lambda: game._leave(actor, token)
        """Note that no browser is at the chair any more; it stays taken."""
        self.wait: Callable[[int, float], int] = game._wait
        """Wait until something changes, at most so many seconds; the number of changes so far."""


class Facilitator:
    """The facilitator's view of a game.

    Parameters
    ----------
    game
        What is looked at.
    """

    def __init__(self, game: SharedGame) -> None:
        self.scenario = game.scenario
        self.see: Callable[[], FacilitatorView] = game._overseen
        """What the facilitator sees now."""
        self.begin: Callable[[], None] = game._begin
        """Play to the first day to stop on, or on which a decision falls to a chair that is taken."""
        self.stop: Callable[[float], None] = game._stop
        """From a day on, stop on each until it is closed; an infinite one stops at decisions alone."""
        self.close_day: Callable[[float], None] = game._close_day
        """Close a day; the model chooses for whoever has not chosen."""
        self.free: Callable[[str], None] = game._free
        """Free the chair of an actor: the model plays it, and its code changes."""
        self.end: Callable[[], None] = game._end
        """Close the game."""
        self.show: Callable[[], None] = game._show
        """Show all of a game that is over or closed to all chairs."""
        self.record: Callable[[], Record] = game._saved
        """The game, to be saved."""
        self.wait: Callable[[int, float], int] = game._wait
        """Wait until something changes, at most so many seconds; the number of changes so far."""
