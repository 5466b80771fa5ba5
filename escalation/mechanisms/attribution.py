"""Attribution: who did it, where the hand is not known [Baliga2020]_.

Hypotheses are sets of actors, so that complicity can be believed; "other" is always among them, and what it is given
is not retaliated against.
"""

from __future__ import annotations

from escalation.arithmetic.shared import shared
from escalation.mechanisms.beliefs_and_signals import discounted

__all__ = ["covert_blame", "denied_weight", "posterior_weight"]


@shared
def posterior_weight(prior: float, likelihood: float) -> float:
    """Weight prior·likelihood of a hypothesis; divide by the sum over all for P(H | evidence)."""
    return prior * likelihood


@shared
def denied_weight(probability: float, if_guilty: float, if_innocent: float, weight: float, guilty: bool) -> float:
    """Weight of a hypothesis after a denial, to be divided by the sum over all.

    Parameters
    ----------
    probability
        Probability of the hypothesis before.
    if_guilty, if_innocent
        Probability that the denier would deny if it took part, and if it did not.
    weight
        How far the denial is believed, ω in [0, 1].
    guilty
        Whether the denier takes part under this hypothesis.
    """
    if guilty:
        return probability * discounted(if_guilty, if_innocent, weight)
    return probability * discounted(if_innocent, if_guilty, weight)


@shared
def covert_blame(detection: float, suspects: int) -> float:
    """Blame Λ / (Λ + n) of the author of a covert act, with n − 1 other suspects and "other", equal in prior.

    Where nobody is suspected yet, as before an author's front has opened, it is 1, also without any means of detection.
    """
    if suspects == 0:
        return 1.0
    return detection / (detection + suspects)
