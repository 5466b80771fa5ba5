"""Alliances: whether a patron joins, what it deters, how it holds its protégé back, and principals of proxies."""

from __future__ import annotations

from escalation.arithmetic.elementary import bounded_log, logistic
from escalation.arithmetic.shared import shared

__all__ = [
    "credence_after",
    "doubted",
    "joining_by_credence",
    "joining_probability",
    "joining_utility",
    "leash_cost",
    "leash_left",
    "mixed_utility",
    "reply_cost_free",
    "reply_cost_of_war",
]


# ----------------------------------------------------------------------------------------------------------- commitment
# Whether a patron joins, and what is learnt from its doing so. A pledge weighs by its audience and by the patron's
# reputation [Snyder1984]_, or as it is believed; one that is conditional is doubted, or lapses, where the protégé
# struck first [Benson2011]_. A patron that keeps its pledge while the protégé is at war goes to war itself, and so wars
# chain [ChristensenSnyder1990]_.
# Switches: `commitment` (no `commitments`); `warning` (no signals of that kind); `joining-by-credence` (`rules.joining`
# "utility"); `belligerency` (`rules.belligerency` false); `reputation` (`rules.reputation` 0, in stakes).


LEAST_CREDENCE = 0.01
"""No pledge is held to be kept or broken for certain: a credence counts as within [0.01, 0.99]."""
UNDESERVED = 2.0
"""What a protégé that struck first takes off the log-odds that a conditional pledge is kept."""
UNDESERVED_ODDS = 0.1353352832366127
"""e^−2: by what it multiplies the odds."""


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


@shared
def joining_by_credence(credence: float, precision: float, mean_cost: float, cost: float, undeserved: bool) -> float:
    """Probability σ(logit q + λ·(c̄ − c)/2 − 2·[undeserved]) that a patron keeps its pledge.

    On average over its types a patron so keeps its pledge about as often as it is expected to. A type to which war
    costs less than the mean keeps it more often. A pledge on condition is kept less often where the protégé struck
    first [Benson2011]_. The form is a modelling choice.

    Parameters
    ----------
    credence
        Credence q in the pledge, as the scenario states it; held within [.01, .99].
    precision
        Precision λ of the patron's choices, per stake.
    mean_cost, cost
        Cost of war c̄ of the patron's two types on average, and its own c, in stakes.
    undeserved
        Whether the pledge is on condition, and the protégé struck first.
    """
    held = min(max(credence, LEAST_CREDENCE), 1.0 - LEAST_CREDENCE)
    shift = 0.5 * precision * (mean_cost - cost)
    if undeserved:
        shift -= UNDESERVED
    return logistic(bounded_log(held / (1.0 - held)) + shift)


@shared
def doubted(credence: float) -> float:
    """Credence in a pledge on condition once the protégé has struck first: its odds fall by e^−2.

    So whoever reckons with the patron expects of it what `joining_by_credence` has it do.

    Parameters
    ----------
    credence
        Credence q before.
    """
    kept = credence * UNDESERVED_ODDS
    return kept / (kept + (1.0 - credence))


# --------------------------------------------------------------------------------------------------------- patron reply
# The reply that an actor expects of its target's patrons: immediate extended deterrence [Huth1988]_.
# Switch: `patron-reply` (`rules.patron_reply` 0).


@shared
def reply_cost_free(patron_weight: float, credence: float, stake: float, gain: float) -> float:
    """Part χ_m·q·v·y(ℓ) of the cost of a patron's reply in kind that does not depend on the actor's type."""
    return patron_weight * credence * stake * gain


@shared
def reply_cost_of_war(patron_weight: float, credence: float, destruction: float) -> float:
    """Part χ_m·q·d(ℓ) of that cost, which multiplies the price ψ of destruction or the actor's own cost of war c."""
    return patron_weight * credence * destruction


# ---------------------------------------------------------------------------------------------------------------- leash
# A patron holds its protégé back [Snyder1984]_, [Pressman2008]_. What it holds by is that it could stand aside: so it
# does it under a pledge on condition, from force alone, and until the adversary uses force. It can let go by its word.
# Switches: `leash` (`rules.leash` 0); `leash-on-condition` (`rules.leash_holds` "always"); `authorisation` (no signals
# of that kind).


@shared
def leash_cost(leash: float, strength: float, intensity: float) -> float:
    """Cost leash·A·g of an act of intensity g to the protégé of a patron pledged with strength A, in stakes."""
    return leash * strength * intensity


@shared
def leash_left(weight: float, allowed: float) -> float:
    """Share 1 − ω·[g_ℓ ≤ b] of the leash that is left where the patron has given leave to act up to rung b.

    What an ally recommends in a crisis moves what its partner does [FangJohnsonLeeds2014]_, and an ally holds its
    partner back only if it is willing to [Pressman2008]_. That leave takes off the leash in proportion to the weight ω
    with which it is believed is a modelling choice.

    Parameters
    ----------
    weight
        How far the leave is believed, ω in [0, 1].
    allowed
        1 for an act up to the rung that the leave names, or for any if it names none; else 0.
    """
    return 1.0 - weight * allowed


# ---------------------------------------------------------------------------------------------------------------- proxy
# A principal's interests enter its proxy's choices by its control [Salehyan2010]_.
# Switch: `proxy` (no `actors.*.principal`).


@shared
def mixed_utility(control: float, own: float, principal: float) -> float:
    """Utility (1 − κ)·EU_own + κ·EU_principal that a proxy maximises, in stakes."""
    return (1.0 - control) * own + control * principal
