"""Quantities: a number, or what is believed about a number.

A distribution stands for a judgement (epistemic uncertainty): it is drawn once per run and kept
apart from chance within the run. Every distribution may be cut off at `low` and `high`.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import Discriminator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, Tag, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_after_validator_function

from escalation.world.base import Number, Part

__all__ = [
    "LARGEST",
    "LEAST",
    "Beta",
    "Distribution",
    "Elicited",
    "LogNormal",
    "NonNegative",
    "Normal",
    "Positive",
    "Probability",
    "Quantity",
    "Triangular",
    "Uniform",
    "limits",
    "support",
]

LEAST, LARGEST = 1e-9, 1e9
"""Least number that counts as above 0, and largest number. Beyond them nothing is meant, and arithmetic ends."""

_LEAST_SHARE = 1e-6
"""Least share of a distribution that its bounds must keep, so that draws are of what was meant."""


_LEAST_STEP = 1e-3
"""Least distance of the probabilities of an elicited distribution, which others could not tell apart."""


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
        if self.low is not None and self.values[0] <= self.low:
            raise ValueError(f"values must lie above low ({self.low:g})")
        if self.high is not None and self.values[-1] >= self.high:
            raise ValueError(f"values must lie below high ({self.high:g})")
        _, scale, skew = self.metalog()
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


Distribution = Normal | LogNormal | Beta | Uniform | Triangular | Elicited
"""Any of the distributions that a scenario may use for a number."""


def _kind(value: Any) -> str:
    if isinstance(value, Part):
        return str(getattr(value, "distribution", "number"))
    if isinstance(value, dict):
        kind = value.get("distribution")
        return kind if isinstance(kind, str) else "missing"
    return "number"


Quantity = Annotated[
    Annotated[Number, Tag("number")]
    | Annotated[Normal, Tag("normal")]
    | Annotated[LogNormal, Tag("lognormal")]
    | Annotated[Beta, Tag("beta")]
    | Annotated[Uniform, Tag("uniform")]
    | Annotated[Triangular, Tag("triangular")]
    | Annotated[Elicited, Tag("elicited")],
    Discriminator(
        _kind,
        custom_error_type="quantity",
        custom_error_message="must be a number or a distribution: a table whose key 'distribution' is one of "
        "normal, lognormal, beta, uniform, triangular, elicited",
    ),
]
"""A number or a distribution over it."""


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


class _Within:
    """Check that a quantity cannot leave an interval.

    A distribution without bounds of its own may reach beyond an end that is only that of arithmetic: what it draws
    there counts as that end, see `limits`.
    """

    def __init__(self, low: float, high: float, *, open_low: bool = False) -> None:
        self.low, self.high, self.open_low = low, high, open_low

    @property
    def limits(self) -> tuple[float, float]:
        """Least and greatest value."""
        return LEAST if self.open_low else self.low, self.high

    def __call__(self, quantity: float | Distribution) -> float | Distribution:
        least, greatest = support(quantity)
        low, high = self.limits
        if isinstance(quantity, (int, float)):
            inside, given = low <= quantity <= high, f", not {quantity:g}"
        else:
            reach = high if greatest == math.inf and high == LARGEST else greatest
            inside, given = self.low <= least and low <= reach <= high, "; cut the distribution off with low and high"
        if not inside:
            raise ValueError(f"must be {self._allowed(least, greatest)}{given}")
        return quantity

    def _allowed(self, least: float, greatest: float) -> str:
        """What is allowed, of the side on which a quantity is not."""
        if self.high < LARGEST:
            return f"within [{self.low:g}, {self.high:g}]"
        if least < self.low or greatest <= 0.0:
            return "above 0" if self.open_low else "at least 0"
        return f"at most {self.high:g}" if greatest > self.high else f"at least {LEAST:g}"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_after_validator_function(self, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Write the bounds on the plain number; those of a distribution no JSON Schema can say."""
        schema = handler(core)
        number = next(option for option in schema["oneOf"] if option.get("type") == "number")
        if self.open_low:
            number["exclusiveMinimum"] = self.low
        number["minimum"], number["maximum"] = self.limits
        return schema


def limits(part: type[Part], field: str) -> tuple[float, float]:
    """Least and greatest value that a quantity of a part can have in a run.

    Examples
    --------
    >>> from escalation.world.actor import Actor
    >>> limits(Actor, "tempo"), limits(Actor, "control")
    ((1e-09, 1000000000.0), (0.0, 1.0))
    """
    info = part.model_fields[field]
    options = [info.metadata, *(get_args(option)[1:] for option in get_args(info.annotation))]
    return next(rule.limits for rules in options for rule in rules if isinstance(rule, _Within))


Probability = Annotated[Quantity, _Within(0.0, 1.0)]
"""A quantity within [0, 1]."""
NonNegative = Annotated[Quantity, _Within(0.0, LARGEST)]
"""A quantity of at least 0."""
Positive = Annotated[Quantity, _Within(0.0, LARGEST, open_low=True)]
"""A quantity above 0."""
