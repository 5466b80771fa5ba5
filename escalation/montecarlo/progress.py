"""A progress bar for long work, and before it how long it will take."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Hook", "Progress", "amount", "duration"]

Hook = Callable[[int, int], object]
"""Told how many runs are finished and how many there are, whenever some have come in. What it raises ends the work, and
`KeyboardInterrupt` ends it as Ctrl-C does, with the runs that are finished."""

DELAY = 2.0
"""Seconds after which work counts as long."""

SAMPLE = 1.0
"""Seconds of work from which the time of the rest is estimated."""

LONG = 10.0
"""Seconds of work from which on the estimate is worth a line."""


class _Bar(Protocol):
    """Shows how far the work is."""

    def show(self, done: int) -> None: ...

    def stop(self) -> None: ...


class _RichBar:
    """A bar as rich draws it, on a terminal or in a notebook with ipywidgets."""

    def __init__(self, console: Console, *, done: int, total: int) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        self._bar = Bar(TextColumn("runs"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console)
        self._task = self._bar.add_task("runs", total=total, completed=done)
        self._bar.start()

    def show(self, done: int) -> None:
        self._bar.update(self._task, completed=done)

    def stop(self) -> None:
        self._bar.stop()


class _PlainBar:
    """A bar of letters in one line, for a notebook without ipywidgets, where rich has none and warns of it."""

    def __init__(self, *, done: int, total: int) -> None:
        self._total, self._written = total, ""
        self.show(done)

    def show(self, done: int) -> None:
        share = done / max(self._total, 1)
        line = f"\rruns {'━' * round(40 * share):<40} {done:,}/{self._total:,}"
        if line != self._written:
            self._written = line
            sys.stderr.write(line)
            sys.stderr.flush()

    def stop(self) -> None:
        sys.stderr.write("\n")


class Progress:
    """A bar on standard error, and where the work is long, an estimate of its time.

    Parameters
    ----------
    total
        Number of runs in all.
    show
        Whether to show them; by default on a terminal or in a notebook, the bar once the work has taken two seconds.
        A hook is told instead, and nothing is shown.
    at_most
        Whether the work may end before all runs are played.
    disk
        Words for what so many more runs take of a disk.
    """

    def __init__(
        self, total: int, *, show: bool | Hook | None, at_most: bool = False, disk: Callable[[int], str] | None = None
    ) -> None:
        self._hook: Hook | None = None
        if callable(show):
            self._hook, show = show, False
        self._total, self._done, self._show, self._at_most = total, 0, show, at_most
        self._disk = disk
        self._begun = time.monotonic()
        self._sample: tuple[float, int] | None = None
        self._estimated = False
        self._bar: _Bar | None = None
        self._shown_on: Console | None = None

    def __enter__(self) -> Self:
        if self._show:
            self._open()
        return self

    def skip(self, runs: int) -> None:
        """Tell that so many runs need not be played."""
        self._done += runs

    def advance(self, runs: int) -> None:
        """Tell that so many more runs are finished."""
        self._done += runs
        now = time.monotonic()
        if self._show is not False and not self._estimated:
            self._estimate(now)
        if self._bar is None and self._show is None and now - self._begun > DELAY:
            self._open()
        if self._bar is not None:
            self._bar.show(self._done)
        if self._hook is not None:
            self._hook(self._done, self._total)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _estimate(self, now: float) -> None:
        """Say how long the rest will take, from what came back after the first block, which may have compiled."""
        if self._sample is None:
            self._sample = now, self._done
        begun, done = self._sample
        if now - begun < SAMPLE or self._done == done:
            return
        self._estimated = True
        rest = self._total - self._done
        seconds = rest * (now - begun) / (self._done - done)
        console = self._console()
        if seconds > LONG and console is not None:
            most = "at most " if self._at_most else ""
            disk = "" if self._disk is None else self._disk(rest)
            console.print(f"{most}{rest:,} more runs: {most or 'about '}{duration(seconds)}{disk}", highlight=False)

    def _console(self) -> Console | None:
        """Where to show something, if anywhere; the same once a bar is there, so that what is said stands above it."""
        from rich.console import Console

        console = self._shown_on or Console(stderr=True)
        return console if self._show or console.is_terminal or console.is_jupyter else None

    def _open(self) -> None:
        self._shown_on = console = self._console()
        if console is None:
            self._show = False
        elif console.is_jupyter and find_spec("ipywidgets") is None:
            self._bar = _PlainBar(done=self._done, total=self._total)
        else:
            self._bar = _RichBar(console, done=self._done, total=self._total)


def duration(seconds: float) -> str:
    """Time in the largest unit of which there are two or more, to two digits.

    Examples
    --------
    >>> duration(45.2), duration(250.0), duration(40_000.0)
    ('45 s', '4.2 min', '11 h')
    """
    for unit, length in (("days", 86_400.0), ("h", 3600.0), ("min", 60.0)):
        if seconds >= 2.0 * length:
            return f"{float(f'{seconds / length:.2g}'):g} {unit}"
    return f"{seconds:.0f} s"


def amount(size: float) -> str:
    """Bytes in the largest unit of which there are two or more, to two digits.

    Examples
    --------
    >>> amount(1_500.0), amount(6.4e9)
    ('1500 bytes', '6.4 GB')
    """
    for unit, length in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= 2.0 * length:
            return f"{float(f'{size / length:.2g}'):g} {unit}"
    return f"{size:.0f} bytes"
