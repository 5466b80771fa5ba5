"""An estimate in words for readers who think in cases and not in probabilities: so many of 100 runs."""

from __future__ import annotations

import math

from escalation.estimates.html import Shown

__all__ = ["per_hundred"]


def per_hundred(estimate: Shown) -> str:
    """Estimate of a probability, or of a difference of two, as a number of 100 runs with its interval.

    Parameters
    ----------
    estimate
        Probability, or difference of two.

    Returns
    -------
    str
        To one significant digit of half the interval's length; a bound alone where it never or always happened.

    Examples
    --------
    >>> from escalation.estimates.proportion import proportion
    >>> per_hundred(proportion(5_686, 10_000))
    '56.9 of 100 runs (55.9 to 57.8)'
    >>> per_hundred(proportion(0, 10_000))
    'fewer than 0.0384 of 100 runs'
    """
    # A bound is taken over as printed, for it was rounded to the side that does not claim too much.
    text = estimate.number_text()
    if text.startswith("<"):
        return f"fewer than {_hundredfold(text)} of 100 runs"
    if text.startswith(">"):
        return f"more than {_hundredfold(text)} of 100 runs"
    half = 50.0 * (estimate.high - estimate.low)
    digits = max(0, -math.floor(math.log10(half))) if half > 0.0 else 1
    value, low, high = (f"{100.0 * end:.{digits}f}" for end in (estimate.value, estimate.low, estimate.high))
    return f"{value} of 100 runs ({low} to {high})"


def _hundredfold(bound: str) -> str:
    """A bound in per cent, with the digits that it has."""
    number = bound[2:]
    digits = max(0, len(number.partition(".")[2]) - 2)
    return f"{100.0 * float(number):.{digits}f}"
