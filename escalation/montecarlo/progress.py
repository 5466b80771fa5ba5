"""A progress bar for long work."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

__all__ = ["Progress"]

DELAY = 2.0
"""Seconds after which work counts as long."""


class Progress:
    """A bar on standard error.

    Parameters
    ----------
    total
        Number of runs in all.
    show
        Whether to show it; by default on a terminal or in a notebook, once the work has taken two seconds.
    """

    def __init__(self, total: int, *, show: bool | None) -> None:
        self._total, self._done, self._show = total, 0, show
        self._begun = time.monotonic()
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if self._show:
            self._open()
        return self

    def advance(self, runs: int) -> None:
        """Tell that so many more runs are finished."""
        self._done += runs
        if self._bar is None and self._show is None and time.monotonic() - self._begun > DELAY:
            self._open()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._done)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _open(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        console = Console(stderr=True)
        if self._show is None and not (console.is_terminal or console.is_jupyter):
            self._show = False
            return
        columns = (TextColumn("runs"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Bar(*columns, console=console)
        self._task = self._bar.add_task("runs", total=self._total, completed=self._done)
        self._bar.start()
