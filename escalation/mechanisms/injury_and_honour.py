"""Injury: what was suffered and not yet answered [GoldsteinFreeman1990]_, [Dafoe2021]_."""

from __future__ import annotations

from escalation.arithmetic.bounded import positive_part
from escalation.arithmetic.shared import shared

__all__ = ["discharged", "exposure", "retaliation_cost", "unanswered"]


@shared
def exposure(covert_discount: float, publicity: float) -> float:
    """Weight π = 1 − χ·(1 − publicity) of an injury: one that nobody admits can be let pass [Carson2018]_."""
    return 1.0 - covert_discount * (1.0 - publicity)


@shared
def unanswered(blame: float, exposed: float, level: float, intensity: float) -> float:
    """Injury μ·π·(e − g)⁺ that an act of intensity g leaves unanswered.

    Parameters
    ----------
    blame
        Probability μ that the act's target did it.
    exposed
        Weight π of the injury.
    level
        Intensity e of what was suffered.
    intensity
        Intensity g of the answer.
    """
    return blame * exposed * positive_part(level - intensity)


@shared
def discharged(level: float, blame: float, intensity: float) -> float:
    """Level of an injury after an answer: (e − μ·g)⁺."""
    return positive_part(level - blame * intensity)


@shared
def retaliation_cost(honour: float, pressure_weight: float, pressure: float, injury: float) -> float:
    """Cost (ρ + δD)·x of leaving the injury x unanswered, in stakes."""
    return (honour + pressure_weight * pressure) * injury
