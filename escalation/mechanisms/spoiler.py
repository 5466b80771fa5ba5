"""Spoilers and bait: some gain from violence as such; a motive seen through is not served [KyddWalter2002]_."""

from __future__ import annotations

from escalation.arithmetic.shared import shared

__all__ = ["bait_cost", "spoiler_gain"]


@shared
def spoiler_gain(spoiler: float, intensity: float) -> float:
    """Gain s·g of a spoiler from an act of intensity g, in stakes."""
    return spoiler * intensity


@shared
def bait_cost(bait: float, motive: float, intensity: float) -> float:
    """Cost bait·w·g of doing what an adversary is believed, with probability w, to want done, in stakes."""
    return bait * motive * intensity
