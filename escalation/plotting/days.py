"""Days at which a figure looks at an ensemble."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from escalation.montecarlo.ensemble import Ensemble

__all__ = ["cell_edges", "days_shown"]


def days_shown(ensemble: Ensemble, *, most: int) -> NDArray[np.float64]:
    """Return the start, the horizon and ends of periods between them, about as many as a width can show.

    Parameters
    ----------
    ensemble
        The runs.
    most
        Number of steps that can be told apart.

    Returns
    -------
    ndarray
        Days after the start, rising; shape (day,). All but the last step are of one length.

    Examples
    --------
    >>> import escalation as esc
    >>> weeks = esc.load("two-state-deterrence").replace("period", 7.0)
    >>> days_shown(esc.run(weeks, runs=10, progress=False), most=3).tolist()
    [0.0, 21.0, 42.0, 60.0]
    """
    days = ensemble.days
    places = np.arange(0, days.size, max(1, -(-(days.size - 1) // most)))
    shown: NDArray[np.float64] = days[np.union1d(places, days.size - 1)]
    return shown


def cell_edges(days: NDArray[np.float64]) -> NDArray[np.float64]:
    """Edges of the cells of two days or more, each of which reaches halfway to its neighbours; shape (day + 1,)."""
    between = (days[1:] + days[:-1]) / 2.0
    ends = (2.0 * days[0] - between[0], 2.0 * days[-1] - between[-1])
    return np.concatenate((ends[:1], between, ends[1:]))
