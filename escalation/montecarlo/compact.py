"""Outcome arrays as they are kept: in as few bytes as they need, and with those that an earlier version did not have.

Most of what a study of many runs keeps is numbers of periods.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["LATER", "compact", "completed"]

LATER = frozenset({"agreed"})
"""Outcomes that files of earlier versions do not have, in which such a thing could not happen."""

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


def completed(outcomes: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Outcomes as this version has them, of those that were read from a file of this version or an earlier one.

    Where actors could not yet conciliate there was no agreement.

    Examples
    --------
    >>> read = {"crossed": np.zeros((2, 4, 6), np.int8), "war_cause": np.zeros((2, 4), np.int8)}
    >>> completed(read)["agreed"].tolist()
    [[-1, -1, -1, -1], [-1, -1, -1, -1]]
    """
    if "agreed" in outcomes:
        return outcomes
    never = np.full(outcomes["war_cause"].shape, -1, outcomes["crossed"].dtype)
    return {**outcomes, "agreed": never}
