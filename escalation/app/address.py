"""The address of the page: what is looked at, as the query of a link, and back. Nothing in a link is trusted."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from escalation.app.edits import Edits, dials, removable
from escalation.app.mattered import USUAL_EVENT, events_asked, nearest_sides, sides_asked
from escalation.app.session import FILE_KEY, Session, whole_number
from escalation.files import library_names
from escalation.whole_numbers import RUNS_BELOW, SEEDS_BELOW
from escalation.world.near import near, short
from escalation.world.scenario import Scenario

__all__ = ["MOST_RUNS", "PAIRS", "SIZES", "TABS", "Place", "Trail", "query", "read"]

TABS = ("scenario", "days", "chair", "runs", "compare", "mattered")
"""Parts of the page, as a link names them."""
SIZES = ("desk", "projector")
"""For whom the page is drawn, as a link names it: for one visitor, or for a room."""
MOST_RUNS = 1_000_000
"""Most runs that the page plays at once."""
PAIRS = (1_000, 10_000, 100_000)
"""Pairs of runs that a comparison can have."""

_MOST_CHARACTERS = 8_000
_ONCE = ("scenario", "tab", "seed", "run", "day", "runs", "pairs", "event", "actor", "target", "size")
_PARTS = (*_ONCE, "set", "without")
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?(e[+-]?[0-9]{1,3})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """What a visitor looks at.

    Parameters
    ----------
    session
        Scenario, seed, run and changes.
    tab
        Part of the page, counted from 0 in `TABS`.
    period
        Period of the run, counted from 0.
    runs, pairs
        How many runs are asked for, and how many pairs of runs in a comparison.
    event
        What is asked of each item that is left out.
    picked
        Whether somebody chose the run. Where nobody has, Day by day begins with a typical one, and the session's is 0.
    actor, target
        Whose acts count for the event, and against whom; anybody's where they are empty.
    projected
        Whether it is drawn for a room: larger, with fewer panels.
    """

    session: Session
    tab: int = 0
    period: int = 0
    runs: int = 10_000
    pairs: int = PAIRS[0]
    event: str = USUAL_EVENT
    picked: bool = False
    actor: str = ""
    target: str = ""
    projected: bool = False


def query(place: Place) -> str:
    """Write a place as the query of an address; what is as the page begins is left out, but for the scenario.

    Examples
    --------
    >>> query(Place(Session.opened("two-state-deterrence").seeded(1, 3), tab=1, period=12, picked=True))
    'scenario=two-state-deterrence&tab=days&run=3&day=12'
    """
    session, usual = place.session, Place(place.session)
    rows = [("scenario", session.key)]
    if place.tab != usual.tab:
        rows.append(("tab", TABS[place.tab]))
    if session.seed != 1:
        rows.append(("seed", str(session.seed)))
    if place.picked:
        rows.append(("run", str(session.run)))
    if place.period:
        rows.append(("day", f"{_day(session.scenario, place.period):.10g}"))
    if place.runs != usual.runs:
        rows.append(("runs", str(place.runs)))
    if place.pairs != usual.pairs:
        rows.append(("pairs", str(place.pairs)))
    if place.event != usual.event:
        rows.append(("event", place.event))
    rows += [(name, side) for name, side in (("actor", place.actor), ("target", place.target)) if side]
    if place.projected:
        rows.append(("size", SIZES[1]))
    rows += [("set", f"{path}:{value!r}") for path, value in session.edits.values]
    rows += [("without", item) for item in session.edits.without]
    return urlencode(rows)


def read(search: str, find: Callable[[str], Session | None], first: Session) -> tuple[Place, tuple[str, ...]]:
    """Read the query of an address.

    Parameters
    ----------
    search
        The query, without its question mark. Anybody may have written it.
    find
        Gives the session that begins with a scenario of the library or an upload, by its key; None where it has none.
    first
        What the page begins with where no scenario is named.

    Returns
    -------
    place : Place
        What to show. A part that is at fault is as the page begins.
    faults : tuple of str
        A sentence for each part at fault: what it says, what is allowed, and what is shown instead.

    Examples
    --------
    >>> place, faults = read("day=61&run=3", lambda key: None, Session.opened("two-state-deterrence"))
    >>> place.period, place.session.run
    (0, 3)
    >>> print(*faults)
    The address says day='61'; allowed is a day from 0 to 60, in steps of 1. Shown: 0.
    """
    if len(search) > _MOST_CHARACTERS:
        most = f"at most {_MOST_CHARACTERS:,} are read. The page is shown as it begins."
        return Place(first), (f"The address has {len(search):,} characters after the question mark, and {most}",)
    reading = _Reading(parse_qsl(search, keep_blank_values=True))
    session = reading.session(find, first)
    tab = reading.one_of("tab", TABS)
    seed = reading.whole("seed", 1, most=SEEDS_BELOW - 1)
    run = reading.whole("run", -1, most=RUNS_BELOW - 1, shown="a typical run")
    runs = reading.whole("runs", 10_000, least=1, most=MOST_RUNS)
    pairs = reading.one_of("pairs", tuple(map(str, PAIRS)))
    period, edits = reading.period(session.scenario), reading.edits(session.scenario)
    projected = reading.one_of("size", SIZES) == 1
    event = reading.event(session.scenario)
    actor, target = reading.sides(session.scenario, event)
    session = session.seeded(seed, max(run, 0)).edited(edits)
    place = Place(session, tab, period, runs, PAIRS[pairs], event, run >= 0, actor, target, projected)
    return place, tuple(reading.faults)


class _Reading:
    """Parts of an address, and what is wrong with them."""

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        self.faults: list[str] = []
        self._once: dict[str, str] = {}
        self._changes: list[tuple[str, str]] = []
        names = [name for name, _ in rows]
        for name in dict.fromkeys(names):
            if name not in _PARTS:
                self.faults.append(f"The address has a part {short(name)}{near(name, _PARTS)}. It is left out.")
            elif name in _ONCE and names.count(name) > 1:
                self.faults.append(f"The address has {name} {names.count(name)} times, and once is allowed: left out.")
        for name, text in rows:
            if name in _ONCE and names.count(name) == 1:
                self._once[name] = text
            elif name in ("set", "without") and (name, text) not in self._changes:
                self._changes.append((name, text))

    def session(self, find: Callable[[str], Session | None], first: Session) -> Session:
        """Scenario; where it is not there, what depends on it goes too."""
        key = self._once.get("scenario")
        found = first if key is None else find(key)
        if found is not None:
            return found
        rest = self._once.pop("day", None) is not None or bool(self._changes)
        self._changes = []
        if FILE_KEY.fullmatch(str(key)):
            what = "The address is of an uploaded or edited scenario that the server no longer has: upload it again."
        else:
            what = f"The address says scenario={short(key)}{near(key, library_names())}."
        left = " Its day and its changes are left out." if rest else ""
        self.faults.append(f"{what} Shown: {first.origin}.{left}")
        return first

    def one_of(self, name: str, allowed: tuple[str, ...]) -> int:
        """Which of the words allowed a part is; the first where it is none."""
        text = self._once.get(name, allowed[0])
        if text in allowed:
            return allowed.index(text)
        self._fault(name, text, near(text, allowed), allowed[0])
        return 0

    def event(self, scenario: Scenario) -> str:
        """Event that the scenario knows."""
        if "event" not in self._once:
            return USUAL_EVENT
        events = events_asked(scenario)
        return events[self.one_of("event", events)]

    def sides(self, scenario: Scenario, event: str) -> tuple[str, str]:
        """Actor and target of whose acts the event can be asked."""
        wanted = self._once.get("actor", ""), self._once.get("target", "")
        if wanted == ("", ""):
            return wanted
        allowed, found = sides_asked(scenario, event), nearest_sides(scenario, event, *wanted)
        if found[0] != wanted[0]:
            actors = [actor for actor, target in allowed if actor and not target]
            self._fault("actor", wanted[0], near(wanted[0], actors), "anybody")
        if found[1] != wanted[1]:
            targets = [target for actor, target in allowed if target and actor == found[0]]
            self._fault("target", wanted[1], near(wanted[1], targets), "anybody")
        return found

    def whole(self, name: str, usual: int, *, most: int, least: int = 0, shown: str = "") -> int:
        """Whole number of a part; as usual where it has none."""
        text = self._once.get(name)
        if text is None:
            return usual
        number = whole_number(text, most=most, least=least)
        if number is not None:
            return number
        self._fault(name, text, f"; allowed is a whole number from {least:,} to {most:,}", shown or f"{usual:,}")
        return usual

    def period(self, scenario: Scenario) -> int:
        """Period that ends on the day."""
        text = self._once.get("day", "0")
        day = _number(text)
        if day is not None and 0.0 <= day <= scenario.horizon:
            period = _last(scenario) if day == scenario.horizon else round(day / scenario.period)
            if abs(_day(scenario, period) - day) < 1e-6:
                return period
        allowed = f"; allowed is a day from 0 to {scenario.horizon}, in steps of {scenario.period:g}"
        self._fault("day", text, allowed, "0")
        return 0

    def edits(self, scenario: Scenario) -> Edits:
        """Changes that the scenario has a place for."""
        edits = Edits()
        if not self._changes:
            return edits
        known, items = {dial.path: dial for dial in dials(scenario)}, removable(scenario)
        for name, text in self._changes:
            if name == "without":
                if text in items:
                    edits = edits.with_dropped(text)
                else:
                    self._fault(name, text, near(text, items), "without that change")
                continue
            path, _, value = text.rpartition(":")
            dial, number = known.get(path), _number(value)
            if dial is None:
                self._fault(name, text, near(path, known), "without that change")
            elif number is None or not dial.low <= number <= dial.high:
                allowed = f"; allowed at {path} is a number from {dial.low:g} to {dial.high:g}"
                self._fault(name, text, allowed, "without that change")
            else:
                edits = edits.with_value(path, number)
        return edits

    def _fault(self, name: str, text: str, allowed: str, shown: str) -> None:
        self.faults.append(f"The address says {name}={short(text)}{allowed}. Shown: {shown}.")


class Trail:
    """Keeps the address and the page together: tells which of the two moved.

    Parameters
    ----------
    search
        Query of the address with which the page was opened.
    shown
        Query of what is shown.
    """

    def __init__(self, search: str, shown: str) -> None:
        self._search, self._shown = search, shown
        self._pushed: list[str] = []

    def to_read(self, search: str) -> bool:
        """Whether the browser has gone to another address, so that it has to be read; not where the page sent it."""
        if search == self._search:
            return False
        self._search = search
        if search in self._pushed:
            del self._pushed[: self._pushed.index(search) + 1]
            return False
        return True

    def was_read(self, shown: str) -> None:
        """Note what is shown of the address that was read."""
        self._shown = shown
        self._pushed.clear()

    def to_push(self, shown: str) -> bool:
        """Whether the visitor has moved on the page, so that the browser has to be sent to another address."""
        if shown == self._shown:
            return False
        self._shown = shown
        if shown == self._search and not self._pushed:
            return False
        self._pushed.append(shown)
        return True


def _number(text: str) -> float | None:
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def _last(scenario: Scenario) -> int:
    return math.ceil(scenario.horizon / scenario.period - 1e-9)


def _day(scenario: Scenario, period: int) -> float:
    return min(period * scenario.period, float(scenario.horizon))
