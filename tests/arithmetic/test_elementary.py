"""Elementary functions against the exact ones, at their bounds, and by known bits."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.arithmetic.elementary import (
    LARGEST,
    LARGEST_EXPONENT,
    SMALLEST,
    bounded_exp,
    bounded_log,
    exponential_of,
    logarithm_of,
    logistic,
    positive_part,
    power,
)

ANY = st.floats(allow_nan=False)
MODERATE = st.floats(-600.0, 600.0)
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


@given(ANY, ANY)
def test_exponential_is_finite_positive_and_never_falls(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert 0.0 < bounded_exp(low) <= bounded_exp(high) < math.inf


@given(MODERATE)
def test_exponential_within_its_bounds(x: float) -> None:
    assert bounded_exp(x) == pytest.approx(math.exp(x), rel=3e-16, abs=0.0)


@pytest.mark.parametrize(("x", "bound"), [(1e3, LARGEST_EXPONENT), (-math.inf, -LARGEST_EXPONENT)])
def test_exponential_stops_at_its_bounds(x: float, bound: float) -> None:
    assert bounded_exp(x) == bounded_exp(bound)


@given(ANY, ANY)
def test_logarithm_takes_any_number_and_never_falls(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert bounded_log(SMALLEST) <= bounded_log(low) <= bounded_log(high)


@given(st.floats(SMALLEST, LARGEST))
def test_logarithm_within_its_bounds(x: float) -> None:
    assert bounded_log(x) == pytest.approx(math.log(x), rel=3e-16, abs=0.0)


@pytest.mark.parametrize(("x", "bound"), [(0.0, SMALLEST), (-1.0, SMALLEST), (math.inf, LARGEST)])
def test_logarithm_stops_at_its_bounds(x: float, bound: float) -> None:
    assert bounded_log(x) == bounded_log(bound)


@given(st.floats(1e-6, 1e6), st.floats(-5.0, 5.0))
def test_power(base: float, exponent: float) -> None:
    assert power(base, exponent) == pytest.approx(base**exponent, rel=1e-13)


def test_power_at_the_edges() -> None:
    assert power(0.0, 0.0) == 1.0
    assert power(0.0, 2.0) == 0.0
    assert power(5.0, 0.0) == 1.0


@given(ANY)
def test_logistic_is_a_probability_and_symmetric(x: float) -> None:
    assert 0.0 <= logistic(x) <= 1.0
    assert logistic(x) + logistic(-x) == pytest.approx(1.0, abs=1e-15)


@given(st.floats(-30.0, 30.0))
def test_logistic_undoes_log_odds(x: float) -> None:
    assert logistic(x) == pytest.approx(0.5 * (1.0 + math.tanh(0.5 * x)), abs=1e-15)


@given(ANY)
def test_positive_part(x: float) -> None:
    assert positive_part(x) == max(x, 0.0)


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
