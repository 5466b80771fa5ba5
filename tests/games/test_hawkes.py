from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from escalation.errors import StudyError
from escalation.games import hawkes
from escalation.games.hawkes import Hawkes

PROCESS = Hawkes(rate=0.2, jump=0.4, decay=1.0)
RATE = st.floats(0.05, 2.0)


@given(RATE, RATE, RATE, st.floats(0.0, 10.0))
def test_expected_count_solves_the_equation_of_the_mean(m: float, jump: float, decay: float, days: float) -> None:
    # d(excitation)/dt = α·(m + excitation) − b·excitation; dN/dt = m + excitation.
    def change(_: float, state: Any) -> list[float]:
        return [jump * (m + state[0]) - decay * state[0], m + state[0]]

    exact = solve_ivp(change, (0.0, days), [0.0, 0.0], rtol=1e-10, atol=1e-12).y[1, -1]
    assert Hawkes(m, jump, decay).expected_count(days) == pytest.approx(exact, rel=1e-7, abs=1e-9)


def test_expected_count_is_smooth_where_the_branching_ratio_is_one() -> None:
    counts = [Hawkes(0.3, jump, 1.0).expected_count(10.0) for jump in (1.0 - 1.1e-5, 1.0, 1.0 + 1.1e-5)]
    assert counts[1] == pytest.approx(0.3 * 10.0 + 0.3 * 50.0)
    assert counts[0] < counts[1] < counts[2]
    assert counts[2] - counts[0] == pytest.approx(2.2e-5 * 0.3 * (50.0 + 1000.0 / 6.0), rel=1e-3)


def test_an_explosive_process_has_no_long_run() -> None:
    wild = Hawkes(0.1, 2.0, 1.0)
    assert wild.mean_rate == wild.cluster_size == wild.fano_factor == math.inf
    assert wild.expected_count(1000.0) == math.inf
    assert Hawkes(0.0, 2.0, 1.0).mean_rate == Hawkes(0.0, 2.0, 1.0).expected_count(1000.0) == 0.0


def test_simulated_counts_have_their_mean_and_variance() -> None:
    # 4 standard errors: a false alarm in 16,000 seeds; the seed is fixed.
    counts = np.array([len(PROCESS.simulate(10.0, seed=5, run=run)) for run in range(4000)])
    error = counts.std(ddof=1) / math.sqrt(len(counts))
    assert counts.mean() == pytest.approx(PROCESS.expected_count(10.0), abs=4.0 * error)


def test_simulated_times_become_a_poisson_process_when_time_runs_by_intensity() -> None:
    times = PROCESS.simulate(3000.0, seed=3)
    compensated = []
    excitation, last = 0.0, 0.0
    for time in times:
        compensated.append(0.2 * (time - last) + excitation * (1.0 - math.exp(-(time - last))))
        excitation, last = excitation * math.exp(-(time - last)) + 0.4, time
    gaps = np.array(compensated)
    assert gaps.mean() == pytest.approx(1.0, abs=4.0 / math.sqrt(len(gaps)))
    assert np.mean(gaps > 1.0) == pytest.approx(math.exp(-1.0), abs=2.0 / math.sqrt(len(gaps)))


def test_a_run_is_named_by_seed_and_run_and_a_longer_one_begins_alike() -> None:
    short, long = PROCESS.simulate(50.0, seed=2**40 + 1, run=7), PROCESS.simulate(80.0, seed=2**40 + 1, run=7)
    assert long[: len(short)].tolist() == short.tolist()
    assert PROCESS.simulate(50.0, seed=1, run=7).tolist() != short.tolist()
    assert np.all(np.diff(long) > 0.0)


def test_intensity_and_likelihood_are_those_of_the_crisis() -> None:
    assert PROCESS.intensity([1.0, 2.0], 2.5) == pytest.approx(0.2 + 0.4 * (math.exp(-1.5) + math.exp(-0.5)))
    assert PROCESS.intensity([], 3.0) == 0.2
    assert PROCESS.log_likelihood([], 10.0) == pytest.approx(-2.0)


def test_the_likelihood_is_greatest_near_the_truth() -> None:
    times = PROCESS.simulate(2000.0, seed=11)
    truth = PROCESS.log_likelihood(times, 2000.0)
    for other in (Hawkes(0.05, 0.4, 1.0), Hawkes(0.2, 0.1, 1.0), Hawkes(0.2, 0.4, 0.5), Hawkes(0.2, 0.4, 4.0)):
        assert other.log_likelihood(times, 2000.0) < truth - 10.0


@pytest.mark.parametrize(
    ("fields", "said"),
    [((-0.1, 0.4, 1.0), "rate"), ((0.1, -0.4, 1.0), "jump"), ((0.1, 0.4, 0.0), "decay"), ((0.1, 0.4, "b"), "decay")],
)
def test_bad_parameters_are_refused(fields: tuple[Any, ...], said: str) -> None:
    with pytest.raises(StudyError, match=said):
        Hawkes(*fields)


def test_an_impossible_history_has_no_likelihood() -> None:
    """At a rate of 0 there is no first incident, however it would excite others; below any floor is no likelihood."""
    for times in ([1.0], [0.0], [1.0, 1.5]):
        assert Hawkes(rate=0.0, jump=0.4, decay=1.0).log_likelihood(times, 10.0) == -math.inf
    assert Hawkes(rate=0.0, jump=0.4, decay=1.0).log_likelihood([], 10.0) == 0.0
    rare = Hawkes(rate=1e-305, jump=0.0, decay=1.0)
    assert rare.log_likelihood([1.0], 10.0) == pytest.approx(math.log(1e-305), rel=1e-12)


def test_bad_times_and_names_of_runs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StudyError, match="times must rise"):
        PROCESS.log_likelihood([2.0, 1.0], 10.0)
    with pytest.raises(StudyError, match="must not be after 10"):
        PROCESS.log_likelihood([2.0, 11.0], 10.0)
    with pytest.raises(StudyError, match="a time must be at least 0"):
        PROCESS.intensity([-1.0], 10.0)
    with pytest.raises(StudyError, match="seed is -1; it must be a whole number"):
        PROCESS.simulate(1.0, seed=-1)
    with pytest.raises(StudyError, match="run is 1099511627776; it must be a whole number"):
        PROCESS.simulate(1.0, run=2**40)
    monkeypatch.setattr(hawkes, "MOST_INCIDENTS", 20)
    with pytest.raises(StudyError, match="more than 20 incidents"):
        PROCESS.simulate(1e6)
