"""Signals: how likely a message is if it is true, and how far it is believed."""

from __future__ import annotations

from escalation.arithmetic.bounded import logistic
from escalation.arithmetic.shared import shared

__all__ = ["likelihood_if_false", "likelihood_if_true", "resolve_likelihood", "weight"]


@shared
def likelihood_if_true(strength: float) -> float:
    """Likelihood l₁ = Λ / (1 + Λ) of a message whose field strength is Λ, where what it says is true."""
    return strength / (1.0 + strength)


@shared
def likelihood_if_false(strength: float) -> float:
    """Likelihood l₀ = 1 / (1 + Λ) of that message where what it says is false."""
    return 1.0 / (1.0 + strength)


@shared
def weight(credence: float, honesty: float, alignment: float) -> float:
    """Weight ω of a message: trust in its carrier × the sender's honesty × alignment of interests.

    Reputation for honesty: [Sartori2002]_; messages between adversaries with common interests: [Trager2010]_.
    """
    return credence * honesty * alignment


@shared
def resolve_likelihood(precision: float, utility_of_acting: float, utility_of_restraint: float) -> float:
    """Probability σ(λ_s·[EU(b) − EU(0)]) that a type would bind itself in public to rung b.

    Tying hands informs because the irresolute would rather not be tied [Fearon1994]_, [Fearon1997]_.

    Examples
    --------
    >>> round(resolve_likelihood(2.0, 0.8, 0.2), 10)
    0.7685247835
    """
    return logistic(precision * (utility_of_acting - utility_of_restraint))
