from __future__ import annotations

import math

import numpy as np
import pytest

from escalation.errors import StudyError
from escalation.estimates.censored import first_passage
from escalation.estimates.proportion import proportion

INF = math.inf

# Weeks of remission under 6-mercaptopurine, Freireich et al. 1963, the example of most textbooks.
RELAPSED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
WATCHED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]


def test_the_remission_data_give_the_published_curve() -> None:
    times = [float(t) for t in RELAPSED] + [INF] * len(WATCHED)
    curve = first_passage(times, censored_at=[40.0] * len(RELAPSED) + [float(t) for t in WATCHED])
    published = {
        6: (0.857, 0.620, 0.952),
        7: (0.807, 0.563, 0.923),
        10: (0.753, 0.503, 0.889),
        13: (0.690, 0.432, 0.849),
        16: (0.627, 0.368, 0.805),
        22: (0.538, 0.268, 0.747),
        23: (0.448, 0.188, 0.680),
    }
    for week, (survival, low, high) in published.items():
        at = curve.at(week)
        assert (1.0 - at.value, 1.0 - at.high, 1.0 - at.low) == pytest.approx((survival, low, high), abs=6e-4)
    assert (curve.n, curve.censored) == (21, 12)


def naive(times: list[float], watched: list[float], day: float) -> float:
    """The product-limit estimate as its formula says it."""
    left = 1.0
    for step in sorted({t for t, w in zip(times, watched, strict=True) if t <= w and t <= day}):
        risk = sum(min(t, w) >= step for t, w in zip(times, watched, strict=True))
        left *= 1.0 - sum(t == step <= w for t, w in zip(times, watched, strict=True)) / risk
    return 1.0 - left


def test_the_curve_equals_its_formula_on_drawn_days() -> None:
    rng = np.random.default_rng(11)
    times = np.ceil(rng.exponential(20.0, 200)).tolist()
    watched = np.ceil(rng.uniform(1.0, 40.0, 200)).tolist()
    curve = first_passage(times, censored_at=watched, grid=np.arange(0.0, 31.0))
    assert curve.probability.tolist() == pytest.approx([naive(times, watched, d) for d in range(31)])


def test_with_one_horizon_the_curve_is_the_share_so_far() -> None:
    times = [3.0, 5.0, 5.0, INF, 20.0, INF]
    curve = first_passage(times, censored_at=10.0, grid=[0.0, 2.9, 3.0, 5.0, 10.0])
    assert curve.probability.tolist() == pytest.approx([0.0, 0.0, 1 / 6, 0.5, 0.5])
    assert curve.censored == 3


def test_before_the_first_passage_stands_an_upper_bound() -> None:
    curve = first_passage([5.0] + [INF] * 99, censored_at=10.0, grid=[0.0, 4.0, 5.0])
    assert curve.at(4.0).number_text().startswith("< ")
    assert curve.high[1] == pytest.approx(proportion(0, 100).high)
    assert curve.low.tolist()[:2] == [0.0, 0.0]


def test_the_bound_is_for_the_runs_still_watched() -> None:
    curve = first_passage([INF] * 4, censored_at=[1.0, 2.0, 9.0, 9.0], grid=[1.0, 2.0, 5.0])
    assert curve.high.tolist() == pytest.approx([proportion(0, n).high for n in (4, 3, 2)])


def test_after_the_last_passage_stands_a_lower_bound() -> None:
    curve = first_passage([1.0, 2.0, 3.0], censored_at=10.0)
    assert curve.at(10.0).number_text().startswith("> ")
    assert curve.low[-1] == pytest.approx(proportion(3, 3).low)
    assert curve.high[-1] == 1.0


def test_every_point_lies_within_its_interval() -> None:
    rng = np.random.default_rng(5)
    for n in (1, 2, 3, 10, 200):
        curve = first_passage(np.ceil(rng.exponential(15.0, n)), censored_at=20.0, grid=np.arange(21.0))
        assert np.isfinite(curve.low).all()
        assert np.isfinite(curve.high).all()
        assert (curve.low <= curve.probability).all()
        assert (curve.probability <= curve.high).all()


def test_the_interval_covers_at_its_level() -> None:
    # 400 studies of 100 runs, each end lost by chance: the count of misses is binomial(400, 0.05), which is
    # above 40 or below 4 less than once in 30,000 times, and above 40 in 6 of 7 where the coverage is 0.88.
    rng = np.random.default_rng(20)
    true = 1.0 - math.exp(-0.5)
    misses = 0
    for _ in range(400):
        times, lost = rng.exponential(20.0, 100), rng.exponential(60.0, 100)
        curve = first_passage(times, censored_at=np.minimum(lost, 12.0), grid=[10.0])
        misses += not curve.low[0] <= true <= curve.high[0]
    assert 4 <= misses <= 40


