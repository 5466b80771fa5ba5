from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from escalation.errors import StudyError
from escalation.estimates.mean import mean


def test_the_interval_equals_that_of_scipy() -> None:
    values = np.random.default_rng(3).normal(5.0, 2.0, size=17)
    got = mean(values, level=0.9, event="days")
    there = ttest_1samp(values, 0.0).confidence_interval(0.9)
    assert (got.low, got.high) == pytest.approx((there.low, there.high), rel=1e-12)
    assert (got.value, got.n, got.method, got.event) == (values.mean(), 17, "student-t", "days")


def test_the_interval_equals_a_hand_calculation() -> None:
    # Standard error 1 / sqrt(3); t(0.975, 2) = 4.302653.
    got = mean([1.0, 2.0, 3.0])
    assert got.high - got.value == pytest.approx(4.302653 / math.sqrt(3.0), rel=1e-6)


@pytest.mark.parametrize("values", [[1.0], [], [[1.0, 2.0]], [1.0, math.inf], [1.0, math.nan]])
def test_what_has_no_mean_is_refused(values: list[float]) -> None:
    with pytest.raises(StudyError, match="n 2 or more, all finite"):
        mean(values)


def test_an_impossible_level_is_refused() -> None:
    with pytest.raises(StudyError, match="level"):
        mean([1.0, 2.0], level=2.0)
