from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.war_and_contest import critical_risk, cumulative_risk, hazard, probability

LEVEL = st.floats(0.0, 1.0)
SCALE = st.floats(0.0, 1.0)


@given(SCALE, SCALE, LEVEL, LEVEL)
def test_hazard_is_symmetric_and_equals_its_scale_at_onset(f0: float, f1: float, g: float, h: float) -> None:
    assert hazard(f0, f1, g, h) == pytest.approx(hazard(f0, f1, h, g), rel=1e-12)
    assert hazard(f0, f1, 0.5, 0.3) == pytest.approx(f0, rel=1e-12)


@given(SCALE, SCALE, LEVEL, LEVEL, LEVEL)
def test_hazard_rises_with_either_intensity(f0: float, f1: float, g: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert 0.0 <= hazard(f0, f1, g, low) <= hazard(f0, f1, g, high)


def test_a_rung_of_the_default_ladder_multiplies_the_hazard_by_the_slope() -> None:
    assert hazard(0.01, 0.8, 0.6, 0.4) / hazard(0.01, 0.8, 0.4, 0.4) == pytest.approx(math.exp(0.8))


@given(st.floats(0.0, 100.0), st.floats(0.0, 100.0))
def test_probability_joins_hazards_as_if_each_had_been_survived(one: float, two: float) -> None:
    assert 0.0 <= probability(one) <= 1.0
    survived = (1.0 - probability(one)) * (1.0 - probability(two))
    assert 1.0 - probability(one + two) == pytest.approx(survived, abs=1e-15)


@given(LEVEL, st.integers(0, 60))
def test_cumulative_risk(risk: float, times: int) -> None:
    assert cumulative_risk(risk, times) == pytest.approx(1.0 - (1.0 - risk) ** times, abs=1e-13)


@given(st.floats(0.1, 10.0), st.floats(0.1, 10.0))
def test_at_the_critical_risk_standing_firm_is_worth_as_much_as_yielding(win: float, lose: float) -> None:
    risk = critical_risk(win, 0.0, -lose)
    assert 0.0 <= risk <= 1.0
    assert (1.0 - risk) * win + risk * -lose == pytest.approx(0.0, abs=1e-12)
