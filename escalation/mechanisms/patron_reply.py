"""Expected reply of a target's patrons to an act: immediate extended deterrence [Huth1988]_."""

from __future__ import annotations

from escalation.arithmetic.shared import shared

__all__ = ["reply_cost_free", "reply_cost_of_war"]


@shared
def reply_cost_free(patron_weight: float, credence: float, stake: float, gain: float) -> float:
    """Part χ_m·q·v·y(ℓ) of the cost of a patron's reply in kind that does not depend on the actor's type."""
    return patron_weight * credence * stake * gain


@shared
def reply_cost_of_war(patron_weight: float, credence: float, destruction: float) -> float:
    """Part χ_m·q·d(ℓ) of that cost that multiplies the actor's own cost of war c."""
    return patron_weight * credence * destruction
