"""Whether an event happens in the same runs of several worlds, and in which of them it is rarest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from escalation.montecarlo.axes import Axes
from escalation.montecarlo.blocks import BLOCK_RUNS
from escalation.montecarlo.events import Query, query
from escalation.montecarlo.pool import Crew

if TYPE_CHECKING:
    from escalation.engines.lower import Lowered
    from escalation.world.scenario import Scenario

__all__ = ["Race", "World", "play_event", "race", "race_runs"]


@dataclass(frozen=True, slots=True)
class World:
    """A scenario, ready to be played, and where to look for the event.

    Parameters
    ----------
    lowered
        The scenario.
    query
        The event.
    """

    lowered: Lowered
    query: Query

    @classmethod
    def of(cls, scenario: Scenario, event: str, *, actor: str | None = None, target: str | None = None) -> Self:
        """Lower a scenario.

        Raises
        ------
        StudyError
            If it has no such event.
        """
        from escalation.engines.lower import lower

        lowered = lower(scenario)
        return cls(lowered, query(event, Axes.of(scenario, lowered), actor=actor, target=target))


def play_event(worlds: Sequence[World], *, seed: int, first: int, count: int, crew: Crew) -> NDArray[np.bool_]:
    """Play the same runs of several worlds.

    Parameters
    ----------
    worlds
        The worlds.
    seed
        Seed common to them.
    first, count
        First run, and how many.
    crew
        Who plays them.

    Returns
    -------
    ndarray of bool, shape (worlds, count)
        Whether the event happened.
    """
    starts = range(first, first + count, BLOCK_RUNS)
    pieces = [(w, start, min(BLOCK_RUNS, first + count - start)) for start in starts for w in range(len(worlds))]

    happened = np.empty((len(worlds), count), dtype=np.bool_)
    results = crew.play(partial(_happened, tuple(worlds), seed), pieces, runs=lambda piece: piece[2])
    for (world, start, size), result in zip(pieces, results, strict=True):
        happened[world, start - first : start - first + size] = result
    return happened


def _happened(worlds: Sequence[World], seed: int, piece: tuple[int, int, int]) -> NDArray[np.bool_]:
    from escalation.engines.compiled import run_block

    number, start, size = piece
    world = worlds[number]
    # A run may end with the beginning of a war where nothing after it can change the answer.
    until_war = world.query.decided_by_war(world.lowered)
    return world.query.occurs(run_block(world.lowered, seed=seed, first=start, count=size, until_war=until_war))


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
        # All that are left have played the same runs, so that counts compare. Ties keep the order that they had.
        left.sort(key=lambda k: int(hits[k]))
    return Race(tuple(left + dropped), hits, runs)
