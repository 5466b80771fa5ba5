"""Where finished blocks are put: whole outcome arrays, filled slice by slice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError
from escalation.montecarlo.blocks import BLOCK_RUNS, Answer, Block, Outcomes

__all__ = ["Gathered"]


class Gathered:
    """Outcomes of all runs of some worlds, as they come in.

    The arrays are allocated once, at the first block, so that a study needs little more than what it keeps.

    Parameters
    ----------
    runs
        Number of runs of each world.
    worlds
        Number of worlds.
    keep
        What to keep of the outcomes of a world, by its number; by default all.
    block
        Runs in a block that is asked for; by default `BLOCK_RUNS`.
    """

    def __init__(
        self,
        runs: int,
        *,
        worlds: int,
        keep: Callable[[int, Outcomes], Outcomes] | None = None,
        block: int | None = None,
    ) -> None:
        self.runs = runs
        self._block = BLOCK_RUNS if block is None else block
        self._keep = keep
        self._outcomes: list[dict[str, NDArray[Any]]] = [{} for _ in range(worlds)]
        self._done = np.zeros((worlds, runs), dtype=np.bool_)
        self._whole = 0

    def missing(self) -> Iterator[Block]:
        """Blocks that are not finished, those of the same runs in all worlds next to each other.

        Each lies between two multiples of the size of a block; where a part of that is finished it is the rest.
        """
        for start in range(0, self.runs, self._block):
            for world, done in enumerate(self._done[:, start : start + self._block]):
                for first, stop in _gaps(done):
                    yield Block(world, start + first, stop - first)

    def gaps(self, *, world: int) -> list[tuple[int, int]]:
        """First run of each stretch of a world that is not finished, and the run after its last."""
        return _gaps(self._done[world])

    def has(self, block: Block) -> bool:
        """Whether all runs of a block are finished."""
        return bool(self._done[block.world, block.first : block.first + block.count].all())

    def put(self, asked: Block, answer: Answer) -> None:
        """Copy a block into its place.

        Raises
        ------
        StudyError
            If the answer is not of the block that was asked for.
        """
        if not _answers(asked, answer):
            raise StudyError(
                f"asked for {asked.count} runs from run {asked.first} on, the executor gave back others; it "
                "must give each future the result of its own call"
            )
        whole = self._outcomes[asked.world]
        kept = answer[1] if self._keep is None else self._keep(asked.world, answer[1])
        for name, array in kept.items():
            if name not in whole:
                whole[name] = np.empty((self.runs, *array.shape[1:]), dtype=array.dtype)
            whole[name][asked.first : asked.first + asked.count] = array
        self.count(asked)  # last, so that a block cut short by Ctrl-C does not count as finished

    def count(self, block: Block) -> None:
        """Count the runs of a block as finished."""
        self._done[block.world, block.first : block.first + block.count] = True

    @property
    def finished(self) -> int:
        """Number of runs, from the first on, that are finished in every world."""
        # Counted on from where the last count ended: this is asked after every block, of up to millions of runs.
        while self._whole < self.runs and self._done[:, self._whole : self._whole + BLOCK_RUNS].all():
            self._whole = min(self._whole + BLOCK_RUNS, self.runs)
        rest = self._done[:, self._whole : self._whole + BLOCK_RUNS].all(axis=0)
        return self._whole + (int(np.argmin(rest)) if rest.size else 0)

    def outcomes(self, *, world: int, first: int = 0, stop: int | None = None) -> Outcomes:
        """Outcomes of runs of a world, by default of all that are finished; not copied."""
        part = slice(first, self.finished if stop is None else stop)
        return {name: array[part] for name, array in self._outcomes[world].items()}


def _answers(asked: Block, answer: object) -> bool:
    """Whether something is an answer to what was asked; an executor may give back anything."""
    if not (isinstance(answer, tuple) and len(answer) == 2 and answer[0] == asked and answer[1]):
        return False
    return all(array.shape[0] == asked.count for array in answer[1].values())


def _gaps(done: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First place of each stretch that is not done, and the place after its last."""
    edges = np.flatnonzero(np.diff(np.concatenate(([True], done, [True]))))
    return [(int(first), int(stop)) for first, stop in edges.reshape(-1, 2)]
