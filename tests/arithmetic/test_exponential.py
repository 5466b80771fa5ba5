"""Exponential and logarithm against correctly rounded ones, and by known bits."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal, localcontext

import numpy as np
import pytest

from escalation.arithmetic.bounded import exponential_of, logarithm_of

MOST = 1.1
"""Units in the last place by which either may miss."""
RNG = np.random.default_rng(1)
EXPONENTS = [
    *RNG.uniform(-690.0, 690.0, 10_000),
    *RNG.uniform(-1.0, 1.0, 10_000),
    *RNG.normal(0.0, 1e-6, 2_000),
    *(n * math.log(2.0) / 2.0 for n in range(-1990, 1991)),  # where the power of two changes, and between
    *(0.0, 1.0, -1.0, 690.0, -690.0, 5e-324, -5e-324),
]
ARGUMENTS = [
    *(10.0 ** RNG.uniform(-300.0, 300.0, 10_000)),
    *RNG.uniform(1e-9, 4.0, 10_000),
    *(1.0 + RNG.normal(0.0, 1e-6, 2_000)),
    *(2.0**n for n in range(-990, 991)),
    *(2.0**n * math.sqrt(2.0) for n in range(-990, 991)),
    *(1e-300, 1e300, math.nextafter(1.0, 0.0), math.nextafter(1.0, 2.0)),
]


def misses(of: Callable[[float], float], exact: Callable[[Decimal], Decimal], arguments: list[float]) -> float:
    """Greatest error over some arguments, in units in the last place of what is exact."""
    most = 0.0
    with localcontext() as context:
        context.prec = 40
        for x in map(float, arguments):
            want = exact(Decimal(x))
            unit = Decimal(math.ulp(float(want))) if want else Decimal(1)
            most = max(most, float(abs(Decimal(of(x)) - want) / unit))
    return most


def test_the_exponential_is_within_a_unit_in_the_last_place() -> None:
    assert misses(exponential_of, Decimal.exp, EXPONENTS) <= MOST


def test_the_logarithm_is_within_a_unit_in_the_last_place() -> None:
    assert misses(logarithm_of, Decimal.ln, ARGUMENTS) <= MOST


@pytest.mark.parametrize(
    ("x", "bits"),
    [
        (0.0, "0x1.0000000000000p+0"),
        (1.0, "0x1.5bf0a8b14576ap+1"),
        (-0.7, "0x1.fc80db9dd5542p-2"),
        (33.25, "0x1.f553e375c68ecp+47"),
        (690.0, "0x1.6009282aba144p+995"),
        (-690.0, "0x1.745367beacec6p-996"),
    ],
)
def test_the_exponential_has_these_bits_on_every_platform(x: float, bits: str) -> None:
    assert exponential_of(x).hex() == bits


@pytest.mark.parametrize(
    ("x", "bits"),
    [
        (1.0, "0x0.0p+0"),
        (2.0, "0x1.62e42fefa39efp-1"),
        (0.3, "-0x1.34378fcbda721p+0"),
        (220.0, "0x1.5931319798d6ep+2"),
        (1e-300, "-0x1.5963447f87fb5p+9"),
        (1e300, "0x1.5963447f87fb5p+9"),
    ],
)
def test_the_logarithm_has_these_bits_on_every_platform(x: float, bits: str) -> None:
    assert logarithm_of(x).hex() == bits
