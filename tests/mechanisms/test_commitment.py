from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.commitment import credence_after, joining_probability, joining_utility

SHARE = st.floats(0.0, 1.0)


def test_utility_of_joining_by_hand() -> None:
    assert joining_utility(0.5, 0.2, 0.8, 0.3, 0.6, 0.5, 1.0, 0.2) == pytest.approx(0.1 - 0.24 + 0.42)


@given(SHARE, SHARE, SHARE, SHARE)
def test_a_lapsed_pledge_binds_nobody(gained: float, cost: float, audience: float, reputation: float) -> None:
    lapsed = joining_utility(0.5, gained, cost, 0.3, 0.0, audience, 1.0, reputation)
    assert lapsed == pytest.approx(0.5 * gained - cost * 0.3)
    assert lapsed <= joining_utility(0.5, gained, cost, 0.3, 0.8, audience, 1.0, reputation)


@given(st.floats(0.0, 20.0), st.floats(-3.0, 3.0), st.floats(-3.0, 3.0))
def test_joining_is_likelier_where_it_pays_more(precision: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert 0.0 <= joining_probability(precision, low) <= joining_probability(precision, high) <= 1.0
    assert joining_probability(precision, 0.0) == 0.5


@given(SHARE, st.floats(0.1, 50.0))
def test_credence_rises_with_a_pledge_kept_and_falls_with_one_broken(q: float, n: float) -> None:
    assert 0.0 <= credence_after(q, n, 0) <= q <= credence_after(q, n, 1) + 1e-15
    assert credence_after(q, n, 1) <= 1.0 + 1e-15


def test_credence_is_the_mean_of_a_beta_belief() -> None:
    # Beta(3, 1) after two pledges kept and one broken is Beta(5, 2).
    q, n = 0.75, 4.0
    for kept in (1, 0, 1):
        q, n = credence_after(q, n, kept), n + 1.0
    assert q == pytest.approx(5.0 / 7.0)
