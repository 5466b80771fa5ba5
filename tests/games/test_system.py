from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import approx_fprime
from scipy.special import softmax

from escalation.games.system import LogitSystem, responses


@given(st.integers(0, 10**9), st.integers(1, 4), st.integers(1, 4))
def test_slope_is_the_derivative_of_the_gap(seed: int, m: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    system = LogitSystem(rng.normal(size=(m, n + 1)), rng.normal(size=(n, m + 1)))
    z = rng.normal(size=system.size)
    assert system.slope(z, 0.7) == pytest.approx(approx_fprime(z, lambda x: system.gap(x, 0.7)), abs=1e-5)


@given(st.lists(st.floats(-9.0, 9.0), min_size=1, max_size=6), st.floats(0.0, 9.0))
def test_responses_are_logit(utilities: list[float], precision: float) -> None:
    exact = softmax(precision * np.array(utilities))
    assert responses(precision, np.array(utilities)) == pytest.approx(exact, abs=1e-14)


@given(st.integers(0, 10**9), st.integers(1, 4), st.integers(1, 4))
def test_many_points_at_once_are_as_each_alone(seed: int, m: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    system = LogitSystem(rng.normal(size=(m, n + 1)), rng.normal(size=(n, m + 1)))
    points = rng.normal(scale=9.0, size=(5, system.size))
    profiles = system.profiles(points)
    for k, z in enumerate(points):
        p, q = system.profile(z)
        assert (profiles[0][k], profiles[1][k]) == (pytest.approx(p, abs=1e-14), pytest.approx(q, abs=1e-14))
        assert system.replies(profiles)[k] == pytest.approx(system.reply(p, q), abs=1e-12)
        assert system.gaps(points, 0.7)[k] == pytest.approx(system.gap(z, 0.7), abs=1e-12)
        assert system.slopes(points, 0.7)[k] == pytest.approx(system.slope(z, 0.7), abs=1e-12)


def test_a_player_of_one_action_has_no_unknown() -> None:
    system = LogitSystem(np.zeros((0, 2)), np.array([[3.0]]))
    assert system.size == 1
    p, q = system.profile(np.array([0.0]))
    assert p.tolist() == [1.0]
    assert q.tolist() == [0.5, 0.5]
