"""Playing a scenario at given points of what is uncertain about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.crew import PIECE_RUNS, Crew
from escalation.analysis.uncertain.measures import Measured

if TYPE_CHECKING:
    from escalation.engines.lower import Lowered

__all__ = ["Points"]

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
        step = max(PIECE_RUNS // runs.shape[1], 1)
        pieces = [(design[k : k + step], runs[k : k + step]) for k in range(0, len(design), step)]
        return np.concatenate(crew.play(self._piece, pieces, runs=lambda piece: piece[1].size))

    def _piece(self, piece: tuple[NDArray[np.float64], NDArray[np.int64]]) -> NDArray[np.float64]:
        from escalation.engines.compiled import run_drawn

        design, runs = piece
        uniforms = self._others(runs)
        uniforms[:, :, list(self.columns)] = design[:, np.newaxis, :]
        uniforms = np.clip(uniforms.reshape(runs.size, -1), EDGE, 1.0 - EDGE)
        outcomes = run_drawn(self.lowered, uniforms, seed=self.seed, runs=runs.ravel())
        return self.measured(outcomes).reshape(runs.shape)

    def _others(self, runs: NDArray[np.int64]) -> NDArray[np.float64]:
        """Draw what the design leaves out by the number of the run; shape (points, runs, distributions)."""
        width = len(self.lowered.distributions)
        if len(self.columns) == width:
            return np.empty((*runs.shape, width))
        numbers, place = np.unique(runs, return_inverse=True)
        draws = np.array([np.random.default_rng([self.seed, int(number)]).random(width) for number in numbers])
        return draws[place.reshape(runs.shape)]
