from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.conciliation import (
    amends_share,
    appeal_cost,
    assured_reply,
    bait_cost,
    concession_value,
    forgiven,
    reply_value,
    sincere_reply,
    spoiler_gain,
)

SHARE = st.floats(0.0, 1.0)


# --------------------------------------------------------------------------------------------------------- conciliation


@pytest.mark.parametrize(
    ("concession", "expected"),
    [(0.1, -2.0 * (0.1 + 0.5 * 0.1)), (-0.1, 2.0 * 0.1), (0.0, 0.0)],
)
def test_a_concession_costs_the_revisionist_more(concession: float, expected: float) -> None:
    assert concession_value(2.0, 0.5, concession) == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize(
    ("conciliates", "met", "taken", "expected"),
    [
        (False, False, 0.4, 0.0),
        (False, True, 0.0, 2.0 * 0.5 * 0.1),
        (True, True, 0.0, 2.0 * 0.5 * 0.1 + 2.0 * 0.3),
        (True, False, 0.4, -1.5 * 2.0 * 0.4),
        (True, False, 0.0, 0.0),
    ],
)
def test_conciliation_in_an_exchange(conciliates: bool, met: bool, taken: float, expected: float) -> None:
    value = reply_value(2.0, 0.5, 0.1, 0.3, 1.5, conciliates, met, taken)
    assert value == pytest.approx(expected, abs=1e-15)


def test_who_wants_to_be_struck_or_has_refused_is_not_expected_to_conciliate() -> None:
    assert sincere_reply(0.4, 0.25, False) == pytest.approx(0.3)
    assert sincere_reply(0.4, 0.25, True) == 0.0


def test_an_assurance_moves_replies_to_conciliation() -> None:
    others, answer = (0.5, 0.3), 0.2
    assert assured_reply(answer, 0.25, True) == pytest.approx(0.2 + 0.25 * 0.8)
    assert sum(assured_reply(p, 0.25, False) for p in others) + assured_reply(answer, 0.25, True) == pytest.approx(1.0)
    assert assured_reply(answer, 1.0, True) == 1.0
    assert assured_reply(0.5, 1.0, False) == 0.0
    assert assured_reply(0.5, 0.0, False) == 0.5


def test_amends_are_made_by_whoever_is_blamed() -> None:
    assert forgiven(0.8, 0.5, 1.0) == pytest.approx(0.4)
    assert forgiven(0.8, 0.5, 0.25) == pytest.approx(0.7)
    assert amends_share(0.5, 0.4) == pytest.approx(0.2)
    assert appeal_cost(0.3, 0.5) == pytest.approx(0.15)


# -------------------------------------------------------------------------------------------------------------- spoiler


def test_gain_of_a_spoiler_and_cost_of_bait_by_hand() -> None:
    assert spoiler_gain(0.3, 0.6) == pytest.approx(0.18)
    assert bait_cost(0.6, 0.5, 0.6) == pytest.approx(0.18)


@given(SHARE, SHARE, SHARE)
def test_a_motive_seen_through_is_served_less_gladly(bait: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert bait_cost(bait, 0.0, 0.8) == 0.0
    assert bait_cost(bait, low, 0.8) <= bait_cost(bait, high, 0.8)
    assert spoiler_gain(bait, low) <= spoiler_gain(bait, high)
