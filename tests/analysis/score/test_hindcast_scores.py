from __future__ import annotations

import numpy as np
import pytest

from escalation.analysis.score.hindcast_scores import (
    HONEST,
    days_score,
    honest_shares,
    place_of_day,
    place_of_level,
    skill,
)
from escalation.errors import StudyError

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
