"""Quantal response: better acts are likelier, none is certain.

[McKelveyPalfrey1995]_, [McKelveyPalfrey1998]_; in the study of crises [Signorino1999]_.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence

from escalation.arithmetic.bounded import bounded_exp
from escalation.arithmetic.shared import inlined, shared

__all__ = ["logit_among", "logit_choice"]


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
    best = precision * utilities[0] - crowding[0]
    for act in range(1, acts):
        score = precision * utilities[act] - crowding[act]
        if score > best:
            best = score
    total = 0.0
    for act in range(acts):
        probabilities[act] = bounded_exp(precision * utilities[act] - crowding[act] - best)
        total += probabilities[act]
    for act in range(acts):
        probabilities[act] = probabilities[act] / total
