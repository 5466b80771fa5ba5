"""Adaptive multilevel splitting: the probability that a random process ever reaches a level it seldom reaches.

Many paths are played. Those that came least far are given up, and replaced by copies of paths that came farther,
played on with new chance from where they first were farther; again, until enough have arrived. The probability is
the product of the shares that were kept [Cerou2007]_. As it is written here, it is unbiased for any level, any
number of paths and any share given up, also where levels are tied and where a step jumps over many of them: a path is
copied from the first moment at which it stood strictly above the level of the last that was given up, and all that
never did are given up together [Brehier2016]_.

Nothing here knows of crises: a process is three functions of arrays whose first axis is the path.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError
from escalation.whole_numbers import whole

__all__ = ["Milestones", "Process", "Split", "split"]

States = NDArray[Any]
Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Process:
    """A random process whose chance is named by keys.

    A state holds all that its future depends on, its own clock where that matters. What a key has drawn before a
    moment must not be drawn again after it: a copy goes on under another key, and its future must be new.

    Parameters
    ----------
    initial
        From keys, shape (paths,), to states at the start, shape (paths, ...).
    step
        From states and keys to states a step later. It may change the states that it is given.
    level
        From states to how near each is to the event, shape (paths,); never `nan`.
    over
        From states to whether the path has ended there, shape (paths,); by default only `steps` ends a path.
    """

    initial: Callable[[Keys], States]
    step: Callable[[States, Keys], States]
    level: Callable[[States], NDArray[np.float64]]
    over: Callable[[States], NDArray[np.bool_]] | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """What one splitting gave.

    Parameters
    ----------
    probability
        Unbiased estimate of the probability that a path reaches the target.
    steps
        Steps that were played, over all paths.
    paths
        Paths that were begun or copied: the keys that were used.
    levels
        Levels at which paths were given up.
    arrived
        Number of paths that reached the target.
    """

    probability: float
    steps: int
    paths: int
    levels: tuple[float, ...]
    arrived: int


def split(
    process: Process,
    *,
    target: float,
    steps: int | None = None,
    particles: int = 1000,
    given_up: float = 0.25,
    first_key: int = 0,
) -> Split:
    """Estimate the probability that the level of a process ever reaches a target.

    Parameters
    ----------
    process
        The process.
    target
        Level at which the event has happened.
    steps
        Most steps of a path; needed where the process never says that a path is over.
    particles
        Number of paths, 2 or more.
    given_up
        Least share of the paths that is given up at a time, between 0 and 1.
    first_key
        The keys used are this and those that follow; another range gives an independent estimate.

    Returns
    -------
    Split
        The estimate, and what it cost.

    Raises
    ------
    StudyError
        If an argument is not possible, or a level is not a number.
    """
    particles, first_key = whole("particles", particles, least=2), whole("first_key", first_key)
    steps = None if steps is None else whole("steps", steps)
    if not 0.0 < given_up < 1.0:
        raise StudyError(f"given_up is {given_up!r}; it must lie strictly between 0 and 1, as 0.25 does")
    if steps is None and process.over is None:
        raise StudyError("a process that is never over needs a number of steps")
    paths = _Paths(process, target, steps, particles, first_key)
    rank = max(1, int(given_up * particles)) - 1
    probability = 1.0
    levels: list[float] = []
    while True:
        bar = float(np.partition(paths.highest, rank)[rank])
        if bar >= target:
            return paths.result(probability, levels)
        lost = np.flatnonzero(paths.highest <= bar)
        levels.append(bar)
        if len(lost) == particles:
            return paths.result(0.0, levels)
        probability *= 1.0 - len(lost) / particles
        paths.replace(lost, bar)


class _Paths:
    """Paths that are played, and how far each has come."""

    def __init__(self, process: Process, target: float, steps: int | None, particles: int, first_key: int) -> None:
        self._process, self._target, self._most = process, target, steps
        self._next_key = first_key
        # Parents are drawn by one more random stream, named by the same keys.
        self._choice = np.random.Generator(np.random.Philox(key=first_key))
        self.highest = np.full(particles, -np.inf)
        self.used, self.steps = 0, 0
        self._milestones = Milestones()
        everyone = np.arange(particles)
        keys = self._fresh(particles)
        self._play(everyone, process.initial(keys), keys, np.zeros(particles, np.int64))

    def _fresh(self, count: int) -> Keys:
        keys = np.arange(self._next_key, self._next_key + count, dtype=np.int64)
        self._next_key += count
        self.used += count
        return keys

    def replace(self, lost: NDArray[np.intp], bar: float) -> None:
        """Replace lost paths by copies of others, from where those first stood above a bar."""
        left = np.setdiff1d(np.arange(len(self.highest)), lost, assume_unique=True)
        self._milestones.forget(lost, bar)
        parents = self._choice.choice(left, size=len(lost))
        states, times = self._milestones.first(parents)
        self.highest[lost] = -np.inf
        self._play(lost, states, self._fresh(len(lost)), times)

    def result(self, kept: float, levels: list[float]) -> Split:
        """What was found, where a share of the paths was kept all through."""
        arrived = int((self.highest >= self._target).sum())
        return Split(kept * (arrived / len(self.highest)), self.steps, self.used, tuple(levels), arrived)

    def _play(self, who: NDArray[np.intp], states: States, keys: Keys, times: NDArray[np.int64]) -> None:
        """Play paths to their end, from states that are theirs already, noting where each came farther."""
        while True:
            level = np.minimum(self._process.level(states), self._target)
            if np.isnan(level).any():
                raise StudyError("the level of a state is not a number")
            farther = level > self.highest[who]
            self.highest[who[farther]] = level[farther]
            self._milestones.note(who[farther], level[farther], times[farther], states[farther])
            going = level < self._target
            if self._most is not None:
                going &= times < self._most
            if self._process.over is not None:
                going &= ~self._process.over(states)
            if not going.all():
                who, states, keys, times = who[going], states[going], keys[going], times[going]
            if len(who) == 0:
                return
            states = self._process.step(states, keys)
            times = times + 1
            self.steps += len(who)


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
