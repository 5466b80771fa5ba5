from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.domestic_pressure import pressed

SHARE = st.floats(0.0, 1.0)


@given(SHARE, st.floats(0.0, 5.0), SHARE)
def test_pressure_rises_and_stays_a_share(pressure: float, gain: float, intensity: float) -> None:
    assert pressure <= pressed(pressure, gain, intensity) <= 1.0


def test_pressure_stops_at_one_however_great_the_gain() -> None:
    assert pressed(0.5, 5.0, 1.0) == 1.0
    assert pressed(0.2, 0.3, 0.5) == pytest.approx(0.32)
