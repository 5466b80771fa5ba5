"""Where the search starts: statistical backward induction [Bas2008]_.

Player 2's choice is fitted first, to the rows in which it had one; then player 1's, with player 2's fitted
probabilities in the place of the true ones. Both are binary choices, whose likelihoods have one maximum.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.strategic_choice.likelihood import STATUS_QUO, WAR, Likelihood
from escalation.analysis.strategic_choice.maximum import maximum
from escalation.analysis.strategic_choice.shocks import ROOT_TWO, Link, log_share, reply

__all__ = ["backward_induction", "resistance", "weighted_design"]

Floats = NDArray[np.float64]

RIDGE = 1e-4
"""Weight of a penalty that keeps a start finite where a choice can be told without fail."""


def _binary_choice(link: Link, design: Floats, chosen: NDArray[np.bool_]) -> Floats:
    """Coefficients of a binary choice; shape (columns,)."""
    signed = np.where(chosen[:, np.newaxis], design, -design)

    def value(b: Floats) -> float:
        return float(log_share(link, signed @ b)[0].sum()) - 0.5 * RIDGE * float(b @ b)

    def slopes(b: Floats) -> tuple[Floats, Floats]:
        _, slope, curve = log_share(link, signed @ b)
        return signed.T @ slope - RIDGE * b, signed.T @ (curve[:, np.newaxis] * signed) - RIDGE * np.eye(b.size)

    return maximum(value, lambda b: slopes(b)[0], lambda b: slopes(b)[1], np.zeros(design.shape[1])).at


def resistance(likelihood: Likelihood, second: Floats) -> Floats:
    """Probability that player 2 resists in each row, at the parameters of its utilities."""
    yielding, resisting = likelihood.designs[3:]
    split = yielding.shape[1]
    return reply(likelihood.link, resisting @ second[split:] - yielding @ second[:split])[0]


def weighted_design(likelihood: Likelihood, q: Floats) -> Floats:
    """Player 1's mean gain from attacking as a linear function of its parameters; shape (rows, its parameters)."""
    quo, low, war = likelihood.designs[:3]
    return np.hstack([-quo, (1.0 - q)[:, np.newaxis] * low, q[:, np.newaxis] * war])


def backward_induction(likelihood: Likelihood) -> Floats:
    """Parameters by statistical backward induction; shape (parameters,)."""
    link, outcomes = likelihood.link, likelihood.outcomes
    reached = outcomes != STATUS_QUO
    unit = 1.0 if link == "logit" else ROOT_TWO
    answer = np.hstack([-likelihood.designs[3], likelihood.designs[4]])[reached]
    second = _binary_choice(link, answer / unit, outcomes[reached] == WAR)
    q = resistance(likelihood, second)
    spread = np.sqrt(1.0 + q**2 + (1.0 - q) ** 2) if likelihood.error == "private" else ROOT_TWO
    # With Gumbel shocks, the logistic of the same spread stands in for player 1's compound shock.
    spread = spread / ROOT_TWO if link == "logit" else spread
    first = _binary_choice(link, weighted_design(likelihood, q) / np.reshape(spread, (-1, 1)), reached)
    return np.concatenate([first, second])
