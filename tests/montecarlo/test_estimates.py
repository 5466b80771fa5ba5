from __future__ import annotations

import datetime
import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from escalation.errors import StudyError
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.runner import run
from escalation.world.scenario import Scenario

RUNS = 300


@pytest.fixture
def ensemble(scenario: Scenario) -> Ensemble:
    return run(scenario, runs=RUNS, seed=9)


def test_probability_is_the_share_of_runs_and_says_so(ensemble: Ensemble) -> None:
    strikes = sum((one[:, 3] >= 0).any() for one in ensemble.outcomes["crossed"])
    got = ensemble.probability("initiation", method="clopper-pearson", level=0.9)
    assert got.value == strikes / RUNS
    assert (got.n, got.method, got.level, got.event) == (RUNS, "clopper-pearson", 0.9, "initiation")
    assert 0.0 < got.low < got.value < got.high < 1.0


def test_a_rung_can_be_named_instead_of_an_event(ensemble: Ensemble) -> None:
    assert ensemble.probability(rung="display", actor="bor") == ensemble.probability("rung:display", actor="bor")
    for both in ({}, {"event": "war", "rung": "war"}):
        with pytest.raises(StudyError, match="an event or a rung, and not both"):
            ensemble.probability(**both)


def test_what_never_happened_is_an_upper_bound(ensemble: Ensemble) -> None:
    ensemble.outcomes["settled"][:] = -1
    assert str(ensemble.probability("settled")).startswith("< 0.0127 (Wilson 95 %, n = 300)")


@pytest.mark.parametrize("day", [0, 1, 7, 20.5, 40])
def test_by_counts_what_happened_up_to_that_day(ensemble: Ensemble, day: float) -> None:
    expected = sum(any(0 <= period <= day for period in one[:, 2]) for one in ensemble.outcomes["crossed"])
    assert ensemble.probability("rung:display", by=day).value == expected / RUNS
    assert ensemble.occurs("rung:display", by=day).sum() == expected


def test_a_date_is_a_day(ensemble: Ensemble) -> None:
    on = datetime.date(2024, 8, 7)
    assert ensemble.probability("war", by=on) == ensemble.probability("war", by=7)
    # The start is day 0, when nothing has happened.
    assert ensemble.probability("rung:threat", by=datetime.date(2024, 7, 31)).value == 0.0


@pytest.mark.parametrize(
    ("by", "message"),
    [
        (41, "day 41; a day must lie from 0 to 40"),
        (-1, "day -1"),
        (math.nan, "day nan"),
        (datetime.date(2024, 7, 30), "2024-07-30 is day -1"),
        (datetime.date(2025, 1, 1), "the horizon of 'drawn'"),
        ("soon", "by is 'soon'; it must be a date"),
        (datetime.datetime(2024, 8, 7), "it must be a date"),
    ],
)
def test_a_day_outside_the_run_is_refused(ensemble: Ensemble, by: Any, message: str) -> None:
    with pytest.raises(StudyError, match=message):
        ensemble.probability("war", by=by)


def test_days_are_those_of_the_period_even_where_floats_err(engine: SimpleNamespace) -> None:
    tenths = run(engine.make(period=0.1, horizon=4), runs=RUNS)
    first = tenths.first_day("rung:threat")
    for day in (0.3, 0.6, 0.7, 1.2):
        whole = round(day / 0.1)
        at = sum(0 <= min((p for p in one[:, 1] if p >= 0), default=99) <= whole for one in tenths.outcomes["crossed"])
        assert tenths.occurs("rung:threat", by=day).sum() == at
    assert np.isclose(first[np.isfinite(first)] / 0.1, np.round(first[np.isfinite(first)] / 0.1)).all()
    assert (tenths.days.size, tenths.days[-1], tenths.period) == (41, pytest.approx(4.0), 0.1)


def test_first_days_are_infinite_where_never(ensemble: Ensemble) -> None:
    first = ensemble.first_day("war", actor="ara")
    assert np.array_equal(np.isfinite(first), ensemble.occurs("war", actor="ara"))
    column = ensemble.outcomes["crossed"][:, 0, -1]
    assert np.array_equal(first[np.isfinite(first)], column[column >= 0])


def naive_peak(one: np.ndarray, fronts: list[int], day: float = math.inf) -> int:
    return max(rung for front in fronts for rung, period in enumerate(one[front]) if 0 <= period <= day)


