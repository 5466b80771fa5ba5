"""Contest: the odds of victory from relative capability [Tullock1980]_."""

from __future__ import annotations

from escalation.arithmetic.bounded import power
from escalation.arithmetic.shared import shared

__all__ = ["strength", "success"]


@shared
def strength(capability: float, fronts_in_force: int, support: float) -> float:
    """Strength S = K / n + support of an actor that fights on n fronts.

    Parameters
    ----------
    capability
        Capability K.
    fronts_in_force
        Number n of its fronts on which force is in use, this one included; at least 1.
    support
        Capability of patrons, each weighted by the credence that it will join.
    """
    return capability / fronts_in_force + support


@shared
def success(own: float, other: float, exponent: float) -> float:
    """Probability W = Sᵐ / (Sᵐ + S'ᵐ) of winning.

    Examples
    --------
    >>> round(success(3.0, 2.0, 1.0), 12)
    0.6
    """
    mine = power(own, exponent)
    theirs = power(other, exponent)
    total = mine + theirs
    if total <= 0.0:
        return 0.5
    return mine / total
