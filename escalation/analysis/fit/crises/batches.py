"""Crises of many rows at several sets of parameters: a set works out only the rows whose numbers it moves.

A parameter bears on some rows alone: the injury of a military trigger on those that had one, the leash on those with an
ally. All draws are keyed, so that a row with the same numbers has the same results to the bit, and need not be played.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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

Work = Callable[[Lowered, Values, NDArray[np.int64], Values], Results]
"""Given a frame, values by path, the places of the rows, and parameters by name: arrays of results, whose first axis is
the row. A place may come several times, with the values of several sets. All given arrays have the shape (rows,)."""

_Part = tuple[Lowered, NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class _Before:
    """Results from which others differ in some rows."""

    parameters: Mapping[str, float]
    quantity: Values
    results: Results


class RowBatches:
    """Results for crisis-actor rows at any parameters.

    Results are compared with those at the last set that was asked for alone and moved more than one parameter: with the
    place about which a search takes its slopes.

    Parameters
    ----------
    rows
        Covariates of the rows.
    work
        What to work out for rows of one frame.
    everywhere
        Parameters that bear on every row, besides what `escalation.data.generic_crisis.quantities` makes of them. The
        work is given these.
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

    def __call__(self, sets: Sequence[Mapping[str, float]]) -> Results:
        """Return the results at some sets of parameters; arrays of shape (sets, rows, ...), not to be written to."""
        before = self._before
        each = [quantities(given, self._rows) for given in sets]
        quantity = {path: np.stack([values[path] for values in each]) for path in each[0]}
        found = [] if before is None else [np.stack([array] * len(sets)) for array in before.results]
        for lowered, which, places in self._to_work_out(sets, quantity):
            flat = which * len(self._rows) + places  # numpy takes from one axis faster than from two
            values = {path: quantity[path].ravel().take(flat) for path in lowered.distributions}
            of_all = {name: np.array([given[name] for given in sets])[which] for name in self._everywhere}
            parts = self._work(lowered, values, places, of_all)
            if not found:
                found = [np.zeros((len(sets), len(self._rows), *part.shape[1:]), part.dtype) for part in parts]
            for whole, part in zip(found, parts, strict=True):
                whole[which, places] = part
        # A set that moved one parameter is itself a slope, about the place that is kept.
        alone = sets[0] if len(sets) == 1 else None
        if alone and (before is None or sum(alone[name] != before.parameters[name] for name in alone) > 1):
            self._before = _Before(alone, each[0], tuple(whole[0] for whole in found))
        return tuple(found)

    def _to_work_out(self, sets: Sequence[Mapping[str, float]], quantity: Values) -> Iterator[_Part]:
        """Yield, for each frame, the sets and places of the rows whose results are not those of before."""
        before = self._before
        anew = np.array([before is None or self._bears_on_all(given, before) for given in sets])
        differs = {} if before is None else _where_they_differ(quantity, before.quantity)
        for (lowered, places), reads in zip(self._frames, self._reads, strict=True):
            moved = np.repeat(anew[:, np.newaxis], len(places), axis=1)
            for path in reads:
                if path in differs:
                    moved |= differs[path][:, places]
            these, which = np.nonzero(moved.T)  # all sets of a row together, so that memory is gone through in order
            if which.size:
                yield lowered, which, places[these]

    def _bears_on_all(self, given: Mapping[str, float], before: _Before) -> bool:
        return any(given[name] != before.parameters[name] for name in self._everywhere)


def _where_they_differ(quantity: Values, before: Values) -> dict[str, NDArray[np.bool_]]:
    """Rows in which sets of values differ from those before, by path, of those paths where some do; (sets, rows)."""
    masks = {path: column != before[path] for path, column in quantity.items()}
    return {path: mask for path, mask in masks.items() if mask.any()}
