"""Racing: the best of many worlds, without playing each as often as the best ones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.crew import Crew
from escalation.analysis.what_if.worlds import World, play_event

__all__ = ["Race", "race", "race_runs"]


@dataclass(frozen=True, slots=True)
class Race:
    """How a race went.

    Parameters
    ----------
    ranking
        Positions of the worlds, the one in which the event was rarest first; those that were dropped later stand
        before those that were dropped earlier.
    hits, runs
        In how many runs the event happened in each world, and how many it was given; shape (world,).
    """

    ranking: tuple[int, ...]
    hits: NDArray[np.int64]
    runs: NDArray[np.int64]


def race_runs(count: int, budget: int) -> list[tuple[int, int]]:
    """Worlds and runs of each round of a race.

    Parameters
    ----------
    count
        Number of worlds.
    budget
        Runs to spend, roughly: each world gets at least one a round.

    Returns
    -------
    list of (worlds, runs)
        How many worlds are left in each round, and how many more runs each gets.

    Examples
    --------
    >>> race_runs(8, 2400)
    [(8, 100), (4, 200), (2, 400)]
    """
    rounds = max(math.ceil(math.log2(count)), 1)
    left = [max(-(-count // 2**k), 1) for k in range(rounds)]
    return [(worlds, max(budget // (worlds * rounds), 1)) for worlds in left]


def race(worlds: Sequence[World], *, budget: int, seed: int, crew: Crew) -> Race:
    """Find the world in which an event is rarest, by sequential halving on common random numbers [Karnin2013]_.

    All worlds play the same runs; after each round the half in which the event was seen more often is dropped, and
    the others play on, from the run at which they stood.

    Parameters
    ----------
    worlds
        The worlds; one or more.
    budget
        Runs to spend, roughly.
    seed
        Seed common to them.
    crew
        Who plays them.
    """
    hits, runs = np.zeros(len(worlds), np.int64), np.zeros(len(worlds), np.int64)
    left = list(range(len(worlds)))
    dropped: list[int] = []
    for size, more in race_runs(len(worlds), budget):
        dropped = left[size:] + dropped
        left = left[:size]
        happened = play_event([worlds[k] for k in left], seed=seed, first=int(runs[left[0]]), count=more, crew=crew)
        hits[left] += np.count_nonzero(happened, axis=1)
        runs[left] += more
        left.sort(key=lambda k: int(hits[k]))
    return Race(tuple(left + dropped), hits, runs)
