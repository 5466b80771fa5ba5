"""Internal shocks: an actor shaken at home is weaker and slower until it has recovered."""

from __future__ import annotations

from escalation.arithmetic.shared import shared

__all__ = ["shaken", "slowed"]


@shared
def shaken(capability: float, weakness: float) -> float:
    """Capability K·(1 − shock) that is left."""
    return capability * (1.0 - weakness)


@shared
def slowed(days: float, weakness: float) -> float:
    """Delay days / (1 − shock), at most a hundredfold."""
    left = 1.0 - weakness
    if left < 0.01:
        left = 0.01
    return days / left
