"""Fear of attack: mobilisation alarms, less so where the mobiliser may be afraid itself [Jervis1976]_, [Kydd2005]_."""

from __future__ import annotations

from escalation.arithmetic.shared import shared
from escalation.mechanisms.beliefs_and_signals import updated
from escalation.mechanisms.signalling import likelihood_if_false, likelihood_if_true

__all__ = ["alarmed", "feared_reply", "reassured"]


@shared
def alarmed(fear: float, strength: float, security_motive: float) -> float:
    """Fear after the other side mobilised.

    An attacker mobilises with probability Λ/(1+Λ). So does, with probability h', one that is itself afraid of
    attack; one that is not does so with 1/(1+Λ).

    Parameters
    ----------
    fear
        Probability before that the other side will attack.
    strength
        Likelihood ratio Λ of mobilisation.
    security_motive
        Probability h' with which the mobiliser itself fears attack.
    """
    attacker = likelihood_if_true(strength)
    unafraid = likelihood_if_false(strength)
    defender = security_motive * attacker + (1.0 - security_motive) * unafraid
    return updated(fear, attacker, defender, 1.0)


@shared
def reassured(fear: float, strength: float, weight: float) -> float:
    """Fear after a reassurance of field strength Λ that is believed with weight ω."""
    return updated(fear, likelihood_if_false(strength), likelihood_if_true(strength), weight)


@shared
def feared_reply(probability: float, fear: float, is_attack: bool) -> float:
    """Expected reply (1 − h)·P + h·[k is the highest rung below war]."""
    if is_attack:
        return (1.0 - fear) * probability + fear
    return (1.0 - fear) * probability