def test_where_all_still_watched_had_it_the_bound_is_of_those() -> None:
    """Ten of twenty were lost from sight before the last step, at which one was left: Wilson's bound for 1 of 1."""
    times, watched = [1.0] * 9 + [INF] * 10 + [3.0], [5.0] * 9 + [2.0] * 10 + [5.0]
    curve = first_passage(times, censored_at=watched, grid=[1.0, 2.0, 3.0, 5.0])
    assert curve.low[2:].tolist() == pytest.approx([proportion(1, 1).low] * 2)
    assert curve.probability[2:].tolist() == curve.high[2:].tolist() == [1.0, 1.0]
    later = first_passage([1.0, 2.0, 2.0, INF], censored_at=[9.0, 9.0, 9.0, 1.5])
    assert later.low[-1] == pytest.approx(proportion(2, 2).low)
    whole = first_passage([1.0, 2.0, 3.0, INF], censored_at=[9.0, 9.0, 9.0, 0.5])
    assert whole.low[-1] == pytest.approx(proportion(3, 3).low)


def test_the_whole_curve_covers_at_its_level_with_censoring_run_by_run() -> None:
    """The figures that the docstring states: 2,000 studies of 20 runs, passages of a mean of 10 days, ends over 30.

    With 2,000 studies a day's share of .95 has a standard error of .005 (.01 on day 30, which half of them reach), so
    that each bound lies four of them or more away: a false alarm is rarer than once in a thousand.
    """
    rng, days = np.random.default_rng(1), np.arange(1.0, 31.0)
    true = 1.0 - np.exp(-days / 10.0)
    held, tried = np.zeros(30), np.zeros(30)
    at_one = []
    for _ in range(2000):
        times, watched = np.ceil(rng.exponential(10.0, 20)), np.maximum(np.ceil(rng.uniform(0.0, 30.0, 20)), 1.0)
        grid = days[days <= watched.max()]
        curve = first_passage(times, censored_at=watched, grid=grid)
        holds = (curve.low <= true[: grid.size]) & (true[: grid.size] <= curve.high)
        held[: grid.size] += holds
        tried[: grid.size] += 1
        at_one += holds[curve.probability == 1.0].tolist()
    coverage = held / tried
    assert 0.945 < held.sum() / tried.sum() < 0.965
    assert coverage[:25].min() > 0.9
    assert coverage[25:].min() > 0.85
    assert len(at_one) > 1000
    assert np.mean(at_one) > 0.95


def test_by_default_the_curve_has_a_point_for_each_passage() -> None:
    curve = first_passage([2.0, 7.0, 7.0, INF], censored_at=9.0)
    assert curve.days.tolist() == [0.0, 2.0, 7.0, 9.0]


def test_a_day_between_points_has_the_value_of_the_last() -> None:
    curve = first_passage([2.0, 7.0], censored_at=9.0, event="war")
    assert curve.at(6.9) == curve.at(2.0)
    assert curve.at(6.9).event == "war"
    with pytest.raises(StudyError, match="outside the curve, 0 to 9"):
        curve.at(9.1)


def test_it_prints_where_it_ends() -> None:
    curve = first_passage([2.0, 7.0, INF], censored_at=9.0, event="war")
    assert str(curve).startswith("war by day 9: 0.67 [")
    assert str(curve).endswith("(Kaplan-Meier Log-Log 95 %, n = 3)")
    page = curve._repr_html_()
    assert page.count("<tr>") == 1 + 4
    assert "n = 3" in page


@pytest.mark.parametrize(
    ("times", "censored_at", "message"),
    [
        ([], 1.0, "n ≥ 1"),
        ([[1.0]], 1.0, "n ≥ 1"),
        ([1.0, 2.0], [1.0, 2.0, 3.0], "the same shape"),
        ([-1.0], 1.0, "0 or later"),
        ([math.nan], 1.0, "0 or later"),
        ([1.0], 0.0, "above 0 and finite"),
        ([1.0], INF, "above 0 and finite"),
        ([1.0], math.nan, "above 0 and finite"),
    ],
)
def test_impossible_days_are_refused(times: list[float], censored_at: float, message: str) -> None:
    with pytest.raises(StudyError, match=message):
        first_passage(times, censored_at=censored_at)


@pytest.mark.parametrize("grid", [[], [[1.0]], [2.0, 1.0], [1.0, 1.0], [-1.0], [0.0, 11.0], [math.nan]])
def test_an_impossible_grid_is_refused(grid: list[float]) -> None:
    with pytest.raises(StudyError, match="grid must be days that rise, within 0 and 10"):
        first_passage([1.0], censored_at=10.0, grid=grid)


def test_an_impossible_level_is_refused() -> None:
    with pytest.raises(StudyError, match="level"):
        first_passage([1.0], censored_at=10.0, level=0.0)
