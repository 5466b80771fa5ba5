"""Threads that play the pieces of a study, and the bar that shows how far they are."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from types import TracebackType
from typing import Self, TypeVar

from escalation.montecarlo.progress import Progress
from escalation.whole_numbers import WORKERS_BELOW, whole

__all__ = ["PIECE_RUNS", "Crew"]

PIECE_RUNS = 500
"""Runs in a piece: a fraction of a second of work, so that Ctrl-C is heeded soon."""

P = TypeVar("P")
R = TypeVar("R")


class Crew:
    """Threads that play the pieces of one study; Ctrl-C ends it, and what was not begun is not played.

    Parameters
    ----------
    total
        Number of runs of the whole study.
    workers
        Number of threads; by default one for each core.
    progress
        Whether to show a progress bar; by default on a terminal, where the work is long.
    at_most
        Whether the study may end with fewer runs.
    """

    def __init__(
        self, total: int, *, workers: int | None = None, progress: bool | None = None, at_most: bool = False
    ) -> None:
        threads = (os.cpu_count() or 1) if workers is None else whole("workers", workers, least=1, below=WORKERS_BELOW)
        self._bar = Progress(total, show=progress, at_most=at_most)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="escalation")
        self.runs = 0
        """Runs that were played."""

    def __enter__(self) -> Self:
        self._bar.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._bar.__exit__(kind, error, trace)

    def play(self, work: Callable[[P], R], pieces: Sequence[P], *, runs: Callable[[P], int]) -> list[R]:
        """Do the pieces of work, and return their results in the order of the pieces.

        Parameters
        ----------
        work
            What to do with a piece.
        pieces
            The pieces.
        runs
            How many runs a piece has, for the bar.
        """
        sent = {self._pool.submit(work, piece): piece for piece in pieces}
        for future in as_completed(sent):
            future.result()
            count = runs(sent[future])
            self.runs += count
            self._bar.advance(count)
        return [future.result() for future in sent]
