from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.alliances import (
    credence_after,
    joining_by_credence,
    joining_probability,
    joining_utility,
    leash_cost,
    mixed_utility,
    reply_cost_free,
    reply_cost_of_war,
)

SHARE = st.floats(0.0, 1.0)
VALUE = st.floats(-5.0, 5.0)


# ----------------------------------------------------------------------------------------------------------- commitment


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


def test_a_patron_of_mean_cost_keeps_its_pledge_as_often_as_it_is_expected_to() -> None:
    for q in (0.05, 0.5, 0.745):
        assert joining_by_credence(q, 5.0, 0.8, 0.8, False) == pytest.approx(q, rel=1e-12)


def test_joining_by_credence_by_hand() -> None:
    # logit .75 is ln 3; a cost .4 below the mean adds 5 * .4 / 2 = 1, a first strike by the protege takes 2
    assert joining_by_credence(0.75, 5.0, 0.8, 0.4, False) == pytest.approx(1.0 / (1.0 + math.exp(-1.0) / 3.0))
    assert joining_by_credence(0.75, 5.0, 0.8, 0.8, True) == pytest.approx(1.0 / (1.0 + math.exp(2.0) / 3.0))


def test_no_pledge_is_kept_or_broken_for_certain() -> None:
    assert joining_by_credence(0.0, 5.0, 0.8, 0.8, False) == pytest.approx(0.01)
    assert joining_by_credence(1.0, 5.0, 0.8, 0.8, False) == pytest.approx(0.99)


@given(SHARE, SHARE, st.floats(0.0, 20.0), st.floats(0.0, 3.0), st.floats(0.0, 3.0), st.booleans())
def test_a_pledge_is_kept_more_often_the_more_it_is_believed_and_the_less_war_costs(
    one: float, two: float, precision: float, dear: float, cheap: float, undeserved: bool
) -> None:
    low, high = sorted((one, two))
    cheap, dear = sorted((dear, cheap))
    less = joining_by_credence(low, precision, 1.0, dear, undeserved)
    assert less <= joining_by_credence(high, precision, 1.0, dear, undeserved) + 1e-15
    assert less <= joining_by_credence(low, precision, 1.0, cheap, undeserved) + 1e-15


def test_a_pledge_is_kept_as_often_as_it_is_believed_in() -> None:
    assert joining_by_credence(0.75, 4.0, 1.0, 1.0, False) == pytest.approx(0.75)
    # logit .75 + 4 (1 - .5) / 2 = 1.0986 + 1
    assert joining_by_credence(0.75, 4.0, 1.0, 0.5, False) == pytest.approx(0.890768, abs=1e-6)
    # logit .75 - 2
    assert joining_by_credence(0.75, 4.0, 1.0, 1.0, True) == pytest.approx(0.288766, abs=1e-6)


@pytest.mark.parametrize(("credence", "held"), [(0.0, 0.01), (1.0, 0.99)])
def test_no_pledge_is_certain(credence: float, held: float) -> None:
    assert joining_by_credence(credence, 4.0, 1.0, 1.0, False) == pytest.approx(held)


# --------------------------------------------------------------------------------------------------------- patron reply


def test_costs_of_a_reply_by_hand() -> None:
    assert reply_cost_free(0.5, 0.8, 1.5, 0.2) == pytest.approx(0.12)
    assert reply_cost_of_war(0.5, 0.8, 0.3) == pytest.approx(0.12)


@given(SHARE, SHARE, SHARE, SHARE)
def test_a_patron_believed_to_come_deters_more(weight: float, one: float, two: float, size: float) -> None:
    low, high = sorted((one, two))
    assert reply_cost_free(weight, 0.0, 1.0, size) == 0.0
    assert reply_cost_free(weight, low, 1.0, size) >= 0.0
    assert reply_cost_free(weight, low, 1.0, size) <= reply_cost_free(weight, high, 1.0, size)
    assert reply_cost_of_war(weight, low, size) <= reply_cost_of_war(weight, high, size)


# ---------------------------------------------------------------------------------------------------------------- leash


def test_leash_cost_by_hand() -> None:
    assert leash_cost(0.2, 0.5, 0.6) == pytest.approx(0.06)


@given(SHARE, SHARE, SHARE, SHARE)
def test_higher_acts_strain_a_stronger_pledge_more(leash: float, strength: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert leash_cost(leash, strength, 0.0) == 0.0
    assert leash_cost(leash, strength, low) >= 0.0
    assert leash_cost(leash, strength, low) <= leash_cost(leash, strength, high)
    assert leash_cost(leash, low, strength) <= leash_cost(leash, high, strength)


# ---------------------------------------------------------------------------------------------------------------- proxy


@given(SHARE, VALUE, VALUE)
def test_a_proxy_wants_something_between_its_own_and_its_principals(control: float, own: float, its: float) -> None:
    low, high = sorted((own, its))
    assert low - 1e-14 <= mixed_utility(control, own, its) <= high + 1e-14
    assert mixed_utility(0.0, own, its) == own
    assert mixed_utility(1.0, own, its) == its
