"""War and contest: what is at stake, who would win, and how war can come without anybody's choice.

Two sides bargain in the shadow of war. Its odds follow from relative strength; force that both use can get out of
hand, alert has its accidents, and unintended clashes excite one another. Fear of attack makes it worth going first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from escalation.arithmetic.draws import exponential
from escalation.arithmetic.elementary import bounded_exp, bounded_log, greater, logistic, power
from escalation.arithmetic.shared import shared
from escalation.mechanisms.beliefs_and_signals import likelihood_if_false, likelihood_if_true, updated

__all__ = [
    "alarmed",
    "critical_risk",
    "cumulative_risk",
    "destruction_value",
    "exchange_value",
    "excitation_after",
    "exposure_hazard",
    "feared_reply",
    "first_strike_gain",
    "hazard",
    "intensity",
    "log_likelihood",
    "probability",
    "reassured",
    "risk_at_stake",
    "stakes_odds",
    "strength",
    "success",
    "waiting_time",
    "war_value",
]


# ----------------------------------------------------------------------------------------------------------- bargaining
# What an exchange of acts is worth, and what war is worth [Fearon1995]_. Gains are weighted by revisionism, so that a
# power that defends the status quo has nothing to win, and an ally's support does not tempt it into war.
# Switches: `gains` (`fronts.*.revisionism` 0) and `destruction` (`rules.destruction` "as-war"); every scenario uses the
# rest.


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
    return -price * greater(own, other)


# -------------------------------------------------------------------------------------------------------------- contest
# The odds of victory from relative capability [Tullock1980]_.
# Switch: `contest` (`rules.contest_exponent` 0, with which the odds are even).


@shared
def strength(capability: float, fronts_in_force: int, support: float) -> float:
    """Strength S = K / n + support of an actor that fights on n fronts.

    Parameters
    ----------
    capability
        Capability K.
    fronts_in_force
        Number n of its fronts on which force is in use, this one included; at least 1.
    support
        Capability of patrons, each weighted by the credence that it will join.
    """
    return capability / fronts_in_force + support


@shared
def success(own: float, other: float, exponent: float) -> float:
    """Probability W = Sᵐ / (Sᵐ + S'ᵐ) of winning.

    Examples
    --------
    >>> round(success(3.0, 2.0, 1.0), 12)
    0.6
    """
    if own <= 0.0 or other <= 0.0 or exponent == 0.0:
        mine = power(own, exponent)
        total = mine + power(other, exponent)
        return mine / total if total > 0.0 else 0.5
    # By the ratio: powers of great strengths would meet the bound of the exponential, and look even.
    return logistic(exponent * bounded_log(own / other))


# --------------------------------------------------------------------------------------------------------- brinkmanship
# A threat that leaves something to chance [Schelling1966]_, [Powell1990]_.
# Switches: `brinkmanship` (`rules.brinkmanship_scale` 0) and `stakes` (`rules.brinkmanship_stakes` 0).


STEPS = 5.0
"""The slope is per fifth of the scale of intensity, one rung of the default ladder."""
ONSET = 0.8
"""Sum of two intensities at which the hazard equals its scale."""


@shared
def hazard(scale: float, slope: float, intensity: float, other_intensity: float) -> float:
    """Hazard f0·exp(f1·5·(g + g' − 0.8)) of an exchange of force that gets out of hand."""
    return scale * bounded_exp(slope * STEPS * (intensity + other_intensity - ONSET))


@shared
def probability(total_hazard: float) -> float:
    """Probability f = 1 − e^−H of war from a hazard H summed over the exchange."""
    return 1.0 - bounded_exp(-total_hazard)


@shared
def stakes_odds(stake: float, other_stake: float, elasticity: float) -> float:
    """Multiple o = (v·v')^(ζ/2) of the odds of war in an exchange of force, by what the issue is worth to the two.

    The elasticity ζ is to the geometric mean of the two stakes. How far a crisis is let out of hand depends on what
    either side would lose by giving way [Schelling1966]_, [Powell1990]_; the form is a modelling choice.

    Examples
    --------
    >>> round(stakes_odds(1.5, 1.2, 2.0), 10)
    1.8
    >>> stakes_odds(1.0, 1.0, 3.0)
    1.0
    """
    return bounded_exp(0.5 * elasticity * (bounded_log(stake) + bounded_log(other_stake)))


@shared
def risk_at_stake(risk: float, odds: float) -> float:
    """Probability o·f / (1 − f + o·f) whose odds are o times those of a probability f; f itself where o is 1.

    Examples
    --------
    >>> round(risk_at_stake(0.25, 3.0), 10)
    0.5
    """
    raised = odds * risk
    return raised / (1.0 - risk + raised)


@shared
def cumulative_risk(risk: float, times: int) -> float:
    """Probability of at least one war in a number of exchanges of equal risk.

    Examples
    --------
    >>> round(cumulative_risk(0.02, 13), 10)
    0.2309776107
    """
    spared = 1.0
    for _ in range(times):
        spared = spared * (1.0 - risk)
    return 1.0 - spared


@shared
def critical_risk(winning: float, yielding: float, disaster: float) -> float:
    """Greatest risk (W − S) / (W − D) of disaster D that is worth running to win W rather than yield S.

    Examples
    --------
    >>> round(critical_risk(1.0, 0.0, -10.0), 10)
    0.0909090909
    """
    return (winning - yielding) / (winning - disaster)


# ------------------------------------------------------------------------------------------------------------- accident
# While both sides stand on alert, war can come without anybody's choice [Sagan1993]_.
# Switch: `accident` (`rules.accident_hazard` 0, per day).


@shared
def exposure_hazard(hazard: float, days: float) -> float:
    """Hazard of war by accident over some days on alert; the hazard is per day."""
    return hazard * days


# ------------------------------------------------------------------------------------------------------------ incidents
# Unintended clashes that excite one another, a Hawkes process [Hawkes1971]_, of intensity λ(t) = m + Σ α·e^(−b(t −
# tᵢ)). The next incident is drawn exactly, as the earlier of a background one and one of the excitation that is left
# [DassiosZhao2013]_.
# Switch: `incidents` (no `fronts.*.incidents`, no events of kind accident).


@shared
def excitation_after(excitation: float, decay: float, days: float) -> float:
    """Excitation that is left after some days, per day."""
    return excitation * bounded_exp(-decay * days)


@shared
def waiting_time(rate: float, excitation: float, decay: float, u_background: float, u_excited: float) -> float:
    """Days until the next incident; infinite where none comes.

    Parameters
    ----------
    rate
        Background rate m, per day.
    excitation
        Excitation now, per day.
    decay
        Its rate of decay b, per day.
    u_background, u_excited
        Two uniform numbers.
    """
    wait = math.inf
    if rate > 0.0:
        wait = exponential(u_background) / rate
    if excitation > 0.0:
        left = 1.0 - decay * exponential(u_excited) / excitation
        # Excitation decays while one waits, and so may bring no incident at all: `left` is then 0 or less.
        if left > 0.0:
            excited = -bounded_log(left) / decay
            if excited < wait:
                wait = excited
    return wait


@shared
def intensity(rate: float, jump: float, decay: float, times: Sequence[float], now: float) -> float:
    """Intensity just before `now`, per day, given the times of earlier incidents, rising."""
    excitation = 0.0
    last = now
    first = True
    for time in times:
        if time >= now:
            break
        if not first:
            excitation = excitation_after(excitation, decay, time - last)
        excitation += jump
        last = time
        first = False
    if first:
        return rate
    return rate + excitation_after(excitation, decay, now - last)


@shared
def log_likelihood(rate: float, jump: float, decay: float, times: Sequence[float], horizon: float) -> float:
    """Log-likelihood of incidents at rising `times` within [0, horizon]; −∞ where one comes at an intensity of 0.

    Examples
    --------
    >>> round(log_likelihood(0.2, 0.4, 1.0, [1.0, 2.0, 3.5, 4.0, 7.0], 10.0), 8)
    -9.88432265
    """
    total = -rate * horizon
    excitation = 0.0
    last = 0.0
    for time in times:
        excitation = excitation_after(excitation, decay, time - last)
        if rate + excitation <= 0.0:
            return -math.inf
        total += math.log(rate + excitation)
        total -= jump / decay * (1.0 - bounded_exp(-decay * (horizon - time)))
        excitation += jump
        last = time
    return total


# ----------------------------------------------------------------------------------------------------------------- fear
# Mobilisation alarms, less so where the mobiliser may be afraid itself [Jervis1976]_, [Kydd2005]_.
# Switches: `fear` (`fronts.*.fear` 0, `rules.mobilisation_strength` 1); `reassurance` (no signals of that kind).


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


# --------------------------------------------------------------------------------------------------------- first strike
# Where an attack is feared, going first has an advantage [Jervis1976]_, [Kydd2005]_.
# Switch: `first-strike` (`fronts.*.first_strike_advantage` 0, in stakes).


@shared
def first_strike_gain(advantage: float, fear: float) -> float:
    """Gain φ·h of a major act over waiting, in stakes, where attack is feared with probability h."""
    return advantage * fear
