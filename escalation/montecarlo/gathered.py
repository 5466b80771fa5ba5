"""Where finished blocks are put: whole outcome arrays, filled slice by slice."""

from __future__ import annotations

import numpy as np

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
    """

    def __init__(self, runs: int, *, worlds: int) -> None:
        self._runs = runs
        self._outcomes: list[Outcomes] = [{} for _ in range(worlds)]
        self._done = np.zeros((worlds, -(-runs // BLOCK_RUNS)), dtype=np.bool_)

    def put(self, asked: Block, answer: Answer) -> None:
        """Copy a block into its place.

        Raises
        ------
        StudyError
            If the answer is not of the block that was asked for.
        """
        block, outcomes = answer
        if block != asked or any(array.shape[0] != asked.count for array in outcomes.values()):
            raise StudyError(
                f"asked for {asked.count} runs from run {asked.first} on, the executor gave back others; it "
                "must give each future the result of its own call"
            )
        whole = self._outcomes[asked.world]
        for name, array in outcomes.items():
            if name not in whole:
                whole[name] = np.empty((self._runs, *array.shape[1:]), dtype=array.dtype)
            whole[name][asked.first : asked.first + asked.count] = array
        # Last, so that a block cut short by Ctrl-C does not count as finished.
        self._done[asked.world, asked.first // BLOCK_RUNS] = True

    @property
    def finished(self) -> int:
        """Number of runs, from the first on, that are finished in every world."""
        together = self._done.all(axis=0)
        blocks = together.size if together.all() else int(np.argmin(together))
        return min(blocks * BLOCK_RUNS, self._runs)

    def outcomes(self) -> list[Outcomes]:
        """Outcomes of the finished runs of each world."""
        finished = self.finished
        return [{name: array[:finished] for name, array in whole.items()} for whole in self._outcomes]
