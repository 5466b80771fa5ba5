"""Crises of many rows, played in batches; when parameters move, only the rows whose own numbers moved with them.

A parameter bears on some rows alone: the injury of a military trigger on those that had one, the leash on those with an
ally. All draws are keyed, so that a row with the same numbers has the same results to the bit, and need not be played.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.data.covariates import Covariates
from escalation.data.generic_crisis import frames_of, quantities
from escalation.engines.lower import Lowered, lower_once

__all__ = ["RowBatches", "Work"]

Floats = NDArray[np.float64]
Values = Mapping[str, Floats]
Results = tuple[NDArray[Any], ...]

Work = Callable[[Lowered, Values, NDArray[np.int64], Mapping[str, float]], Results]
"""Given a frame, values by path of shape (rows,), the places of these rows and all parameters: arrays of the results,
whose first axis is the row."""


@dataclass(frozen=True, slots=True)
class _Before:
    """Results from which others differ in some rows."""

    parameters: dict[str, float]
    quantity: Values
    results: Results


class RowBatches:
    """Results for crisis-actor rows at any parameters.

    Results are compared with those of the last call in which more than one parameter moved: with the place about which
    a search takes its slopes.

    Parameters
    ----------
    rows
        Covariates of the rows.
    work
        What to work out for rows of one frame.
    everywhere
        Parameters that bear on every row, besides what `escalation.data.generic_crisis.quantities` makes of them.
    without
        Dotted paths that the results do not depend on.
    """

    def __init__(
        self,
        rows: Covariates,
        work: Work,
        *,
        everywhere: tuple[str, ...] = (),
        without: frozenset[str] = frozenset(),
    ) -> None:
        self._rows, self._work, self._everywhere = rows, work, everywhere
        self._frames = [(lower_once(scenario), places) for scenario, places in frames_of(rows)]
        self._reads = [[path for path in lowered.distributions if path not in without] for lowered, _ in self._frames]
        self._before: _Before | None = None

    def __call__(self, parameters: Mapping[str, float]) -> Results:
        """Return the results at some parameters; arrays of shape (rows, ...), which must not be written to."""
        given, before = dict(parameters), self._before
        quantity = quantities(given, self._rows)
        if before is not None and any(given[name] != before.parameters[name] for name in self._everywhere):
            results = self._play(given, quantity, None)
        else:
            results = self._play(given, quantity, before)
        if before is None or sum(given[name] != before.parameters.get(name) for name in given) > 1:
            self._before = _Before(given, quantity, results)
        return results

    def _play(self, parameters: dict[str, float], quantity: Values, before: _Before | None) -> Results:
        found = None if before is None else tuple(array.copy() for array in before.results)
        differs = {} if before is None else _where_they_differ(quantity, before.quantity)
        for (lowered, places), reads in zip(self._frames, self._reads, strict=True):
            moved = places
            if before is not None:
                read = [differs[path] for path in reads if path in differs]
                moved = places[np.logical_or.reduce(read)[places]] if read else places[:0]
            if not moved.size:
                continue
            values = {path: quantity[path][moved] for path in lowered.distributions}
            results = self._work(lowered, values, moved, parameters)
            if found is None:
                found = tuple(np.zeros((len(self._rows), *array.shape[1:]), array.dtype) for array in results)
            for whole, part in zip(found, results, strict=True):
                whole[moved] = part
        return found if found is not None else ()


def _where_they_differ(one: Values, other: Values) -> dict[str, NDArray[np.bool_]]:
    """Rows in which two sets of values differ, by path, of those paths where some do; each of shape (rows,)."""
    masks = {path: column != other[path] for path, column in one.items()}
    return {path: mask for path, mask in masks.items() if mask.any()}
