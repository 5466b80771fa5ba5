"""Lowering: a scenario becomes the tables that a period works on."""

from __future__ import annotations

import dataclasses
from collections import deque
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.arithmetic.elementary import WIDTH, padded
from escalation.arithmetic.keys import key_of
from escalation.dynamics.drawn_before import KEPT
from escalation.dynamics.state import BY_ACT, Crisis, ParameterState
from escalation.engines.days import periods_of
from escalation.engines.lowering.actors import actor_row, pledge_row
from escalation.engines.lowering.acts import offer, option_rows
from escalation.engines.lowering.events import Incidents, event_row
from escalation.engines.lowering.fronts import front_row, pair_rows, reasons_rows
from escalation.engines.lowering.quantiles import Quantiles
from escalation.engines.lowering.rows import Rows
from escalation.engines.lowering.rules import clock_row, rules_row
from escalation.engines.lowering.signals import signal_row
from escalation.engines.memory import Memory, Parameter, Places, aligned, record_dtype
from escalation.errors import StudyError
from escalation.world.ladder import CONCILIATORY
from escalation.world.scenario import Scenario

__all__ = ["NOTHING_DRAWN", "Lowered", "check_scenario", "lower", "lower_once"]

NOTHING_DRAWN = np.empty((0, WIDTH))
"""Draws that runs of one number have in common, where no two runs have the same number."""


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
    places: Places
    parameters: tuple[Parameter, ...]
    draws: tuple[ParameterState, ...]
    tables: NDArray[np.float64]

    @property
    def periods(self) -> int:
        """Number of periods up to the horizon."""
        return periods_of(self.scenario)

    @cached_property
    def distributions(self) -> tuple[str, ...]:
        """Dotted places of the scenario's distributions, each once, in the order of their columns."""
        return tuple(dict.fromkeys(parameter.path for parameter in self.parameters))

    @cached_property
    def addresses(self) -> dict[str, list[int]]:
        """Words of memory that hold each distribution's value, by its dotted place."""
        found: dict[str, list[int]] = {}
        for parameter in self.parameters:
            found.setdefault(parameter.path, []).append(parameter.address)
        return found

    @cached_property
    def start(self) -> NDArray[np.float64]:
        """The part of the template that every run begins with; shape (1, words). The rest another run may have left."""
        return self.template[np.newaxis, : self.places["drawn"].start]

    def drawn_before(self) -> NDArray[np.float64]:
        """Room for the draws that runs of one number have in common, empty yet; shape (rows, words)."""
        rows, words = KEPT * self.places["reasons"].shape[0], WIDTH + padded(len(self.option_names))
        room = aligned(rows * words).reshape(rows, words)
        room[:] = -1.0
        return room

    def header(
        self,
        block: NDArray[np.float64],
        *,
        draws: NDArray[Any] | None = None,
        drawn_before: NDArray[np.float64] = NOTHING_DRAWN,
    ) -> NDArray[np.int64]:
        """Address, rows and columns of every table of a crisis, as the compiled engine takes it; shape (tables × 3,).

        What is given must outlive the header.

        Parameters
        ----------
        block
            Memory of the crisis; shape (words,).
        draws
            How to draw its distributions, where that differs from `draw_records`.
        drawn_before
            Room for the draws that runs of one number have in common, as `drawn_before` makes it; by default none.
        """
        layout, within = self.places.layout
        header = layout + block.ctypes.data * within
        parameters = self.draw_records if draws is None else draws
        outside = {"parameters": parameters, "tables": self.tables, "drawn_before": drawn_before}
        for name, table in outside.items():
            first = 3 * Crisis._fields.index(name)
            header[first : first + 3] = table.ctypes.data, table.shape[0], table.shape[-1]
        return header

    def without(self, item: str) -> Lowered:
        """The scenario without a signal, event or commitment, lowered once.

        Parameters
        ----------
        item
            Id of a signal, event or commitment.
        """
        if item not in self._without:
            self._without[item] = lower(self.scenario.without(item))
        return self._without[item]

    @cached_property
    def _without(self) -> dict[str, Lowered]:
        return {}

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
        """Names of the acts: the rungs, then their covert variants, and last the conciliatory act if there is one."""
        rungs = self.scenario.ladder.rungs
        names = tuple(r.name for r in rungs) + tuple(f"{r.name} (covert)" for r in rungs if r.covert)
        return (*names, CONCILIATORY) if self.scenario.rules.conciliation else names

    @cached_property
    def option_rungs(self) -> tuple[int, ...]:
        """Rung of each act; that of the conciliatory act is restraint."""
        rungs = self.scenario.ladder.rungs
        covert = tuple(row for row, rung in enumerate(rungs) if rung.covert)
        return (*range(len(rungs)), *covert, *((0,) if self.scenario.rules.conciliation else ()))


def check_scenario(scenario: Scenario) -> None:
    """Refuse what is no scenario, but the name of one for instance.

    Raises
    ------
    StudyError
        If it is none.
    """
    if not isinstance(scenario, Scenario):
        said = f"the name or path {scenario!r}" if isinstance(scenario, str | Path) else type(scenario).__name__
        raise StudyError(f"a scenario is needed here, not {said}; escalation.load reads one by its name or path")


