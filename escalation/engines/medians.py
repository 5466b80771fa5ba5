"""The median of a quantity: what stands for a number that is not known."""

from __future__ import annotations

from escalation.arithmetic.draws import quantile
from escalation.engines.distributions import quantile_state, quantile_table
from escalation.world.distributions import Distribution

__all__ = ["median"]


def median(quantity: float | Distribution) -> float:
    """Median of a distribution, cut off where it is; a number is its own.

    Examples
    --------
    >>> from escalation.world.distributions import Uniform
    >>> median(Uniform(low=0.0, high=0.5)), median(3.0)
    (0.25, 3.0)
    """
    drawn = quantile_state(quantity, 0)
    nodes = quantile_table(quantity) or [0.0]
    return float(quantile(drawn, [nodes], 0.5))
