"""Belligerence: a public that is not pressed to fight dislikes fighting [KertzerBrutger2016]_."""

from __future__ import annotations

from escalation.arithmetic.shared import shared

__all__ = ["belligerence_cost", "felt_at_home"]


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


@shared
def felt_at_home(intensity: float, discount: float, limited: bool) -> float:
    """Intensity g of an act as its own public feels it: (1 − η)·g for limited force, g for all else.

    Publics tolerate a use of force that stays small far better than its intensity on the ladder suggests
    [KertzerBrutger2016]_; that one number η says by how much is a modelling choice.

    Parameters
    ----------
    intensity
        Intensity g of the act.
    discount
        Discount η of limited force, in [0, 1].
    limited
        Whether the act is force short of major force.
    """
    if limited:
        return (1.0 - discount) * intensity
    return intensity
