"""Small crises, played step by step on the tables of the readable engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from first_version import FIRST_VERSION
from strict_tables import strict

from escalation.dynamics.attribution import suffer
from escalation.dynamics.beginning import look_anew
from escalation.dynamics.decision import note_choice
from escalation.dynamics.period import close_period, open_period, play_period
from escalation.dynamics.roles import PROMPTED
from escalation.dynamics.state import (
    ActorState,
    Clock,
    Crisis,
    EventState,
    FrontState,
    IncidentState,
    PledgeState,
    RulesState,
    SignalState,
)
from escalation.dynamics.utility import exchange_terms, look_ahead, weigh
from escalation.engines.lower import lower
from escalation.engines.readable import begin_run, readable_crisis
from escalation.world.scenario import Scenario

__all__ = ["Play", "crisis_of", "replies_to"]

Row = dict[str, Any]


def crisis_of(fronts: str = "a-b", **tables: Any) -> Scenario:
    """Scenario with the pairs of fronts named, as ``"a-b c-b"``, and the actors a, b and c.

    The model is that of the first version where `rules` say nothing else, so that a step is tested by itself. Rows
    given for a table are merged into it; other keys are those of a scenario.
    """
    actors: Row = {name: {} for name in "abc"}
    rows: Row = {}
    for pair in fronts.split():
        one, two = pair.split("-")
        rows |= {f"{one}-{two}": {}, f"{two}-{one}": {}}
    actors |= tables.pop("actors", {})
    for key, row in tables.pop("front", {}).items():
        rows[key] = row
    rules = FIRST_VERSION | tables.pop("rules", {})
    tables["rules"] = rules
    return Scenario.from_dict({"name": "small", "horizon": 60, "actors": actors, "fronts": rows, **tables})


def replies_to(crisis: Crisis, f: int, o: int) -> list[float]:
    """Probability of each reply to an act that its actor expects, by the replies' places on offer."""
    exchange_terms(crisis, f, o, look_ahead(crisis, f))
    offers = crisis.fronts[crisis.fronts[f].reverse].offers
    return [crisis.expected_reply[place][o] for place in range(offers)]


class Play:
    """A run of a scenario, of which each table can be read and written by name."""

    def __init__(self, scenario: Scenario, *, seed: int = 1, run: int = 0) -> None:
        self.scenario = scenario
        self.lowered = lower(scenario)
        self.crisis = strict(readable_crisis(self.lowered))
        begin_run(self.crisis, self.lowered, seed, run)

    def f(self, front: str) -> int:
        return self.lowered.front_ids.index(front)

    def front(self, front: str) -> FrontState:
        return self.crisis.fronts[self.f(front)]

    def i(self, actor: str) -> int:
        return self.lowered.actor_ids.index(actor)

    def actor(self, actor: str) -> ActorState:
        return self.crisis.actors[self.i(actor)]

    def o(self, act: str) -> int:
        return self.lowered.option_names.index(act)

    def pledge(self, row: str) -> PledgeState:
        return self.crisis.pledges[self.lowered.commitment_rows.index(row)]

    def signal(self, signal: str) -> SignalState:
        return self.crisis.signals[list(self.scenario.signals).index(signal)]

    def event(self, event: str) -> EventState:
        return self.crisis.events[list(self.scenario.events).index(event)]

    def incident(self, event: str, victim: int = 0) -> IncidentState:
        return self.crisis.incidents[self.event(event).incident_first + victim]

    def suffer(self, event: str, level: float, victim: int = 0) -> IncidentState:
        """Let what an event did be unanswered at a level."""
        suffer(self.crisis, self.event(event).incident_first + victim, level, self.clock.now)
        return self.incident(event, victim)

    def blame(self, event: str, victim: int = 0) -> dict[str, float]:
        """Blame of each actor for an event, as one of its victims sees it."""
        row = self.crisis.blame[self.event(event).incident_first + victim]
        return dict(zip(self.lowered.actor_ids, row, strict=True))

    def covert(self, front: str) -> int:
        """Row of the incident that holds a front's covert acts."""
        return len(self.crisis.incidents) - 2 * len(self.crisis.fronts) + self.f(front)

    def accidental(self, front: str) -> int:
        """Row of the incident that holds a front's unintended incidents."""
        return len(self.crisis.incidents) - len(self.crisis.fronts) + self.f(front)

    @property
    def rules(self) -> RulesState:
        return self.crisis.rules[0]

    @property
    def clock(self) -> Clock:
        return self.crisis.clock[0]

    def at(self, period: int) -> Play:
        """Put the clock at the end of a period without playing it."""
        clock = self.clock
        clock.period, clock.now = period, period * clock.length
        clock.latest = clock.now + 0.5 * clock.length
        return self

    def open(self) -> Play:
        look_anew(self.crisis)  # a test may have changed anything
        open_period(self.crisis)
        return self

    def close(self) -> Play:
        look_anew(self.crisis)
        close_period(self.crisis)
        return self

    def period(self, acts: Mapping[str, str] | None = None) -> Play:
        """Play a period in which these acts are done, whoever would have decided."""
        self.open()
        for front in self.crisis.fronts:
            front.deciding = 0
        for name, act in (acts or {}).items():
            self.front(name).deciding = PROMPTED
            self.front(name).due = float("inf")
            weigh(self.crisis, self.f(name))
            note_choice(self.crisis, self.f(name), self.o(act))
        return self.close()

    def quiet(self, periods: int) -> Play:
        """Play periods in which nobody acts."""
        for _ in range(periods):
            self.period()
        return self

    def play(self, periods: int) -> Play:
        """Play periods by the model's own rule."""
        look_anew(self.crisis)
        for _ in range(periods):
            play_period(self.crisis)
        return self

    def play_on(self, periods: int) -> Play:
        """Play periods by the model's own rule, where nothing was changed by hand since the last."""
        for _ in range(periods):
            play_period(self.crisis)
        return self
