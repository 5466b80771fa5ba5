"""Leaks: a private word gets out at a constant hazard."""

from __future__ import annotations

import math

from escalation.arithmetic.draws import exponential
from escalation.arithmetic.shared import shared

__all__ = ["days_until_leak"]


@shared
def days_until_leak(hazard: float, u: float) -> float:
    """Days until a private signal leaks; infinite where the hazard (per day) is 0."""
    if hazard <= 0.0:
        return math.inf
    return exponential(u) / hazard
