"""Outcome arrays in as few bytes as they need: most of what a study of many runs keeps is numbers of periods."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["compact"]

_PERIODS = ("crossed", "agreed", "joined", "settled", "ended")
"""Outcomes that are numbers of periods, or -1 for never; the others are counts, and may be greater."""


def compact(outcomes: dict[str, NDArray[Any]], *, periods: int) -> dict[str, NDArray[Any]]:
    """Outcomes with numbers of periods in one byte each, where a run is short enough.

    Parameters
    ----------
    outcomes
        Outcome arrays by name.
    periods
        Number of periods of a run.

    Returns
    -------
    dict
        The same values; its types depend on the scenario alone, so that all blocks of a study have the same.
    """
    if periods > np.iinfo(np.int8).max:
        return outcomes
    return {name: array.astype(np.int8) if name in _PERIODS else array for name, array in outcomes.items()}
