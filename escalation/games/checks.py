"""What the games take: finite numbers, each within its bounds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError

__all__ = ["LARGEST_SCORE", "checked", "checked_matrix", "checked_precisions", "checked_scores"]

LARGEST_SCORE = 1e12
"""Largest precision times payoff that is taken: beyond it, differences of payoffs are lost in rounding."""


def checked(name: str, value: Any, *, low: float = -math.inf, high: float = math.inf) -> float:
    """Return a finite number within its bounds, or say what is wrong with it.

    Raises
    ------
    StudyError
        If it is none.
    """
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    try:
        number = float(value) if isinstance(value, Real) and not isinstance(value, bool) else math.nan
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise StudyError(f"{name} must be a finite number, not {value!r}")
    if not low <= number <= high:
        allowed = f"at least {low:g}" if high == math.inf else f"within [{low:g}, {high:g}]"
        raise StudyError(f"{name} must be {allowed}, not {value!r}")
    return number


def checked_precisions(precision: Any, players: Iterable[str]) -> dict[str, float]:
    """Precision of each player, from one for all or one for each.

    Raises
    ------
    StudyError
        If a precision is negative or no finite number, or a player's is missing or superfluous.
    """
    names = sorted(players)
    if not isinstance(precision, Mapping):
        return dict.fromkeys(names, checked("precision", precision, low=0.0))
    if set(precision) != set(names):
        raise StudyError(f"precision must name these players and no other: {', '.join(names)}")
    return {name: checked(f"precision of {name}", precision[name], low=0.0) for name in names}


def checked_scores(precision: float, payoffs: Iterable[float]) -> None:
    """Refuse payoffs so large that their products with the precision mean nothing.

    Raises
    ------
    StudyError
        If one of them exceeds `LARGEST_SCORE`.
    """
    largest = max((abs(payoff) for payoff in payoffs), default=0.0)
    if precision * largest > LARGEST_SCORE:
        raise StudyError(f"precision times payoff must be at most {LARGEST_SCORE:g}; scale the payoffs down")


def checked_matrix(name: str, payoffs: Any) -> NDArray[np.float64]:
    """Payoffs as an array of shape (rows, columns).

    Raises
    ------
    StudyError
        If they are not a full table of finite numbers with an action at least for either player.
    """
    try:
        matrix = np.array(payoffs, dtype=float)
    except (TypeError, ValueError):
        raise StudyError(f"{name} must be a full table of numbers, a row for each action of row") from None
    if matrix.ndim != 2 or matrix.size == 0:
        raise StudyError(f"{name} must be a table, rows by columns, not of shape {matrix.shape}")
    if not np.isfinite(matrix).all():
        raise StudyError(f"{name} must be finite numbers")
    return matrix
