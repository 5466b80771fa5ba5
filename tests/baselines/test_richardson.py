from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from escalation.baselines.richardson import Richardson
from escalation.errors import StudyError

PART = st.integers(-1_000_000, 1_000_000).map(lambda millionths: millionths / 1e6)
"""No number so small that the integrator that it is compared with divides nothing by nothing."""

PAIR = st.tuples(PART, PART)
SIZE = st.floats(0.02, 1.0) | st.floats(-1.0, -0.02)
"""No number that rounding could take for zero."""

Pair = tuple[float, float]
RACE = Richardson(defence=(0.2, 0.3), fatigue=(0.5, 0.4), grievance=(1.0, 2.0))


@given(PAIR, PAIR, PAIR, PAIR, st.floats(0.1, 5.0))
def test_path_solves_the_equations(
    defence: Pair,
    fatigue: Pair,
    grievance: Pair,
    start: Pair,
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


@st.composite
def balances(draw: st.DrawFn) -> tuple[Pair, Pair]:
    """Defence and fatigue whose determinant is drawn first; one coefficient follows from it and the other three."""
    determinant, free, lead = draw(SIZE), draw(PAIR), draw(st.floats(1.0, 2.0))
    defended = draw(st.booleans(), label="defence is free")
    bound = (lead, (free[0] * free[1] + (determinant if defended else -determinant)) / lead)
    if draw(st.booleans(), label="the sides change places"):
        free, bound = free[::-1], bound[::-1]
    return (free, bound) if defended else (bound, free)


@given(balances(), PAIR)
def test_equilibrium_stays_where_it_is(balance: tuple[Pair, Pair], grievance: Pair) -> None:
    race = Richardson(defence=balance[0], fatigue=balance[1], grievance=grievance)
    assert abs(race.determinant) > 0.019
    assert race.path([1.0], start=race.equilibrium)[0] == pytest.approx(race.equilibrium, rel=1e-8, abs=1e-8)


@given(SIZE, SIZE, st.booleans(), PAIR)
def test_stable_means_that_every_eigenvalue_has_a_negative_real_part(
    one: float, other: float, turning: bool, skew: Pair
) -> None:
    # The eigenvalues are drawn, two real ones or a conjugate pair, and a change of coordinates makes the race of them.
    own = np.array([[one, other], [-other, one]] if turning else [[one, 0.0], [0.0, other]])
    change = np.array([[1.0, skew[0]], [skew[1], 1.0 + skew[0] * skew[1]]])
    system = change @ own @ np.linalg.inv(change)
    race = Richardson(
        defence=(float(system[0, 1]), float(system[1, 0])),
        fatigue=(-float(system[0, 0]), -float(system[1, 1])),
        grievance=(0.0, 0.0),
    )
    assert race.stable == (one < 0.0 and (turning or other < 0.0))


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


def test_a_path_goes_on_from_where_another_ended() -> None:
    halfway = RACE.path([1.0])[0]
    assert RACE.path([1.0], start=halfway)[0] == pytest.approx(RACE.path([2.0])[0])


def test_times_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(StudyError, match=r"times must be a list of finite numbers, not \['soon'\]"):
        RACE.path(["soon"])  # type: ignore[list-item]
