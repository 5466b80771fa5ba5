"""Playing a scenario at given points of what is uncertain about it, and what is measured in each run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from escalation.errors import StudyError
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.blocks import BLOCK_RUNS, Outcomes
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.events import Query, query
from escalation.montecarlo.pool import Crew

if TYPE_CHECKING:
    from escalation.engines.lower import Lowered

__all__ = ["Measure", "Measured", "Points"]

Measure = Callable[[Ensemble], ArrayLike]
"""A function that takes runs, and returns a number for each of them; shape (run,)."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What to measure in the runs of one lowered scenario.

    Parameters
    ----------
    name
        Name of it.
    lowered
        The scenario.
    seed
        Seed of the runs.
    measure
        How to measure it.
    until_war
        Whether nothing that comes after the beginning of a war changes what is measured.
    """

    name: str
    lowered: Lowered
    seed: int
    measure: Measure
    until_war: bool = False

    @classmethod
    def of(
        cls, lowered: Lowered, event: str | Measure, *, seed: int, actor: str | None = None, target: str | None = None
    ) -> Self:
        """Measure an event by its name, or whatever a function makes of the runs.

        Raises
        ------
        StudyError
            If the scenario has no such event, or a function is given together with an actor or a target.
        """
        if not isinstance(event, str):
            if actor is not None or target is not None:
                raise StudyError("actor and target go with an event's name; a function must look at fronts itself")
            return cls(getattr(event, "__name__", "measure"), lowered, seed, event)
        asked = query(event, Axes.of(lowered.scenario, lowered), actor=actor, target=target)
        return cls(event, lowered, seed, partial(_occurs, asked), asked.decided_by_war(lowered))

    def __call__(self, outcomes: Outcomes) -> NDArray[np.float64]:
        """Measure runs, shape (run,).

        Raises
        ------
        StudyError
            If the function does not give a finite number for each run.
        """
        axes = Axes.of(self.lowered.scenario, self.lowered)
        ensemble = Ensemble(self.lowered.scenario, self.seed, outcomes, axes)
        values = np.asarray(self.measure(ensemble), dtype=np.float64)
        if values.shape != (ensemble.runs,) or not np.isfinite(values).all():
            raise StudyError(f"{self.name} must give a finite number for each run, an array of shape (run,)")
        return values


def _occurs(asked: Query, ensemble: Ensemble) -> NDArray[np.bool_]:
    return asked.occurs(ensemble.outcomes)


EDGE = 2.0**-40
"""Distance that probabilities keep from 0 and 1, where quantiles can be infinite."""


@dataclass(frozen=True, slots=True)
class Points:
    """A scenario whose distributions are drawn at the points of a design.

    Parameters
    ----------
    lowered
        The scenario.
    measured
        What to measure in its runs.
    columns
        Distributions that the design draws, as positions in `lowered.distributions`. All others are drawn anew in
        each run, and alike at all points.
    seed
        Seed of the runs.
    """

    lowered: Lowered
    measured: Measured
    columns: tuple[int, ...]
    seed: int

    def play(self, design: NDArray[np.float64], runs: NDArray[np.int64], crew: Crew) -> NDArray[np.float64]:
        """Measure the runs at each point.

        Parameters
        ----------
        design
            Probability at which to draw each distribution of the design; shape (points, columns).
        runs
            Numbers of the runs at each point, shape (points, runs); rows that are equal are the same chance.
        crew
            Who plays them.

        Returns
        -------
        ndarray of float64, shape (points, runs)
            What was measured.
        """
        # Pieces hold whole points, and about as many runs as a block has.
        step = max(BLOCK_RUNS // runs.shape[1], 1)
        pieces = [(design[k : k + step], runs[k : k + step]) for k in range(0, len(design), step)]
        return np.concatenate(crew.play(self._piece, pieces, runs=lambda piece: piece[1].size))

    def _piece(self, piece: tuple[NDArray[np.float64], NDArray[np.int64]]) -> NDArray[np.float64]:
        from escalation.engines.compiled import run_drawn

        design, runs = piece
        uniforms = self._others(runs)
        uniforms[:, :, list(self.columns)] = design[:, np.newaxis, :]
        uniforms = np.clip(uniforms.reshape(runs.size, -1), EDGE, 1.0 - EDGE)
        until_war = self.measured.until_war
        outcomes = run_drawn(self.lowered, uniforms, seed=self.seed, runs=runs.ravel(), until_war=until_war)
        return self.measured(outcomes).reshape(runs.shape)

    def _others(self, runs: NDArray[np.int64]) -> NDArray[np.float64]:
        """Draw what the design leaves out by the number of the run; shape (points, runs, distributions)."""
        width = len(self.lowered.distributions)
        if len(self.columns) == width:
            return np.empty((*runs.shape, width))
        numbers, place = np.unique(runs, return_inverse=True)
        # By the number of the run and by nothing else, so that pieces and threads change no draw.
        draws = np.array([np.random.default_rng([self.seed, int(number)]).random(width) for number in numbers])
        return draws[place.reshape(runs.shape)]
