"""The effect of leaving an item out: over all runs, and over those in which the item came."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from escalation.estimates.estimate import Estimate
from escalation.estimates.paired import PairedDifference, paired_difference
from escalation.estimates.proportion import proportion

__all__ = ["Effect", "columns_where_it_came", "effect_of", "text_where_it_came"]


class Effect(NamedTuple):
    """What leaving an item out does to an event, without it minus with it."""

    effect: PairedDifference
    """Over all runs."""
    came: Estimate
    """Share of runs in which the item came."""
    where_it_came: PairedDifference | None
    """Over these runs alone; none where there is none of them."""


def effect_of(
    within: NDArray[np.bool_],
    without: NDArray[np.bool_],
    there: NDArray[np.bool_],
    *,
    item: str,
    level: float,
    event: str,
) -> Effect:
    """Compare the same runs with an item and without it.

    Parameters
    ----------
    within, without
        Whether the event happened in each run with the item, and without it; shape (runs,).
    there
        Whether the item came in each run with it; shape (runs,).
    item, event
        Names of the item and of the event.
    level
        Confidence level of the intervals.
    """
    return Effect(
        paired_difference(without, within, level=level, event=event),
        proportion(int(np.count_nonzero(there)), len(there), level=level, event=f"{item} came"),
        paired_difference(without[there], within[there], level=level, event=event) if there.any() else None,
    )


def columns_where_it_came(given: PairedDifference | None) -> dict[str, Any]:
    """Columns of a table for the effect where an item came: its number of runs, value and bounds."""
    fields = (("", "value"), ("_low", "low"), ("_high", "high"))
    return {
        "runs_where_it_came": 0 if given is None else given.n,
        **{f"where_it_came{end}": None if given is None else getattr(given, field) for end, field in fields},
    }


def text_where_it_came(given: PairedDifference | None) -> str:
    """Cell of a table for that effect."""
    return "never came" if given is None else given.number_text()
