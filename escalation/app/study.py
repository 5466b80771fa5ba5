"""A study on a thread of its own: how far it is, whether it is to end, and what came of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from escalation.errors import EscalationError
from escalation.montecarlo.progress import Hook

__all__ = ["Study"]

Result = TypeVar("Result")

PAUSE = 0.1
"""Seconds between two notices of progress, so that a page is not drawn more often than it can be seen."""


class Study(Generic[Result]):
    """Work that takes a while, watched from a page.

    Parameters
    ----------
    work
        What to do. It is given the hook that `escalation.run` and `escalation.compare` take as `progress`.
    notice
        Called, on the thread of the work, whenever there is something new to show.
    """

    def __init__(self, work: Callable[[Hook], Result], notice: Callable[[], None]) -> None:
        self._work, self._notice = work, notice
        self._cancelled = threading.Event()
        self._noticed = 0.0
        self._thread = threading.Thread(target=self._run, name="escalation-study", daemon=True)
        self.done = 0
        """Runs that are finished."""
        self.total = 0
        """Runs in all; 0 until the first have come in, since the model may have to be compiled."""
        self.result: Result | None = None
        """What came of it, once it is over; None where it was cancelled before anything was finished."""
        self.error = ""
        """Why it failed, if it did."""
        self.over = False
        """Whether it has ended."""

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked for it to end."""
        return self._cancelled.is_set()

    @property
    def share(self) -> float:
        """Share that is finished, from 0 to 1."""
        return self.done / self.total if self.total else 0.0

    def start(self) -> Study[Result]:
        """Begin, and return at once."""
        self._thread.start()
        return self

    def cancel(self) -> None:
        """Ask for it to end; the runs that are finished by then are its result."""
        self._cancelled.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is over, at most for so long; whether it is."""
        self._thread.join(seconds)
        return self.over

    def _run(self) -> None:
        try:
            self.result = self._work(self._told)
        except KeyboardInterrupt:  # cancelled before the first run was finished
            pass
        except EscalationError as error:
            self.error = str(error)
        except Exception as error:
            self.error = f"{type(error).__name__}: {error}"
            raise
        finally:
            self.over = True
            self._notice()

    def _told(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        if self._cancelled.is_set():
            raise KeyboardInterrupt
        now = time.monotonic()
        if now - self._noticed >= PAUSE:
            self._noticed = now
            self._notice()
