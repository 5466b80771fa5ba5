from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from escalation.baselines.richardson import Richardson
from escalation.errors import StudyError

PART = st.integers(-1_000_000, 1_000_000).map(lambda millionths: millionths / 1e6)
"""No number so small that the integrator that it is compared with divides nothing by nothing."""

PAIR = st.tuples(PART, PART)
RACE = Richardson(defence=(0.2, 0.3), fatigue=(0.5, 0.4), grievance=(1.0, 2.0))


@given(PAIR, PAIR, PAIR, PAIR, st.floats(0.1, 5.0))
def test_path_solves_the_equations(
    defence: tuple[float, float],
    fatigue: tuple[float, float],
    grievance: tuple[float, float],
    start: tuple[float, float],
    time: float,
) -> None:
    def change(_: float, arms: Any) -> list[float]:
        return [
            defence[0] * arms[1] - fatigue[0] * arms[0] + grievance[0],
            defence[1] * arms[0] - fatigue[1] * arms[1] + grievance[1],
        ]

    exact = solve_ivp(change, (0.0, time), start, rtol=1e-11, atol=1e-12, method="DOP853").y[:, -1]
    race = Richardson(defence=defence, fatigue=fatigue, grievance=grievance)
    assert race.path([time], start=start)[0] == pytest.approx(exact, rel=1e-8, abs=1e-8)


@given(PAIR, PAIR, PAIR)
def test_equilibrium_stays_where_it_is(
    defence: tuple[float, float], fatigue: tuple[float, float], grievance: tuple[float, float]
) -> None:
    race = Richardson(defence=defence, fatigue=fatigue, grievance=grievance)
    assume(abs(race.determinant) > 1e-2)
    assert race.path([1.0], start=race.equilibrium)[0] == pytest.approx(race.equilibrium, rel=1e-8, abs=1e-8)


@given(PAIR, PAIR)
def test_stable_means_that_every_eigenvalue_has_a_negative_real_part(
    defence: tuple[float, float], fatigue: tuple[float, float]
) -> None:
    race = Richardson(defence=defence, fatigue=fatigue, grievance=(0.0, 0.0))
    real = np.linalg.eigvals([[-fatigue[0], defence[0]], [defence[1], -fatigue[1]]]).real
    assume(np.abs(real).min() > 1e-9)
    assert race.stable == bool((real < 0.0).all())


def test_a_stable_race_ends_at_its_equilibrium_and_another_runs_away() -> None:
    assert RACE.stable
    assert RACE.path([300.0], start=(50.0, 0.0))[0] == pytest.approx(RACE.equilibrium, rel=1e-9)
    wild = Richardson(defence=(2.0, 2.0), fatigue=(0.5, 0.5), grievance=(0.1, 0.1))
    assert not wild.stable
    assert wild.path([20.0]).min() > 1e6


def test_path_begins_at_its_start_and_takes_no_times_at_all() -> None:
    assert RACE.path([0.0], start=(3.0, 4.0)).tolist() == [[3.0, 4.0]]
    assert RACE.path([]).shape == (0, 2)


def test_no_single_equilibrium_where_fear_and_fatigue_balance() -> None:
    race = Richardson(defence=(0.5, 0.5), fatigue=(0.5, 0.5), grievance=(1.0, 1.0))
    with pytest.raises(StudyError, match="no single equilibrium"):
        _ = race.equilibrium
    assert race.path([2.0])[0] == pytest.approx((2.0, 2.0))


@pytest.mark.parametrize("pair", [(1.0,), (1.0, "b"), (1.0, float("nan")), (True, 1.0), "ab", 1.0])
def test_bad_parameters_are_refused(pair: Any) -> None:
    with pytest.raises(StudyError, match="fatigue must be two"):
        Richardson(defence=(0.0, 0.0), fatigue=pair, grievance=(0.0, 0.0))


@pytest.mark.parametrize("times", [1.0, [float("inf")], [[1.0]]])
def test_bad_times_are_refused(times: Any) -> None:
    with pytest.raises(StudyError, match="times must be a list of finite numbers"):
        RACE.path(times)


def test_growth_beyond_all_numbers_is_told() -> None:
    wild = Richardson(defence=(2.0, 2.0), fatigue=(0.5, 0.5), grievance=(0.1, 0.1))
    with pytest.raises(StudyError, match="ask for earlier times"):
        wild.path([1e4])
