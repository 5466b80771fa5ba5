from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.beliefs_and_signals import discounted, updated

PROBABILITY = st.floats(0.0, 1.0)
LIKELY = st.floats(1e-6, 1.0)


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
