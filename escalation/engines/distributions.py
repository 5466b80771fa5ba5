"""Distributions as the quantile functions that both engines can draw from."""

from __future__ import annotations

import functools
import math

import numpy as np

from escalation.arithmetic import draws as kinds
from escalation.arithmetic.draws import normal_cdf
from escalation.arithmetic.elementary import bounded_log
from escalation.dynamics.state import QuantileState
from escalation.world.distributions import (
    Beta,
    Distribution,
    Elicited,
    LogNormal,
    Normal,
    Triangular,
    Uniform,
    support,
)

__all__ = ["NODES", "quantile_state", "quantile_table"]

NODES = 2049
"""Nodes of a tabulated quantile function."""


def quantile_table(distribution: Distribution | float) -> list[float] | None:
    """Values at equally spaced probabilities within its bounds, where quantiles have no closed form."""
    if not isinstance(distribution, Beta):
        return None
    return _beta_table(distribution.a, distribution.b, *support(distribution))


@functools.lru_cache(maxsize=256)
def _beta_table(a: float, b: float, low: float, high: float) -> list[float]:
    from scipy.special import betainc, betaincinv  # takes longer to load than all else that a short study does

    # The nodes spread over what the bounds keep, so that a tail is drawn as finely as a whole distribution.
    grid = np.linspace(betainc(a, b, low), betainc(a, b, high), NODES)
    values: list[float] = betaincinv(a, b, grid).tolist()
    return values


def _normal_cut(mean: float, sd: float, low: float, high: float) -> tuple[float, float]:
    return (
        0.0 if low == -math.inf else normal_cdf((low - mean) / sd),
        1.0 if high == math.inf else normal_cdf((high - mean) / sd),
    )


def quantile_state(
    distribution: Distribution | float, table: int, *, limits: tuple[float, float] = (-math.inf, math.inf)
) -> QuantileState:
    """Lower a distribution, or a number, to the parameters of its quantile function.

    Parameters
    ----------
    distribution
        What to lower.
    table
        Row of its tabulated quantiles, if it has any.
    limits
        Least and greatest value of what it stands for: what is drawn beyond counts as that.
    """
    low, high = support(distribution)
    kind, a, b, c, p_low, p_high = kinds.CONSTANT, 0.0, 0.0, 0.0, 0.0, 1.0
    if isinstance(distribution, Normal):
        kind, a, b = kinds.NORMAL, distribution.mean, distribution.sd
        p_low, p_high = _normal_cut(a, b, low, high)
    elif isinstance(distribution, LogNormal):
        kind, a, b = kinds.LOGNORMAL, distribution.median, distribution.sigma
        log_low = bounded_log(low) if low > 0.0 else -math.inf
        log_high = math.log(high) if high < math.inf else math.inf
        p_low, p_high = _normal_cut(math.log(a), b, log_low, log_high)
    elif isinstance(distribution, Beta):
        kind = kinds.TABLE
    elif isinstance(distribution, Uniform):
        kind = kinds.UNIFORM
    elif isinstance(distribution, Triangular):
        kind, a = kinds.TRIANGULAR, distribution.mode
    elif isinstance(distribution, Elicited):
        a, b, c = distribution.metalog()
        kind = kinds.METALOG
        if distribution.low is not None and distribution.high is not None:
            kind = kinds.METALOG_BETWEEN
        elif distribution.low is not None:
            kind = kinds.METALOG_ABOVE
        elif distribution.high is not None:
            kind = kinds.METALOG_BELOW
    else:
        a = float(distribution)
    # Where a bound is no parameter of the quantile function, but only cuts off. To narrow the bounds of a uniform or a
    # triangular distribution would change its shape.
    if kind in (kinds.NORMAL, kinds.LOGNORMAL, kinds.TABLE):
        low = max(low, limits[0])
    if kind in (kinds.NORMAL, kinds.LOGNORMAL, kinds.METALOG_ABOVE):
        high = min(high, limits[1])
    return QuantileState(kind=kind, a=a, b=b, c=c, low=low, high=high, p_low=p_low, p_high=p_high, table=max(table, 0))
