"""Distributions: what is believed about a number.

A distribution stands for a judgement (epistemic uncertainty): it is drawn once per run and kept
apart from chance within the run. Every distribution may be cut off at `low` and `high`.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from escalation.world.base import Number, Part
from escalation.world.elicited import Elicited

__all__ = ["Beta", "Distribution", "Elicited", "LogNormal", "Normal", "Triangular", "Uniform", "support"]

_LEAST_SHARE = 1e-6
"""Least share of a distribution that its bounds must keep, so that draws are of what was meant."""


def _below_normal(deviation: float) -> float:
    return 0.5 * math.erfc(-deviation / math.sqrt(2.0))


class _Cut(Part):
    low: Number | None = None
    """Lower bound at which the distribution is cut off."""
    high: Number | None = None
    """Upper bound at which the distribution is cut off."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError(f"low ({self.low:g}) must be below high ({self.high:g})")
        kept = self._share(self.high, 1.0) - self._share(self.low, 0.0)
        if kept < _LEAST_SHARE:
            raise ValueError(
                f"low and high keep a share of {kept:.1g} of the distribution; widen them, "
                f"they must keep at least {_LEAST_SHARE:g}"
            )
        return self

    def _share(self, bound: float | None, without: float) -> float:
        """Share of the uncut distribution that lies below a bound."""
        return without if bound is None else self.below(bound)

    @abstractmethod
    def below(self, value: float) -> float:
        """Share of the uncut distribution that lies below a value."""


class Normal(_Cut):
    """Normal distribution, cut off at the bounds where they are given."""

    distribution: Literal["normal"] = "normal"
    """Names the distribution."""
    mean: Number
    """Mean before cutting off."""
    sd: Annotated[Number, Field(gt=0.0)]
    """Standard deviation before cutting off."""

    def below(self, value: float) -> float:
        """Share of the uncut distribution that lies below a value."""
        return _below_normal((value - self.mean) / self.sd)


class LogNormal(_Cut):
    """Lognormal distribution: its logarithm is normal."""

    distribution: Literal["lognormal"] = "lognormal"
    """Names the distribution."""
    median: Annotated[Number, Field(gt=0.0)]
    """Median before cutting off."""
    sigma: Annotated[Number, Field(gt=0.0, le=10.0)]
    """Standard deviation of the logarithm."""

    def below(self, value: float) -> float:
        """Share of the uncut distribution that lies below a value."""
        return _below_normal((math.log(value) - math.log(self.median)) / self.sigma) if value > 0.0 else 0.0


class Beta(_Cut):
    """Beta distribution on [0, 1], cut off at the bounds where they are given."""

    distribution: Literal["beta"] = "beta"
    """Names the distribution."""
    a: Annotated[Number, Field(gt=0.0, le=1e6)]
    """First shape parameter; the mean is a / (a + b)."""
    b: Annotated[Number, Field(gt=0.0, le=1e6)]
    """Second shape parameter."""

    def below(self, value: float) -> float:
        """Share of the uncut distribution that lies below a value."""
        from scipy.special import betainc  # heavy, and needed only where a beta is cut off

        return float(betainc(self.a, self.b, min(max(value, 0.0), 1.0)))


class Uniform(Part):
    """Uniform distribution between two bounds."""

    distribution: Literal["uniform"] = "uniform"
    """Names the distribution."""
    low: Number
    """Lower bound."""
    high: Number
    """Upper bound."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low >= self.high:
            raise ValueError(f"low ({self.low:g}) must be below high ({self.high:g})")
        return self


class Triangular(Part):
    """Triangular distribution: least, likeliest and greatest value."""

    distribution: Literal["triangular"] = "triangular"
    """Names the distribution."""
    low: Number
    """Least value."""
    mode: Number
    """Likeliest value."""
    high: Number
    """Greatest value."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.mode <= self.high or self.low >= self.high:
            raise ValueError("must have low <= mode <= high and low < high")
        return self


Distribution = Normal | LogNormal | Beta | Uniform | Triangular | Elicited
"""Any of the distributions that a scenario may use for a number."""


def support(quantity: float | Distribution) -> tuple[float, float]:
    """Least and greatest value that a quantity can take.

    Examples
    --------
    >>> support(Uniform(low=0.2, high=0.8))
    (0.2, 0.8)
    >>> support(Normal(mean=0.0, sd=1.0, low=0.0))
    (0.0, inf)
    """
    if isinstance(quantity, (int, float)):
        return float(quantity), float(quantity)
    floor, ceiling = -math.inf, math.inf
    if isinstance(quantity, LogNormal):
        floor = 0.0
    elif isinstance(quantity, Beta):
        floor, ceiling = 0.0, 1.0
    low = floor if quantity.low is None else max(floor, quantity.low)
    high = ceiling if quantity.high is None else min(ceiling, quantity.high)
    return low, high
