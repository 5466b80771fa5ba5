"""Traces: how the beliefs of an actor on a front went through a run, and what moved them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.engines.explaining.explanation import Move
from escalation.engines.explaining.replay import begun, steps
from escalation.engines.explaining.watch import Watch
from escalation.engines.lower import lower_once
from escalation.errors import StudyError
from escalation.world.front import actor_and_target
from escalation.world.near import near
from escalation.world.plain_words import actor_words
from escalation.world.scenario import Scenario

__all__ = ["Trace", "Traces", "traces"]


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """One belief or feeling through a run.

    Parameters
    ----------
    name
        Dotted place: ``fronts.irn-isr.fear``.
    words, label
        What it is, and a short name for it.
    values
        At the start and at the end of each period; shape (periods + 1,). Probabilities and shares are in [0, 1], an
        injury is an intensity from 0.
    moves
        What moved it, in order.
    """

    name: str
    words: str
    label: str
    values: NDArray[np.float64]
    moves: tuple[Move, ...]

    @property
    def reach(self) -> float:
        """How far it went: its greatest value less its least."""
        return float(np.ptp(self.values))


@dataclass(frozen=True, slots=True, eq=False)
class Traces:
    """What the actor of a front believed and felt through a run.

    Parameters
    ----------
    scenario, seed, run
        Name of the scenario, and which trajectory of it.
    front
        The front, by its id.
    actor_name, target_name
        Names as they stand in a sentence.
    start
        First day of the scenario.
    days
        Start and ends of periods, in days after the start; shape (periods + 1,).
    traces
        The beliefs and feelings that a decision on the front can use.
    """

    scenario: str
    seed: int
    run: int
    front: str
    actor_name: str
    target_name: str
    start: datetime.date
    days: NDArray[np.float64]
    traces: tuple[Trace, ...]

    def __repr__(self) -> str:
        return f"<Traces of {self.front!r} in {self.scenario!r}, seed {self.seed}, run {self.run}: {len(self.traces)}>"


def traces(scenario: Scenario, acts: NDArray[Any], front: str, *, seed: int, run: int, periods: int) -> Traces:
    """Replay so many periods of a run with its acts, and follow what was believed; see `Trajectory.traces`."""
    lowered = lower_once(scenario)
    if front not in lowered.front_ids:
        raise StudyError(f"no front {front!r} in {scenario.name!r}{near(front, lowered.front_ids)}")
    chosen = {(int(act["period"]), int(act["front"])): int(act["option"]) for act in acts}
    crisis = begun(lowered, seed=seed, run=run)
    watch = Watch(crisis, lowered, lowered.front_ids.index(front))
    days, values = [0.0], [list(watch.values)]
    played = steps(crisis, lowered, acts=chosen) if periods > 0 else ()
    for step in played:
        watch.see(crisis, step)
        if step.kind == "end":
            days.append(float(crisis.clock[0].now))
            values.append(list(watch.values))
            if crisis.clock[0].period == periods:  # a game may have been left there, with decisions open
                break
    columns = np.array(values, dtype=np.float64).T
    actor, target = (actor_words(scenario, name) for name in actor_and_target(front))
    return Traces(
        scenario=scenario.name,
        seed=seed,
        run=run,
        front=front,
        actor_name=actor,
        target_name=target,
        start=scenario.start,
        days=np.array(days),
        traces=tuple(
            Trace(quantity.name, quantity.words, quantity.label, column, tuple(moves))
            for quantity, column, moves in zip(watch.quantities, columns, watch.moves, strict=True)
        ),
    )
