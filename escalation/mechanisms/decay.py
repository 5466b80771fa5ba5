"""Decay: what is felt fades with a half-life."""

from __future__ import annotations

import math

from escalation.arithmetic.bounded import bounded_exp
from escalation.arithmetic.shared import shared

__all__ = ["kept_share", "relaxed"]

LN_2 = math.log(2.0)


@shared
def kept_share(days: float, half_life: float) -> float:
    """Share 2^(−days / half-life) that is left after some days."""
    return bounded_exp(-LN_2 * days / half_life)


@shared
def relaxed(value: float, baseline: float, share: float) -> float:
    """Value after its distance from a baseline has shrunk to a share of itself."""
    return baseline + (value - baseline) * share
