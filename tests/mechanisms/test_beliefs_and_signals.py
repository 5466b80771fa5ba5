from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.beliefs_and_signals import (
    after_broken_word,
    days_until_leak,
    denied_weight,
    discounted,
    likelihood_if_false,
    likelihood_if_true,
    posterior_weight,
    resolve_likelihood,
    updated,
    weight,
)

PROBABILITY = st.floats(0.0, 1.0)
LIKELY = st.floats(1e-6, 1.0)
SHARE = st.floats(0.0, 1.0)
INNER = st.floats(0.01, 0.99)


# ---------------------------------------------------------------------------------------------------------------- bayes


@given(PROBABILITY, LIKELY, LIKELY, PROBABILITY)
def test_a_belief_stays_a_probability(p: float, l1: float, l0: float, weight: float) -> None:
    assert 0.0 <= updated(p, l1, l0, weight) <= 1.0


@given(PROBABILITY, LIKELY, LIKELY)
def test_what_is_not_believed_leaves_the_belief_alone(p: float, l1: float, l0: float) -> None:
    assert updated(p, l1, l0, 0.0) == pytest.approx(p, abs=1e-15)


@given(PROBABILITY, LIKELY, LIKELY)
def test_full_weight_is_bayes_rule(p: float, l1: float, l0: float) -> None:
    assert updated(p, l1, l0, 1.0) == pytest.approx(p * l1 / (p * l1 + (1.0 - p) * l0), rel=1e-13)


@given(PROBABILITY, LIKELY, LIKELY, PROBABILITY, PROBABILITY)
def test_more_weight_moves_further_the_way_of_the_evidence(
    p: float, l1: float, l0: float, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    moved, further = updated(p, l1, l0, low) - p, updated(p, l1, l0, high) - p
    sign = 1.0 if l1 >= l0 else -1.0
    assert -1e-15 <= sign * moved <= sign * further + 1e-15


@given(PROBABILITY, PROBABILITY, LIKELY, LIKELY, PROBABILITY)
def test_a_stronger_prior_stays_stronger(p: float, q: float, l1: float, l0: float, weight: float) -> None:
    low, high = sorted((p, q))
    assert updated(low, l1, l0, weight) <= updated(high, l1, l0, weight) + 1e-15


@given(st.floats(0.001, 0.999), *[st.floats(1e-3, 1.0)] * 4)
def test_the_order_of_two_reports_does_not_matter(p: float, a1: float, a0: float, b1: float, b0: float) -> None:
    one = updated(updated(p, a1, a0, 0.7), b1, b0, 0.4)
    other = updated(updated(p, b1, b0, 0.4), a1, a0, 0.7)
    assert one == pytest.approx(other, rel=1e-12)


@given(PROBABILITY)
def test_what_was_impossible_either_way_teaches_nothing(p: float) -> None:
    assert updated(p, 0.0, 0.0, 1.0) == p


@given(PROBABILITY, PROBABILITY, PROBABILITY)
def test_a_discounted_likelihood_lies_between_its_own_and_the_mean(l1: float, l0: float, weight: float) -> None:
    mean = 0.5 * (l1 + l0)
    low, high = sorted((l1, mean))
    assert low - 1e-15 <= discounted(l1, l0, weight) <= high + 1e-15
    assert discounted(l1, l0, weight) + discounted(l0, l1, weight) == pytest.approx(l1 + l0, abs=1e-15)


# ----------------------------------------------------------------------------------------------------------- signalling


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


# -------------------------------------------------------------------------------------------------------------- honesty


@given(SHARE, SHARE)
def test_a_broken_word_costs_honesty(honesty: float, loss: float) -> None:
    assert 0.0 <= after_broken_word(honesty, loss) <= honesty
    assert after_broken_word(honesty, 0.0) == honesty


# ----------------------------------------------------------------------------------------------------------------- leak


@given(st.floats(1e-4, 5.0), st.floats(1e-6, 1.0 - 1e-6))
def test_leaks_come_at_a_constant_hazard(hazard: float, u: float) -> None:
    assert math.exp(-hazard * days_until_leak(hazard, u)) == pytest.approx(u, rel=1e-9)


def test_without_a_hazard_nothing_leaks() -> None:
    assert days_until_leak(0.0, 0.5) == math.inf


# ---------------------------------------------------------------------------------------------------------- attribution


@given(INNER, INNER, INNER)
def test_odds_of_a_hypothesis_are_multiplied_by_the_likelihood_ratio(prior: float, here: float, there: float) -> None:
    mine, rest = posterior_weight(prior, here), posterior_weight(1.0 - prior, there)
    odds = prior / (1.0 - prior) * here / there
    assert mine / (mine + rest) == pytest.approx(odds / (1.0 + odds))


@given(INNER, INNER, INNER)
def test_a_denial_that_is_not_believed_changes_nothing(p: float, guilty: float, innocent: float) -> None:
    mine = denied_weight(p, guilty, innocent, 0.0, True)
    rest = denied_weight(1.0 - p, guilty, innocent, 0.0, False)
    assert mine / (mine + rest) == pytest.approx(p)


@given(INNER, SHARE, SHARE)
def test_a_denial_exculpates_the_more_it_is_believed(p: float, one: float, two: float) -> None:
    def blame(weight: float) -> float:
        mine = denied_weight(p, 0.25, 0.75, weight, True)
        return mine / (mine + denied_weight(1.0 - p, 0.25, 0.75, weight, False))

    low, high = sorted((one, two))
    assert blame(high) <= blame(low) + 1e-15
    assert blame(low) <= p + 1e-15
