"""Lanes: eight numbers as one value, for what is worked out alike for every act of a ladder.

The mechanisms are plain arithmetic. So they take lanes where they take a number, and each lane gets the bits that the
number would. Called from Python, lanes are an array of eight numbers; in machine code they are one vector register, or
as few as the processor has room for, see `escalation.engines.vectors`. In annotations lanes are a float, for whoever
reads an equation need not know that it is worked out for eight acts at once.

What depends on an act cannot be a branch, since eight acts would take it at once. It is a row of 0 and 1, as
``crisis.is_force``, to multiply by or to choose by with `where`.
"""

from __future__ import annotations

import math
from collections.abc import MutableSequence, Sequence
from typing import Any, TypeAlias

import numpy as np

__all__ = [
    "WIDTH",
    "Lanes",
    "at_least",
    "exponent",
    "greater",
    "lanes_at",
    "lesser",
    "padded",
    "put_lanes",
    "scaled",
    "splat",
    "where",
]

WIDTH = 8
"""Numbers in lanes: as many as a register of 512 bits holds, and as the default ladder has acts."""
Lanes: TypeAlias = float
"""Eight numbers, with + − × ÷ on each."""


def padded(columns: int) -> int:
    """Length of a row that lanes are read from: the next multiple of `WIDTH`.

    Examples
    --------
    >>> padded(6), padded(8), padded(44)
    (8, 8, 48)
    """
    return -(-columns // WIDTH) * WIDTH


def _are_lanes(*values: Any) -> bool:
    return any(isinstance(value, np.ndarray) for value in values)


def lanes_at(row: Sequence[float], first: int) -> Lanes:
    """Eight numbers of a row, from a place on."""
    lanes: Any = np.array(row[first : first + WIDTH])
    return lanes  # type: ignore[no-any-return]


def put_lanes(row: MutableSequence[float], first: int, lanes: Lanes) -> None:
    """Write eight numbers into a row, from a place on."""
    numbers: Any = lanes
    row[first : first + WIDTH] = numbers.tolist()


def splat(number: float) -> Lanes:
    """Lanes that all hold one number."""
    lanes: Any = np.full(WIDTH, number)
    return lanes  # type: ignore[no-any-return]


def greater(a: float, b: float) -> float:
    """Return the greater of two, lane by lane; a number counts for all lanes.

    Examples
    --------
    >>> greater(1.0, 2.0)
    2.0
    """
    if _are_lanes(a, b):
        return np.where(np.greater(b, a), b, a)  # type: ignore[return-value]
    return b if b > a else a


def lesser(a: float, b: float) -> float:
    """Return the lesser of two, lane by lane; a number counts for all lanes."""
    if _are_lanes(a, b):
        return np.where(np.less(b, a), b, a)  # type: ignore[return-value]
    return b if b < a else a


def at_least(a: float, b: float) -> float:
    """1 where `a` is at least `b`, else 0."""
    if _are_lanes(a, b):
        return np.where(np.greater_equal(a, b), 1.0, 0.0)  # type: ignore[return-value]
    return 1.0 if a >= b else 0.0


def where(holds: float, a: float, b: float) -> float:
    """`a` where `holds` is above 0, else `b`; all but lanes count for every lane.

    Examples
    --------
    >>> where(1.0, 0.25, 0.5)
    0.25
    """
    if _are_lanes(holds, a, b):
        return np.where(np.greater(holds, 0.0), a, b)  # type: ignore[return-value]
    return a if holds > 0.0 else b


def scaled(x: float, power: float) -> float:
    """x · 2**power, for a whole power and a result neither too great nor too small to be exact."""
    if _are_lanes(x, power):
        return np.ldexp(x, np.int64(power))  # type: ignore[no-any-return]
    return math.ldexp(x, int(power))


def exponent(x: float) -> float:
    """Whole power n of 2 with 1 ≤ x / 2**n < 2, for a positive number that is not too small to be exact."""
    if _are_lanes(x):
        return np.frexp(x)[1] - 1.0  # type: ignore[no-any-return]
    return math.frexp(x)[1] - 1.0
