from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.arithmetic.bounded import (
    LARGEST,
    LARGEST_EXPONENT,
    SMALLEST,
    bounded_exp,
    bounded_log,
    logistic,
    positive_part,
    power,
)

ANY = st.floats(allow_nan=False)
MODERATE = st.floats(-600.0, 600.0)


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
