"""Exponential, logarithm and power whose arguments are bounded.

``math.exp(1000)`` and ``math.log(0)`` raise in Python and do not in machine code; bounded arguments make the
two agree, far outside any value that matters.
"""

from __future__ import annotations

import math

from escalation.arithmetic.shared import shared

__all__ = ["LARGEST_EXPONENT", "SMALLEST", "bounded_exp", "bounded_log", "logistic", "positive_part", "power"]

LARGEST_EXPONENT = 690.0
SMALLEST = 1e-300


@shared
def bounded_exp(x: float) -> float:
    """Exponential of x, with x bounded to ±690."""
    if x > LARGEST_EXPONENT:
        return math.exp(LARGEST_EXPONENT)
    if x < -LARGEST_EXPONENT:
        return math.exp(-LARGEST_EXPONENT)
    return math.exp(x)


@shared
def bounded_log(x: float) -> float:
    """Natural logarithm of x, with x at least 1e-300."""
    if x < SMALLEST:
        return math.log(SMALLEST)
    return math.log(x)


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
    if x > 0.0:
        return x
    return 0.0
