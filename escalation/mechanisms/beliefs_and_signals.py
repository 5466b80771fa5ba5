"""Belief: one operator by which everything that is seen or heard moves a probability."""

from __future__ import annotations

from escalation.arithmetic.shared import shared

__all__ = ["discounted", "updated"]


@shared
def discounted(likelihood: float, other: float, weight: float) -> float:
    """Likelihood of a report believed with weight ω: (1 − ω)·mean + ω·l, the mean over true and false."""
    return (1.0 - weight) * 0.5 * (likelihood + other) + weight * likelihood


@shared
def updated(prior: float, likelihood_if_true: float, likelihood_if_false: float, weight: float) -> float:
    """Posterior p' = p·l₁ / (p·l₁ + (1 − p)·l₀), with both likelihoods discounted toward their mean.

    A weight of 0 leaves the belief alone; a weight of 1 is Bayes's rule. What cannot be observed at all leaves it alone
    too. That a message counts by the sender's honesty and by common interests follows [Sartori2002]_ and [Trager2010]_.

    Parameters
    ----------
    prior
        Probability before.
    likelihood_if_true, likelihood_if_false
        Probability of what was observed if the hypothesis is true, and if it is false.
    weight
        How far the observation is believed, ω in [0, 1].

    Examples
    --------
    >>> round(updated(0.3, 0.9, 0.2, 0.5), 12)
    0.453125
    """
    if_true = prior * discounted(likelihood_if_true, likelihood_if_false, weight)
    if_false = (1.0 - prior) * discounted(likelihood_if_false, likelihood_if_true, weight)
    total = if_true + if_false
    if total <= 0.0:
        return prior
    return if_true / total
