"""Fisher scoring: the mode of a posterior whose likelihood is that of counts, by slopes of the probabilities alone.

Parameters are in prior standard deviations, so the prior is a ridge. Slopes are differences of probabilities; where
these are simulated, on common random numbers, the step is wide.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Mode", "fisher_scoring", "one_by_one"]

Floats = NDArray[np.float64]

LEAST = 1e-9
"""Least probability of a cell, so that a step of the search is finite where a trial makes impossible what was seen."""
MOST_STEP = 1.5
"""Greatest change of a parameter in one step, in prior standard deviations."""


@dataclass(frozen=True, slots=True)
class Mode:
    """Mode of a posterior.

    Parameters
    ----------
    z
        Parameters in prior standard deviations; shape (parameters,).
    log_likelihood
        Logarithm of the likelihood there.
    information
        Fisher information of the counts, without the prior; shape (parameters, parameters).
    evaluations
        How often the probabilities were computed.
    converged
        Whether the last step gained less than the tolerance; False where the steps ran out before.
    """

    z: Floats
    log_likelihood: float
    information: Floats
    evaluations: int
    converged: bool

    @property
    def log_posterior(self) -> float:
        """Logarithm of the posterior at the mode, but for a constant."""
        return self.log_likelihood - 0.5 * float(self.z @ self.z)

    @property
    def covariance(self) -> Floats:
        """Covariance of the posterior near its mode, in prior standard deviations."""
        return np.asarray(np.linalg.inv(self.information + np.eye(self.z.size)))


def one_by_one(probabilities: Callable[[Floats], Floats]) -> Callable[[Floats], Floats]:
    """Let a function of one set of parameters take several, as `fisher_scoring` asks for them."""
    return lambda sets: np.stack([probabilities(z) for z in sets])


def _slopes(probabilities: Callable[[Floats], Floats], z: Floats, at: Floats, step: float, both: bool) -> Floats:
    moves = step * np.eye(z.size)
    if not both:
        return np.asarray((probabilities(z + moves) - at) / step)
    found = probabilities(np.concatenate([z + moves, z - moves]))
    return np.asarray((found[: z.size] - found[z.size :]) / (2.0 * step))


def fisher_scoring(
    probabilities: Callable[[Floats], Floats],
    counts: Floats,
    start: Floats,
    *,
    step: float = 1e-4,
    both_ways: bool = False,
    steps: int = 20,
    tolerance: float = 1e-3,
) -> Mode:
    """Find the mode of a posterior: log-likelihood of counts less half the squared parameters [McCullagh1989]_.

    Parameters
    ----------
    probabilities
        Probabilities of the cells for sets of parameters, shape (sets, parameters); of shape (sets, rows, cells), rows
        adding to 1. All sets about a place are asked for in one call.
    counts
        How often each cell came; shape (rows, cells).
    start
        Parameters to begin with; shape (parameters,).
    step
        Width of the differences that stand for slopes.
    both_ways
        Take the differences to both sides, which costs twice as much.
    steps
        Most steps.
    tolerance
        Gain of the log-posterior below which to stop.
    """

    def posterior(cells: Floats, z: Floats) -> float:
        return float((counts * np.log(np.maximum(cells, LEAST))).sum()) - 0.5 * float(z @ z)

    z = start.astype(np.float64)
    cells = probabilities(z[np.newaxis])[0]
    best, damping, evaluations = posterior(cells, z), 1e-3, 1
    totals = counts.sum(axis=1, keepdims=True)
    information, converged = np.zeros((z.size, z.size)), False
    for _ in range(steps):
        slopes = _slopes(probabilities, z, cells, step, both_ways)
        evaluations += z.size * (2 if both_ways else 1)
        likely = np.maximum(cells, LEAST)
        gradient = (slopes * (counts / likely)).sum(axis=(1, 2)) - z
        information = np.einsum("anc,bnc,nc->ab", slopes, slopes, totals / likely)
        curvature = information + np.eye(z.size)
        gain = 0.0
        for _ in range(8):
            move = np.linalg.solve(curvature + damping * np.diag(np.diag(curvature)), gradient)
            # Far from the mode the curvature holds only nearby, and the step that it asks for can be out of all
            # proportion.
            trial = z + np.clip(move, -MOST_STEP, MOST_STEP)
            tried = probabilities(trial[np.newaxis])[0]
            evaluations += 1
            gain = posterior(tried, trial) - best
            if gain > 0.0:
                z, cells, best, damping = trial, tried, best + gain, max(damping / 5.0, 1e-6)
                break
            damping = max(damping * 5.0, 0.05)
        # The information stays that of the place where this step began, which is near where it gained so little.
        if gain < tolerance:
            converged = True
            break
    return Mode(z, best + 0.5 * float(z @ z), information, evaluations, converged)
