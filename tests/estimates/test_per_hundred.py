from __future__ import annotations

import pytest

from escalation.estimates.estimate import Estimate
from escalation.estimates.per_hundred import per_hundred


@pytest.mark.parametrize(
    ("value", "low", "high", "words"),
    [
        (0.5686, 0.5589, 0.5783, "56.9 of 100 runs (55.9 to 57.8)"),
        (0.0021, 0.00116, 0.00304, "0.21 of 100 runs (0.12 to 0.30)"),
        (-0.3191, -0.32902, -0.30905, "-31.9 of 100 runs (-32.9 to -30.9)"),
        (0.5, 0.2, 0.8, "50 of 100 runs (20 to 80)"),
        (0.0, 0.0, 0.000384, "fewer than 0.0384 of 100 runs"),
        (1.0, 0.9962, 1.0, "more than 99.620 of 100 runs"),
        (0.25, 0.25, 0.25, "25.0 of 100 runs (25.0 to 25.0)"),
    ],
)
def test_a_probability_is_so_many_of_100_runs(value: float, low: float, high: float, words: str) -> None:
    assert per_hundred(Estimate(value, low, high, 10_000, "wilson")) == words
