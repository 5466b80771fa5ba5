"""Events from outside, the incidents they bring, and the hypotheses about who is behind them."""

from __future__ import annotations

from typing import Any

from escalation.arithmetic.keys import key_of
from escalation.dynamics.roles import (
    ACCIDENT_EVENT,
    MEDIATION_EVENT,
    PROVOCATION_EVENT,
    SHOCK_EVENT,
)
from escalation.engines.lowering.rows import Rows
from escalation.engines.memory import Located, located
from escalation.world.event import Accident, InternalShock, Mediation, Provocation
from escalation.world.front import actor_and_target
from escalation.world.scenario import Scenario

__all__ = ["Incidents", "act_front", "event_row", "occurred"]


def occurred(path: str, part: Any) -> Located:
    """Probability that a signal or an event took place: 0 or 1 where that is known, else its source's reliability."""
    return Located(f"{path}.occurred", part.reliability if part.occurred is None else part.occurred)


class Incidents:
    """Collects incidents and hypotheses, in the order in which they refer to one another."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.hypotheses: list[dict[str, Any]] = []
        self._incidents: list[dict[str, Any]] = []

    def add(self, path: str, event: Provocation | Accident) -> dict[str, int]:
        """Add an incident for each victim of an event; gives the range of their rows."""
        first = len(self._incidents)
        for n, victim in enumerate(event.victims):
            start = len(self.hypotheses)
            # Each victim has hypotheses of its own, since what it has heard moves them and not those of others.
            if isinstance(event, Provocation):
                self.hypotheses += self._suspects(path, event)
            self._incidents.append(
                {
                    "victim": self.rows.actors[victim.actor],
                    "author": -1,
                    "severity": Located(f"{path}.victims.{n}.severity", victim.severity),
                    "publicity": Located(f"{path}.publicity", event.publicity),
                    "first": start,
                    "last": len(self.hypotheses),
                }
            )
        return {"incident_first": first, "incident_last": len(self._incidents)}

    def _suspects(self, path: str, event: Provocation) -> list[dict[str, Any]]:
        rows = [
            {
                "members": self.rows.mask(suspect.actors),
                **located(f"{path}.suspects.{n}", suspect, "prior", "likelihood"),
            }
            for n, suspect in enumerate(event.suspects)
        ]
        return [*rows, {"members": 0, **located(f"{path}.other", event.other, "prior", "likelihood")}]

    def _own(self) -> list[dict[str, Any]]:
        """Give each front one slot for its covert acts, and one for its unintended incidents."""
        return [
            {"victim": self.rows.actors[actor_and_target(name)[1]], "author": row, "publicity": publicity}
            for publicity in (0.0, 1.0)
            for name, row in self.rows.front_rows.items()
        ]

    def all(self) -> list[dict[str, Any]]:
        """The incidents of events, then those of fronts; none of them has happened yet."""
        return self._incidents + self._own()


def event_row(rows: Rows, incidents: Incidents, name: str) -> dict[str, Any]:
    """Lower an event, and add its incidents."""
    event = rows.scenario.events[name]
    path = f"events.{name}"
    row: dict[str, Any] = {
        "key": key_of(path),
        "day": rows.scenario.day(event.date),
        "probability": occurred(path, event),
        "pending": 1,
        "actor": -1,
        "front": -1,
        "option": -1,
    }
    if isinstance(event, Provocation):
        row |= {"kind": PROVOCATION_EVENT, **incidents.add(path, event), **_open_act(rows, event)}
    elif isinstance(event, Accident):
        blame = Located(f"{path}.blame", event.blame)
        row |= {"kind": ACCIDENT_EVENT, "actor": rows.actors[event.actor], "strength": blame}
        row |= incidents.add(path, event)
    elif isinstance(event, InternalShock):
        row |= {"kind": SHOCK_EVENT, "actor": rows.actors[event.actor]}
        row |= located(path, event, "severity")
        row["duration"] = Located(f"{path}.half_life", event.half_life)
    elif isinstance(event, Mediation):
        row |= {"kind": MEDIATION_EVENT, "parties": rows.mask(event.parties)}
        if event.latest is not None:
            row["days"] = rows.scenario.day(event.latest) - rows.scenario.day(event.date)
        row |= located(path, event, "strength")
        row["duration"] = Located(f"{path}.span", event.span)
    return row


def act_front(scenario: Scenario, event: Provocation) -> str:
    """Front on which a provocation is an act of its rung: from its author to the first of the victims that it faces."""
    return next(key for victim in event.victims if (key := f"{event.author}-{victim.actor}") in scenario.fronts)


def _open_act(rows: Rows, event: Provocation) -> dict[str, int]:
    """The act that the author of a provocation openly did, and its front to the first of the victims that it faces."""
    if event.rung is None:
        return {}
    scenario = rows.scenario
    return {
        "front": rows.front_rows[act_front(scenario, event)],
        "option": scenario.ladder.names.index(event.rung),
    }
