"""Time and chance: how an actor chooses with noise, when it decides, and how what it feels fades."""

from __future__ import annotations

import math
from collections.abc import MutableSequence, Sequence

from escalation.arithmetic.draws import normal_cdf, normal_quantile
from escalation.arithmetic.elementary import (
    LARGEST_EXPONENT,
    bounded_exp,
    bounded_log,
    exponential_of,
    greater,
    lanes_at,
    put_lanes,
    width,
)
from escalation.arithmetic.shared import inlined, shared

__all__ = [
    "background_gap",
    "information_weight",
    "kept_share",
    "logit_choice",
    "logit_weight",
    "logit_weights",
    "relaxed",
    "response_delay",
    "score",
    "shaken",
    "shares_reasons",
    "shock_correlation",
    "slowed",
]


# ----------------------------------------------------------------------------------------------------- quantal response
# Better acts are likelier, none is certain [McKelveyPalfrey1995]_, [McKelveyPalfrey1998]_; in the study of crises
# [Signorino1999]_.
# Switches: `replies` (`rules.depth` 0, with which nobody expects a reply); every scenario uses the rest.


@inlined
def score(precision: float, utility: float, crowding: float) -> float:
    """Score λ·EU(ℓ) − ln n(ℓ) of an act, whose exponential is its weight in a logit choice."""
    return precision * utility - crowding


@inlined
def logit_weight(score: float, best: float) -> float:
    """Weight exp(score − best) of an act, whose share in all weights is P(ℓ); at the best score it is 1."""
    return exponential_of(greater(score - best, -LARGEST_EXPONENT))  # at most 0, and so without an upper bound


@shared
def logit_weights(
    precision: float,
    utilities: Sequence[float],
    crowding: Sequence[float],
    weights: MutableSequence[float],
) -> float:
    """Write exp(λ·EU(ℓ) − ln n(ℓ)) of each act into `weights`, the greatest taken as 1, and return their sum.

    Parameters as of `logit_choice`. In machine code lanes may read beyond the last act; what stands there counts
    nowhere.
    """
    acts = len(crowding)
    for first in range(0, acts, width()):
        put_lanes(weights, first, score(precision, lanes_at(utilities, first), lanes_at(crowding, first)))
    # The best of acts and not of lanes, in which there may be something beyond the last act.
    best = weights[0]
    for act in range(1, acts):
        best = greater(best, weights[act])
    for first in range(0, acts, width()):
        put_lanes(weights, first, logit_weight(lanes_at(weights, first), best))
    total = 0.0
    for act in range(acts):
        total += weights[act]
    return total


@shared
def logit_choice(
    precision: float,
    utilities: Sequence[float],
    crowding: Sequence[float],
    probabilities: MutableSequence[float],
) -> None:
    """Write P(ℓ) ∝ exp(λ·EU(ℓ) − ln n(ℓ)) into `probabilities`.

    Parameters
    ----------
    precision
        Precision λ, per stake.
    utilities
        Expected utility of each act, in stakes; shape (acts,).
    crowding
        Logarithm of the number n of rungs in the act's class, so that a finer ladder is not likelier; shape (acts,).
    probabilities
        Receives the probabilities; shape (acts,), in machine code padded for lanes.
    """
    total = logit_weights(precision, utilities, crowding, probabilities)
    for first in range(0, len(crowding), width()):
        put_lanes(probabilities, first, lanes_at(probabilities, first) / total)


# ---------------------------------------------------------------------------------------------------------- persistence
# Private reasons last, so that asking again is not drawing again. The shocks of a quantal response are redrawn at the
# points of a Poisson process. What an act reveals about a type is therefore worth less, the sooner it follows the last
# one. Actors that face one adversary have some of them in common: of ICB's crisis actors, such pairs respond alike more
# often than what is known of either explains [BrecherWilkenfeld1997]_.
# Switches: `persistence` (`rules.shock_persistence` 1, in days); `shared-reasons` (`rules.shared_reasons` 0).


@shared
def shock_correlation(days: float, mean_persistence: float) -> float:
    """Probability e^(−days/τ) that the shocks are still those of some days ago."""
    return bounded_exp(-days / mean_persistence)


