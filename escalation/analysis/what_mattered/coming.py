"""When an item comes in a run: the day on which it is said or happens, or from which a commitment is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from escalation.engines.days import latest
from escalation.montecarlo.occurrence import day_of

if TYPE_CHECKING:
    from escalation.analysis.what_mattered.items import Item
    from escalation.engines.lower import Lowered

__all__ = ["came_in", "period_of"]


def came_in(item: Item, lowered: Lowered, *, seed: int, ended: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether an item came in each run, from the first on, before the run ended; shape (runs,).

    Parameters
    ----------
    item
        The item.
    lowered
        The scenario with it.
    seed
        Seed of the runs.
    ended
        Last period of each run; shape (runs,).
    """
    days = _days(item, lowered, seed=seed, runs=np.arange(len(ended), dtype=np.int64))
    reach: NDArray[np.bool_] = days < latest(lowered.scenario)[ended]
    return reach


def period_of(item: Item, lowered: Lowered, *, seed: int, runs: NDArray[np.int64]) -> list[int]:
    """Period in which an item comes in each run; 0 for a commitment that is there from the start.

    Parameters
    ----------
    item
        The item.
    lowered
        The scenario with it.
    seed
        Seed of the runs.
    runs
        Their numbers; shape (runs,).
    """
    days = _days(item, lowered, seed=seed, runs=runs)
    # Nothing comes in period 0, which is the start, so that the first entry is passed over and counted again below.
    periods: list[int] = np.searchsorted(latest(lowered.scenario)[1:], days, side="right").tolist()
    return [0 if day == -np.inf else period + 1 for day, period in zip(days.tolist(), periods, strict=True)]


def _days(item: Item, lowered: Lowered, *, seed: int, runs: NDArray[np.int64]) -> NDArray[np.float64]:
    """Day in each run; infinite where it does not come, and minus infinity where it was there before the start."""
    if item.kind == "commitment":
        begins = lowered.scenario.commitments[item.name].begins
        return np.full(len(runs), -np.inf if begins is None else lowered.scenario.day(begins))
    found = [day_of(lowered, part, seed=seed, runs=runs) for part in item.parts]
    earliest: NDArray[np.float64] = np.min(found, axis=0)
    return earliest
