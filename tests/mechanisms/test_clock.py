from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from escalation.mechanisms.clock import LEAST_GAP, background_gap, response_delay

INSIDE = st.floats(1e-6, 1.0 - 1e-6)
MEDIAN = st.floats(0.5, 30.0)
SPREAD = st.floats(0.1, 2.0)

LEAST_DELAY = 1.0


@given(MEDIAN, SPREAD, INSIDE)
def test_delay_is_lognormal_but_at_least_a_day(median: float, spread: float, u: float) -> None:
    exact = stats.lognorm(spread, scale=median).ppf(u)
    assert response_delay(median, spread, 0.0, LEAST_DELAY, u) == pytest.approx(max(exact, LEAST_DELAY), rel=1e-9)


@given(MEDIAN, SPREAD, INSIDE, st.floats(0.1, 40.0))
def test_delay_after_a_silence_is_the_delay_given_that_it_is_longer(
    median: float, spread: float, u: float, silence: float
) -> None:
    law = stats.lognorm(spread, scale=median)
    # Conditional quantiles by the tail: sf(x) = (1 − u)·sf(silence); exact while the tail is no mere rounding.
    if law.sf(silence) < 1e-3:
        return
    exact = max(law.isf((1.0 - u) * law.sf(silence)), LEAST_DELAY, silence)
    assert response_delay(median, spread, silence, LEAST_DELAY, u) == pytest.approx(exact, rel=1e-6)


@given(MEDIAN, SPREAD, INSIDE, INSIDE, st.floats(0.0, 1e4))
def test_delay_rises_with_the_draw_and_is_never_before_the_silence_ended(
    median: float, spread: float, one: float, two: float, silence: float
) -> None:
    low, high = sorted((one, two))
    early, late = (response_delay(median, spread, silence, LEAST_DELAY, u) for u in (low, high))
    assert max(silence, LEAST_DELAY) <= early <= late < math.inf


@given(SPREAD, INSIDE)
def test_a_slower_actor_takes_longer(spread: float, u: float) -> None:
    assert response_delay(5.0, spread, 0.0, LEAST_DELAY, u) <= response_delay(10.0, spread, 0.0, LEAST_DELAY, u)


def test_median_is_the_median() -> None:
    assert response_delay(6.0, 1.4, 0.0, LEAST_DELAY, 0.5) == pytest.approx(6.0, rel=1e-12)


@given(st.floats(0.1, 100.0), INSIDE)
def test_background_gap_is_exponential(tempo: float, u: float) -> None:
    assert background_gap(tempo, u) == pytest.approx(stats.expon(scale=tempo).isf(u), rel=1e-12)


@given(st.floats(0.0, LEAST_GAP), INSIDE)
def test_no_clock_ticks_more_often_than_the_shortest_period(tempo: float, u: float) -> None:
    assert background_gap(tempo, u) == background_gap(LEAST_GAP, u) > 0.0


def test_the_least_delay_can_be_none() -> None:
    u = stats.norm.cdf(-2.0)
    assert response_delay(0.5, 0.5, 0.0, 0.0, u) == pytest.approx(0.5 * math.exp(-1.0))
    assert response_delay(0.5, 0.5, 0.0, 4.0, u) == 4.0
