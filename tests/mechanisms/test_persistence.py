from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.persistence import information_weight, shock_correlation

DAYS = st.floats(0.0, 500.0)


@given(DAYS, st.floats(1.0, 500.0))
def test_what_an_act_teaches_grows_with_the_time_since_the_last(days: float, persistence: float) -> None:
    correlation = shock_correlation(days, persistence)
    assert correlation == pytest.approx(math.exp(-days / persistence))
    assert 0.0 <= information_weight(correlation) <= 1.0
    assert information_weight(shock_correlation(0.0, persistence)) == 0.0
    assert information_weight(shock_correlation(days + 1.0, persistence)) >= information_weight(correlation)
