from __future__ import annotations

import numpy as np
import pytest

from escalation.analysis.score.scores import (
    SCORES,
    brier_score,
    calibration_curve,
    cluster_difference,
    discrimination,
    log_score,
    ranked_probability_score,
)
from escalation.errors import StudyError


def test_scores_of_a_worked_case() -> None:
    likely, levels = np.array([[0.2, 0.5, 0.3], [1.0, 0.0, 0.0]]), np.array([1, 2])
    np.testing.assert_allclose(brier_score(likely, levels), [0.09, 1.0])
    np.testing.assert_allclose(log_score(likely, levels), [-np.log(0.5), -np.log(1e-6)])
    np.testing.assert_allclose(ranked_probability_score(likely, levels), [(0.04 + 0.09) / 2, 1.0])


def test_with_two_levels_the_ranked_probability_score_is_the_brier_score() -> None:
    p = np.random.default_rng(0).uniform(size=50)
    likely, levels = np.column_stack([1 - p, p]), (p > 0.4).astype(np.int64)
    np.testing.assert_allclose(ranked_probability_score(likely, levels), brier_score(likely, levels))


@pytest.mark.parametrize("score", ["log", "rps"])
def test_the_truth_scores_best_on_average(score: str) -> None:
    truth = np.array([0.2, 0.5, 0.3])

    def expected(forecast: list[float]) -> float:
        rows = np.tile(forecast, (3, 1))
        return float(truth @ SCORES[score](rows, np.arange(3)))

    for other in ([0.3, 0.4, 0.3], [0.2, 0.4, 0.4], [1 / 3, 1 / 3, 1 / 3]):
        assert expected(truth.tolist()) < expected(other)


def test_discrimination_is_the_share_of_pairs_in_the_right_order() -> None:
    likely = np.array([[0.9, 0.1], [0.6, 0.4], [0.6, 0.4], [0.2, 0.8]])
    assert discrimination(likely, np.array([0, 0, 1, 1])) == pytest.approx((1 + 1 + 0.5 + 1) / 4)
    assert np.isnan(discrimination(likely, np.zeros(4, np.int64)))


def test_a_calibrated_forecast_lies_within_its_curve_s_intervals() -> None:
    rng = np.random.default_rng(2)
    p = rng.uniform(size=5000)
    curve = calibration_curve(p, rng.uniform(size=5000) < p)
    assert len(curve) == 5
    # Five Wilson intervals, of which one may miss: a false alarm in some 50.
    assert sum(bin_.observed.low <= bin_.forecast <= bin_.observed.high for bin_ in curve) >= 4


def test_clusters_widen_the_interval_of_a_difference() -> None:
    rng = np.random.default_rng(1)
    shared = np.repeat(rng.normal(size=40), 10)
    first, second = shared + 0.1 * rng.normal(size=400), np.zeros(400)
    by_cluster = cluster_difference(first, second, np.repeat(np.arange(40.0), 10))
    by_case = cluster_difference(first, second, np.arange(400.0))
    assert by_cluster.value == pytest.approx(first.mean())
    assert by_cluster.high - by_cluster.low > 2.0 * (by_case.high - by_case.low)
    assert by_cluster.n == 40


@pytest.mark.parametrize(
    ("likely", "levels"),
    [(np.ones((2, 2)), np.zeros(2, np.int64)), (np.full((2, 2), 0.5), np.zeros(3, np.int64))],
)
def test_what_is_no_forecast_is_refused(likely: np.ndarray, levels: np.ndarray) -> None:
    with pytest.raises(StudyError, match=r"must be 0 or more and add to 1|do not fit"):
        brier_score(likely, levels)


def test_scores_that_do_not_pair_are_refused() -> None:
    with pytest.raises(StudyError, match="do not pair"):
        cluster_difference(np.zeros(3), np.zeros(2), np.zeros(3))