def _add_scratch(memory: Memory, fronts: int, acts: int) -> None:
    """Add the tables that are overwritten whenever a front is weighed."""
    lanes = padded(acts)
    memory.align()
    for name in ("act_value", "act_war_share", "injury_left", "gain", "destruction"):
        memory.add_floats(name, (fronts, lanes))
    for name in ("reply_value", "reply_war_share", "reply_resolute", "reply_irresolute", "expected_reply"):
        memory.add_floats(name, (acts, lanes))
    for name in ("own_replies", "other_replies"):
        memory.add_floats(name, (acts, lanes))
    for name in ("foreseen_value", "foreseen_war_share", "steps", "weighed_resolute", "weighed_irresolute"):
        memory.add_floats(name, (lanes,))
    memory.add_floats("probability", (lanes,))
    memory.add_floats("principal_value", (acts,))


def lower(scenario: Scenario) -> Lowered:
    """Lower a scenario to the block of memory with which every run begins.

    Parameters
    ----------
    scenario
        A valid scenario.

    Raises
    ------
    StudyError
        If it is no scenario, but the name of one for instance.
    """
    check_scenario(scenario)
    rows, quantiles, memory = Rows(scenario), Quantiles(), Memory()
    incidents = Incidents(rows)
    options = option_rows(scenario.ladder, conciliation=scenario.rules.conciliation)
    event_rows = [event_row(rows, incidents, name) for name in rows.events]
    front_rows = [front_row(rows, quantiles, name) for name in rows.fronts]
    offered = offer(options, front_rows)
    # Only now, since lowering the events has added theirs, and those of fronts must come after them.
    incident_rows = incidents.all()
    if not quantiles.severities:
        quantiles.severity(0.0)
    memory.add_records("rules", [rules_row(scenario)])
    memory.add_records("clock", [clock_row(scenario)])
    memory.add_records("options", options)
    crowding = np.array([option["crowding"] for option in options])
    fronts, acts, actors, lanes = len(rows.fronts), len(options), len(rows.actors), padded(len(options))
    memory.align()
    memory.add_floats("crowding", crowding.shape, crowding)
    memory.align()
    for name in BY_ACT:
        memory.add_floats(name, (lanes,))
    memory.add_records("severities", quantiles.severities)
    memory.add_records("actors", [actor_row(rows, name) for name in rows.actors])
    memory.add_records("fronts", front_rows)
    reasons = reasons_rows(rows)
    memory.add_records("reasons", reasons)
    memory.add_records("pledges", [pledge_row(rows, pledge) for pledge in rows.pledges])
    memory.add_records("signals", [signal_row(rows, name) for name in rows.signals])
    memory.add_records("events", event_rows)
    memory.add_records("incidents", incident_rows)
    memory.add_records("hypotheses", incidents.hypotheses)
    memory.add_floats("blame", (len(incident_rows), actors))
    memory.add_ints("front_of", (actors, actors), rows.front_of())
    rungs = len(scenario.ladder.rungs)
    memory.add_ints("crossed", (fronts, rungs), [[0] + [-1] * (rungs - 1)] * fronts)
    memory.add_ints("offered", (fronts, acts), offered)
    memory.add_records("pairs", pair_rows(rows))
    keys = [key_of(parameter.path) for parameter in memory.parameters]
    memory.align()
    memory.add_ints("parameter_keys", (1, padded(len(keys))), [keys + [0] * (padded(len(keys)) - len(keys))])
    # From here on a run may find what another left: all is written before it is read, but for risks, which stay.
    memory.add_floats("drawn", (padded(len(keys)),))
    for name in ("risk_of", "odds_of"):
        memory.add_floats(name, (WIDTH,), -1.0)
    for name in ("risk", "risk_between"):
        memory.add_floats(name, (acts, lanes))
    memory.add_floats("background_gaps", (fronts, WIDTH))
    memory.add_floats("shock_gaps", (len(reasons), WIDTH))
    memory.add_floats("shocks", (len(reasons), acts))
    for name in ("value", "utility_resolute", "utility_irresolute"):
        memory.add_floats(name, (fronts, acts))
    _add_scratch(memory, fronts, acts)
    return Lowered(
        scenario=scenario,
        actor_ids=tuple(rows.actors),
        front_ids=tuple(rows.fronts),
        commitment_rows=tuple(pledge.name for pledge in rows.pledges),
        rung_names=scenario.ladder.names,
        template=memory.packed(),
        places=memory.places,
        parameters=tuple(memory.parameters),
        draws=quantiles.draws(scenario, memory.parameters),
        tables=np.array(quantiles.tables),
    )


_RECENT: deque[Lowered] = deque(maxlen=8)


def lower_once(scenario: Scenario) -> Lowered:
    """Lower a scenario, or return how it was lowered if it is one of the last few."""
    # A copy is gone through, since other threads may add to it meanwhile. A scenario does not change, so that it need
    # not be compared part by part: the same object is the same scenario.
    for lowered in tuple(_RECENT):
        if lowered.scenario is scenario:
            return lowered
    lowered = lower(scenario)
    _RECENT.append(lowered)
    return lowered
