from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.patron_reply import reply_cost_free, reply_cost_of_war

SHARE = st.floats(0.0, 1.0)


def test_costs_by_hand() -> None:
    assert reply_cost_free(0.5, 0.8, 1.5, 0.2) == pytest.approx(0.12)
    assert reply_cost_of_war(0.5, 0.8, 0.3) == pytest.approx(0.12)


@given(SHARE, SHARE, SHARE, SHARE)
def test_a_patron_believed_to_come_deters_more(weight: float, one: float, two: float, size: float) -> None:
    low, high = sorted((one, two))
    assert reply_cost_free(weight, 0.0, 1.0, size) == 0.0
    assert reply_cost_free(weight, low, 1.0, size) >= 0.0
    assert reply_cost_free(weight, low, 1.0, size) <= reply_cost_free(weight, high, 1.0, size)
    assert reply_cost_of_war(weight, low, size) <= reply_cost_of_war(weight, high, size)
