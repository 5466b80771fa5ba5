"""A progress bar for long work, and before it how long it will take."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

__all__ = ["Hook", "Progress", "duration"]

Hook = Callable[[int, int], object]
"""Told how many runs are finished and how many there are, whenever some have come in. What it raises ends the work, and
`KeyboardInterrupt` ends it as Ctrl-C does, with the runs that are finished."""

DELAY = 2.0
"""Seconds after which work counts as long."""

SAMPLE = 1.0
"""Seconds of work from which the time of the rest is estimated."""

LONG = 10.0
"""Seconds of work from which on the estimate is worth a line."""


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
    """

    def __init__(self, total: int, *, show: bool | Hook | None, at_most: bool = False) -> None:
        self._hook: Hook | None = None
        if callable(show):
            self._hook, show = show, False
        self._total, self._done, self._show, self._at_most = total, 0, show, at_most
        self._begun = time.monotonic()
        self._sample: tuple[float, int] | None = None
        self._estimated = False
        self._bar: Bar | None = None
        self._task: TaskID | None = None

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
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._done)
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
            console.print(f"{most}{rest:,} more runs: {most or 'about '}{duration(seconds)}", highlight=False)

    def _console(self) -> Console | None:
        """Where to show something, if anywhere."""
        from rich.console import Console

        console = self._bar.console if self._bar is not None else Console(stderr=True)
        return console if self._show or console.is_terminal or console.is_jupyter else None

    def _open(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        console = self._console()
        if console is None:
            self._show = False
            return
        columns = (TextColumn("runs"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Bar(*columns, console=console)
        self._task = self._bar.add_task("runs", total=self._total, completed=self._done)
        self._bar.start()


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
