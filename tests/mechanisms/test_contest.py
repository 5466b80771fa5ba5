from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.contest import strength, success

SIZE = st.floats(1e-3, 1e3)
EXPONENT = st.floats(0.0, 5.0)


@given(SIZE, SIZE, EXPONENT)
def test_the_odds_of_both_sides_sum_to_one(own: float, other: float, m: float) -> None:
    assert 0.0 <= success(own, other, m) <= 1.0
    assert success(own, other, m) + success(other, own, m) == pytest.approx(1.0, abs=1e-14)


@given(SIZE, SIZE, SIZE, EXPONENT)
def test_more_strength_wins_more_often(one: float, two: float, other: float, m: float) -> None:
    low, high = sorted((one, two))
    assert success(low, other, m) <= success(high, other, m) + 1e-15


@given(SIZE, SIZE, EXPONENT, st.floats(0.01, 100.0))
def test_only_relative_strength_counts(own: float, other: float, m: float, scale: float) -> None:
    assert success(own, other, m) == pytest.approx(success(scale * own, scale * other, m), rel=1e-12)


@given(SIZE, SIZE, EXPONENT, EXPONENT)
def test_a_greater_exponent_favours_the_stronger(own: float, other: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    stronger, weaker = max(own, other), min(own, other)
    assert success(stronger, weaker, high) >= success(stronger, weaker, low) - 1e-15


def test_nobody_without_any_strength_is_ahead() -> None:
    assert success(0.0, 0.0, 1.0) == 0.5
    assert success(1.0, 0.0, 2.0) == 1.0
    assert success(1.0, 9.0, 0.0) == 0.5


@given(SIZE, st.integers(1, 9), st.floats(0.0, 10.0))
def test_strength_is_divided_among_fronts_and_joined_by_patrons(k: float, fronts: int, support: float) -> None:
    assert strength(k, fronts, support) == k / fronts + support
