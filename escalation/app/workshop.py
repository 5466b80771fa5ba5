"""The workshop: processes beside the server of the page, which play, explain and draw for it.

A process of Python runs one of its threads at a time. So a figure that is drawn for one visitor would hold up the steps
of all others. The server has such work done by other processes, and answers steps meanwhile. Where it has none, as in
a test, it does the work itself.
"""

from __future__ import annotations

import functools
import io
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Any, Generic, TypeVar

from escalation.world.scenario import Scenario

__all__ = ["Job", "Workshop"]

Result = TypeVar("Result")

MOST_BYTES = 16 * 2**20
"""Largest job that is handed on: to copy a larger one takes longer than it is worth."""

_MOST_WORKERS, _MOST_POOLS = 4, 10
_KEPT_SCENARIOS, _KEPT_RESULTS = 16, 64


class Workshop:
    """Processes that do jobs, in the order in which they come.

    Parameters
    ----------
    workers
        How many there are; by default one less than the server has cores, at least one.
    """

    opened: Workshop | None = None
    """The workshop of this server, if it has one."""

    def __init__(self, workers: int | None = None) -> None:
        cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
        self.workers = min(max(cores - 1, 1), _MOST_WORKERS) if workers is None else workers
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._pools = 0

    def submit(self, job: bytes, scenarios: tuple[bytes, ...]) -> Future[bytes]:
        """Hand on a job, with the scenarios that it is about; its result comes in the same form.

        Where a process has been killed, others take the place of all; where that happens again and again, it is left.

        Raises
        ------
        BrokenProcessPool
            If the processes have ended too often.
        """
        with self._lock:
            while True:
                if self._pool is None:
                    if self._pools == _MOST_POOLS:
                        raise BrokenProcessPool("the processes of the workshop end again and again")
                    self._pools += 1
                    # A process that is forked would inherit what the server's threads have locked.
                    context = multiprocessing.get_context("spawn")
                    self._pool = ProcessPoolExecutor(self.workers, mp_context=context, initializer=_begin)
                try:
                    return self._pool.submit(_done, job, scenarios)
                except BrokenProcessPool:
                    self._pool = None

    def close(self) -> None:
        """End the processes. What they have not begun is dropped."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            # A pool that nobody holds any more forgets that it is to drop them, so this waits for what has been begun.
            pool.shutdown(wait=True, cancel_futures=True)


class Job(Generic[Result]):
    """Something to be made: by the workshop, where it may and there is one.

    Parameters
    ----------
    make
        Makes it. The workshop is sent it with all that it is given, so that must be fit for `pickle`. And that alone
        must decide what is made, for the workshop keeps what it made last.
    apart
        Whether the workshop may make it.
    """

    def __init__(self, make: Callable[[], Result], *, apart: bool) -> None:
        self._make, self._apart = make, apart
        self._lock = threading.Lock()
        self._future: Future[bytes] | None = None
        self.dropped = False
        """Whether nobody waits for it any more."""

    def drop(self) -> None:
        """Say that nobody waits for it any more. If the workshop has not begun it, it is not made."""
        with self._lock:
            self.dropped = True
            if self._future is not None:
                self._future.cancel()

    def result(self) -> Result:
        """Make it, and wait for it.

        Raises
        ------
        concurrent.futures.CancelledError
            If it was dropped before it was begun.
        """
        workshop = Workshop.opened
        if workshop is None or not self._apart:
            return self._make()
        scenarios: list[Scenario] = []
        job = _packed(self._make, scenarios, more=True)
        if len(job) > MOST_BYTES:
            return self._make()
        about = tuple(pickle.dumps(scenario, pickle.HIGHEST_PROTOCOL) for scenario in scenarios)
        try:
            with self._lock:
                self._future = workshop.submit(job, about)
                if self.dropped:
                    self._future.cancel()
            made: Result = _unpacked(self._future.result(), scenarios)
        except BrokenProcessPool:  # one of the processes has been killed
            return self._make()
        return made


# A scenario stands as a number in what is sent. So the workshop lowers it once for all jobs, and what comes back is of
# the very scenario that the job was about.


def _packed(thing: object, scenarios: list[Scenario], *, more: bool) -> bytes:
    """Write a thing, with a number for each of the scenarios; others are added to them, or are written as they are."""

    class Packer(pickle.Pickler):
        def persistent_id(self, part: object) -> int | None:
            if not isinstance(part, Scenario):
                return None
            number = next((k for k, scenario in enumerate(scenarios) if scenario is part), None)
            if number is None and more:
                scenarios.append(part)
                return len(scenarios) - 1
            return number

    file = io.BytesIO()
    Packer(file, pickle.HIGHEST_PROTOCOL).dump(thing)
    return file.getvalue()


def _unpacked(content: bytes, scenarios: Sequence[Scenario]) -> Any:
    class Unpacker(pickle.Unpickler):
        def persistent_load(self, number: int) -> Scenario:
            return scenarios[number]

    return Unpacker(io.BytesIO(content)).load()


# ---------------------------------------------------------------------------------------------- in the workshop


def _begin() -> None:
    """Set up one of the processes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the server, which ends this
    if hasattr(os, "nice"):
        os.nice(5)  # where cores are short, steps come first
    threading.Thread(target=_end_with_server, daemon=True).start()
    _warm()


def _end_with_server() -> None:
    """End where the server has been killed and could not end this."""
    server = multiprocessing.parent_process()
    if server is not None:
        wait([server.sentinel])
        os._exit(1)


def _warm() -> None:
    """Draw a figure: the first of a process loads the fonts."""
    from escalation.app.plates import Drawing, plate

    plate(Drawing(_nothing, width=1.0, height=1.0, says=""))


def _nothing(*, ax: object) -> None:
    """Draw nothing."""


@functools.lru_cache(_KEPT_RESULTS)
def _done(job: bytes, scenarios: tuple[bytes, ...]) -> bytes:
    """Do a job; what it makes is written with the same numbers for the same scenarios."""
    known = [_scenario(each) for each in scenarios]
    return _packed(_unpacked(job, known)(), known, more=False)


@functools.lru_cache(_KEPT_SCENARIOS)
def _scenario(content: bytes) -> Scenario:
    scenario: Scenario = pickle.loads(content)
    return scenario
