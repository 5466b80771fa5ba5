"""The highest rung of a run, and how it climbs by day."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from escalation.montecarlo.blocks import Outcomes
from escalation.montecarlo.events import earliest

__all__ = ["peak", "reached", "shares"]


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


def reached(outcomes: Outcomes, fronts: Sequence[int], periods: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number of runs that have reached each rung or a higher one, by the end of each period.

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
    ndarray of int64, shape (day, rung + 1)
        Numbers of runs; all in the first column, and none in the last, which is above the last rung.
    """
    runs, _, rungs = outcomes["crossed"].shape
    found = np.zeros((periods.size, rungs + 1), dtype=np.int64)
    found[:, 0] = runs
    for rung in range(1, rungs):
        # A war that nobody chose has crossed its own rung alone.
        first = earliest(outcomes["crossed"][:, front, crossed] for front in fronts for crossed in (rung, rungs - 1))
        sofar = np.cumsum(np.bincount(first[first >= 0], minlength=int(periods.max()) + 1))
        found[:, rung] = sofar[periods]
    return found


def shares(reached: NDArray[np.int64]) -> NDArray[np.float64]:
    """Share of runs whose peak so far is each rung, of what `reached` counted.

    Returns
    -------
    ndarray of float64, shape (day, rung)
        Shares; each row sums to 1.
    """
    found: NDArray[np.float64] = -np.diff(reached, axis=1) / reached[0, 0]
    return found
