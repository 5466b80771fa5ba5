from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.beliefs_and_signals import updated
from escalation.mechanisms.signalling import likelihood_if_false, likelihood_if_true, resolve_likelihood, weight

SHARE = st.floats(0.0, 1.0)


@given(st.floats(1e-3, 1e3))
def test_field_strength_is_the_ratio_of_the_likelihoods(strength: float) -> None:
    true, false = likelihood_if_true(strength), likelihood_if_false(strength)
    assert true + false == pytest.approx(1.0)
    assert true / false == pytest.approx(strength)


@given(st.floats(1e-3, 1e3), st.floats(0.01, 0.99))
def test_odds_are_multiplied_by_the_field_strength(strength: float, p: float) -> None:
    q = updated(p, likelihood_if_true(strength), likelihood_if_false(strength), 1.0)
    assert q / (1.0 - q) == pytest.approx(strength * p / (1.0 - p), rel=1e-9)


@given(SHARE, SHARE, SHARE)
def test_weight_is_no_more_than_its_least_part(credence: float, honesty: float, alignment: float) -> None:
    assert 0.0 <= weight(credence, honesty, alignment) <= min(credence, honesty, alignment)
    assert weight(credence, 0.0, alignment) == 0.0


@given(st.floats(0.0, 10.0), st.floats(-3.0, 3.0), st.floats(-3.0, 3.0))
def test_who_gains_more_by_acting_would_sooner_vow_it(precision: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert 0.0 <= resolve_likelihood(precision, low, 0.0) <= resolve_likelihood(precision, high, 0.0) <= 1.0
    assert resolve_likelihood(0.0, one, two) == 0.5
