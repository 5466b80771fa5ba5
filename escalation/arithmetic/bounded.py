"""Exponential, logarithm and power whose arguments are bounded, in + − × ÷ and exact scaling alone.

A C library rounds an exponential as it likes. Here one text gives the same bits in Python and in machine code, on every
processor, for a number and for each of eight in lanes. Exponential and logarithm are within 1.1 units in the last place
of what is exact. Bounds keep an overflow, and the logarithm of 0, out of both engines. They lie far outside any value
that matters.
"""

from __future__ import annotations

from escalation.arithmetic.lanes import at_least, exponent, greater, lesser, scaled, where
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
    "bounded_exp",
    "bounded_log",
    "exponential_of",
    "logarithm_of",
    "logistic",
    "positive_part",
    "power",
]

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
