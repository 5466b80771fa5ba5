"""Stakes: what an exchange of acts is worth, and what war is worth [Fearon1995]_.

Gains are weighted by revisionism, so that a power that defends the status quo has nothing to win, and an ally's
support does not tempt it into war.
"""

from __future__ import annotations

from escalation.arithmetic.shared import shared

__all__ = ["destruction_value", "exchange_value", "war_value"]


@shared
def exchange_value(stake: float, revisionism: float, own_gain: float, other_gain: float) -> float:
    """Value v·(rev·y(ℓ) − y(k)) of one's act ℓ against the other's act k short of war, in stakes."""
    return stake * (revisionism * own_gain - other_gain)


@shared
def war_value(stake: float, revisionism: float, victory: float) -> float:
    """Value v·(rev·W − (1 − W)) of war before its cost c, in stakes; W is the probability of victory."""
    return stake * (revisionism * victory - (1.0 - victory))


@shared
def destruction_value(price: float, own: float, other: float) -> float:
    """Value −ψ·max(d(ℓ), d(k)) of the destruction by an exchange of acts short of war, in stakes.

    In the first version of the model its price was the cost of war, so that the fear of a nuclear war deterred
    skirmishes; a price of its own is a modelling choice.

    Parameters
    ----------
    price
        Cost ψ of destruction short of war, in stakes.
    own, other
        Destruction d by either act, as a share of a war's.
    """
    return -price * max(own, other)
