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

__all__ = ["FRONT_BELIEFS", "Course", "Replay", "Replayed", "read"]

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
    """One run of one world: its record, and how force was weighed in each of its decisions.

    Parameters
    ----------
    lowered
        The world.
    log
        Its record.
    fallen
        Period, front and act of each decision, in order.
    log_odds
        Log-odds of force in each decision, given the actor's type; shape (decisions,).
    """

    lowered: Lowered
    log: Log
    fallen: tuple[tuple[int, str, int], ...]
    log_odds: NDArray[np.float64]


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
        self._place = {name: row for row, name in enumerate(lowered.front_ids)}
        actors = [actor_and_target(name)[0] for name in lowered.front_ids]
        self._actor = np.array([lowered.actor_ids.index(name) for name in actors])
        self._force = np.array([_force(lowered, name, rung) for name in lowered.front_ids])
        named = [name for name in lowered.front_ids if _is_of(name, actor, target)]
        self._asked = frozenset(named)
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

        log = run_recorded(world, seed=self.seed, run=run)[1]
        fallen = tuple((period, world.front_ids[front], act) for period, front, act in log.acts[:, :3].tolist())
        rows = np.array([self._place[name] for _, name, _ in fallen], dtype=np.int64)
        scores = precision[self._actor[rows], np.newaxis] * log.values - self._crowding
        weights = np.exp(scores - scores.max(axis=1, keepdims=True))
        force = self._force[rows]
        with np.errstate(divide="ignore"):
            odds = np.log((weights * force).sum(axis=1)) - np.log((weights * ~force).sum(axis=1))
        return Course(world, log, fallen, odds)

    def compared(self, base: Course, other: Course, *, period: int) -> Replayed:
        """Compare a run without an item that came in a period with the run as it was.

        Parameters
        ----------
        base, other
            The run as it was, and without the item.
        period
            Period in which the item came; 0 for what is there from the start.
        """
        acts = ({(front, act) for when, front, act in one.fallen if when == period} for one in (base, other))
        return Replayed(
            without=read(other.log, other.lowered, period, self.lowered),
            within=read(base.log, base.lowered, period, self.lowered),
            log_odds=tuple(self._next(base, other, period)),
            acted_otherwise=next(acts) != next(acts),
        )

    def _next(self, base: Course, other: Course, period: int) -> Iterator[float]:
        """Differences of log-odds in the next decision on each front, where it falls on the same day in both."""
        there = {(when, front): odds for (when, front, _), odds in zip(other.fallen, other.log_odds, strict=True)}
        seen: set[str] = set()
        for (when, front, _), odds in zip(base.fallen, base.log_odds, strict=True):
            if when < period or front in seen or front not in self._asked:
                continue
            seen.add(front)
            gap = there.get((when, front), np.nan) - odds
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


def read(log: Log, played: Lowered, period: int, named: Lowered) -> NDArray[np.float64]:
    """What was believed at the end of a period; of a pledge that is not there the credence is 0.

    Parameters
    ----------
    log
        Record of the run.
    played
        What was played.
    period
        The period.
    named
        The scenario whose fronts, pledges and actors give the order; of a front that is not in `played` it is NaN.

    Returns
    -------
    ndarray of float64
        `FRONT_BELIEFS` of each front, both credences of each pledge, and honesty, pressure and weakness of each actor.
    """
    fronts = np.full((len(named.front_ids), len(FRONT_BELIEFS)), np.nan)
    for row, name in enumerate(named.front_ids):
        if name in played.front_ids:
            fronts[row] = log.fronts[period][played.front_ids.index(name)][: len(FRONT_BELIEFS)]
    pledges = np.zeros((len(named.commitment_rows), 2))
    for row, name in enumerate(named.commitment_rows):
        if name in played.commitment_rows:
            pledges[row] = log.pledges[period][played.commitment_rows.index(name)]
    return np.concatenate([fronts.ravel(), pledges.ravel(), np.asarray(log.actors[period]).ravel()])
