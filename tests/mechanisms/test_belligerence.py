from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.belligerence import belligerence_cost, felt_at_home

SHARE = st.floats(0.0, 1.0)


def test_cost_by_hand() -> None:
    assert belligerence_cost(0.4, 0.25, 0.1, 0.5) == pytest.approx(0.2)


@given(SHARE, SHARE, SHARE)
def test_belligerence_costs_less_under_pressure_and_more_while_mediation_lasts(
    cost: float, one: float, two: float
) -> None:
    low, high = sorted((one, two))
    assert belligerence_cost(cost, high, 0.0, 0.6) <= belligerence_cost(cost, low, 0.0, 0.6)
    assert belligerence_cost(cost, low, 0.3, 0.6) >= belligerence_cost(cost, low, 0.0, 0.6)


def test_limited_force_alone_is_discounted_at_home() -> None:
    assert felt_at_home(0.6, 0.5, True) == pytest.approx(0.3)
    assert felt_at_home(0.6, 0.5, False) == 0.6
    assert felt_at_home(0.6, 0.0, True) == 0.6
    assert felt_at_home(0.6, 1.0, True) == 0.0
