"""Proxies: a principal's interests enter its proxy's choices by its control [Salehyan2010]_."""

from __future__ import annotations

from escalation.arithmetic.shared import shared

__all__ = ["mixed_utility"]


@shared
def mixed_utility(control: float, own: float, principal: float) -> float:
    """Utility (1 − κ)·EU_own + κ·EU_principal that a proxy maximises, in stakes."""
    return (1.0 - control) * own + control * principal
