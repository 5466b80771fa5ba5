"""The median and the mean of a quantity: what stands for a number that is not known."""

from __future__ import annotations

import math

from escalation.arithmetic.draws import quantile
from escalation.engines.distributions import quantile_state, quantile_table
from escalation.world.distributions import Distribution

__all__ = ["mean", "median"]

_PARTS = 1000
"""Parts of equal probability over which a mean is taken."""


def median(quantity: float | Distribution) -> float:
    """Median of a distribution, cut off where it is; a number is its own.

    Examples
    --------
    >>> from escalation.world.distributions import Uniform
    >>> median(Uniform(low=0.0, high=0.5)), median(3.0)
    (0.25, 3.0)
    """
    return _quantiles(quantity, [0.5])[0]


def mean(quantity: float | Distribution) -> float:
    """Mean of a distribution, cut off where it is, nearly; a number is its own.

    Examples
    --------
    >>> from escalation.world.distributions import Beta
    >>> round(mean(Beta(a=2.0, b=8.0)), 3), mean(3.0)
    (0.2, 3.0)
    """
    if isinstance(quantity, (int, float)):
        return float(quantity)
    return math.fsum(_quantiles(quantity, [(part + 0.5) / _PARTS for part in range(_PARTS)])) / _PARTS


def _quantiles(quantity: float | Distribution, at: list[float]) -> list[float]:
    """Quantiles of a quantity at probabilities strictly between 0 and 1."""
    drawn = quantile_state(quantity, 0)
    nodes = quantile_table(quantity) or [0.0]
    return [float(quantile(drawn, [nodes], share)) for share in at]
