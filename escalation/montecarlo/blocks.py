"""Blocks of runs: what a worker is asked for, whichever executor it works for, and what it answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError
from escalation.files.study_key import source_hash
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    from escalation.engines.lower import Lowered

__all__ = [
    "BLOCK_RUNS",
    "GREAT_BLOCK_RUNS",
    "LATER",
    "Answer",
    "Block",
    "Outcomes",
    "Work",
    "compact",
    "completed",
    "lowered_there",
    "work_for",
]

BLOCK_RUNS = 500
"""Runs in a block: a fraction of a second of work, so that an interruption is heeded soon.

Blocks begin at multiples of it, so that a longer study has the blocks of a shorter one.
"""

GREAT_BLOCK_RUNS = 20_000
"""Runs in a block of a study that is not held in memory: a hundred million of them are 5,000 files."""

Outcomes = Mapping[str, NDArray[Any]]
"""Outcome arrays by name; the first axis of each is the run."""

LATER = frozenset({"agreed", "conceded", "joint"})
"""Outcomes that files of earlier versions do not have."""

_PERIODS = ("crossed", "agreed", "conceded", "joint", "joined", "settled", "ended")
"""Outcomes that are numbers of periods, or -1 for never; the others are counts, and may be greater."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of runs of one world.

    Parameters
    ----------
    world
        Index of the scenario.
    first
        First run.
    count
        Number of runs.
    """

    world: int
    first: int
    count: int


Answer = tuple[Block, Outcomes]
"""A block's outcomes, with the block they are of."""

Work = Callable[[Block], Answer]
"""What a worker does with a block."""


def work_for(executor: Executor, scenarios: Sequence[Scenario], lowered: Sequence[Lowered], *, seed: int) -> Work:
    """Choose what the executor's workers are sent: threads share the lowered arrays, others get the text."""
    if isinstance(executor, ThreadPoolExecutor):
        return partial(_shared, tuple(lowered), seed)
    return partial(_sent, tuple(scenario.model_dump_json() for scenario in scenarios), seed, source_hash("runs"))


def _shared(lowered: Sequence[Lowered], seed: int, block: Block) -> Answer:
    return _played(lowered[block.world], seed, block)


def _sent(texts: Sequence[str], seed: int, sources: str, block: Block) -> Answer:
    if (here := source_hash("runs")) != sources:
        raise StudyError(
            f"this worker has another version of escalation (sources {here}; where the study is, {sources}); all must "
            "have the same"
        )
    return _played(lowered_there(texts[block.world]), seed, block)


def _played(lowered: Lowered, seed: int, block: Block) -> Answer:
    from escalation.engines.compiled import run_block

    outcomes = run_block(lowered, seed=seed, first=block.first, count=block.count)
    return block, compact(outcomes, periods=lowered.periods)


@lru_cache(maxsize=8)
def lowered_there(text: str) -> Lowered:
    """Lower a scenario once per process, not once per block."""
    from escalation.engines.lower import lower

    return lower(Scenario.from_dict(json.loads(text)))


def compact(outcomes: Outcomes, *, periods: int) -> Outcomes:
    """Outcomes with numbers of periods in one byte each, where a run is short enough.

    Most of what a study of many runs keeps is numbers of periods.

    Parameters
    ----------
    outcomes
        Outcome arrays by name.
    periods
        Number of periods of a run.

    Returns
    -------
    dict
        The same values; its types depend on the scenario alone, so that all blocks of a study have the same.
    """
    if periods > np.iinfo(np.int8).max:
        return outcomes
    return {name: array.astype(np.int8) if name in _PERIODS else array for name, array in outcomes.items()}


def completed(outcomes: Outcomes) -> Outcomes:
    """Outcomes as this version has them, of those that were read from a file of this version or an earlier one.

    Where actors could not yet conciliate there was no agreement. What runs conceded and whether they used joint force
    is not known of a file that does not say it; such an event is refused where it is asked for (`Query`).

    Examples
    --------
    >>> read = {"crossed": np.zeros((2, 4, 6), np.int8), "war_cause": np.zeros((2, 4), np.int8)}
    >>> completed(read)["agreed"].tolist()
    [[-1, -1, -1, -1], [-1, -1, -1, -1]]
    """
    if "agreed" in outcomes:
        return outcomes
    never = np.full(outcomes["war_cause"].shape, -1, outcomes["crossed"].dtype)
    return {**outcomes, "agreed": never}
