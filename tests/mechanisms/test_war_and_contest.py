from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from escalation.mechanisms.war_and_contest import (
    alarmed,
    critical_risk,
    cumulative_risk,
    destruction_value,
    exchange_value,
    excitation_after,
    exposure_hazard,
    feared_reply,
    first_strike_gain,
    hazard,
    intensity,
    log_likelihood,
    probability,
    reassured,
    strength,
    success,
    waiting_time,
    war_value,
)

SHARE = st.floats(0.0, 1.0)
SIZE = st.floats(1e-3, 1e3)
EXPONENT = st.floats(0.0, 5.0)
LEVEL = st.floats(0.0, 1.0)
SCALE = st.floats(0.0, 1.0)
INSIDE = st.floats(1e-6, 1.0 - 1e-6)
RATE = st.floats(0.01, 3.0)
TIMES = st.lists(st.floats(0.01, 9.9), max_size=8, unique=True).map(sorted)
RATIO = st.floats(1.0, 20.0)


# ----------------------------------------------------------------------------------------------------------- bargaining


@given(SHARE, SHARE, SHARE, SHARE)
def test_a_status_quo_power_has_nothing_to_win(stake: float, own: float, other: float, victory: float) -> None:
    assert exchange_value(stake, 0.0, own, other) <= 0.0
    assert war_value(stake, 0.0, victory) <= 0.0
    assert exchange_value(stake, 0.0, own, other) == exchange_value(stake, 0.0, 0.0, other)


