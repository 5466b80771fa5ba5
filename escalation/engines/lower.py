"""Lowering: a scenario becomes the tables that a period works on."""

from __future__ import annotations

import dataclasses
import math
from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.arithmetic.keys import key_of
from escalation.dynamics.roles import (
    ACCIDENT_EVENT,
    MEDIATION_EVENT,
    PROVOCATION_EVENT,
    SHOCK_EVENT,
)
from escalation.dynamics.state import ParameterState
from escalation.dynamics.utility import WORK_ROWS
from escalation.engines.distributions import NODES, quantile_state, quantile_table
from escalation.engines.memory import Located, Memory, Parameter, Place, record_dtype
from escalation.world.base import Part
from escalation.world.commitment import Commitment
from escalation.world.distributions import Distribution, limits
from escalation.world.event import Accident, InternalShock, Mediation, Provocation
from escalation.world.front import Front
from escalation.world.ladder import Role
from escalation.world.scenario import Scenario
from escalation.world.signal import Signal, SignalKind

__all__ = ["Lowered", "Pledge", "lower", "lower_once"]

FEAR_ON_JOINING = 0.1
HALF_RUNG = 0.1
DEPTHS = (0, 1, 2, "fixed-point")
SIGNAL_KINDS = tuple(SignalKind)


@dataclass(frozen=True, slots=True)
class Pledge:
    """A commitment against one adversary: one row of pledges."""

    commitment: str
    adversary: str
    terms: Commitment

    @property
    def name(self) -> str:
        """Name of the row, as ``usa-isr:irn``."""
        return f"{self.commitment}:{self.adversary}"


@dataclass(frozen=True)
class Lowered:
    """A scenario as both engines take it.

    Parameters
    ----------
    scenario
        What was lowered.
    actor_ids, front_ids, commitment_rows, rung_names
        Names of the rows of each table; `front_ids` holds also the fronts that open only where a patron joins.
    template
        Block of memory with which every run begins; shape (words,).
    places
        Where each table lies in it.
    parameters, draws
        The distributions that are drawn anew for each run, and how to draw them.
    tables
        Tabulated quantile functions; shape (tables, nodes).
    """

    scenario: Scenario
    actor_ids: tuple[str, ...]
    front_ids: tuple[str, ...]
    commitment_rows: tuple[str, ...]
    rung_names: tuple[str, ...]
    template: NDArray[np.float64]
    places: dict[str, Place]
    parameters: tuple[Parameter, ...]
    draws: tuple[ParameterState, ...]
    tables: NDArray[np.float64]

    @property
    def periods(self) -> int:
        """Number of periods up to the horizon."""
        return math.ceil(self.scenario.horizon / self.scenario.period - 1e-9)

    @cached_property
    def distributions(self) -> tuple[str, ...]:
        """Dotted places of the scenario's distributions, each once, in the order of their columns."""
        return tuple(dict.fromkeys(parameter.path for parameter in self.parameters))

    @cached_property
    def draw_records(self) -> NDArray[Any]:
        """How to draw the distributions, as records."""
        return np.array([dataclasses.astuple(draw) for draw in self.draws], record_dtype(ParameterState))

    @cached_property
    def table_lists(self) -> list[list[float]]:
        """Tabulated quantile functions as lists, for the readable engine."""
        rows: list[list[float]] = self.tables.tolist()
        return rows

    @cached_property
    def option_names(self) -> tuple[str, ...]:
        """Names of the acts: the rungs, then their covert variants."""
        rungs = self.scenario.ladder.rungs
        return tuple(r.name for r in rungs) + tuple(f"{r.name} (covert)" for r in rungs if r.covert)


def _located(prefix: str, part: Any, *fields: str) -> dict[str, Any]:
    return {field: Located(f"{prefix}.{field}", getattr(part, field)) for field in fields}