@shared
def shares_reasons(u: float, share: float) -> bool:
    """Whether an actor goes by the private reasons shared by all who face its target, by a uniform number.

    Each does with probability √ς, so that two of them share theirs with probability ς. That whole sets of reasons are
    shared, or none, is a modelling choice. It leaves what each actor does by itself as likely as it was.

    Parameters
    ----------
    u
        Uniform number, in (0, 1), of its own.
    share
        Probability ς that two actors share their reasons.

    Examples
    --------
    >>> shares_reasons(0.6, 0.4), shares_reasons(0.7, 0.4)
    (True, False)
    """
    return u * u < share


@shared
def information_weight(correlation: float) -> float:
    """Weight ω = √(1 − correlation) with which an act is taken as new evidence."""
    return math.sqrt(1.0 - correlation)


# ---------------------------------------------------------------------------------------------------------------- clock
# When an actor decides. A decision is prompted, and falls after a lognormal delay; or it falls to a background clock,
# which runs only where an account is open. Crisis actors responded within a median of five days of the trigger, or six
# with its own day [BrecherWilkenfeld1997]_.
# Switches: `deliberation` (`rules.deliberations` "every-prompt"); `same-day-decisions` (`rules.least_delay` 1, in
# days); `force-preparation` (`rules.force_preparation` 1, a multiple); `background-clock` (`actors.*.tempo` without
# bound); every scenario uses the rest.


LEAST_GAP = 0.05
"""Shortest mean time between two ticks, in days: that of the shortest period, in which a tick counts once."""
MOST_CERTAIN = 1.0 - 1e-12


@shared
def response_delay(median: float, spread: float, not_before: float, least: float, u: float) -> float:
    """Days from a prompt to the decision it calls for: lognormal, and no less than the least.

    Parameters
    ----------
    median
        Median delay, in days.
    spread
        Standard deviation of its logarithm.
    not_before
        Days for which it is known that nothing was decided: the delay is drawn given that it is longer.
    least
        Least delay, in days.
    u
        Uniform number.
    """
    passed = 0.0
    if not_before > 0.0:
        passed = normal_cdf((bounded_log(not_before) - bounded_log(median)) / spread)
    p = passed + (1.0 - passed) * u
    # Where little is left of the distribution p can round to 1, and the delay would be ages.
    if p > MOST_CERTAIN:
        p = MOST_CERTAIN
    delay = median * bounded_exp(spread * normal_quantile(p))
    # It can be less by rounding, or where p was cut.
    if delay < not_before:
        delay = not_before
    if delay < least:
        return least
    return delay


@shared
def background_gap(tempo: float, gap: float) -> float:
    """Days to the next tick of the background clock: exponential with mean `tempo`.

    A mean below `LEAST_GAP` counts as that.

    Parameters
    ----------
    tempo
        Mean, in days.
    gap
        Exponential number of mean 1.
    """
    if tempo < LEAST_GAP:
        return LEAST_GAP * gap
    return tempo * gap


# ---------------------------------------------------------------------------------------------------------------- decay
# What is felt fades with a half-life.
# Switch: `fading` (`rules.injury_half_life`, `vow_half_life`, `pressure_half_life` and `fear_half_life` without bound,
# in days).


LN_2 = math.log(2.0)


@shared
def kept_share(days: float, half_life: float) -> float:
    """Share 2^(−days / half-life) that is left after some days."""
    return bounded_exp(-LN_2 * days / half_life)


@shared
def relaxed(value: float, baseline: float, share: float) -> float:
    """Value after its distance from a baseline has shrunk to a share of itself."""
    return baseline + (value - baseline) * share


# ------------------------------------------------------------------------------------------------------- internal shock
# An actor shaken at home is weaker and slower until it has recovered.
# Switch: `internal-shock` (no events of that kind).


@shared
def shaken(capability: float, weakness: float) -> float:
    """Capability K·(1 − shock) that is left."""
    return capability * (1.0 - weakness)


@shared
def slowed(days: float, weakness: float) -> float:
    """Delay days / (1 − shock), at most a hundredfold."""
    left = 1.0 - weakness
    if left < 0.01:
        left = 0.01
    return days / left
