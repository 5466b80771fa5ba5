"""Every figure and table with an axis of time, at any period and horizon that a scenario may have."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from crises import crisis_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib import pyplot

import escalation as esc
from escalation import plotting
from escalation.montecarlo.ensemble import Ensemble
from escalation.plotting.days import cell_edges, days_shown
from escalation.reports.event_table import event_rows
from escalation.world.scenario import Scenario

PERIODS = st.sampled_from([0.05, 0.1, 0.7, 1.0, 3.3, 7.0]) | st.floats(0.05, 7.0)
HORIZONS = st.sampled_from([1, 2, 7, 60, 63, 365]) | st.integers(1, 400)


def shorter(horizon: int, period: float) -> Scenario:
    return crisis_of(horizon=horizon, period=max(period, horizon / 2000.0))


@cache
def weeks(horizon: int, period: float) -> Ensemble:
    return esc.run(shorter(horizon, period), runs=4, seed=1, workers=1, progress=False)


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(horizon=HORIZONS, period=PERIODS)
def test_every_figure_is_drawn_from_the_start_to_the_horizon(horizon: int, period: float) -> None:
    ensemble = weeks(horizon, period)
    axes = [
        plotting.fan(ensemble),
        plotting.ladder_heat_map(ensemble),
        plotting.first_passage(ensemble, ["initiation", "war"]),
    ]
    for ax in axes:
        assert ax.get_xlim() == (0.0, horizon)
        ax.figure.draw_without_rendering()
    path = esc.simulate(ensemble.scenario, seed=1, run=0)
    for ax in (plotting.timeline(path), plotting.beliefs(path.traces(path.front_ids[0]))):
        assert ax.get_xlim()[1] == pytest.approx(path.days[-1])
        assert path.days[-1] <= horizon
        ax.figure.draw_without_rendering()
    pyplot.close("all")


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(horizon=HORIZONS, period=PERIODS)
def test_every_table_has_the_days_of_the_ensemble(horizon: int, period: float) -> None:
    ensemble = weeks(horizon, period)
    allowed = set(ensemble.days.tolist())
    table = ensemble.to_dataframe()
    for name in table.columns[table.columns.str.endswith("_day")]:
        assert set(table[name].dropna()) <= allowed
    assert ensemble.fan().shape[0] == ensemble.first_passage("war").days.size == ensemble.days.size
    for day in (0, horizon):
        assert ensemble.first_passage("war").at(day) == ensemble.probability("war", by=day)
    path = esc.simulate(ensemble.scenario, seed=1, run=0)
    assert {row["day"] for row in event_rows(path)} <= allowed
    assert ensemble.to_xarray().attrs["horizon_days"] == horizon


@given(horizon=st.integers(1, 3650), period=PERIODS, most=st.integers(1, 500))
def test_days_shown_are_few_and_end_at_the_horizon(horizon: int, period: float, most: int) -> None:
    empty = Ensemble(shorter(horizon, period), 0, {}, None)  # type: ignore[arg-type]
    days = days_shown(empty, most=most)
    assert days.size <= most + 1
    assert (days[0], days[-1]) == (0.0, empty.days[-1])
    assert set(days.tolist()) <= set(empty.days.tolist())
    np.testing.assert_allclose(np.diff(days)[:-1], days[1], rtol=1e-9)
    edges = cell_edges(days)
    assert (edges[:-1] <= days).all()
    assert (days <= edges[1:]).all()


def test_cells_of_a_shorter_last_step_meet_halfway() -> None:
    np.testing.assert_array_equal(cell_edges(np.array([0.0, 7.0, 14.0, 16.0])), [-3.5, 3.5, 10.5, 15.0, 17.0])
