"""Milestones: the states at which paths came farther than before, from which copies of them can go on."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Milestones"]


class Milestones:
    """States of paths by path and level, in memory that is used again.

    The level of a path's milestones rises with their time.
    """

    def __init__(self) -> None:
        self._room: NDArray[Any] | None = None
        self._owner = np.full(0, -1, np.int64)
        self._level = np.zeros(0)
        self._time = np.zeros(0, np.int64)

    @property
    def rooms(self) -> int:
        """Number of states for which there is memory."""
        return len(self._owner)

    def note(
        self, owners: NDArray[np.intp], levels: NDArray[np.float64], times: NDArray[np.int64], states: NDArray[Any]
    ) -> None:
        """Keep states of some paths; the states are copied."""
        free = np.flatnonzero(self._owner < 0)
        if self._room is None or len(free) < len(owners):
            self._grow(states, len(owners) - len(free))
            free = np.flatnonzero(self._owner < 0)
        rows = free[: len(owners)]
        self._owner[rows], self._level[rows], self._time[rows] = owners, levels, times
        assert self._room is not None
        self._room[rows] = states

    def _grow(self, states: NDArray[Any], missing: int) -> None:
        had = len(self._owner)
        more = max(missing, had // 2)
        room = np.empty((had + more, *states.shape[1:]), states.dtype)
        if self._room is not None:
            room[:had] = self._room
        self._room = room
        self._owner = np.concatenate([self._owner, np.full(more, -1, np.int64)])
        self._level = np.concatenate([self._level, np.zeros(more)])
        self._time = np.concatenate([self._time, np.zeros(more, np.int64)])

    def forget(self, lost: NDArray[np.intp], bar: float) -> None:
        """Forget all of some paths, and of the others what does not stand above a bar."""
        self._owner[np.isin(self._owner, lost) | (self._level <= bar)] = -1

    def _in_order(self) -> NDArray[np.intp]:
        rows = np.flatnonzero(self._owner >= 0)
        return rows[np.lexsort((self._level[rows], self._owner[rows]))]

    def first(self, owners: NDArray[np.intp]) -> tuple[NDArray[Any], NDArray[np.int64]]:
        """First state that is kept of each of some paths, and its time; copies, one for each path named."""
        assert self._room is not None
        rows = self._in_order()
        found = rows[np.searchsorted(self._owner[rows], owners)]
        return self._room[found], self._time[found]

    def last(self, owners: NDArray[np.intp]) -> NDArray[Any]:
        """Last state that is kept of each of some paths: where it stands highest; copies."""
        assert self._room is not None
        rows = self._in_order()
        return self._room[rows[np.searchsorted(self._owner[rows], owners, side="right") - 1]]
