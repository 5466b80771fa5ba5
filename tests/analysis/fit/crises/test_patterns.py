from __future__ import annotations

import numpy as np
import pytest

from escalation.analysis.fit.crises.patterns import _median


@pytest.mark.parametrize(
    ("n", "rank"),
    [
        (2, 1),  # of so few even the least and the greatest hold the median in less than 95 %
        (6, 1),  # 1/64 on either side
        (16, 4),  # 697/65536 = 1.1 %; the fifth would be 2517/65536 = 3.8 %
        (24, 7),
        (308, 137),
    ],
)
def test_the_interval_of_a_median_has_ends_that_are_beyond_it_in_one_of_forty_at_most(n: int, rank: int) -> None:
    found = _median(np.random.default_rng(1).permutation(np.arange(1.0, n + 1.0)), "days")
    assert (found.low, found.high) == (rank, n + 1 - rank)
    assert found.value == (n + 1) / 2
