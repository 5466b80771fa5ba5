from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from escalation.mechanisms.incidents import excitation_after, intensity, log_likelihood, waiting_time

INSIDE = st.floats(1e-6, 1.0 - 1e-6)
RATE = st.floats(0.01, 3.0)
TIMES = st.lists(st.floats(0.01, 9.9), max_size=8, unique=True).map(sorted)


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
