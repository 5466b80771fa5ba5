"""The highest rung of a run, and how it climbs by day."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from escalation.montecarlo.blocks import Outcomes
from escalation.montecarlo.events import earliest

__all__ = ["fan", "peak"]


def peak(outcomes: Outcomes, fronts: Sequence[int]) -> NDArray[np.int8]:
    """Index of the highest rung reached on any of some fronts.

    Parameters
    ----------
    outcomes
        Outcome arrays.
    fronts
        Indices of the fronts.

    Returns
    -------
    ndarray of int8, shape (run,)
        Index of the rung; 0 is restraint.
    """
    crossed = outcomes["crossed"]
    highest = np.zeros(crossed.shape[0], dtype=np.int8)
    for rung in range(1, crossed.shape[2]):
        for front in fronts:
            highest[crossed[:, front, rung] >= 0] = rung
    return highest


def fan(outcomes: Outcomes, fronts: Sequence[int], periods: NDArray[np.int64]) -> NDArray[np.float64]:
    """Share of runs whose peak so far is each rung, by the end of each period.

    Parameters
    ----------
    outcomes
        Outcome arrays.
    fronts
        Indices of the fronts.
    periods
        Periods at whose ends to look, 0 for the start, shape (day,).

    Returns
    -------
    ndarray of float64, shape (day, rung)
        Shares; each row sums to 1.
    """
    runs, _, rungs = outcomes["crossed"].shape
    # Runs that have reached each rung or a higher one; restraint is where all begin, above the last is none.
    reached = np.zeros((periods.size, rungs + 1), dtype=np.int64)
    reached[:, 0] = runs
    for rung in range(1, rungs):
        # A war that nobody chose has crossed its own rung alone.
        first = earliest(outcomes["crossed"][:, front, crossed] for front in fronts for crossed in (rung, rungs - 1))
        sofar = np.cumsum(np.bincount(first[first >= 0], minlength=int(periods.max()) + 1))
        reached[:, rung] = sofar[periods]
    shares: NDArray[np.float64] = -np.diff(reached, axis=1) / runs
    return shares
