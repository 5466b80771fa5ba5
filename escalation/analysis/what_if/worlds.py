"""Whether an event happens in the same runs of several worlds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.crew import PIECE_RUNS, Crew
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.events import Query, query

if TYPE_CHECKING:
    from escalation.engines.lower import Lowered
    from escalation.world.scenario import Scenario

__all__ = ["World", "play_event"]


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
    from escalation.engines.compiled import run_block

    starts = range(first, first + count, PIECE_RUNS)
    pieces = [(w, start, min(PIECE_RUNS, first + count - start)) for start in starts for w in range(len(worlds))]

    def work(piece: tuple[int, int, int]) -> NDArray[np.bool_]:
        world, start, size = piece
        outcomes = run_block(worlds[world].lowered, seed=seed, first=start, count=size)
        return worlds[world].query.occurs(outcomes)

    happened = np.empty((len(worlds), count), dtype=np.bool_)
    results = crew.play(work, pieces, runs=lambda piece: piece[2])
    for (world, start, size), result in zip(pieces, results, strict=True):
        happened[world, start - first : start - first + size] = result
    return happened