@pytest.mark.parametrize(("actor", "fronts"), [(None, [0, 1, 2]), ("ara", [0]), ("cal", [2])])
def test_peaks_are_the_highest_rungs(ensemble: Ensemble, actor: str | None, fronts: list[int]) -> None:
    expected = [naive_peak(one, fronts) for one in ensemble.outcomes["crossed"]]
    assert ensemble.peak(actor=actor).tolist() == expected
    shares = ensemble.peaks(actor=actor, level=0.8)
    assert list(shares) == list(ensemble.rung_names)
    assert [share.value for share in shares.values()] == [expected.count(rung) / RUNS for rung in range(6)]
    assert {share.level for share in shares.values()} == {0.8}


def test_the_fan_is_the_distribution_of_peaks_so_far(ensemble: Ensemble) -> None:
    grid = [0.0, 3.0, 17.5, 40.0]
    got = ensemble.fan(target="bor", grid=grid)
    assert got.shape == (4, 6)
    for row, day in zip(got, grid, strict=True):
        peaks = [naive_peak(one, [0], day) for one in ensemble.outcomes["crossed"]]
        assert row.tolist() == pytest.approx([peaks.count(rung) / RUNS for rung in range(6)])


def test_the_fan_ends_at_the_peaks(ensemble: Ensemble) -> None:
    fan = ensemble.fan()
    assert fan.shape == (41, 6)
    assert fan[0].tolist() == [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    assert np.allclose(fan.sum(axis=1), 1.0)
    assert fan[-1].tolist() == pytest.approx([share.value for share in ensemble.peaks().values()])


@pytest.mark.parametrize("grid", [[], [[1.0]]])
def test_a_grid_of_no_days_is_refused(ensemble: Ensemble, grid: list[float]) -> None:
    with pytest.raises(StudyError, match="one or more days"):
        ensemble.fan(grid=grid)


@pytest.mark.parametrize("event", ["initiation", "settled", "joined:cal-bor"])
def test_first_passage_agrees_with_probability(ensemble: Ensemble, event: str) -> None:
    curve = ensemble.first_passage(event, level=0.9)
    assert np.array_equal(curve.days, ensemble.days)
    assert (curve.n, curve.event, curve.level) == (RUNS, event, 0.9)
    for day in (0, 9, 25, 40):
        assert curve.at(day).value == pytest.approx(ensemble.probability(event, by=day).value)
    assert curve.censored == RUNS - ensemble.occurs(event).sum()


def test_first_passage_can_be_of_one_front(ensemble: Ensemble) -> None:
    assert ensemble.first_passage("war", actor="cal").at(40).value == pytest.approx(
        ensemble.probability("war", actor="cal").value
    )


def test_a_last_period_that_the_horizon_cuts_short_ends_there(engine: SimpleNamespace) -> None:
    weeks = run(engine.make(period=7.0), runs=RUNS)
    assert weeks.days.tolist() == [0.0, 7.0, 14.0, 21.0, 28.0, 35.0, 40.0]
    last = weeks.first_day("rung:threat") == 40.0
    assert last.tolist() == (weeks.outcomes["crossed"][:, :, 1].view(np.uint8).min(axis=1) == 6).tolist()
    assert last.any()
    assert weeks.first_passage("rung:threat").probability[-1] == pytest.approx(weeks.probability("rung:threat").value)
    assert weeks.probability("rung:threat", by=40) == weeks.probability("rung:threat")
    assert weeks.probability("rung:threat", by=39.9).value < weeks.probability("rung:threat").value


def test_queries_of_a_great_ensemble_stay_small(ensemble: Ensemble) -> None:
    import tracemalloc

    many = 200_000
    great = Ensemble(
        ensemble.scenario,
        0,
        {name: np.resize(array, (many, *array.shape[1:])) for name, array in ensemble.outcomes.items()},
        ensemble.axes,
    )
    size = great.outcomes["crossed"].nbytes
    tracemalloc.start()
    try:
        great.summary()
        great.peaks()
        great.fan()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # A float64 copy of the crossings alone would be four times their size.
    assert most < size


def test_one_name_is_no_list_of_names(scenario: Scenario) -> None:
    ensemble = run(scenario, runs=20, seed=1)
    for ask in (
        lambda: ensemble.probabilities("war"),
        lambda: ensemble.summary(events="war"),
        lambda: ensemble.to_dataframe(events="war"),
    ):
        with pytest.raises(StudyError, match=r"events is 'war'; it must be a list of names, as \['war'\]"):
            ask()
