"""Quantiles of every distribution, against scipy's."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from crises import Play, crisis_of
from scipy import stats

from escalation.arithmetic.draws import quantile
from escalation.engines.distributions import NODES, quantile_state, quantile_table
from escalation.world.distributions import Elicited

GRID = [1e-6, 0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999, 1.0 - 1e-6]

KNOWN: list[tuple[dict[str, Any], Any]] = [
    ({"distribution": "uniform", "low": 0.2, "high": 0.9}, stats.uniform(0.2, 0.7)),
    ({"distribution": "triangular", "low": 0.2, "mode": 0.3, "high": 0.9}, stats.triang(1 / 7, 0.2, 0.7)),
    ({"distribution": "normal", "mean": 0.5, "sd": 0.2, "low": 0.1}, stats.truncnorm(-2.0, math.inf, 0.5, 0.2)),
    (
        {"distribution": "normal", "mean": 0.5, "sd": 0.2, "low": 0.3, "high": 1.0},
        stats.truncnorm(-1.0, 2.5, 0.5, 0.2),
    ),
    ({"distribution": "lognormal", "median": 2.0, "sigma": 0.5}, stats.lognorm(0.5, scale=2.0)),
]


def place(quantity: Any) -> Any:
    """Quantity as a valid scenario holds it."""
    return crisis_of(front={"a-b": {"stake": quantity}}).fronts["a-b"].stake


def value(distribution: Any, u: float) -> float:
    table = quantile_table(distribution)
    state = quantile_state(distribution, 0)
    return quantile(state, [table or [0.0]], u)


@pytest.mark.parametrize(("given", "known"), KNOWN)
def test_quantiles_are_those_of_scipy(given: dict[str, Any], known: Any) -> None:
    distribution = place(given)
    for u in GRID:
        assert value(distribution, u) == pytest.approx(float(known.ppf(u)), rel=1e-9), u


def test_a_lognormal_is_cut_at_its_bounds() -> None:
    distribution = place({"distribution": "lognormal", "median": 2.0, "sigma": 0.5, "low": 1.0, "high": 3.0})
    whole = stats.lognorm(0.5, scale=2.0)
    for u in GRID:
        p = whole.cdf(1.0) + (whole.cdf(3.0) - whole.cdf(1.0)) * u
        assert value(distribution, u) == pytest.approx(float(whole.ppf(p)), rel=1e-8)


@pytest.mark.parametrize("bounds", [{}, {"low": 0.3, "high": 0.8}])
def test_a_beta_is_tabulated_within_its_bounds(bounds: dict[str, float]) -> None:
    row = {"distribution": "beta", "a": 3.0, "b": 5.0, **bounds}
    distribution = crisis_of(front={"a-b": {"fear": row}}).fronts["a-b"].fear
    table = quantile_table(distribution)
    assert table is not None
    assert len(table) == NODES
    beta = stats.beta(3.0, 5.0)
    low, high = (beta.cdf(bounds[key]) if bounds else edge for key, edge in (("low", 0.0), ("high", 1.0)))
    for u in GRID:
        p = low + (high - low) * u
        assert beta.cdf(value(distribution, u)) == pytest.approx(p, abs=1.0 / NODES)
        if 0.01 < u < 0.99:
            assert value(distribution, u) == pytest.approx(float(beta.ppf(p)), abs=1e-5)


@pytest.mark.parametrize("bounds", [{}, {"low": 0.05}, {"high": 3.0}, {"low": 0.05, "high": 3.0}])
def test_what_was_elicited_is_met(bounds: dict[str, float]) -> None:
    given = {"distribution": "elicited", "probabilities": [0.1, 0.5, 0.9], "values": [0.6, 1.0, 1.7], **bounds}
    row = {"start": "2000-01-01", "front": {"a-b": {"stake": given}}}
    if "low" not in bounds:
        given |= {"low": 0.01}
    distribution = crisis_of(**row).fronts["a-b"].stake
    for p, x in zip(given["probabilities"], given["values"], strict=True):
        assert value(distribution, p) == pytest.approx(x, rel=1e-9)
    drawn = [value(distribution, u) for u in np.linspace(0.001, 0.999, 200)]
    assert drawn == sorted(drawn)


def test_an_elicited_quantity_without_bounds_above_or_below() -> None:
    for bounds in ({}, {"high": 3.0}):
        free = Elicited(distribution="elicited", probabilities=(0.1, 0.9), values=(0.6, 1.7), **bounds)
        assert value(free, 0.1) == pytest.approx(0.6)
        assert value(free, 0.9) == pytest.approx(1.7)


def test_a_number_is_itself_in_every_run() -> None:
    assert {value(0.7, u) for u in GRID} == {0.7}
    assert quantile_table(0.7) is None


def test_what_is_drawn_in_a_run_follows_the_distribution() -> None:
    beta = {"distribution": "beta", "a": 3.0, "b": 5.0}
    scenario = crisis_of(front={"a-b": {"fear": beta, "incidents": {"rate": 2.0, "severity": beta}}})
    drawn = [Play(scenario, run=run).front("a-b").fear for run in range(400)]
    assert stats.kstest(drawn, stats.beta(3.0, 5.0).cdf).pvalue > 1e-4
    # severities are drawn afresh for each incident, of one run
    severities = []
    play = Play(scenario)
    for _ in range(100):
        play.period()
        severities.append(play.crisis.incidents[play.accidental("a-b")].level)
        play.crisis.incidents[play.accidental("a-b")].level = 0.0
    assert len(set(severities)) > 50
