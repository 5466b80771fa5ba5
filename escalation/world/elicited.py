"""A judgement given as quantiles, made a distribution."""

from __future__ import annotations

import math
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from escalation.world.base import Number, Part

__all__ = ["Elicited"]

_LEAST_STEP = 1e-3
"""Least distance of the probabilities of an elicited distribution, which others could not tell apart."""


class Elicited(Part):
    """A judgement given as two or three quantiles, made a distribution by the metalog family.

    Without bounds it is a metalog, with one a log metalog, with both a logit metalog; its quantiles
    at the stated probabilities are exactly the stated values [Keelin2016]_.
    """

    distribution: Literal["elicited"] = "elicited"
    """Names the distribution."""
    probabilities: Annotated[tuple[Number, ...], Field(min_length=2, max_length=3)]
    """Two or three probabilities, rising, each within [0.01, 0.99]."""
    values: Annotated[tuple[Number, ...], Field(min_length=2, max_length=3)]
    """The quantiles at those probabilities, rising."""
    low: Number | None = None
    """Lower bound of what is possible, where there is one."""
    high: Number | None = None
    """Upper bound of what is possible, where there is one."""

    @model_validator(mode="after")
    def _proper(self) -> Self:
        if len(self.probabilities) != len(self.values):
            raise ValueError("needs as many values as probabilities")
        rising = all(a < b for a, b in zip(self.probabilities, self.probabilities[1:], strict=False))
        if not rising or self.probabilities[0] < 0.01 or self.probabilities[-1] > 0.99:
            raise ValueError("probabilities must rise and lie within [0.01, 0.99]")
        if any(b - a < _LEAST_STEP for a, b in zip(self.probabilities, self.probabilities[1:], strict=False)):
            raise ValueError(f"probabilities must be at least {_LEAST_STEP:g} apart")
        if not all(a < b for a, b in zip(self.values, self.values[1:], strict=False)):
            raise ValueError("values must rise")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError(f"low ({self.low:g}) must be below high ({self.high:g})")
        if self.low is not None and self.values[0] <= self.low:
            raise ValueError(f"values must lie above low ({self.low:g})")
        if self.high is not None and self.values[-1] >= self.high:
            raise ValueError(f"values must lie below high ({self.high:g})")
        _, scale, skew = self.metalog()
        # The slope of the quantile function must be above 0 everywhere, or greater probabilities had smaller values.
        if not all(
            scale / (p * (1.0 - p)) + skew * ((p - 0.5) / (p * (1.0 - p)) + math.log(p / (1.0 - p))) > 0.0
            for p in (i / 2000.0 for i in range(1, 2000))
        ):
            raise ValueError(
                "these three quantiles are too skewed for a metalog; move the middle one, add bounds "
                "or give two quantiles"
            )
        return self

    def transform(self, value: float) -> float:
        """Map a value onto the unbounded scale on which the metalog stands."""
        if self.low is not None and self.high is not None:
            odds = (value - self.low) / (self.high - value)
            if not 0.0 < odds < math.inf:
                raise ValueError("values lie too close to a bound; move the bound away")
            return math.log(odds)
        if self.low is not None:
            return math.log(value - self.low)
        if self.high is not None:
            return -math.log(self.high - value)
        return value

    def metalog(self) -> tuple[float, float, float]:
        """Coefficients (location, scale, skew) of the metalog through the quantiles [Keelin2016]_."""
        logits = [math.log(p / (1.0 - p)) for p in self.probabilities]
        values = [self.transform(value) for value in self.values]
        if len(values) == 2:
            scale = (values[1] - values[0]) / (logits[1] - logits[0])
            return values[0] - scale * logits[0], scale, 0.0
        skews = [(p - 0.5) * x for p, x in zip(self.probabilities, logits, strict=True)]
        lower = (values[1] - values[0], logits[1] - logits[0], skews[1] - skews[0])
        upper = (values[2] - values[1], logits[2] - logits[1], skews[2] - skews[1])
        determinant = lower[1] * upper[2] - lower[2] * upper[1]
        if abs(determinant) < 1e-9:
            raise ValueError("these probabilities do not determine a metalog; move one of them")
        scale = (lower[0] * upper[2] - lower[2] * upper[0]) / determinant
        skew = (lower[1] * upper[0] - lower[0] * upper[1]) / determinant
        return values[0] - scale * logits[0] - skew * skews[0], scale, skew
