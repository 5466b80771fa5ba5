"""None"""

from __future__ import annotations

import numpy as np
import pytest

from escalation.analysis.score.scores import (
    HONEST,
    SCORES,
    brier_score,
    calibration_curve,
    cluster_difference,
    days_score,
    discrimination,
    honest_shares,
    log_score,
    place_of_day,
    place_of_level,
    ranked_probability_score,
    skill,
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


@pytest.mark.parametrize("level", [-1, 2])
def test_a_level_of_which_there_is_no_probability_is_refused(level: int) -> None:
    with pytest.raises(StudyError, match="levels must lie from 0 to 1"):
        log_score(np.array([[0.7, 0.3]]), np.array([level]))


@pytest.mark.parametrize("other", [0, 2])
def test_scores_that_do_not_pair_are_refused(other: int) -> None:
    first = np.zeros(0 if other == 0 else 3)
    with pytest.raises(StudyError, match="do not pair"):
        cluster_difference(first, np.zeros(other), first)


def test_a_level_that_is_none_is_refused() -> None:
    scores = np.array([0.1, 0.2])
    for call in (lambda: cluster_difference(scores, scores, scores, level=1.5), lambda: skill(scores, scores, level=0)):
        with pytest.raises(StudyError, match="must lie strictly between 0 and 1"):
            call()


NEVER = np.inf


def test_honest_shares_are_the_middle_of_wilsons_interval() -> None:
    # The centre of the 95 % interval of 3 in 20, from its formula by hand: (3 + z²/2) / (20 + z²).
    assert honest_shares(np.array([17, 3])) == pytest.approx([0.79361, 0.20639], abs=1e-5)
    assert honest_shares(np.array([5, 0, 0])).sum() == pytest.approx(1.0)
    assert honest_shares(np.array([0, 100])).min() == pytest.approx(HONEST / 2.0 / (100 + HONEST))


@pytest.mark.parametrize(
    ("days", "came", "score"),
    [
        ([10.0, 10.0], 10.0, 0.0),  # the day is named
        ([NEVER, NEVER], NEVER, 0.0),  # it would not happen, and did not
        ([NEVER, NEVER], 10.0, 20.0 / 30.0),  # missed for two thirds of the time
        ([0.0, 0.0], NEVER, 1.0),  # at once, and never
        ([5.0, 15.0], 10.0, (0.25 * 5.0 + 0.25 * 5.0) / 30.0),  # half too early, half too late
        ([40.0, 40.0], NEVER, 0.0),  # after the horizon counts as never
    ],
)
def test_score_of_a_date_is_the_mean_squared_gap(days: list[float], came: float, score: float) -> None:
    assert days_score(np.array(days), came, horizon=30.0) == pytest.approx(score)


def test_score_of_a_date_is_proper() -> None:
    """Of all shares of runs, the true probability has the least expected score."""
    true = 0.3

    def expected(share: float) -> float:
        runs = np.where(np.arange(1000) < 1000 * share, 10.0, NEVER)
        return true * days_score(runs, 10.0, horizon=30.0) + (1 - true) * days_score(runs, NEVER, horizon=30.0)

    scores = {share: expected(share) for share in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 1.0)}
    assert min(scores, key=scores.__getitem__) == true


def test_places_of_what_comes_as_forecast_are_uniform() -> None:
    random = np.random.default_rng(1)
    shares = np.array([0.1, 0.2, 0.05, 0.25, 0.4])
    days = np.where(random.random(4000) < 0.6, random.integers(1, 30, 4000), NEVER)
    levels = [
        place_of_level(shares, int(level), u)
        for level, u in zip(random.choice(5, 4000, p=shares), random.random(4000), strict=True)
    ]
    dates = [
        place_of_day(days, float(day), u, horizon=30.0)
        for day, u in zip(random.choice(days, 4000), random.random(4000), strict=True)
    ]
    for places in (levels, dates):
        counts = np.histogram(places, 10, (0.0, 1.0))[0]
        assert ((counts - 400.0) ** 2 / 400.0).sum() < 33.7  # of 10,000 such tables one is worse


def test_what_never_happens_lies_above_all_days_up_to_the_horizon() -> None:
    days = np.array([1.0, 2.0, NEVER, NEVER])
    assert place_of_day(days, NEVER, 0.5, horizon=30.0) == pytest.approx(0.75)
    assert place_of_day(days, 2.0, 0.5, horizon=30.0) == pytest.approx(0.375)


def test_skill_is_one_if_perfect_and_below_nought_if_hopeless() -> None:
    rival = np.array([0.2, 0.1, 0.3, 0.2])
    assert skill(np.zeros(4), rival).value == 1.0
    assert skill(rival, rival).value == pytest.approx(0.0)
    worse = skill(2.0 * rival, rival)
    assert (worse.value, worse.low, worse.high) == pytest.approx((-1.0, -1.0, -1.0))
    mixed = skill(np.array([0.0, 0.3, 0.1, 0.1]), rival)
    assert mixed.value == pytest.approx(1.0 - 0.5 / 0.8)
    assert mixed.low < mixed.value < mixed.high


def test_skill_needs_pairs_and_a_rival_that_errs() -> None:
    with pytest.raises(StudyError, match="do not pair"):
        skill(np.zeros(3), np.zeros(4))
    with pytest.raises(StudyError, match="all 0"):
        skill(np.ones(3), np.zeros(3))
