from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.first_strike import first_strike_gain

SHARE = st.floats(0.0, 1.0)


def test_gain_by_hand() -> None:
    assert first_strike_gain(0.4, 0.3) == pytest.approx(0.12)


@given(SHARE, SHARE, SHARE)
def test_gain_grows_with_fear_and_is_none_without(advantage: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert first_strike_gain(advantage, 0.0) == 0.0
    assert first_strike_gain(advantage, low) <= first_strike_gain(advantage, high) <= advantage
