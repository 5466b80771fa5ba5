"""How whole crises go, by simulation on common random numbers: highest violence, length, and who was drawn in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.fit.crises.batches import RowBatches
from escalation.data.covariates import Covariates
from escalation.data.generic_crisis import DRAWN, FRONT
from escalation.engines.compiled import run_rows
from escalation.engines.lower import Lowered
from escalation.world.ladder import Role

__all__ = ["VIOLENCE", "VIOLENT_TRIGGER", "CourseBatches", "Courses", "simulate_courses"]

VIOLENCE = ("none", "minor clashes", "serious clashes", "war")
"""Levels of violence of a crisis. Minor: one side used force; serious: both did, or one struck in a major way."""
VIOLENT_TRIGGER = 4
"""First trigger group in which the adversary has used force: indirect violence, then violence."""
BATCH_RUNS = 200_000
"""Runs that are played in one call, a second or two of work: outcomes take memory, and Ctrl-C is heeded in between."""


@dataclass(frozen=True, slots=True)
class Courses:
    """What happened in simulated crises; arrays of shape (..., rows, runs).

    Parameters
    ----------
    violence
        Highest violence, as a place in `VIOLENCE`.
    length
        Days until the crisis settled; infinite where it had not within the horizon.
    drawn_in
        Whether an ally of either side joined; where runs ended with a war, by then.
    """

    violence: NDArray[np.int64]
    length: NDArray[np.float64]
    drawn_in: NDArray[np.bool_]

    def violence_probabilities(self) -> NDArray[np.float64]:
        """Share of runs at each level of violence; shape (..., rows, 4)."""
        return np.stack([(self.violence == level).mean(axis=-1) for level in range(len(VIOLENCE))], axis=-1)


def _violence(
    lowered: Lowered, crossed: NDArray[np.int16], war: NDArray[np.bool_], triggered: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Level of violence of each run; violence that triggered it counts as force by the adversary."""
    rungs = lowered.scenario.ladder.rungs
    force = next(n for n, rung in enumerate(rungs) if rung.role.order >= Role.FORCE.order)
    major = next(n for n, rung in enumerate(rungs) if rung.role.order >= Role.MAJOR.order)
    own = crossed[..., lowered.front_ids.index(FRONT), :]
    their = crossed[..., lowered.front_ids.index("adversary-actor"), :]
    by_actor, by_adversary = own[..., force] > 0, (their[..., force] > 0) | triggered[:, np.newaxis]
    struck_hard = (own[..., major] > 0) | (their[..., major] > 0)
    level = (by_actor | by_adversary).astype(np.int64) + ((by_actor & by_adversary) | struck_hard)
    return np.where(war, len(VIOLENCE) - 1, level)


class CourseBatches:
    """The crises of some rows, to be played at any parameters.

    Parameters
    ----------
    rows
        Covariates of the crises.
    runs
        Runs of each row.
    seed
        The same seed gives the same draws whatever the parameters.
    past_war
        Whether runs go on after a war has begun, when all that can still change is who is drawn in.
    """

    def __init__(self, rows: Covariates, *, runs: int, seed: int, past_war: bool = True) -> None:
        self._rows, self._runs, self._seed, self._past_war = rows, runs, seed, past_war
        self._batches = RowBatches(rows, self._played, everywhere=("settle_spread",))

    def __call__(self, sets: Sequence[Mapping[str, float]]) -> Courses:
        """Play the crises of every row at some sets of parameters; arrays of shape (sets, rows, runs)."""
        if not len(self._rows):
            nothing = np.zeros((len(sets), 0, self._runs))
            return Courses(nothing.astype(np.int64), nothing, nothing.astype(np.bool_))
        return Courses(*self._batches(sets))

    @property
    def at_once(self) -> int:
        """How many sets of parameters are best asked for in one call."""
        return max(BATCH_RUNS // max(len(self._rows) * self._runs, 1), 1)

    def _played(
        self,
        lowered: Lowered,
        values: Mapping[str, NDArray[np.float64]],
        places: NDArray[np.int64],
        of_all: Mapping[str, NDArray[np.float64]],
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.bool_]]:
        step = max(BATCH_RUNS // self._runs, 1)
        parts = []
        for first in range(0, len(places), step):
            these = slice(first, first + step)
            played = run_rows(
                lowered,
                {path: column[these] for path, column in values.items()},
                spread={DRAWN: of_all["settle_spread"][these]},
                seed=self._seed,
                # By the place of the row among all, so that a row has the same draws whichever rows are played with it.
                runs=places[these, np.newaxis] * self._runs + np.arange(self._runs),
                until_war=not self._past_war,
            )
            war = np.asarray((played["war_cause"] > 0).any(axis=2))
            triggered = np.asarray(self._rows.group[places[these]] >= VIOLENT_TRIGGER)
            settled = played["settled"]
            length = np.where(settled >= 0, settled, np.inf)
            joined = (played["joined"] >= 0).any(axis=2)
            parts.append((_violence(lowered, played["crossed"], war, triggered), length, joined))
        violence, lengths, drawn_in = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
        return violence, lengths, drawn_in


def simulate_courses(
    parameters: Mapping[str, float], rows: Covariates, *, runs: int, seed: int, past_war: bool = True
) -> Courses:
    """Play the crisis of every row a number of times.

    Parameters
    ----------
    parameters
        Values of the global parameters, by name.
    rows
        Covariates of the crises.
    runs
        Runs of each row.
    seed
        The same seed gives the same draws whatever the parameters.
    past_war
        Whether runs go on after a war has begun, when all that can still change is who is drawn in.
    """
    played = CourseBatches(rows, runs=runs, seed=seed, past_war=past_war)([parameters])
    return Courses(played.violence[0], played.length[0], played.drawn_in[0])