@given(SHARE, SHARE, SHARE, SHARE)
def test_war_is_worth_more_where_victory_is_likelier(stake: float, rev: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert -stake <= war_value(stake, rev, low) <= war_value(stake, rev, high) + 1e-15
    assert war_value(stake, rev, 1.0) == pytest.approx(stake * rev)
    assert war_value(stake, rev, 0.0) == pytest.approx(-stake)


def test_destruction_costs_its_price_by_the_more_destructive_act() -> None:
    assert destruction_value(0.7, 0.1, 0.3) == pytest.approx(-0.21)
    assert destruction_value(0.7, 0.3, 0.1) == pytest.approx(-0.21)
    assert destruction_value(0.0, 0.3, 0.1) == 0.0


def test_destruction_is_that_of_the_more_destructive_act() -> None:
    assert destruction_value(0.7, 0.1, 0.3) == pytest.approx(-0.21)


# -------------------------------------------------------------------------------------------------------------- contest


@given(SIZE, SIZE, EXPONENT)
def test_the_odds_of_both_sides_sum_to_one(own: float, other: float, m: float) -> None:
    assert 0.0 <= success(own, other, m) <= 1.0
    assert success(own, other, m) + success(other, own, m) == pytest.approx(1.0, abs=1e-14)


@given(SIZE, SIZE, SIZE, EXPONENT)
def test_more_strength_wins_more_often(one: float, two: float, other: float, m: float) -> None:
    low, high = sorted((one, two))
    assert success(low, other, m) <= success(high, other, m) + 1e-15


@given(SIZE, SIZE, EXPONENT, st.floats(0.01, 100.0))
def test_only_relative_strength_counts(own: float, other: float, m: float, scale: float) -> None:
    assert success(own, other, m) == pytest.approx(success(scale * own, scale * other, m), rel=1e-12)


@given(SIZE, SIZE, EXPONENT, EXPONENT)
def test_a_greater_exponent_favours_the_stronger(own: float, other: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    stronger, weaker = max(own, other), min(own, other)
    assert success(stronger, weaker, high) >= success(stronger, weaker, low) - 1e-15


def test_nobody_without_any_strength_is_ahead() -> None:
    assert success(0.0, 0.0, 1.0) == 0.5
    assert success(1.0, 0.0, 2.0) == 1.0
    assert success(1.0, 9.0, 0.0) == 0.5


@given(SIZE, st.integers(1, 9), st.floats(0.0, 10.0))
def test_strength_is_divided_among_fronts_and_joined_by_patrons(k: float, fronts: int, support: float) -> None:
    assert strength(k, fronts, support) == k / fronts + support


# --------------------------------------------------------------------------------------------------------- brinkmanship


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


# ------------------------------------------------------------------------------------------------------------- accident


def test_hazard_grows_with_the_days_on_alert() -> None:
    assert exposure_hazard(0.0002, 14.0) == pytest.approx(0.0028)


@given(st.floats(0.0, 1.0), st.floats(0.0, 50.0), st.floats(0.0, 50.0))
def test_hazards_of_two_spells_add_up(hazard: float, one: float, two: float) -> None:
    both = exposure_hazard(hazard, one) + exposure_hazard(hazard, two)
    assert exposure_hazard(hazard, one + two) == pytest.approx(both)


# ------------------------------------------------------------------------------------------------------------ incidents


def naive_intensity(rate: float, jump: float, decay: float, times: list[float], now: float) -> float:
    return rate + sum(jump * math.exp(-decay * (now - t)) for t in times if t < now)


@given(RATE, RATE, RATE, TIMES, st.floats(0.0, 12.0))
def test_intensity(rate: float, jump: float, decay: float, times: list[float], now: float) -> None:
    exact = naive_intensity(rate, jump, decay, times, now)
    assert intensity(rate, jump, decay, times, now) == pytest.approx(exact, rel=1e-12)


@given(RATE, RATE, RATE, TIMES)
def test_log_likelihood(rate: float, jump: float, decay: float, times: list[float]) -> None:
    logs = sum(math.log(naive_intensity(rate, jump, decay, times, t)) for t in times)
    edges = [0.0, *times, 10.0]
    pieces = pairwise(edges)
    total = sum(quad(lambda t: naive_intensity(rate, jump, decay, times, t), a, b)[0] for a, b in pieces)
    assert log_likelihood(rate, jump, decay, times, 10.0) == pytest.approx(logs - total, rel=1e-7, abs=1e-7)


def test_without_any_incident_the_likelihood_is_that_of_silence() -> None:
    assert log_likelihood(0.3, 0.5, 1.0, [], 10.0) == -3.0


@given(RATE, INSIDE, INSIDE)
def test_without_excitation_waits_are_exponential(rate: float, u: float, v: float) -> None:
    assert waiting_time(rate, 0.0, 1.0, u, v) == pytest.approx(-math.log(u) / rate)


@given(RATE, RATE, RATE, INSIDE, INSIDE)
def test_the_earlier_of_two_comes(rate: float, excitation: float, decay: float, u: float, v: float) -> None:
    background = waiting_time(rate, 0.0, decay, u, v)
    excited = waiting_time(0.0, excitation, decay, u, v)
    assert waiting_time(rate, excitation, decay, u, v) == min(background, excited)


@given(RATE, RATE, INSIDE)
def test_an_excited_wait_uses_up_what_was_drawn(excitation: float, decay: float, v: float) -> None:
    # The time-change of the process: excitation summed over the wait is a standard exponential number.
    wait = waiting_time(0.0, excitation, decay, 0.5, v)
    spent = excitation / decay * (1.0 - math.exp(-decay * wait)) if wait < math.inf else excitation / decay
    if wait < math.inf:
        assert spent == pytest.approx(-math.log(v), rel=1e-6)
    else:
        assert spent <= -math.log(v)


def test_nothing_comes_of_nothing() -> None:
    assert waiting_time(0.0, 0.0, 1.0, 0.5, 0.5) == math.inf
    assert waiting_time(0.0, 1e-9, 1.0, 0.5, 0.5) == math.inf


@given(RATE, RATE, st.floats(0.0, 20.0), st.floats(0.0, 20.0))
def test_excitation_decays_without_memory_of_steps(level: float, decay: float, one: float, two: float) -> None:
    both = excitation_after(level, decay, one + two)
    assert excitation_after(excitation_after(level, decay, one), decay, two) == pytest.approx(both, rel=1e-9)
    assert 0.0 <= both <= level


def test_waits_have_the_law_of_the_intensity() -> None:
    # P(wait > t) = exp(−∫λ); on a fine grid of both draws the empirical law is within the grid's width.
    grid = (np.arange(300) + 0.5) / 300.0
    waits = np.array([waiting_time(0.2, 0.7, 0.5, u, v) for u in grid for v in grid])
    for t in (0.5, 1.0, 3.0, 8.0):
        survival = math.exp(-0.2 * t - 0.7 / 0.5 * (1.0 - math.exp(-0.5 * t)))
        assert np.mean(waits > t) == pytest.approx(survival, abs=2.0 / 300.0)


# ----------------------------------------------------------------------------------------------------------------- fear


@given(SHARE, RATIO, SHARE)
def test_mobilisation_alarms_but_not_where_fear_explains_it(fear: float, strength: float, motive: float) -> None:
    assert fear - 1e-15 <= alarmed(fear, strength, motive) <= 1.0
    assert alarmed(fear, strength, 1.0) == pytest.approx(fear, abs=1e-15)
    assert alarmed(fear, 1.0, motive) == pytest.approx(fear, abs=1e-15)


@given(SHARE, RATIO, SHARE, SHARE)
def test_a_security_motive_discounts_alarm(fear: float, strength: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert alarmed(fear, strength, high) <= alarmed(fear, strength, low) + 1e-15


@given(SHARE, RATIO, SHARE, SHARE)
def test_reassurance_calms_the_more_it_is_believed(fear: float, strength: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert 0.0 <= reassured(fear, strength, high) <= reassured(fear, strength, low) + 1e-15
    assert reassured(fear, strength, 0.0) == pytest.approx(fear, abs=1e-15)


@given(st.lists(st.floats(0.01, 1.0), min_size=2, max_size=6), SHARE, st.data())
def test_feared_replies_still_sum_to_one(weights: list[float], fear: float, data: st.DataObject) -> None:
    attack = data.draw(st.integers(0, len(weights) - 1))
    replies = [w / sum(weights) for w in weights]
    feared = [feared_reply(p, fear, k == attack) for k, p in enumerate(replies)]
    assert math.fsum(feared) == pytest.approx(1.0)
    assert feared[attack] >= replies[attack] - 1e-15


# --------------------------------------------------------------------------------------------------------- first strike


def test_gain_of_going_first_by_hand() -> None:
    assert first_strike_gain(0.4, 0.3) == pytest.approx(0.12)


@given(SHARE, SHARE, SHARE)
def test_gain_grows_with_fear_and_is_none_without(advantage: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert first_strike_gain(advantage, 0.0) == 0.0
    assert first_strike_gain(advantage, low) <= first_strike_gain(advantage, high) <= advantage
