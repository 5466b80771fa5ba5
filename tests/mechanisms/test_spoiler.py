from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.spoiler import bait_cost, spoiler_gain

SHARE = st.floats(0.0, 1.0)


def test_gain_and_cost_by_hand() -> None:
    assert spoiler_gain(0.3, 0.6) == pytest.approx(0.18)
    assert bait_cost(0.6, 0.5, 0.6) == pytest.approx(0.18)


@given(SHARE, SHARE, SHARE)
def test_a_motive_seen_through_is_served_less_gladly(bait: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert bait_cost(bait, 0.0, 0.8) == 0.0
    assert bait_cost(bait, low, 0.8) <= bait_cost(bait, high, 0.8)
    assert spoiler_gain(bait, low) <= spoiler_gain(bait, high)
