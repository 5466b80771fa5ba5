from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from escalation.analysis.strategic_choice.likelihood import UTILITIES, Likelihood, log_probabilities
from escalation.analysis.strategic_choice.setting import game
from escalation.analysis.strategic_choice.shocks import ERRORS, LINKS, Error, Link
from escalation.games import agent_qre

KNOWN = json.loads((Path(__file__).parents[2] / "reference" / "benchmarks.json").read_text(encoding="utf-8"))
COLUMNS = (2, 1, 2, 1, 2)
STEP = 1e-5

payoffs = arrays(np.float64, 5, elements=st.floats(-4.0, 4.0))
combinations = st.tuples(st.sampled_from(LINKS), st.sampled_from(ERRORS))


def likelihood(link: Link, error: Error, seed: int) -> Likelihood:
    rng = np.random.default_rng(seed)
    return Likelihood(link, error, [rng.normal(size=(12, k)) for k in COLUMNS], rng.integers(0, 3, 12))


@given(payoffs)
@settings(max_examples=100)
def test_logit_with_agent_error_is_the_quantal_response_of_the_games(u: np.ndarray) -> None:
    solved = agent_qre(game(dict(zip(UTILITIES, u.tolist(), strict=True)), ("one", "two")), 1.0).outcomes
    found = np.exp(log_probabilities("logit", "agent", u[np.newaxis]))[0]
    known = [solved["wait",], solved["attack", "yield"], solved["attack", "resist"]]
    # The tree knows player 2's payoffs only where it chooses; the status quo's does not matter.
    assert found.tolist() == pytest.approx(known, abs=1e-12)


@pytest.mark.parametrize("precision", ["1", "2"])
def test_the_deterrence_benchmark_is_met_with_its_payoffs_as_data(precision: str) -> None:
    """Payoffs are the regressors, with coefficients of 1; shocks of scale 1/λ are choices of precision λ."""
    known = KNOWN["agent_qre_deterrence"]["values"][precision]
    designs = [np.array([[u * float(precision)]]) for u in (0.0, 1.0, -0.5, -1.0, -0.7)]
    one = Likelihood("logit", "agent", designs, np.array([2]))
    quo, low, war = np.exp(log_probabilities("logit", "agent", one.utilities(np.ones(5))))[0]
    assert low + war == pytest.approx(known["pA"], abs=1e-14)
    assert war / (low + war) == pytest.approx(known["pR"], abs=1e-14)
    assert quo == pytest.approx(1.0 - known["pA"], abs=1e-14)


@given(combinations, st.integers(0, 10_000), arrays(np.float64, sum(COLUMNS), elements=st.floats(-2.0, 2.0)))
@settings(max_examples=60)
def test_gradient_is_the_slope_of_the_likelihood(which: tuple[Link, Error], seed: int, theta: np.ndarray) -> None:
    one = likelihood(*which, seed)
    steps = STEP * np.eye(theta.size)
    slopes = [(one.value(theta + step) - one.value(theta - step)) / (2.0 * STEP) for step in steps]
    assert one.gradient(theta) == pytest.approx(slopes, rel=1e-6, abs=1e-6)
    assert one.scores(theta).sum(axis=0) == pytest.approx(one.gradient(theta))


@given(combinations, st.integers(0, 10_000), arrays(np.float64, sum(COLUMNS), elements=st.floats(-2.0, 2.0)))
@settings(max_examples=60)
def test_hessian_is_the_slope_of_the_gradient(which: tuple[Link, Error], seed: int, theta: np.ndarray) -> None:
    one = likelihood(*which, seed)
    steps = STEP * np.eye(theta.size)
    slopes = [(one.gradient(theta + step) - one.gradient(theta - step)) / (2.0 * STEP) for step in steps]
    assert one.hessian(theta) == pytest.approx(np.array(slopes), rel=1e-6, abs=1e-5)


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("size", [1e3, 1e300])
def test_extreme_utilities_leave_finite_numbers(link: Link, error: Error, size: float) -> None:
    corners = np.array(np.meshgrid(*[[-size, 0.0, size]] * 5)).reshape(5, -1).T
    logs = log_probabilities(link, error, corners)
    assert np.isfinite(logs).all()
    assert np.exp(logs).sum(axis=1) == pytest.approx(np.ones(len(corners)))
    for outcome in range(3):
        one = Likelihood(link, error, [np.ones((1, 1))] * 5, np.array([outcome]))
        for corner in corners[::7]:
            assert np.isfinite(one.gradient(corner)).all()
            assert np.isfinite(one.hessian(corner)).all()
