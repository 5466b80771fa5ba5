from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.audiences import audience_cost, elapsed_share

SHARE = st.floats(0.0, 1.0)
DAY = st.floats(0.0, 100.0)


@given(DAY, DAY, DAY)
def test_share_of_time_run_is_a_share(now: float, made: float, due: float) -> None:
    assert 0.0 <= elapsed_share(now, made, due) <= 1.0


@given(DAY, st.floats(0.1, 50.0), SHARE)
def test_share_rises_from_0_when_made_to_1_when_due(made: float, span: float, part: float) -> None:
    due = made + span
    assert elapsed_share(made, made, due) == 0.0
    assert elapsed_share(due, made, due) == 1.0
    assert elapsed_share(made + part * span, made, due) == pytest.approx(part, abs=1e-9)


def test_a_vow_due_at_once_has_run_its_time() -> None:
    assert elapsed_share(3.0, 3.0, 3.0) == 1.0
    assert elapsed_share(1.0, 3.0, 3.0) == 1.0


@given(SHARE, SHARE, SHARE, SHARE, SHARE)
def test_cost_of_falling_short(cost: float, publicity: float, elapsed: float, vowed: float, done: float) -> None:
    total = audience_cost(cost, publicity, elapsed, vowed, done)
    assert 0.0 <= total <= cost * vowed + 1e-15
    assert audience_cost(cost, publicity, elapsed, vowed, vowed) == 0.0
    assert audience_cost(cost, 0.0, elapsed, vowed, done) == 0.0


@given(SHARE, SHARE, SHARE, SHARE)
def test_cost_falls_as_more_is_done_and_rises_with_publicity(
    one: float, two: float, publicity: float, vowed: float
) -> None:
    low, high = sorted((one, two))
    assert audience_cost(0.5, publicity, 1.0, vowed, high) <= audience_cost(0.5, publicity, 1.0, vowed, low)
    assert audience_cost(0.5, low, 1.0, vowed, 0.0) <= audience_cost(0.5, high, 1.0, vowed, 0.0)


def test_cost_by_hand() -> None:
    assert audience_cost(0.5, 0.8, 0.25, 0.6, 0.2) == pytest.approx(0.04)
