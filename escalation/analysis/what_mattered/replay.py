"""Single runs played once more, with an item and without it: what was believed, and how force was weighed next.

Up to the period in which an item comes the two are the same to the bit. So what differs at the end of that period is
its doing, and so is what differs when the next decision falls.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from escalation.world.front import actor_and_target

if TYPE_CHECKING:
    from escalation.dynamics.record import Log
    from escalation.engines.lower import Lowered

__all__ = ["FRONT_BELIEFS", "Course", "Replay", "Replayed"]

FRONT_BELIEFS = ("resolve", "fear", "motive", "injury")
"""What is read of each front: beliefs about its target, and the open injury."""


@dataclass(frozen=True, slots=True, eq=False)
class Replayed:
    """One run, played with an item and without it.

    Parameters
    ----------
    without, within
        Each belief at the end of the period in which it came; shape (beliefs,).
    log_odds
        Difference of the log-odds of force at each decision that fell next, without minus with.
    acted_otherwise
        Whether anybody acted otherwise in that period already.
    """

    without: NDArray[np.float64]
    within: NDArray[np.float64]
    log_odds: tuple[float, ...]
    acted_otherwise: bool


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """One run of one world: its record, and how force was weighed in the decisions that are asked about.

    Parameters
    ----------
    lowered
        The world.
    log
        Its record.
    fronts
        Front of each decision, as the scenario as it is counts them; shape (decisions,).
    asked
        Log-odds of force, given the actor's type, in each decision on a front that is asked about, by its period and
        front; in order.
    """

    lowered: Lowered
    log: Log
    fronts: NDArray[np.int64]
    asked: dict[tuple[int, int], float]

    def acts(self, period: int) -> set[tuple[int, int]]:
        """Front and act of each decision of a period."""
        there = self.log.acts[:, 0] == period
        return set(zip(self.fronts[there].tolist(), self.log.acts[there, 2].tolist(), strict=True))


class Replay:
    """Plays single runs of the scenario as it is and without an item, and reads what was believed.

    Parameters
    ----------
    lowered
        The scenario as it is.
    seed
        Seed of the runs.
    rung
        Lowest rung that counts as force here.
    actor, target
        Look only at decisions on fronts of this actor, against this target.
    """

    def __init__(self, lowered: Lowered, *, seed: int, rung: int, actor: str | None, target: str | None) -> None:
        from escalation.engines.tables import views

        self.lowered, self.seed = lowered, seed
        self._crowding = np.array(views(lowered.template, lowered).crowding)
        self._rows: dict[int, tuple[NDArray[np.int64], NDArray[np.int64]]] = {}  # by the id of a world, which lives on
        actors = [actor_and_target(name)[0] for name in lowered.front_ids]
        self._actor = np.array([lowered.actor_ids.index(name) for name in actors])
        self._force = np.array([_force(lowered, name, rung) for name in lowered.front_ids])
        named = [name for name in lowered.front_ids if _is_of(name, actor, target)]
        self._asked = np.isin(lowered.front_ids, named)
        # Fronts that only open where a patron joins count where they are asked for.
        every = actor is not None or target is not None
        self.fronts = frozenset(name for name in named if every or name in lowered.scenario.fronts)
        """Fronts whose beliefs are asked about."""

    def precision(self, runs: NDArray[np.int64]) -> NDArray[np.float64]:
        """Precision of the choices of each actor in each run; shape (runs, actors)."""
        from escalation.analysis.columns import column
        from escalation.engines.compiled import begin_states

        states = begin_states(self.lowered, seed=self.seed, runs=runs)
        return column(states, self.lowered, "actors", "precision").astype(np.float64)

    def play(self, world: Lowered, run: int, precision: NDArray[np.float64]) -> Course:
        """Play a run of the scenario as it is, or without an item.

        Parameters
        ----------
        world
            What to play.
        run
            Number of the run.
        precision
            Precision of the choices of each actor in this run; shape (actors,).
        """
        from escalation.engines.compiled import run_recorded

        # A record holds utilities, and no precision: that may be drawn, and so is another in each run.
        log = run_recorded(world, seed=self.seed, run=run)[1]
        fronts = self._rows_of(world)[0][log.acts[:, 1]]
        here = np.flatnonzero(self._asked[fronts])
        rows = fronts[here]
        scores = precision[self._actor[rows], np.newaxis] * log.values[here] - self._crowding
        # Less the greatest, which changes no odds, so that nothing overflows at a high precision.
        weights = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
        force = self._force[rows]
        with np.errstate(divide="ignore"):
            odds = np.log((weights * force).sum(axis=1)) - np.log((weights * ~force).sum(axis=1))
        places = zip(log.acts[here, 0].tolist(), rows.tolist(), strict=True)
        return Course(world, log, fronts, dict(zip(places, odds.tolist(), strict=True)))

    def _rows_of(self, world: Lowered) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows of a world's fronts and pledges in the scenario as it is."""
        if id(world) not in self._rows:
            named = ((world.front_ids, self.lowered.front_ids), (world.commitment_rows, self.lowered.commitment_rows))
            fronts, pledges = (np.array([every.index(name) for name in some], dtype=np.int64) for some, every in named)
            self._rows[id(world)] = fronts, pledges
        return self._rows[id(world)]

    def compared(self, base: Course, other: Course, *, period: int) -> Replayed:
        """Compare a run without an item that came in a period with the run as it was.

        Parameters
        ----------
        base, other
            The run as it was, and without the item.
        period
            Period in which the item came; 0 for what is there from the start.
        """
        return Replayed(
            without=self._read(other, period),
            within=self._read(base, period),
            log_odds=tuple(_next(base, other, period)),
            acted_otherwise=base.acts(period) != other.acts(period),
        )

    def _read(self, course: Course, period: int) -> NDArray[np.float64]:
        """What was believed at the end of a period; of a pledge that is not there the credence is 0.

        Returns
        -------
        ndarray of float64
            `FRONT_BELIEFS` of each front of the scenario as it is, NaN where the world has no such front; both
            credences of each pledge; and honesty, pressure and weakness of each actor.
        """
        log = course.log
        front_rows, pledge_rows = self._rows_of(course.lowered)
        fronts = np.full((len(self.lowered.front_ids), len(FRONT_BELIEFS)), np.nan)
        fronts[front_rows] = log.fronts[period, :, : len(FRONT_BELIEFS)]
        pledges = np.zeros((len(self.lowered.commitment_rows), 2))
        pledges[pledge_rows] = log.pledges[period]
        return np.concatenate([fronts.ravel(), pledges.ravel(), log.actors[period].ravel()])


def _next(base: Course, other: Course, period: int) -> Iterator[float]:
    """Differences of log-odds in the next decision on each front, where it falls on the same day in both."""
    seen: set[int] = set()
    for (when, front), odds in base.asked.items():
        if when < period or front in seen:
            continue
        seen.add(front)
        gap = other.asked.get((when, front), np.nan) - odds
        # Infinite where no act of force, or none short of it, is on offer; not there where the decision fell on another
        # day.
        if np.isfinite(gap):
            yield float(gap)


def _force(lowered: Lowered, front: str, rung: int) -> NDArray[np.bool_]:
    """Acts that count as force on a front: from a rung on, and above what is done there anyhow."""
    stated = lowered.scenario.fronts.get(front)
    ladder = lowered.scenario.ladder.names
    above = 0 if stated is None or stated.baseline is None else ladder.index(stated.baseline) + 1
    force: NDArray[np.bool_] = np.array(lowered.option_rungs) >= max(rung, above)
    return force


def _is_of(front: str, actor: str | None, target: str | None) -> bool:
    one, other = actor_and_target(front)
    return actor in (None, one) and target in (None, other)
