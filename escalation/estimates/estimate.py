"""An estimate: a number that never travels without its n, its interval and its method."""

from __future__ import annotations

import math
from dataclasses import dataclass

from escalation.errors import StudyError
from escalation.estimates.html import table

__all__ = ["Estimate", "check_level", "interval_text", "method_text"]

_MOST = 3
"""Most digits after the point that a value alone calls for; a narrow interval may call for more."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimated number with its interval.

    Parameters
    ----------
    value
        Point estimate.
    low, high
        Ends of the interval.
    n
        Number of runs (or pairs) it rests on.
    method
        Name of the method that made the interval.
    level
        Confidence level of the interval.
    event
        What it is an estimate of.

    Examples
    --------
    >>> print(Estimate(0.123, 0.1185, 0.1276, 20_000, "wilson"))
    0.1230 [0.1185, 0.1276] (Wilson 95 %, n = 20,000)
    >>> print(Estimate(0.0, 0.0, 0.000192, 20_000, "wilson"))
    < 0.000192 (Wilson 95 %, n = 20,000)
    """

    value: float
    low: float
    high: float
    n: int
    method: str
    level: float = 0.95
    event: str = ""

    def __str__(self) -> str:
        return f"{self.number_text()} ({method_text(self.method, level=self.level, n=self.n)})"

    def number_text(self) -> str:
        """Value and interval; a bound alone where the event never or always happened.

        Returns
        -------
        str
            To two significant digits of half the interval's length, and at least two of the value.
        """
        if self.value == self.low == 0.0 < self.high:
            return f"< {_outward(self.high, up=True)}"
        if self.low < self.value == self.high == 1.0:
            # What is known is the distance from 1, so that is what the digits are spent on.
            distance = _outward(1.0 - self.low, up=True)
            return f"> {1.0 - float(distance):.{len(distance.partition('.')[2])}f}"
        return interval_text(self.value, self.low, self.high)

    def to_dict(self) -> dict[str, float | int | str]:
        """Value, low, high, n, method and level, as ``--json`` prints them.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        return {
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "n": self.n,
            "method": self.method,
            "level": self.level,
        }

    def _repr_html_(self) -> str:
        label = method_text(self.method, level=self.level, n=self.n)
        return table(("event", "estimate", "method"), [(self.event, self.number_text(), label)])


def check_level(level: float) -> None:
    """Raise `StudyError` unless `level` is a confidence level, strictly between 0 and 1."""
    if not 0.0 < level < 1.0:
        raise StudyError(f"level is {level!r}; it must lie strictly between 0 and 1, as 0.95 does")


def interval_text(value: float, low: float, high: float) -> str:
    """Value and interval, to two significant digits of half the interval's length, and at least two of the value."""
    half = (high - low) / 2.0
    # An interval of no length gives no scale to round by; nor does one whose length is that of rounding errors, as the
    # mean of values that are all alike may have.
    scaled = 1e-13 * abs(value) < half < math.inf
    digits = max(0, 1 - math.floor(math.log10(half))) if scaled else 3
    # In a wide interval a value that is not nothing would be printed as 0.
    if scaled and value != 0.0:
        digits = max(digits, min(1 - math.floor(math.log10(abs(value))), _MOST))
    return f"{value:.{digits}f} [{low:.{digits}f}, {high:.{digits}f}]"


def method_text(method: str, *, level: float, n: int) -> str:
    """Method, level and n as printed after an estimate; no level reads as 100 %."""
    percent = f"{100.0 * level:.6g}"
    if percent == "100":
        percent = f"{100.0 * level:.10g}"
    return f"{method.title()} {percent} %, n = {n:,}"


def _outward(bound: float, *, up: bool) -> str:
    """Three significant digits, never rounded to the side that claims too much."""
    digits = 2 - math.floor(math.log10(bound))
    # The allowance keeps a bound that has three digits already from being moved by its binary error.
    scaled = bound * 10.0**digits
    whole = math.ceil(scaled - 1e-6) if up else math.floor(scaled + 1e-6)
    return f"{whole / 10.0**digits:.{max(digits, 0)}f}"
