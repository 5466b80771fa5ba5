"""Columns: one attribute of a table in the states of many runs at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.engines.lower import Lowered
from escalation.engines.memory import RECORDS, record_dtype

__all__ = ["column"]


def column(states: NDArray[np.float64], lowered: Lowered, table: str, field: str = "") -> NDArray[Any]:
    """View of one attribute of a table, or of a whole table of numbers, in many states.

    Parameters
    ----------
    states
        Memory of runs; writing to the view writes to it. Shape (runs, words).
    lowered
        Lowered scenario, which says where each table lies.
    table
        Name of a table of `escalation.dynamics.state.crisis.Crisis`.
    field
        Name of an attribute, where the table is one of records.

    Returns
    -------
    ndarray
        Shape (runs, rows) for an attribute, (runs, rows, columns) for a table of numbers.
    """
    place = lowered.places[table]
    if place.kind in RECORDS:
        record = record_dtype(RECORDS[place.kind])
        names = record.names or ()
        # Records lie one after the other, so that a field of all of them is every so many words.
        first, length = place.start + names.index(field), len(names)
        return states[:, first : first + place.shape[0] * length : length].view(record[field])
    words = int(np.prod(place.shape))
    whole = states[:, place.start : place.start + words].view(np.dtype(place.kind))
    return whole.reshape(len(states), *place.shape)
