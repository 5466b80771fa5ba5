"""The one pool of threads that plays: pieces of work are sent a few at a time, none is lost, and Ctrl-C is heeded."""

from __future__ import annotations

import os
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Generic, Self, TypeVar

from escalation.errors import StudyError
from escalation.montecarlo.cluster import slots
from escalation.montecarlo.progress import Hook, Progress
from escalation.montecarlo.sent import sendable
from escalation.whole_numbers import WORKERS_BELOW, whole

__all__ = ["Crew", "EndedError", "Sender", "check_executor", "cores", "in_flight", "thread_count", "threads"]

PATIENCE = 5.0
"""Seconds for which an interrupted study waits for the pieces that are being played."""

HEED = 0.5
"""Seconds after which a thread that waits for pieces looks whether Ctrl-C was pressed."""

IN_FLIGHT = 64
"""Blocks on their way to an executor that does not say how many it plays at once."""

P = TypeVar("P")
R = TypeVar("R")


def cores() -> int:
    """Cores that this process may use, which can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def thread_count(workers: int | None) -> int:
    """Number of threads that a caller asked for; by default one for each core that this process may use.

    Raises
    ------
    StudyError
        If it is no whole number, 1 or more.
    """
    return cores() if workers is None else whole("workers", workers, least=1, below=WORKERS_BELOW)


def check_executor(executor: Executor | None) -> None:
    """Raise `StudyError` unless what blocks are to be sent to is an executor, or none."""
    if executor is not None and not isinstance(executor, Executor):
        raise StudyError(
            f"executor is a {type(executor).__name__}; it must be a concurrent.futures.Executor, such as a "
            "ProcessPoolExecutor or what dask's Client.get_executor() gives"
        )


def in_flight(executor: Executor | None, workers: int | None) -> int:
    """Most blocks that are on their way at a time: one is played by each worker while the next one waits there."""
    at_once = thread_count(workers) if executor is None or workers is not None else slots(executor)
    return IN_FLIGHT if at_once is None else 2 * at_once


def threads(count: int) -> ThreadPoolExecutor:
    """Start so many threads of our own."""
    return ThreadPoolExecutor(count, thread_name_prefix="escalation")


class Sender(Generic[P, R]):
    """Pieces of work on their way: sent to an executor, and to threads of our own where it loses them.

    Parameters
    ----------
    own
        Threads of our own.
    work
        What to do with a piece on these.
    executor
        Executor that pieces are sent to; by default our own threads.
    sent_work
        What to do with a piece there, where it is not the same.
    """

    def __init__(
        self,
        own: ThreadPoolExecutor,
        work: Callable[[P], R],
        *,
        executor: Executor | None = None,
        sent_work: Callable[[P], R] | None = None,
    ) -> None:
        self._own, self._executor = own, own if executor is None else executor
        self._own_work, self._work = work, work if sent_work is None else sent_work
        self._warned = False
        self.sent: dict[Future[R], P] = {}
        # `concurrent.futures.wait` and `as_completed` hold the locks of all futures at once, and Ctrl-C in that moment
        # leaves them held: the threads that play would then wait for ever. A queue holds none.
        self._back: SimpleQueue[Future[R]] = SimpleQueue()
        self._rescued: set[Future[R]] = set()

    def send(self, pieces: Iterator[P], in_flight: int) -> None:
        """Send pieces until `in_flight` are on their way or none is left."""
        while len(self.sent) < in_flight:
            try:
                piece = next(pieces)
            except StopIteration:
                return
            try:
                self._await(self._executor.submit(self._work, piece), piece)
            except RuntimeError as error:  # a broken pool, or one that was shut down
                self._rescue(piece, error)

    def collect(self) -> Iterator[tuple[P, R]]:
        """Wait for a piece to come back; a lost one is played again on our own threads."""
        future = self._next()
        if future not in self.sent:  # told twice, by an executor that gave one future back for two pieces
            return
        piece = self.sent[future]
        try:
            result = future.result()
        except Exception as error:
            # Executors tell of a lost worker by errors of their own, so each error is taken for one. A fault of the
            # work itself comes up again where the piece is played on our own threads, and is raised then.
            del self.sent[future]
            if self._executor is self._own or future in self._rescued:
                raise
            self._rescue(piece, error)
        else:
            yield piece, result
            # Not before it has been taken, so that Ctrl-C in the middle of that loses nothing.
            del self.sent[future]

    def _next(self) -> Future[R]:
        """Wait for a piece to come back."""
        while True:
            # Ctrl-C in the moment before the thread falls asleep does not wake it, so it may not sleep for long.
            with suppress(Empty):
                return self._back.get(timeout=HEED)

    def give_up(self) -> Iterator[tuple[P, R]]:
        """Stop sending, wait a little for what is being played, and hand out what is finished."""
        self.cancel()
        end = time.monotonic() + PATIENCE
        with suppress(KeyboardInterrupt, Empty):  # a second Ctrl-C, or patience at its end: wait no longer
            while not all(future.done() for future in self.sent):
                self._back.get(timeout=max(end - time.monotonic(), 0.0))
        for future, piece in self.sent.items():
            if future.done() and not future.cancelled() and future.exception() is None:
                yield piece, future.result()

    def cancel(self) -> None:
        """Take back what no worker has begun."""
        for future in self.sent:
            future.cancel()

    def _rescue(self, piece: P, error: Exception) -> None:
        if self._executor is self._own:
            raise error
        if not self._warned:
            self._warned = True
            warnings.warn(
                f"the executor lost a block ({type(error).__name__}: {error}); it is played here instead",
                RuntimeWarning,
                stacklevel=6,
            )
        future = self._own.submit(self._own_work, piece)
        self._rescued.add(future)
        self._await(future, piece)

    def _await(self, future: Future[R], piece: P) -> None:
        """Note a piece that is on its way, to be told when it is back."""
        self.sent[future] = piece
        future.add_done_callback(self._back.put)


class EndedError(Exception):
    """The study was over while a piece of it went on."""


class Crew:
    """Who plays the pieces of one study: threads, or an executor. Ctrl-C ends it, and what was not begun is not played.

    Parameters
    ----------
    total
        Number of runs of the whole study.
    workers
        Number of threads; by default one for each core that this process may use.
    executor
        Executor to send pieces to instead, as in `escalation.montecarlo.runner.run`.
    progress
        Whether to show a progress bar; by default on a terminal, where the work is long. Or a function that is told.
    at_most
        Whether the study may end with fewer runs.

    Raises
    ------
    StudyError
        If the number of threads is not possible, or the executor is none.
    """

    def __init__(
        self,
        total: int,
        *,
        workers: int | None = None,
        executor: Executor | None = None,
        progress: bool | Hook | None = None,
        at_most: bool = False,
    ) -> None:
        self._count = thread_count(workers)
        check_executor(executor)
        self._executor, self._in_flight = executor, in_flight(executor, workers)
        if executor is not None:
            self._count = min(self._count, cores())
        self._bar = Progress(total, show=progress, at_most=at_most)
        self._pool = threads(self._count)
        self._told = threading.Lock()
        self.runs = 0
        """Runs that were played."""
        self._ended = False

    def __enter__(self) -> Self:
        self._bar.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended = True
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._bar.__exit__(kind, error, trace)

    def go_on(self) -> None:
        """Let work that takes long end where the study is over, as after Ctrl-C.

        Raises
        ------
        EndedError
            If the study is over.
        """
        if self._ended:
            raise EndedError

    def skip(self, runs: int) -> None:
        """Tell that so many runs need not be played."""
        self._bar.skip(runs)

    def advance(self, runs: int) -> None:
        """Tell that so many more runs are finished, on whichever thread."""
        with self._told:
            self.runs += runs
            self._bar.advance(runs)

    def play(self, work: Callable[[P], R], pieces: Sequence[P], *, runs: Callable[[P], int]) -> list[R]:
        """Do the pieces of work, and return their results in the order of the pieces.

        Parameters
        ----------
        work
            What to do with a piece.
        pieces
            The pieces.
        runs
            How many runs a piece has, for the bar; 0 where the work itself tells what it has finished.
        """
        results: dict[int, R] = {}
        there = work if self._executor is None or isinstance(self._executor, ThreadPoolExecutor) else sendable(work)
        sender: Sender[tuple[int, P], R] = Sender(
            self._pool, partial(_second, work), executor=self._executor, sent_work=partial(_second, there)
        )
        places = iter(enumerate(pieces))
        try:
            sender.send(places, self._in_flight)
            while sender.sent:
                for (place, piece), result in sender.collect():
                    results[place] = result
                    if count := runs(piece):
                        self.advance(count)
                sender.send(places, self._in_flight)
        finally:
            sender.cancel()  # an executor of others goes on after the study
        return [results[place] for place in range(len(pieces))]


def _second(work: Callable[[P], R], numbered: tuple[int, P]) -> R:
    """Do a piece of work that comes with its place."""
    return work(numbered[1])
