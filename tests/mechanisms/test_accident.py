from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.accident import exposure_hazard


def test_hazard_grows_with_the_days_on_alert() -> None:
    assert exposure_hazard(0.0002, 14.0) == pytest.approx(0.0028)


@given(st.floats(0.0, 1.0), st.floats(0.0, 50.0), st.floats(0.0, 50.0))
def test_hazards_of_two_spells_add_up(hazard: float, one: float, two: float) -> None:
    both = exposure_hazard(hazard, one) + exposure_hazard(hazard, two)
    assert exposure_hazard(hazard, one + two) == pytest.approx(both)