class _Lowering:
    """Builds the rows of each table, in the order in which they refer to one another."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.rungs = scenario.ladder.rungs
        self.actors = {actor: row for row, actor in enumerate(scenario.actors)}
        self.pledges = self._find_pledges()
        self.fronts = self._find_fronts()
        self.front_rows = {front: row for row, front in enumerate(self.fronts)}
        self.pledges.sort(key=lambda p: self.front_rows[f"{p.terms.protege}-{p.adversary}"])
        self.support: dict[str, tuple[int, int]] = {}
        for row, pledge in enumerate(self.pledges):
            front = f"{pledge.terms.protege}-{pledge.adversary}"
            self.support[front] = self.support.get(front, (row, row))[0], row + 1
        self.commitments = {commitment: row for row, commitment in enumerate(scenario.commitments)}
        self.signals = {signal: row for row, signal in enumerate(scenario.signals)}
        self.events = {event: row for row, event in enumerate(scenario.events)}
        self.incidents: list[dict[str, Any]] = []
        self.hypotheses: list[dict[str, Any]] = []
        self.first_incident: dict[int, int] = {}
        self.severities: list[dict[str, Any]] = []
        self.tables: list[list[float]] = [[0.0] * NODES]

    def _find_pledges(self) -> list[Pledge]:
        pledges = []
        for name, terms in self.scenario.commitments.items():
            adversaries = [terms.adversary] if terms.adversary else list(self.actors)
            for adversary in adversaries:
                faces = f"{adversary}-{terms.protege}" in self.scenario.fronts
                if adversary not in (terms.patron, terms.protege) and faces:
                    pledges.append(Pledge(name, adversary, terms))
        return pledges

    def _find_fronts(self) -> dict[str, tuple[Front | None, Pledge | None]]:
        fronts: dict[str, tuple[Front | None, Pledge | None]] = {
            name: (front, None) for name, front in self.scenario.fronts.items()
        }
        for pledge in self.pledges:
            patron, adversary = pledge.terms.patron, pledge.adversary
            for latent in (f"{patron}-{adversary}", f"{adversary}-{patron}"):
                fronts.setdefault(latent, (None, pledge))
        return fronts

    def _intensity(self, rung: str | None, role: Role) -> float:
        if rung is not None:
            return self.scenario.ladder.rung(rung).intensity
        return next(r.intensity for r in self.rungs if r.role.order >= role.order)

    def _mask(self, actors: tuple[str, ...]) -> int:
        return sum(1 << self.actors[actor] for actor in set(actors))

    def rules(self) -> dict[str, Any]:
        numbers = [name for name in type(self.scenario.rules).model_fields if name != "depth"]
        rules = _located("rules", self.scenario.rules, *numbers)
        rules["half_rung"] = HALF_RUNG
        rules["fear_on_joining"] = FEAR_ON_JOINING
        rules["depth"] = DEPTHS.index(self.scenario.rules.depth)
        rules["stop_when_settled"] = int(self.scenario.stop_when_settled)
        return rules

    def clock(self) -> dict[str, Any]:
        scenario = self.scenario
        as_of = -1.0 if scenario.as_of is None else scenario.day(scenario.as_of)
        return {
            "length": scenario.period,
            "as_of": as_of,
            "first_choice": as_of + 1.0,
            "last_act": max(as_of, 0.0),
            "settled": -1,
        }

    def options(self) -> list[dict[str, Any]]:
        rows = []
        for covert in (0, 1):
            for row, rung in enumerate(self.rungs):
                if covert and not rung.covert:
                    continue
                alike = [r for r in self.rungs if r.role is rung.role and (r.covert or not covert)]
                rows.append(
                    {
                        "rung": row,
                        "intensity": rung.intensity,
                        "gain": rung.gain,
                        "destruction": rung.destruction,
                        "role": rung.role.order,
                        "covert": covert,
                        "publicity": 1.0 - covert,
                        "crowding": math.log(len(alike)),
                    }
                )
        return rows

    def actor(self, name: str) -> dict[str, Any]:
        actor = self.scenario.actors[name]
        path = f"actors.{name}"
        row = _located(
            path, actor, "capability", "resolve", "precision", "audience_cost", "belligerence_cost",
            "honesty", "response_delay", "response_spread", "tempo", "control",
        )  # fmt: skip
        row |= {
            "key": key_of(path),
            "war_cost_resolute": Located(f"{path}.war_cost.resolute", actor.war_cost.resolute),
            "war_cost_irresolute": Located(f"{path}.war_cost.irresolute", actor.war_cost.irresolute),
            "honour_resolute": Located(f"{path}.honour.resolute", actor.honour.resolute),
            "honour_irresolute": Located(f"{path}.honour.irresolute", actor.honour.irresolute),
            "pressure_baseline": Located(f"{path}.domestic_pressure", actor.domestic_pressure),
            "first_incident": self.first_incident[self.actors[name]],
            "principal": -1 if actor.principal is None else self.actors[actor.principal],
        }
        return row

    def _severity(self, quantity: float | Distribution) -> int:
        table = quantile_table(quantity)
        if table is not None:
            self.tables.append(table)
        state = quantile_state(quantity, len(self.tables) - 1 if table is not None else 0)
        self.severities.append({field: getattr(state, field) for field in state.__slots__})
        return len(self.severities) - 1

    def _declared(self, front: Front) -> dict[str, Any]:
        path = f"fronts.{front.id}"
        row = _located(path, front, "stake", "revisionism", "first_strike_advantage", "spoiler", "fear", "motive")
        row |= {"active": 1, "at_war": int(front.at_war)}
        if front.resolve is not None:
            row["resolve"] = Located(f"{path}.resolve", front.resolve)
        if front.baseline is not None:
            rung = self.scenario.ladder.rung(front.baseline)
            row |= {
                "baseline": rung.intensity,
                "baseline_gain": rung.gain,
                "baseline_destruction": rung.destruction,
            }
        if front.incidents is not None:
            process = front.incidents
            place = f"{path}.incidents"
            row |= {
                "incident_rate": Located(f"{place}.rate", process.rate),
                "incident_excitation": Located(f"{place}.excitation", process.excitation),
                "incident_decay": Located(f"{place}.decay", process.decay),
                "incident_blame": Located(f"{place}.blame", process.blame),
                "incident_severity": self._severity(process.severity),
            }
        return row

    def _latent(self, name: str, pledge: Pledge) -> dict[str, Any]:
        """Give a front that opens only where a patron joins the stake of whose front it is."""
        stake = Located(f"commitments.{pledge.commitment}.stake", pledge.terms.stake)
        if name.split("-", maxsplit=1)[0] != pledge.terms.patron:
            against = f"{pledge.adversary}-{pledge.terms.protege}"
            stake = Located(f"fronts.{against}.stake", self.scenario.fronts[against].stake)
        return {"stake": stake, "fear": FEAR_ON_JOINING}

    def front(self, name: str) -> dict[str, Any]:
        front, pledge = self.fronts[name]
        actor, target = name.split("-")
        row: dict[str, Any] = {
            "key": key_of(f"fronts.{name}"),
            "actor": self.actors[actor],
            "target": self.actors[target],
            "reverse": self.front_rows[f"{target}-{actor}"],
            "resolve": Located(f"actors.{target}.resolve", self.scenario.actors[target].resolve),
            "incident_decay": 1.0,
            "threat_until": -1.0,
            "demand_until": -1.0,
            "mediation_until": -1.0,
            "due": math.inf,
            "last_seen": -math.inf,
            "last_force": -math.inf,
            "last_alert": -math.inf,
            "incident_next": math.inf,
            "war_period": -1,
            "weighed": -1,
            "chosen": -1,
        }
        if front is not None:
            row |= self._declared(front)
        elif pledge is not None:
            row |= self._latent(name, pledge)
        row["support_first"], row["support_last"] = self.support.get(name, (0, 0))
        return row

    def pledge(self, pledge: Pledge) -> dict[str, Any]:
        terms = pledge.terms
        path = f"commitments.{pledge.commitment}"
        mean = Located(f"{path}.credence.mean", terms.credence.mean)
        return {
            "key": key_of(f"commitments.{pledge.name}"),
            "commitment": self.commitments[pledge.commitment],
            "patron": self.actors[terms.patron],
            "protege": self.actors[terms.protege],
            "adversary": self.actors[pledge.adversary],
            "patron_front": self.front_rows[f"{terms.patron}-{pledge.adversary}"],
            "protege_front": self.front_rows[f"{terms.protege}-{pledge.adversary}"],
            **_located(path, terms, "stake", "strength"),
            "publicity": float(terms.public),
            "conditional": int(terms.conditional),
            "trigger": self._intensity(terms.trigger, Role.FORCE),
            "credence_protege": mean,
            "credence_adversary": mean,
            "weight": Located(f"{path}.credence.weight", terms.credence.weight),
            "known": int(terms.public),
            "asked": -1.0,
            "joined_period": -1,
        }

    def _occurred(self, path: str, part: Any) -> Located:
        return Located(f"{path}.occurred", part.reliability if part.occurred is None else part.occurred)

    def _subject(self, signal: Signal) -> tuple[int, int]:
        """Row of what a signal is about, and whether that is a signal."""
        if signal.kind is SignalKind.WARNING:
            return self.commitments[str(signal.subject)], 0
        if signal.kind is SignalKind.DENIAL:
            if signal.subject in self.events:
                return self.events[str(signal.subject)], 0
            return self.signals[str(signal.subject)], 1
        if signal.subject is not None:
            return self.actors[signal.subject], 0
        if signal.kind in (SignalKind.THREAT, SignalKind.VOW):
            return self.actors[signal.receivers[0]], 0
        return self.actors[signal.sender], 0

    def _signal_option(self, signal: Signal) -> int:
        if signal.kind not in (SignalKind.THREAT, SignalKind.VOW, SignalKind.DEMAND):
            return -1
        if signal.kind is SignalKind.DEMAND and signal.rung is None:
            return -1
        intensity = self._intensity(signal.rung, Role.FORCE)
        return next(row for row, rung in enumerate(self.rungs) if rung.intensity == intensity)

    def signal(self, name: str) -> dict[str, Any]:
        signal = self.scenario.signals[name]
        path = f"signals.{name}"
        subject, subject_is_signal = self._subject(signal)
        target = self.actors[signal.receivers[0]]
        if signal.kind in (SignalKind.THREAT, SignalKind.VOW):
            target = subject
        reported = math.inf if signal.reported is None else self.scenario.day(signal.reported)
        return {
            "key": key_of(path),
            "occasion": key_of(f"occasions.{signal.occasion or name}"),
            "kind": SIGNAL_KINDS.index(signal.kind),
            "day": self.scenario.day(signal.date),
            "sender": self.actors[signal.sender],
            "receivers": self._mask(signal.receivers),
            "subject": subject,
            "subject_is_signal": subject_is_signal,
            "target": target,
            "option": self._signal_option(signal),
            "trigger": self._intensity(signal.trigger, Role.DISPLAY),
            **_located(path, signal, "due", "strength", "credence", "alignment", "leak"),
            "occurred": self._occurred(f"occasions.{signal.occasion}" if signal.occasion else path, signal),
            "private": int(signal.channel == "private"),
            "reported": reported,
            "leaks_at": math.inf,
        }

    def _suspects(self, path: str, event: Provocation) -> list[dict[str, Any]]:
        rows = [
            {
                "members": self._mask(suspect.actors),
                **_located(f"{path}.suspects.{n}", suspect, "prior", "likelihood"),
            }
            for n, suspect in enumerate(event.suspects)
        ]
        return [*rows, {"members": 0, **_located(f"{path}.other", event.other, "prior", "likelihood")}]

    def _victims(self, path: str, event: Provocation | Accident) -> dict[str, int]:
        first = len(self.incidents)
        for n, victim in enumerate(event.victims):
            start = len(self.hypotheses)
            if isinstance(event, Provocation):
                self.hypotheses += self._suspects(path, event)
            self.incidents.append(
                {
                    "victim": self.actors[victim.actor],
                    "author": -1,
                    "severity": Located(f"{path}.victims.{n}.severity", victim.severity),
                    "publicity": Located(f"{path}.publicity", event.publicity),
                    "first": start,
                    "last": len(self.hypotheses),
                }
            )
        return {"incident_first": first, "incident_last": len(self.incidents)}

    def event(self, name: str) -> dict[str, Any]:
        event = self.scenario.events[name]
        path = f"events.{name}"
        row: dict[str, Any] = {
            "key": key_of(path),
            "day": self.scenario.day(event.date),
            "occurred": self._occurred(path, event),
        }
        if isinstance(event, Provocation):
            row |= {"kind": PROVOCATION_EVENT, **self._victims(path, event)}
        elif isinstance(event, Accident):
            blame = Located(f"{path}.blame", event.blame)
            row |= {"kind": ACCIDENT_EVENT, "actor": self.actors[event.actor], "strength": blame}
            row |= self._victims(path, event)
        elif isinstance(event, InternalShock):
            row |= {"kind": SHOCK_EVENT, "actor": self.actors[event.actor]}
            row |= _located(path, event, "severity")
            row["duration"] = Located(f"{path}.half_life", event.half_life)
        elif isinstance(event, Mediation):
            row |= {"kind": MEDIATION_EVENT, "front": self.front_rows["-".join(event.parties)]}
            row |= _located(path, event, "strength")
            row["duration"] = Located(f"{path}.span", event.span)
        return row

    def own_incidents(self) -> list[dict[str, Any]]:
        """Give each front one slot for its covert acts, and one for its unintended incidents."""
        return [
            {"victim": self.actors[name.split("-")[1]], "author": row, "publicity": publicity}
            for publicity in (0.0, 1.0)
            for name, row in self.front_rows.items()
        ]

    def linked(self, incidents: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Chain the incidents of each victim, so that a victim looks through its own alone."""
        self.first_incident = dict.fromkeys(self.actors.values(), -1)
        for n in reversed(range(len(incidents))):
            victim = incidents[n]["victim"]
            incidents[n]["next"] = self.first_incident[victim]
            self.first_incident[victim] = n
        return incidents

    def draws(self, parameters: list[Parameter]) -> tuple[ParameterState, ...]:
        """Lower the scenario's distributions; one that stands in several places is drawn once."""
        tables: dict[str, int] = {}
        columns: dict[str, int] = {}
        first: dict[str, int] = {}
        states = []
        for parameter in parameters:
            table = quantile_table(parameter.distribution)
            if table is not None and parameter.path not in tables:
                self.tables.append(table)
                tables[parameter.path] = len(self.tables) - 1
            state = quantile_state(
                parameter.distribution, tables.get(parameter.path, 0), limits=self._limits(parameter.path)
            )
            fields = {field: getattr(state, field) for field in state.__slots__}
            column = columns.setdefault(parameter.path, len(columns))
            key = key_of(parameter.path)
            drawn = first.get(parameter.path, -1)
            first.setdefault(parameter.path, parameter.address)
            states.append(ParameterState(address=parameter.address, column=column, drawn=drawn, key=key, **fields))
        return tuple(states)

    def _limits(self, path: str) -> tuple[float, float]:
        """Least and greatest value of the quantity at a place in the scenario."""
        first, *tables, field = path.split(".")
        if first == "occasions":  # has no place of its own, and probabilities alone
            return 0.0, 1.0
        holder: Any = getattr(self.scenario, first)
        for key in tables:
            if isinstance(holder, Part):
                holder = getattr(holder, key)
            else:
                holder = holder[int(key) if isinstance(holder, tuple) else key]
        return limits(type(holder), field)

    def offer(self, options: list[dict[str, Any]], fronts: list[dict[str, Any]]) -> NDArray[np.int64]:
        """Find the acts on offer on each front, restraint and what is above ongoing hostilities, and what is feared."""
        offered = np.zeros((len(fronts), len(options)), np.int64)
        restraint, war = Role.RESTRAINT.order, Role.WAR.order
        for row, front in zip(offered, fronts, strict=True):
            least = front.get("baseline", 0.0)
            acts = [o for o, act in enumerate(options) if act["role"] == restraint or act["intensity"] > least]
            row[: len(acts)] = acts
            front["offers"] = len(acts)
            feared = [o for o in acts if options[o]["covert"] == 0 and options[o]["role"] > restraint]
            front["attack"] = acts.index(max((o for o in feared if options[o]["role"] < war), default=feared[-1]))
        return offered

    def front_of(self) -> NDArray[np.int64]:
        table = np.full((len(self.actors), len(self.actors)), -1, np.int64)
        for name, row in self.front_rows.items():
            actor, target = name.split("-")
            table[self.actors[actor], self.actors[target]] = row
        return table


