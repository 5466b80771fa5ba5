"""Quantal response: better acts are likelier, none is certain.

[McKelveyPalfrey1995]_, [McKelveyPalfrey1998]_; in the study of crises [Signorino1999]_.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence

from escalation.arithmetic.bounded import bounded_exp
from escalation.arithmetic.shared import inlined, shared

__all__ = ["logit_among", "logit_choice", "logit_weights", "score"]


@inlined
def score(precision: float, utility: float, crowding: float) -> float:
    """Score λ·EU(ℓ) − ln n(ℓ) of an act, whose exponential is its weight in a logit choice."""
    return precision * utility - crowding


@inlined
def logit_weights(acts: int, best: float, scores: Sequence[float], weights: MutableSequence[float]) -> float:
    """Write the weight exp(score − best) of each act, and return their sum, by which P(ℓ) is a weight's share.

    Parameters
    ----------
    acts
        Number of acts.
    best
        Highest score, at which the exponential is 1.
    scores
        Score of each act; see `score`.
    weights
        Receives the weights.
    """
    total = 0.0
    for act in range(acts):
        weights[act] = bounded_exp(scores[act] - best)
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
        Receives the probabilities; shape (acts,).
    """
    logit_among(len(crowding), precision, utilities, crowding, probabilities)


@inlined
def logit_among(
    acts: int,
    precision: float,
    utilities: Sequence[float],
    crowding: Sequence[float],
    probabilities: MutableSequence[float],
) -> None:
    """Write P(ℓ) as `logit_choice` does, of as many acts as are said; what else the rows hold is passed over."""
    best = score(precision, utilities[0], crowding[0])
    probabilities[0] = best
    for act in range(1, acts):
        probabilities[act] = score(precision, utilities[act], crowding[act])
        if probabilities[act] > best:
            best = probabilities[act]
    total = logit_weights(acts, best, probabilities, probabilities)
    for act in range(acts):
        probabilities[act] = probabilities[act] / total
