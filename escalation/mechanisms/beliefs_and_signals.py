"""Beliefs and signals: what is seen and heard moves beliefs by one operator, as far as it is believed.

The operator is Bayes's rule with likelihoods that are discounted toward their mean. Signals say how likely a message
is if it is true; honesty is what the sender's word is worth; a private word may get out; and the same arithmetic says
who did what nobody admits.
"""

from __future__ import annotations

import math

from escalation.arithmetic.draws import exponential
from escalation.arithmetic.elementary import logistic
from escalation.arithmetic.shared import shared

__all__ = [
    "after_broken_word",
    "days_until_leak",
    "denied_weight",
    "discounted",
    "likelihood_if_false",
    "likelihood_if_true",
    "posterior_weight",
    "resolve_likelihood",
    "updated",
    "weight",
]


# ---------------------------------------------------------------------------------------------------------------- bayes
# Belief: one operator by which everything that is seen or heard moves a probability.
# Switch: none; every scenario uses it.


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


# ----------------------------------------------------------------------------------------------------------- signalling
# How likely a message is if it is true, and how far it is believed. In documents of crises private words moved beliefs
# more than public ones, and acts more than either [KatagiriMin2019]_.
# Switches: `warning`, `reassurance`, `denial`, `disclosure`, `vow`, `threat`, `demand`, `appeal`, `refusal`,
# `concession`, `authorisation` (no signals of that kind); `open-acts` (no `events.*.rung`); `source-reliability`
# (`signals.*.occurred` and `credence` 1); `word-classes` (`rules.public_word`, `private_word` and `public_act` 1);
# `assurance` (`rules.assurance` 0); `tied-hands` (`rules.signal_precision` 0).


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


# -------------------------------------------------------------------------------------------------------------- honesty
# A vow broken or a bluff caught costs belief in the next word [Sartori2002]_.
# Switch: `honesty` (`rules.honesty_loss` 0, a share of honesty).


@shared
def after_broken_word(honesty: float, loss: float) -> float:
    """Honesty H·(1 − loss) after a word was broken."""
    return honesty * (1.0 - loss)


# ----------------------------------------------------------------------------------------------------------------- leak
# A private word gets out at a constant hazard.
# Switch: `leak` (no `signals.*.leak`, per day).


@shared
def days_until_leak(hazard: float, u: float) -> float:
    """Days until a private signal leaks; infinite where the hazard (per day) is 0."""
    if hazard <= 0.0:
        return math.inf
    return exponential(u) / hazard


# ---------------------------------------------------------------------------------------------------------- attribution
# Who did it, where the hand is not known [Baliga2020]_. Hypotheses are sets of actors, so that complicity can be
# believed; "other" is always among them, and what it is given is not retaliated against.
# Switches: `attribution` (`events.*.suspects`: one alone); `denial` (no signals of that kind).


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
