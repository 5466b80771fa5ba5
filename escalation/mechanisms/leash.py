"""Leash: a patron holds its protégé back [Snyder1984]_, [Pressman2008]_.

What it holds by is that it could stand aside: it does so under a pledge on condition, until the adversary uses force.
"""

from __future__ import annotations

from escalation.arithmetic.shared import shared

__all__ = ["leash_cost"]


@shared
def leash_cost(leash: float, strength: float, intensity: float) -> float:
    """Cost leash·A·g of an act of intensity g to the protégé of a patron pledged with strength A, in stakes."""
    return leash * strength * intensity
