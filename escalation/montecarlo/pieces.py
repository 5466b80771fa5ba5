"""Outcomes in pieces: how a study of more runs than memory holds is asked.

What is estimated from runs are counts, so it adds up over pieces. Outcomes in memory are gone through some runs at a
time, so that what is worked out by the way stays small. Outcomes in a store are read block by block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StoreError
from escalation.montecarlo.blocks import Block, Outcomes, completed

__all__ = ["PIECE_RUNS", "StoredOutcomes", "joined", "pieces", "total"]

PIECE_RUNS = 2**20
"""Runs of outcomes in memory that are looked at together."""

Counts = TypeVar("Counts", int, NDArray[np.int64])


class _Store(Protocol):
    """What keeps the blocks of a study."""

    folder: Path

    def blocks(self) -> list[Block]: ...

    def read(self, block: Block) -> Outcomes | None: ...


class StoredOutcomes(Mapping[str, NDArray[Any]]):
    """Outcome arrays of the first runs of a store, which are read whenever they are asked for, and not kept.

    An array that is asked for by its name is read as a whole. `pieces` never holds more than a block.

    Parameters
    ----------
    store
        The store.
    runs
        Number of runs.

    Raises
    ------
    StoreError
        If the first run is missing.
    """

    def __init__(self, store: _Store, *, runs: int) -> None:
        self._store, self.runs = store, runs
        self._empty = {name: array[:0] for name, array in next(self.pieces()).items()}

    def pieces(self) -> Iterator[Outcomes]:
        """Outcomes of the runs, a block at a time.

        Raises
        ------
        StoreError
            If a block is gone or damaged.
        """
        # Blocks may overlap, for instance those of a study that was in memory and of a greater one that was not. Of
        # each only the runs count that no earlier block had.
        at = 0
        for block in self._store.blocks():
            if at >= self.runs:
                break
            if block.first > at or block.first + block.count <= at:
                continue
            outcomes = self._store.read(block)
            if outcomes is None:  # of another length there may be one that is whole
                continue
            part = slice(at - block.first, self.runs - block.first)
            yield {name: array[part] for name, array in completed(outcomes).items()}
            at = block.first + block.count
        if at < self.runs:
            raise StoreError(
                f"{self._store.folder}: runs from {at:,} on are missing or damaged, of {self.runs:,}; the call that "
                "began the store plays what is missing"
            )

    def __getitem__(self, name: str) -> NDArray[Any]:
        if name not in self._empty:
            raise KeyError(name)
        return joined(self, lambda outcomes: outcomes[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._empty)

    def __len__(self) -> int:
        return len(self._empty)


def pieces(outcomes: Outcomes) -> Iterator[Outcomes]:
    """Outcomes of some runs at a time, in their order; the first axis of each array is the run."""
    if isinstance(outcomes, StoredOutcomes):
        yield from outcomes.pieces()
        return
    for first in range(0, max(len(outcomes["settled"]), 1), PIECE_RUNS):
        yield {name: array[first : first + PIECE_RUNS] for name, array in outcomes.items()}


def total(outcomes: Outcomes, count: Callable[[Outcomes], Counts]) -> Counts:
    """Sum over all runs of what is counted in each piece."""
    return reduce(lambda sofar, more: sofar + more, map(count, pieces(outcomes)))


def joined(outcomes: Outcomes, column: Callable[[Outcomes], NDArray[Any]]) -> NDArray[Any]:
    """One array of all runs, of what each piece has; the first axis is the run."""
    found = [column(piece) for piece in pieces(outcomes)]
    return found[0] if len(found) == 1 else np.concatenate(found)
