"""First strike: where an attack is feared, going first has an advantage [Jervis1976]_, [Kydd2005]_."""

from __future__ import annotations

from escalation.arithmetic.shared import shared

__all__ = ["first_strike_gain"]


@shared
def first_strike_gain(advantage: float, fear: float) -> float:
    """Gain φ·h of a major act over waiting, in stakes, where attack is feared with probability h."""
    return advantage * fear
