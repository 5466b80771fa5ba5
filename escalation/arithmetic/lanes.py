"""Lanes: eight numbers as one value, for what machine code works out for eight acts of a ladder at once.

The mechanisms are plain arithmetic. So they take lanes where they take a number, and each lane gets the bits that the
number would. In machine code lanes are one vector register, or as few as the processor has room for, see
`escalation.engines.vectors`. Called from Python, lanes are one number: the same text is worked out act by act, and can
be followed in a debugger.

What depends on an act cannot be a branch, since eight acts would take it at once. It is a row of 0 and 1, as
``crisis.is_force``, to multiply by or to choose by with `where`.
"""

from __future__ import annotations

import math
from collections.abc import MutableSequence, Sequence
from typing import TypeAlias

__all__ = [
    "WIDTH",
    "Lanes",
    "Whole",
    "at_least",
    "counted",
    "exponent",
    "greater",
    "lanes_at",
    "lesser",
    "padded",
    "put_lanes",
    "scaled",
    "splat",
    "where",
    "whole",
    "whole_at",
    "width",
]

WIDTH = 8
"""Numbers in lanes: as many as a register of 512 bits holds, and as the default ladder has acts."""
Lanes: TypeAlias = float
"""Numbers that are worked out at once, with + − × ÷ on each."""
Whole: TypeAlias = int
"""Whole numbers of 64 bits that are worked out at once, with + × << >> & | ^ on each; they become `Lanes` by adding a
fraction."""


def padded(columns: int) -> int:
    """Length of a row that lanes are read from: the next multiple of `WIDTH`.

    Examples
    --------
    >>> padded(6), padded(8), padded(44)
    (8, 8, 48)
    """
    return -(-columns // WIDTH) * WIDTH


def width() -> int:
    """How many acts are worked out at once: `WIDTH` in machine code, and one in Python."""
    return 1


def lanes_at(row: Sequence[float], first: int) -> Lanes:
    """Numbers of a row, from a place on."""
    return row[first]


def put_lanes(row: MutableSequence[float], first: int, lanes: Lanes) -> None:
    """Write numbers into a row, from a place on."""
    row[first] = lanes


def splat(number: float) -> Lanes:
    """Lanes that all hold one number."""
    return number


def greater(a: float, b: float) -> float:
    """Return the greater of two, lane by lane; a number counts for all lanes.

    Examples
    --------
    >>> greater(1.0, 2.0)
    2.0
    """
    return b if b > a else a


def lesser(a: float, b: float) -> float:
    """Return the lesser of two, lane by lane; a number counts for all lanes."""
    return b if b < a else a


def at_least(a: float, b: float) -> float:
    """1 where `a` is at least `b`, else 0."""
    return 1.0 if a >= b else 0.0


def where(holds: float, a: float, b: float) -> float:
    """`a` where `holds` is above 0, else `b`; a number counts for all lanes.

    Examples
    --------
    >>> where(1.0, 0.25, 0.5)
    0.25
    """
    return a if holds > 0.0 else b


def scaled(x: float, power: float) -> float:
    """Return x · 2**power, for a whole power and a result neither too great nor too small to be exact."""
    return math.ldexp(x, int(power))


def exponent(x: float) -> float:
    """Whole power n of 2 with 1 ≤ x / 2**n < 2, for a positive number that is not too small to be exact."""
    return math.frexp(x)[1] - 1.0


def whole(number: int) -> Whole:
    """Lanes that all hold one whole number."""
    return number


def counted(first: int) -> Whole:
    """Whole numbers from the first on, one more in each lane.

    Examples
    --------
    >>> counted(3)
    3
    """
    return first


def whole_at(row: Sequence[int], first: int) -> Whole:
    """Whole numbers of a row, from a place on."""
    return int(row[first])  # Python's own, which has no bound, also of a row of numpy's