def lower(scenario: Scenario) -> Lowered:
    """Lower a scenario to the block of memory with which every run begins.

    Parameters
    ----------
    scenario
        A valid scenario.
    """
    build = _Lowering(scenario)
    memory = Memory()
    options = build.options()
    fronts, acts, actors = len(build.fronts), len(options), len(build.actors)
    events = [build.event(name) for name in build.events]
    front_rows = [build.front(name) for name in build.fronts]
    offered = build.offer(options, front_rows)
    incidents = build.linked(build.incidents + build.own_incidents())
    if not build.severities:
        build._severity(0.0)
    memory.add_records("rules", [build.rules()])
    memory.add_records("clock", [build.clock()])
    memory.add_records("options", options)
    memory.add_floats("crowding", (acts,), [option["crowding"] for option in options])
    memory.add_records("severities", build.severities)
    memory.add_records("actors", [build.actor(name) for name in build.actors])
    memory.add_records("fronts", front_rows)
    memory.add_records("pledges", [build.pledge(pledge) for pledge in build.pledges])
    memory.add_records("signals", [build.signal(name) for name in build.signals])
    memory.add_records("events", events)
    memory.add_records("incidents", incidents)
    memory.add_records("hypotheses", build.hypotheses)
    memory.add_floats("blame", (len(incidents), actors))
    for name in ("risk", "own_replies", "other_replies"):
        memory.add_floats(name, (acts, acts))
    for name in ("shocks", "value", "utility_resolute", "utility_irresolute"):
        memory.add_floats(name, (fronts, acts))
    memory.add_ints("front_of", (actors, actors), build.front_of())
    memory.add_ints("crossed", (fronts, len(build.rungs)), [[0] + [-1] * (len(build.rungs) - 1)] * fronts)
    memory.add_floats("work", (WORK_ROWS, max(acts, 16)))
    memory.add_ints("offered", (fronts, acts), offered)
    memory.add_floats("crowded", (fronts, acts), np.array([option["crowding"] for option in options])[offered])
    return Lowered(
        scenario=scenario,
        actor_ids=tuple(build.actors),
        front_ids=tuple(build.fronts),
        commitment_rows=tuple(pledge.name for pledge in build.pledges),
        rung_names=scenario.ladder.names,
        template=memory.packed(),
        places=memory.places,
        parameters=tuple(memory.parameters),
        draws=build.draws(memory.parameters),
        tables=np.array(build.tables),
    )


_RECENT: deque[Lowered] = deque(maxlen=8)


def lower_once(scenario: Scenario) -> Lowered:
    """Lower a scenario, or return how it was lowered if it is one of the last few."""
    for lowered in tuple(_RECENT):
        if lowered.scenario is scenario:
            return lowered
    lowered = lower(scenario)
    _RECENT.append(lowered)
    return lowered
