"""Proportions of cases that come several to a run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from escalation.errors import StudyError
from escalation.estimates.clustered import clustered_proportion
from escalation.estimates.proportion import METHODS, proportion


def test_one_case_a_run_is_a_plain_proportion() -> None:
    assert clustered_proportion([1, 0, 1, 0, 0], [1, 1, 1, 0, 1], level=0.9) == proportion(2, 4, level=0.9)


@pytest.mark.parametrize("method", METHODS)
def test_cases_that_are_always_alike_tell_as_much_as_their_runs(method: str) -> None:
    hits = [3] * 40 + [0] * 60
    clustered = clustered_proportion(hits, [3] * 100, method=method)
    plain = proportion(40, 100, method=method)
    assert clustered.value == plain.value
    # The variance of a sample has n − 1 in it, and Student's t with 99 degrees of freedom is 1.98422.
    longer = (100 / 99) ** 0.5 * 1.98422 / 1.95996
    assert clustered.high - clustered.low == pytest.approx((plain.high - plain.low) * longer, rel=3e-3)
    assert (clustered.n, clustered.method) == (100, f"clustered-{method}")


def test_the_variance_of_a_ratio_worked_out_by_hand() -> None:
    # p = 3/6; rests 0, −½, 1, −½; variance (0 + ¼ + 1 + ¼)·4/(3·36) = 1/18; ¼ over it are 4.5 cases, made fewer since
    # Student's t with 3 degrees of freedom stands for z.
    found = clustered_proportion([1, 0, 2, 0], [2, 1, 2, 1])
    z, t = 1.959963984540054, 3.182446305284263
    m = 4.5 * (z / t) ** 2
    half = z / (1 + z * z / m) * (0.25 / m + (z / (2 * m)) ** 2) ** 0.5
    assert (found.low, found.high) == pytest.approx((0.5 - half, 0.5 + half))


@pytest.mark.parametrize(("hits", "value"), [(0, 0.0), (2, 1.0)])
def test_never_and_always_are_bounds_by_the_number_of_runs(hits: int, value: float) -> None:
    found = clustered_proportion([hits] * 30, [2] * 30)
    plain = proportion(int(30 * value), 30)
    assert (found.value, found.low, found.high, found.n) == (value, plain.low, plain.high, 30)


def test_unequal_runs_never_count_for_more_than_their_cases() -> None:
    # Every run has one hit of two: less variance than chance would have, by which 10,000 runs are not taken for more.
    found = clustered_proportion([1] * 10_000, [2] * 10_000)
    plain = proportion(10_000, 20_000)
    assert (found.low, found.high) == pytest.approx((plain.low, plain.high), abs=2e-6)
    assert found.high - found.low >= plain.high - plain.low


def test_a_handful_of_runs_tell_little() -> None:
    # Seed 6. Five runs of one to five cases that mostly share their run's luck, 1,000 studies. Intervals of 95 % that
    # took the variance for known held the truth in 887 of them; 930 is three standard deviations below the level.
    rng = np.random.default_rng(6)
    covered = 0
    for _ in range(1_000):
        cases = rng.integers(1, 6, 5)
        found = clustered_proportion(rng.binomial(cases, rng.beta(0.5, 0.5, 5)), cases)
        covered += found.low <= 0.5 <= found.high
    assert covered >= 930


def test_intervals_cover_as_often_as_they_say() -> None:
    # Seed 5. 400 intervals at .95 cover in 380 cases, standard deviation 4.4; outside 360 to 396 once in 10,000 times.
    rng = np.random.default_rng(5)
    share, covered = 0.3, 0
    for _ in range(400):
        luck = rng.random(150) < share  # two cases in three share their run's luck
        cases = rng.integers(1, 5, 150)
        own = rng.binomial(cases, share)
        together = rng.random(150) < 2 / 3
        hits = np.where(together, np.where(luck, cases, 0), own)
        found = clustered_proportion(hits, cases)
        covered += found.low <= share <= found.high
    assert 360 <= covered <= 396


def test_plain_intervals_would_not() -> None:
    # As above: were the cases of a run taken for independent, the intervals would be too short.
    rng = np.random.default_rng(5)
    covered = 0
    for _ in range(400):
        cases = rng.integers(1, 5, 150)
        hits = np.where(rng.random(150) < 0.3, cases, 0)
        plain = proportion(int(hits.sum()), int(cases.sum()))
        covered += plain.low <= 0.3 <= plain.high
    assert covered < 340


@pytest.mark.parametrize(
    ("hits", "cases", "words"),
    [
        ([0, 0], [0, 0], "no run has a case"),
        ([], [], "no run has a case"),
        ([2], [1], "more hits than cases"),
        ([1, 0], [1], "of 2 runs and cases of 1"),
        ([0.5], [1], "hits must be whole numbers"),
        ([1], [-1], "cases must be whole numbers"),
        ([[1]], [[1]], "one a run"),
    ],
)
def test_what_is_no_share_is_told(hits: Any, cases: Any, words: str) -> None:
    with pytest.raises(StudyError, match=words):
        clustered_proportion(np.array(hits, dtype=float if hits == [0.5] else np.int64), np.array(cases, np.int64))


def test_method_and_level_are_checked() -> None:
    with pytest.raises(StudyError, match="no method 'wilsn'; did you mean 'wilson'"):
        clustered_proportion([1, 0], [2, 1], method="wilsn")
    with pytest.raises(StudyError, match="level is 95"):
        clustered_proportion([1, 0], [2, 1], level=95)
