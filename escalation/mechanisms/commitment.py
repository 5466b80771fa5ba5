"""Commitments: whether a patron joins, and what is learnt from its doing so.

A pledge weighs by its audience and by the patron's reputation [Snyder1984]_; one that is conditional lapses where
the protégé struck first [Benson2011]_.
"""

from __future__ import annotations

from escalation.arithmetic.bounded import logistic
from escalation.arithmetic.shared import shared

__all__ = ["credence_after", "joining_probability", "joining_utility"]


@shared
def joining_utility(
    stake: float,
    victory_gained: float,
    war_cost: float,
    destruction: float,
    pledge: float,
    audience_cost: float,
    publicity: float,
    reputation: float,
) -> float:
    """Utility stake·ΔW − c·d(ℓ) + A·(a·pub + rep) of joining rather than standing aside, in stakes.

    Parameters
    ----------
    stake
        The patron's stake in its protégé.
    victory_gained
        What its help adds to the protégé's probability of victory, ΔW.
    war_cost, destruction
        The patron's cost of war c, and the destruction d of the act that called on it.
    pledge
        Strength A of the pledge; 0 where it has lapsed.
    audience_cost, publicity
        The patron's audience cost a, and how publicly it is bound.
    reputation
        Loss of reputation for breaking a pledge.
    """
    return stake * victory_gained - war_cost * destruction + pledge * (audience_cost * publicity + reputation)


@shared
def joining_probability(precision: float, utility: float) -> float:
    """Probability σ(λ·U) of joining."""
    return logistic(precision * utility)


@shared
def credence_after(credence: float, weight: float, kept: int) -> float:
    """Credence q' = (n·q + x) / (n + 1) after one more case, kept (x = 1) or broken (x = 0)."""
    return (weight * credence + kept) / (weight + 1.0)
