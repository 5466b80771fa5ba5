"""Belligerence: a public that is not pressed to fight dislikes fighting [KertzerBrutger2016]_."""

from __future__ import annotations

from escalation.arithmetic.shared import shared

__all__ = ["belligerence_cost"]


@shared
def belligerence_cost(cost: float, pressure: float, mediation: float, intensity: float) -> float:
    """Cost belligerence·(1 − D)·g + M·g of an act of intensity g, in stakes.

    Parameters
    ----------
    cost
        The actor's belligerence cost, in stakes per unit of intensity.
    pressure
        Domestic pressure D to respond, in [0, 1].
    mediation
        Added cost M while mediation lasts, in stakes per unit of intensity: a way out on offer makes force
        harder to justify at home.
    intensity
        Intensity g of the act.
    """
    return (cost * (1.0 - pressure) + mediation) * intensity
