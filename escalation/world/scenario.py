"""A scenario: everything that an analyst states about a crisis."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import Annotated, Any, Self

from pydantic import Field, field_validator, model_validator

from escalation.errors import Fault, ScenarioError
from escalation.world.actor import Actor
from escalation.world.base import Id, Part, Text
from escalation.world.commitment import Commitment
from escalation.world.event import Event, Observed
from escalation.world.front import Front
from escalation.world.ladder import Ladder, load_ladder
from escalation.world.rules import Rules
from escalation.world.signal import Date, Signal

__all__ = ["Scenario"]


class Scenario(Part):
    """A crisis: its ladder, actors, fronts, commitments, timeline and rules.

    Tables are dictionaries keyed by id; entries may be given as plain mappings without the id.
    """

    name: Id
    """Short name of the scenario."""
    title: Text = ""
    """Title to print."""
    description: Text = ""
    """What the scenario is about."""
    start: datetime.date = datetime.date(2000, 1, 1)
    """First day of the scenario; day 0 of every result."""
    as_of: Date | None = None
    """Information date: before it only scheduled items happen, choices begin the next day, and nothing
    dated after it may be scheduled unless it is `planned`."""
    horizon: Annotated[int, Field(ge=1, le=3650)] = 90
    """Length of a run, in days after the start."""
    period: Annotated[float, Field(ge=0.05, le=7.0)] = 1.0
    """Length of a period, in days; numerical only."""
    stop_when_settled: bool = False
    """Whether a run ends once the crisis has settled."""
    sources: dict[Id, Text] = {}
    """Sources in full, by the keys that dated items cite."""
    ladder: Ladder = Field(default_factory=lambda: load_ladder("default"))
    """The ladder: in a file, the name of one in the library or a table of its own."""
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
