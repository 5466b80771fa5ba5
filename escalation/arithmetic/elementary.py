"""What both engines reckon with: numbers, or lanes of eight, and the elementary functions of them.

The mechanisms are plain arithmetic. So they take lanes, eight numbers as one value, where they take a number, and each
lane gets the bits that the number would. In machine code lanes are one vector register, or as few as the processor has
room for, see `escalation.engines.vectors`: eight acts of a ladder are worked out at once. Called from Python, lanes are
one number: the same text is worked out act by act, and can be followed in a debugger.

What depends on an act cannot be a branch, since eight acts would take it at once. It is a row of 0 and 1, as
``crisis.is_force``, to multiply by or to choose by with `where`.

Exponential, logarithm and power are made of + − × ÷ and exact scaling alone, for a C library rounds them as it likes.
So they have the same bits in Python and in machine code, on every processor. Exponential and logarithm are within 1.1
units in the last place of what is exact. Their arguments are bounded, which keeps an overflow, and the logarithm of 0,
out of both engines. The bounds lie far outside any value that matters.
"""

from __future__ import annotations

import math
from collections.abc import MutableSequence, Sequence
from typing import TypeAlias

from escalation.arithmetic.shared import inlined, shared

__all__ = [
    "LARGEST",
    "LARGEST_EXPONENT",
    "LN_2_HIGH",
    "LN_2_LOW",
    "PER_LN_2",
    "ROOT_TWO",
    "SMALLEST",
    "TO_WHOLE",
    "WIDTH",
    "Lanes",
    "Whole",
    "at_least",
    "bounded_exp",
    "bounded_log",
    "counted",
    "exponent",
    "exponential_of",
    "greater",
    "lanes_at",
    "lesser",
    "logarithm_of",
    "logistic",
    "padded",
    "positive_part",
    "power",
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
"""Whole numbers of 64 bits that are worked out at once, with + × << >> & | ^ on each; those from 0 to
below 2**52 become `Lanes` by adding a fraction."""
LARGEST_EXPONENT = 690.0
SMALLEST = 1e-300
LARGEST = 1e300
PER_LN_2 = 1.4426950408889634
LN_2_HIGH = 6.93147180369123816490e-01
"""Natural logarithm of 2 in its first 33 bits, whose product with a power of 2 is exact."""
LN_2_LOW = 1.90821492927058770002e-10
TO_WHOLE = 6755399441055744.0
"""1.5·2**52. Added and taken away again, it leaves the nearest whole number."""
ROOT_TWO = 1.4142135623730951


# ---------------------------------------------------------------------------------------------------------------- lanes


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


# ------------------------------------------------------------------------------------- exponential, logarithm and power


@inlined
def exponential_of(x: float) -> float:
    """Exponential of x, for |x| ≤ 690.

    e^x = 2^n·e^r with n the whole number nearest to x / ln 2. On |r| ≤ ln 2 / 2 a minimax polynomial of degree 11 is
    within 6e-18 of e^r.
    """
    n = (x * PER_LN_2 + TO_WHOLE) - TO_WHOLE
    r = (x - n * LN_2_HIGH) - n * LN_2_LOW
    s = r * r
    # Coefficients in pairs, so that a processor works out several at a time.
    low = (0.16666666666666685 + r * 0.041666666666602854) + s * (0.008333333333313991 + r * 0.0013888888927242149)
    high = (0.00019841269904764393 + r * 2.4801508128670622e-05) + s * (
        2.755722621305094e-06 + r * 2.7625403730094984e-07
    )
    fourth = s * s
    tail = low + fourth * (high + fourth * 2.5115052849588638e-08)
    return scaled(1.0 + (r + s * (0.5 + r * tail)), n)


@inlined
def logarithm_of(x: float) -> float:
    """Natural logarithm of x, for finite x of at least 1e-300.

    ln x = n·ln 2 + ln(1 + f) with √½ ≤ 1 + f < √2, and ln(1 + f) = 2·artanh s with s = f / (2 + f), of which a minimax
    polynomial in s² is within 3e-18.
    """
    n = exponent(x)
    m = scaled(x, -n)
    above = at_least(m, ROOT_TWO)
    n = n + above
    f = where(above, 0.5 * m, m) - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    odd = 0.6666666666666734 + w * (0.28571428742520627 + w * (0.1818356522877914 + w * 0.14796221720448133))
    even = 0.3999999999941418 + w * (0.22222198557564696 + w * 0.15314025336462023)
    rest = z * (odd + z * even)
    half_square = 0.5 * (f * f)
    # ln(1 + f) = f − (f²/2 − s·(f²/2 + rest)), which loses no bits where f is small.
    return n * LN_2_HIGH - ((half_square - (s * (half_square + rest) + n * LN_2_LOW)) - f)


@shared
def bounded_exp(x: float) -> float:
    """Exponential of x, with x bounded to ±690."""
    return exponential_of(lesser(greater(x, -LARGEST_EXPONENT), LARGEST_EXPONENT))


@shared
def bounded_log(x: float) -> float:
    """Natural logarithm of x, with x bounded to [1e-300, 1e300]."""
    return logarithm_of(lesser(greater(x, SMALLEST), LARGEST))


@shared
def power(base: float, exponent: float) -> float:
    """Power of a base of at least 0; 0 to the power 0 is 1."""
    if exponent == 0.0:
        return 1.0
    if base <= 0.0:
        return 0.0
    return bounded_exp(exponent * bounded_log(base))


@shared
def logistic(x: float) -> float:
    """Logistic function σ(x) = 1 / (1 + e^-x)."""
    return 1.0 / (1.0 + bounded_exp(-x))


@shared
def positive_part(x: float) -> float:
    """X where it is positive, else 0."""
    return greater(0.0, x)
