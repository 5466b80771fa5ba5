from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import softmax

from escalation.arithmetic.draws import exponential
from escalation.mechanisms.time_and_chance import (
    LEAST_GAP,
    background_gap,
    information_weight,
    kept_share,
    logit_choice,
    relaxed,
    response_delay,
    shaken,
    shock_correlation,
    slowed,
)

PRECISION = st.floats(0.0, 50.0)
UTILITIES = st.lists(st.floats(-10.0, 10.0), min_size=1, max_size=12)
DAYS = st.floats(0.0, 500.0)
INSIDE = st.floats(1e-6, 1.0 - 1e-6)
MEDIAN = st.floats(0.5, 30.0)
SPREAD = st.floats(0.1, 2.0)
LEAST_DELAY = 1.0
SHARE = st.floats(0.0, 1.0)
VALUE = st.floats(-5.0, 5.0)


# ----------------------------------------------------------------------------------------------------- quantal response


def choice(precision: float, utilities: list[float], crowding: list[float] | None = None) -> list[float]:
    probabilities = [0.0] * len(utilities)
    logit_choice(precision, utilities, crowding or [0.0] * len(utilities), probabilities)
    return probabilities


@given(PRECISION, UTILITIES)
def test_is_a_softmax_and_sums_to_one(precision: float, utilities: list[float]) -> None:
    probabilities = choice(precision, utilities)
    assert probabilities == pytest.approx(softmax(precision * np.array(utilities)), abs=1e-14)
    assert math.fsum(probabilities) == pytest.approx(1.0, abs=1e-14)


@given(UTILITIES, st.floats(-1e6, 1e6))
def test_only_differences_of_utility_count(utilities: list[float], shift: float) -> None:
    assert choice(2.0, [u + shift for u in utilities]) == pytest.approx(choice(2.0, utilities), abs=1e-8)


@given(UTILITIES)
def test_without_precision_all_acts_are_equally_likely(utilities: list[float]) -> None:
    assert choice(0.0, utilities) == pytest.approx([1.0 / len(utilities)] * len(utilities))


@given(PRECISION, UTILITIES)
def test_better_acts_are_likelier(precision: float, utilities: list[float]) -> None:
    by_utility = sorted(zip(utilities, choice(precision, utilities), strict=True))
    probabilities = [probability for _, probability in by_utility]
    assert probabilities == sorted(probabilities)


@given(PRECISION, UTILITIES, st.floats(0.0, 5.0))
def test_an_act_that_gets_better_gets_likelier(precision: float, utilities: list[float], more: float) -> None:
    better = [utilities[0] + more, *utilities[1:]]
    assert choice(precision, better)[0] >= choice(precision, utilities)[0] - 1e-15


@given(PRECISION, st.floats(-5.0, 5.0), st.floats(-5.0, 5.0), st.integers(2, 40))
def test_splitting_an_act_into_like_rungs_makes_it_no_likelier(
    precision: float, one: float, other: float, rungs: int
) -> None:
    whole = choice(precision, [one, other])
    split = choice(precision, [one] + [other] * rungs, [0.0] + [math.log(rungs)] * rungs)
    assert split[0] == pytest.approx(whole[0], abs=1e-13)


def test_utilities_beyond_any_exponent() -> None:
    assert choice(4.0, [0.0, -1e6]) == pytest.approx([1.0, 0.0])
    assert choice(1e6, [0.0, 1e6, 1e6]) == pytest.approx([0.0, 0.5, 0.5])


# ---------------------------------------------------------------------------------------------------------- persistence


@given(DAYS, st.floats(1.0, 500.0))
def test_what_an_act_teaches_grows_with_the_time_since_the_last(days: float, persistence: float) -> None:
    correlation = shock_correlation(days, persistence)
    assert correlation == pytest.approx(math.exp(-days / persistence))
    assert 0.0 <= information_weight(correlation) <= 1.0
    assert information_weight(shock_correlation(0.0, persistence)) == 0.0
    assert information_weight(shock_correlation(days + 1.0, persistence)) >= information_weight(correlation)


# ---------------------------------------------------------------------------------------------------------------- clock


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
    assert background_gap(tempo, exponential(u)) == pytest.approx(stats.expon(scale=tempo).isf(u), rel=1e-12)


@given(st.floats(0.0, LEAST_GAP), INSIDE)
def test_no_clock_ticks_more_often_than_the_shortest_period(tempo: float, u: float) -> None:
    gap = exponential(u)
    assert background_gap(tempo, gap) == background_gap(LEAST_GAP, gap) > 0.0


def test_the_least_delay_can_be_none() -> None:
    u = stats.norm.cdf(-2.0)
    assert response_delay(0.5, 0.5, 0.0, 0.0, u) == pytest.approx(0.5 * math.exp(-1.0))
    assert response_delay(0.5, 0.5, 0.0, 4.0, u) == 4.0


# ---------------------------------------------------------------------------------------------------------------- decay


@given(DAYS, DAYS, st.floats(0.5, 200.0))
def test_what_is_left_halves_by_the_half_life_and_needs_no_steps(one: float, two: float, half: float) -> None:
    assert kept_share(half, half) == pytest.approx(0.5)
    assert kept_share(one, half) * kept_share(two, half) == pytest.approx(kept_share(one + two, half), rel=1e-9)
    assert 0.0 < kept_share(one, half) <= 1.0


@given(VALUE, VALUE, SHARE)
def test_what_relaxes_lies_between_its_value_and_its_baseline(value: float, baseline: float, share: float) -> None:
    low, high = sorted((value, baseline))
    assert low - 1e-14 <= relaxed(value, baseline, share) <= high + 1e-14
    assert relaxed(value, baseline, 1.0) == pytest.approx(value)
    assert relaxed(value, baseline, 0.0) == baseline


# ------------------------------------------------------------------------------------------------------- internal shock


@given(SHARE)
def test_an_actor_shaken_at_home_is_weaker_and_slower(weakness: float) -> None:
    assert 0.0 <= shaken(2.0, weakness) <= 2.0
    assert 5.0 <= slowed(5.0, weakness) <= 500.0


def test_an_internal_shock_by_hand() -> None:
    assert shaken(2.0, 0.25) == 1.5
    assert slowed(6.0, 0.5) == 12.0
    assert slowed(6.0, 1.0) == 600.0
