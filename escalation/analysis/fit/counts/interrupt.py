"""Ctrl-C during a fit by pyABC: heard at once, heeded where nothing is being written."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["interrupts_deferred"]


@contextmanager
def interrupts_deferred() -> Iterator[Callable[[], None]]:
    """Defer Ctrl-C to the places where the caller asks for it.

    Python raises `KeyboardInterrupt` between any two instructions. Inside a weak reference's callback it is printed and
    lost, and the fit would go on. Inside a write of SQLAlchemy it leaves the database locked, and the next write waits
    four minutes for the lock. Both happen in pyABC within a few tries. So the signal is only noted, and raised where
    the yielded function is called, or at the end. A second Ctrl-C is raised at once.

    Outside the main thread Python has no signals to defer, and nothing is changed.

    Yields
    ------
    Callable
        Raises `KeyboardInterrupt` if Ctrl-C has been pressed.
    """
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield lambda: None
        return
    pressed = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal pressed
        if pressed:
            before(number, frame)
        pressed = True

    def heed() -> None:
        if pressed:
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, note)
    try:
        yield heed
    finally:
        signal.signal(signal.SIGINT, before)
    heed()
