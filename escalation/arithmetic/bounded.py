"""Exponential, logarithm and power whose arguments are bounded.

Bounds keep an overflow, and the logarithm of 0, out of both engines. They lie far outside any value that matters.
"""

from __future__ import annotations

from escalation.arithmetic.exponential import exponential_of, logarithm_of
from escalation.arithmetic.lanes import greater, lesser
from escalation.arithmetic.shared import shared

__all__ = [
    "LARGEST",
    "LARGEST_EXPONENT",
    "SMALLEST",
    "bounded_exp",
    "bounded_log",
    "logistic",
    "positive_part",
    "power",
]

LARGEST_EXPONENT = 690.0
SMALLEST = 1e-300
LARGEST = 1e300


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
