"""Persistence: private reasons last, so that asking again is not drawing again.

The shocks of a quantal response are redrawn at the points of a Poisson process. What an act reveals about a type
is therefore worth less, the sooner it follows the last one.
"""

from __future__ import annotations

import math

from escalation.arithmetic.bounded import bounded_exp
from escalation.arithmetic.shared import shared

__all__ = ["information_weight", "shock_correlation"]


@shared
def shock_correlation(days: float, mean_persistence: float) -> float:
    """Probability e^(−days/τ) that the shocks are still those of some days ago."""
    return bounded_exp(-days / mean_persistence)


@shared
def information_weight(correlation: float) -> float:
    """Weight ω = √(1 − correlation) with which an act is taken as new evidence."""
    return math.sqrt(1.0 - correlation)
