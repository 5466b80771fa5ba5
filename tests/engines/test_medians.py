"""What stands for a quantity that is not known."""

from __future__ import annotations

import pytest

from escalation.engines.medians import mean
from escalation.world.distributions import Beta, Distribution, Elicited, LogNormal, Normal, Triangular, Uniform


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (2.0, 2.0),
        (Normal(mean=1.0, sd=0.1), 1.0),
        (Normal(mean=0.0, sd=1.0, low=0.0), 0.7978845608028654),
        (LogNormal(median=1.0, sigma=1.0), 1.6487212707001282),
        (Beta(a=1.0, b=3.0), 0.25),
        (Uniform(low=1.0, high=2.0), 1.5),
        (Triangular(low=0.0, mode=1.0, high=2.0), 1.0),
        (Elicited(probabilities=(0.1, 0.9), values=(1.0, 3.0)), 2.0),
    ],
)
def test_the_mean_of_a_quantity(quantity: float | Distribution, expected: float) -> None:
    assert mean(quantity) == pytest.approx(expected, rel=5e-3)
