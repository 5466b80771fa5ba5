"""The tables of a crisis as Python objects, for the readable engine."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.arithmetic.draws import halves, quantile, uniform
from escalation.arithmetic.keys import PARAMETER
from escalation.dynamics.beginning import begin
from escalation.dynamics.state import Crisis
from escalation.engines.lower import Lowered
from escalation.engines.memory import RECORDS
from escalation.engines.tables import views

__all__ = ["begin_run", "packed", "readable_crisis"]


def readable_crisis(lowered: Lowered, state: NDArray[np.float64] | None = None) -> Crisis:
    """Tables of a crisis as lists of objects and of numbers.

    Parameters
    ----------
    lowered
        Lowered scenario.
    state
        Memory of a run of it, shape (words,); by default that with which runs are set up.
    """
    arrays = views(lowered.template if state is None else state, lowered)
    tables: dict[str, Any] = {}
    for name, array in zip(Crisis._fields, arrays, strict=True):
        if name == "tables":
            tables[name] = lowered.table_lists
        elif name == "parameters":
            tables[name] = list(lowered.draws)
        elif name in RECORDS:
            tables[name] = [RECORDS[name](*row) for row in array.tolist()]  # type: ignore[attr-defined]
        else:
            tables[name] = array.tolist()  # type: ignore[attr-defined]
    return Crisis(**tables)


def packed(crisis: Crisis, lowered: Lowered) -> NDArray[np.float64]:
    """Memory of a run, as the compiled engine has it, from tables of Python objects; shape (words,)."""
    state = lowered.template.copy()
    arrays = views(state, lowered)
    for name in lowered.places:
        table, array = getattr(crisis, name), getattr(arrays, name)
        if name in RECORDS:
            fields = operator.attrgetter(*array.dtype.names)
            array[:] = [fields(record) for record in table]
        else:
            array[...] = table
    return state


def begin_run(crisis: Crisis, lowered: Lowered, seed: int, run: int) -> None:
    """Name the run, draw the scenario's distributions for it, and set it up."""
    clock = crisis.clock[0]
    clock.seed_low, clock.seed_high = halves(seed)
    clock.run = run
    for parameter, state in zip(lowered.parameters, crisis.parameters, strict=True):
        table: list[Any] = getattr(crisis, parameter.table)
        # A distribution that stands in several places has one key, so that each place gets the same draw.
        drawn = quantile(state, crisis.tables, uniform(clock, PARAMETER, state.key, 0))
        setattr(table[parameter.row], parameter.field, drawn)
    begin(crisis)
