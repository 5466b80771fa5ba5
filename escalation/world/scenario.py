"""A scenario: everything that an analyst states about a crisis."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError

from escalation.errors import Fault, ScenarioError
from escalation.world import references
from escalation.world.actor import Actor
from escalation.world.base import CalendarDate, Flag, FromNumpy, Id, Number, Part, Text, Whole
from escalation.world.commitment import Commitment
from escalation.world.dates import date_of, day_of
from escalation.world.editing import changes, with_item, with_value, without_items
from escalation.world.event import Event, Observed
from escalation.world.fingerprint import fingerprint
from escalation.world.fits import fit_names, stated, with_fitted
from escalation.world.front import Front
from escalation.world.ladder import Ladder, ladder_names, load_ladder
from escalation.world.near import near, short
from escalation.world.places import Located, refusal
from escalation.world.plain import plain
from escalation.world.rules import Rules
from escalation.world.signal import Date, Signal
from escalation.world.summary import html, line
from escalation.world.view import LONGEST

__all__ = ["Scenario"]

_KEYED = ("actors", "fronts", "commitments", "signals", "events")
"""Tables whose rows take their id from their key."""
_FROM_KEY = ("id", "actor", "target")
"""Keys of a row that may follow from its id."""


class Scenario(Part):
    """A crisis: its ladder, actors, fronts, commitments, timeline and rules.

    Tables are dictionaries keyed by id; entries may be given as plain mappings without the id. A
    scenario never changes: its methods return new ones, checked in full.

    Raises
    ------
    ScenarioError
        If anything is not allowed; it lists every fault found.

    Examples
    --------
    >>> quarrel = Scenario(name="quarrel", actors={"a": {}, "b": {}}, fronts={"a-b": {}, "b-a": {}})
    >>> quarrel
    Scenario(quarrel: 2000-01-01 to 2000-03-31, 2 actors, 2 fronts, 0 commitments, 0 signals, 0 events)
    >>> quarrel.replace("fronts.a-b.stake", 2.0).diff(quarrel)
    [('fronts.a-b.stake', 2.0, 1.0)]
    """

    name: Id
    """Short name of the scenario."""
    title: Text = ""
    """Title to print."""
    description: Text = ""
    """What the scenario is about."""
    start: CalendarDate = datetime.date(2000, 1, 1)
    """First day of the scenario; day 0 of every result."""
    as_of: Date | None = None
    """Information date: before it only scheduled items happen, choices begin the next day, and nothing
    dated after it may be scheduled unless it is `planned`."""
    horizon: Annotated[Whole, Field(ge=1, le=LONGEST), FromNumpy] = 90
    """Length of a run, in days after the start."""
    period: Annotated[Number, Field(ge=0.05, le=7.0)] = 1.0
    """Length of a period, in days; numerical only."""
    stop_when_settled: Flag = False
    """Whether a run ends once the crisis has settled."""
    sources: dict[Id, Text] = {}
    """Sources in full, by the keys that dated items cite."""
    ladder: Ladder = Field(default_factory=lambda: load_ladder("default"))
    """The ladder: in a file, the name of one in the library or a table of its own."""
    fit: Text | None = None
    """Fit of the library whose values stand for what `rules` and `actors` do not state; a part that is given as an
    object states all of its values."""
    rules: Rules = Rules()
    """Global parameters."""
    actors: Annotated[dict[str, Actor], Field(min_length=2, max_length=40)]
    """The actors, by id."""
    fronts: Annotated[dict[str, Front], Field(min_length=2)]
    """The fronts, by id; each has its reverse."""
    commitments: dict[str, Commitment] = {}
    """The commitments, by id."""
    signals: dict[str, Signal] = {}
    """The signals, by id."""
    events: dict[str, Event] = {}
    """The events, by id."""
    observed: tuple[Observed, ...] = ()
    """Acts that really happened, for scoring only."""

    @model_validator(mode="before")
    @classmethod
    def _ids_from_keys(cls, data: Any) -> Any:
        """Give every row of a keyed table the id that its key is, and what is not stated the value of its fit."""
        if not isinstance(data, Mapping):
            return data
        tables = {table: data[table] for table in _KEYED if isinstance(data.get(table), Mapping)}
        return with_fitted({**data, **{table: _with_ids(rows) for table, rows in tables.items()}})

    @field_validator("ladder", mode="before")
    @classmethod
    def _named_ladder(cls, ladder: Any) -> Any:
        if not isinstance(ladder, str):
            return ladder
        if ladder not in ladder_names():
            raise ValueError(f"no ladder {short(ladder)} in the library{near(ladder, ladder_names())}")
        return load_ladder(ladder)

    @field_validator("fit", mode="after")
    @classmethod
    def _fit_in_library(cls, fit: str | None) -> str | None:
        if fit is not None and fit not in fit_names():
            raise ValueError(f"no fit {short(fit)} in the library{near(fit, fit_names())}")
        return fit

    @model_validator(mode="after")
    def _references_hold(self) -> Self:
        found = references.located(plain(self))
        if found:
            # An error of pydantic's own has one text and one place. `located` takes all of them from its context.
            raise PydanticCustomError("references", "names do not agree", {"found": found})
        return self

    @classmethod
    def located(cls, error: ValidationError, data: Any) -> list[Located]:
        """Faults of fields and of references together, with their places in plain words.

        Parameters
        ----------
        error
            What pydantic found.
        data
            What was to be this part.

        Returns
        -------
        list of (tuple, str)
            Keys and places that lead to each fault, and what is wrong there.
        """
        details = error.errors(include_url=False)
        if details[0]["type"] == "references":
            return list(details[0]["ctx"]["found"])
        raw = plain(data)
        found = references.located(raw) if isinstance(raw, Mapping) else []
        places = {path for path, _ in found}
        for path, what in super().located(error, data):
            if _follows_from_key(path, raw):
                if path[:2] not in places:
                    found.append((path[:2], what))
            elif path not in places:  # what names nobody needs not be told of its letters too
                found.append((path, what))
        return found

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, file: str | None = None) -> Self:
        """Make a scenario from plain data, as a file holds it.

        Parameters
        ----------
        data
            Tables, lists, text, numbers and dates (or their ISO text).
        file
            File that the data come from, to be named in an error.

        Returns
        -------
        Scenario
            The scenario, checked in full.

        Raises
        ------
        ScenarioError
            If anything is not allowed; it lists every fault found, in the order of the data.
        """
        try:
            return cls._of(plain(data), file=file)
        except RecursionError:
            raise ScenarioError([Fault("", "is nested too deeply")], file=file) from None

    @classmethod
    def _of(cls, fields: Any, *, file: str | None = None) -> Self:
        """Scenario of its fields; those that are parts have been checked, and are not checked again."""
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            raw = plain(fields)
            raise refusal(cls.located(error, raw), raw, file=file) from None

    def to_dict(self, *, iso: bool = True) -> dict[str, Any]:
        """Scenario as plain data, without what equals its default or its fit.

        `Scenario.from_dict` makes an equal scenario of it.

        Parameters
        ----------
        iso
            Write dates as ISO text, which JSON can hold.

        Returns
        -------
        dict
            Tables, lists, text and numbers; dates too, unless `iso`.
        """
        data: dict[str, Any] = plain(self, brief=True, iso=iso)
        if self.fit is not None:
            data = stated(data, plain(self, iso=iso))
        for table in _KEYED:
            for row in data.get(table, {}).values():
                for key in _FROM_KEY if table == "fronts" else ("id",):
                    del row[key]
        name = self.ladder.name
        if "ladder" in data and name in ladder_names() and self.ladder == load_ladder(name):
            data["ladder"] = name
        return data

    @property
    def hash(self) -> str:
        """SHA-256 of all that can change a result, as 64 hexadecimal digits.

        Left out are names, titles, descriptions, notes, sources, observed acts and the codes of rungs.
        """
        return fingerprint(self)

    @property
    def front_ids(self) -> tuple[str, ...]:
        """Ids of the fronts, in the order of the scenario."""
        return tuple(self.fronts)

    @property
    def actor_ids(self) -> tuple[str, ...]:
        """Ids of the actors, in the order of the scenario."""
        return tuple(self.actors)

    def day(self, date: datetime.date | float) -> float:
        """Days after the start; a number already is one.

        Parameters
        ----------
        date
            A date, or days after the start.

        Returns
        -------
        float
            Days after the start.

        Raises
        ------
        TypeError
            If it is neither; text and truth values are no numbers.

        Examples
        --------
        >>> quarrel = Scenario(name="quarrel", actors={"a": {}, "b": {}}, fronts={"a-b": {}, "b-a": {}})
        >>> quarrel.day(datetime.date(2000, 2, 1))
        31.0
        """
        return day_of(date, start=self.start)

    def date(self, day: float) -> datetime.date:
        """Date of a number of days after the start, rounded down.

        Parameters
        ----------
        day
            Days after the start.

        Returns
        -------
        datetime.date
            The date.
        """
        return date_of(day, start=self.start)

    def without(self, item: str, *more: str) -> Scenario:
        """Scenario without one or more signals, events or commitments, all else equal.

        What cannot stand without it goes with it: a denial of it, a denial of that denial, a warning about a
        commitment, a refusal of a demand; and a pledge against a patron that needs the front which the patron's own
        pledge may open.

        Parameters
        ----------
        item, *more
            Ids of signals, events or commitments.

        Returns
        -------
        Scenario
            What is left.

        Raises
        ------
        StudyError
            If there is none of that id.
        """
        return self.from_dict(without_items(plain(self), (item, *more)))

    def replace(self, path: str, value: Any) -> Scenario:
        """Scenario with one value changed, all else equal.

        Parameters
        ----------
        path
            Dotted place of the value: ``actors.usa.honesty``, ``fronts.irn-isr.stake``, ``rules.leash``,
            ``commitments.usa-isr.credence.mean``, ``events.killing.victims.0.severity``, ``horizon``.
        value
            A number, a distribution, or whatever the place holds.

        Returns
        -------
        Scenario
            With that value in its place.

        Raises
        ------
        StudyError
            If the scenario has no such place.
        ScenarioError
            If the value is not allowed there.
        """
        if path == "fit":  # of another fit, the scenario takes what it does not state itself
            return self.from_dict({**self.to_dict(iso=False), "fit": value})
        return self._of(with_value(vars(self), path, value))

    def with_signal(self, signal: Signal) -> Scenario:
        """Scenario with one more signal; one that comes after `as_of` is marked as planned.

        Parameters
        ----------
        signal
            The signal.

        Returns
        -------
        Scenario
            With one more signal.

        Raises
        ------
        StudyError
            If its id is already used.
        ScenarioError
            If it names what the scenario does not have.
        """
        return self.with_part("signals", signal)

    def with_event(self, event: Event) -> Scenario:
        """Scenario with one more event; one that comes after `as_of` is marked as planned.

        Parameters
        ----------
        event
            The event.

        Returns
        -------
        Scenario
            With one more event.

        Raises
        ------
        StudyError
            If its id is already used.
        ScenarioError
            If it names what the scenario does not have.
        """
        return self.with_part("events", event)

    def with_part(self, table: str, part: Part) -> Scenario:
        """Scenario with one more signal, event or commitment; see `with_signal`.

        Parameters
        ----------
        table
            ``"signals"``, ``"events"`` or ``"commitments"``.
        part
            What to add.

        Returns
        -------
        Scenario
            With it in the table.

        Raises
        ------
        StudyError
            If its id is already used.
        ScenarioError
            If it names what the scenario does not have.
        """
        return self._of(with_item(vars(self), table, part))

    def diff(self, other: Scenario) -> list[tuple[str, Any, Any]]:
        """Places at which two scenarios differ.

        Parameters
        ----------
        other
            The other scenario.

        Returns
        -------
        list of (str, object, object)
            Dotted place, value here and value there; None where there is none.
        """
        return changes(plain(self, iso=True), plain(other, iso=True))

    def __str__(self) -> str:
        return line(vars(self))

    def __repr__(self) -> str:
        return f"Scenario({self})"

    def _repr_html_(self) -> str:
        return html(plain(self))


def _with_ids(rows: Mapping[str, Any]) -> dict[str, Any]:
    return {key: {"id": key, **row} if isinstance(row, Mapping) else row for key, row in rows.items()}


def _follows_from_key(path: tuple[str | int, ...], raw: Any) -> bool:
    """Whether a key of a row was not given but follows from the row's own key."""
    if len(path) != 3 or path[0] not in _KEYED or path[2] not in _FROM_KEY:
        return False
    row = raw[path[0]].get(path[1])
    return isinstance(row, Mapping) and path[2] not in row and (path[2] == "id" or path[0] == "fronts")
