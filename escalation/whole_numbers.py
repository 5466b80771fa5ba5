"""Whole numbers that a caller hands over: the one check of runs, seeds, workers and all other counts."""

from __future__ import annotations

import operator
from typing import Any

from escalation.errors import StudyError

__all__ = ["RUNS_BELOW", "SEEDS_BELOW", "WORKERS_BELOW", "whole", "whole_run", "whole_seed"]

RUNS_BELOW = 2**40
"""Runs of a study: a run's number is below this."""

SEEDS_BELOW = 2**64
"""Seeds that differ: a seed is below this."""

WORKERS_BELOW = 2**16
"""Workers are fewer than this."""


def whole(name: str, value: Any, *, least: int = 0, below: int | None = None) -> int:
    """Return a whole number of Python's own, from any whole number, one of numpy's included.

    Parameters
    ----------
    name
        What the number is, for the message.
    value
        The number; anything with ``__index__`` but a truth value.
    least
        Smallest number allowed.
    below
        First number too large; by default there is none.

    Returns
    -------
    int
        The number.

    Raises
    ------
    StudyError
        If it is no whole number, or not within these bounds.

    Examples
    --------
    >>> import numpy as np
    >>> whole("runs", np.int64(300), least=1)
    300
    >>> try:
    ...     whole("runs", 2.5, least=1)
    ... except StudyError as error:
    ...     print(error)
    runs is 2.5; it must be a whole number, 1 or more
    """
    try:
        number = operator.index(value)
    except TypeError:
        number = least - 1
    if isinstance(value, bool) or number < least or (below is not None and number >= below):
        allowed = f", {least} or more" if below is None else f" from {least} to {below - 1:,}"
        raise StudyError(f"{name} is {value!r}; it must be a whole number{allowed}")
    return number


def whole_seed(value: Any) -> int:
    """Return the seed of a study, or raise StudyError as `whole` does."""
    return whole("seed", value, below=SEEDS_BELOW)


def whole_run(value: Any) -> int:
    """Return the number of a run, or raise StudyError as `whole` does."""
    return whole("run", value, below=RUNS_BELOW)
