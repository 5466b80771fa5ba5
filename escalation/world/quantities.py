"""Quantities: a number or a distribution over it, and the interval that it cannot leave."""

from __future__ import annotations

import functools
import math
from typing import Annotated, Any, get_args

from pydantic import Discriminator, GetCoreSchemaHandler, GetJsonSchemaHandler, Tag
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_after_validator_function

from escalation.world.base import Number, Part
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

__all__ = [
    "LARGEST",
    "LEAST",
    "AtLeastOne",
    "NonNegative",
    "Portion",
    "Positive",
    "Probability",
    "Quantity",
    "Signed",
    "limits",
]

LEAST, LARGEST = 1e-9, 1e9
"""Least number that counts as above 0, and largest number. Beyond them nothing is meant, and arithmetic ends."""


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
            bounds = f"[{self.low:g}, {self.high:g}]"
            return f"within {bounds} and above {self.low:g}" if self.open_low else f"within {bounds}"
        if least < self.low or greatest <= 0.0:
            return "above 0" if self.open_low else f"at least {self.low:g}"
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


@functools.cache
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
Portion = Annotated[Quantity, _Within(0.0, 1.0, open_low=True)]
"""A quantity within [0, 1] and above 0."""
NonNegative = Annotated[Quantity, _Within(0.0, LARGEST)]
"""A quantity of at least 0."""
AtLeastOne = Annotated[Quantity, _Within(1.0, LARGEST)]
"""A quantity of at least 1."""
Signed = Annotated[Quantity, _Within(-LARGEST, LARGEST)]
"""A quantity of either sign."""
Positive = Annotated[Quantity, _Within(0.0, LARGEST, open_low=True)]
"""A quantity above 0."""
