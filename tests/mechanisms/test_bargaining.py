from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.bargaining import destruction_value, exchange_value, war_value

SHARE = st.floats(0.0, 1.0)


@given(SHARE, SHARE, SHARE, SHARE)
def test_a_status_quo_power_has_nothing_to_win(stake: float, own: float, other: float, victory: float) -> None:
    assert exchange_value(stake, 0.0, own, other) <= 0.0
    assert war_value(stake, 0.0, victory) <= 0.0
    assert exchange_value(stake, 0.0, own, other) == exchange_value(stake, 0.0, 0.0, other)


@given(SHARE, SHARE, SHARE, SHARE)
def test_war_is_worth_more_where_victory_is_likelier(stake: float, rev: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert -stake <= war_value(stake, rev, low) <= war_value(stake, rev, high) + 1e-15
    assert war_value(stake, rev, 1.0) == pytest.approx(stake * rev)
    assert war_value(stake, rev, 0.0) == pytest.approx(-stake)


def test_destruction_costs_its_price_by_the_more_destructive_act() -> None:
    assert destruction_value(0.7, 0.1, 0.3) == pytest.approx(-0.21)
    assert destruction_value(0.7, 0.3, 0.1) == pytest.approx(-0.21)
    assert destruction_value(0.0, 0.3, 0.1) == 0.0
