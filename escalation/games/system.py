"""Logit equilibria of a matrix game as the zeros of a smooth function of log-odds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalation.mechanisms.quantal_response import logit_choice

__all__ = ["LogitSystem", "responses"]

Array = NDArray[np.float64]


def responses(precision: float, utilities: Array) -> Array:
    """Probabilities of the actions of given utilities, by the rule that the actors of a crisis follow."""
    probabilities = [0.0] * len(utilities)
    logit_choice(precision, utilities.tolist(), [0.0] * len(utilities), probabilities)
    return np.array(probabilities)


def _spread(probabilities: Array) -> Array:
    """Derivatives of the probabilities by the log-odds of all actions but the first."""
    spread: Array = (np.diag(probabilities) - np.outer(probabilities, probabilities))[:, 1:]
    return spread


@dataclass(frozen=True, slots=True)
class LogitSystem:
    """Log-odds z = (x, y) of all actions against each player's first solve t·λ·(differences of payoffs) − z = 0.

    Parameters
    ----------
    row
        Row's precision times what each of its actions but the first gains over the first; shape (m − 1, n).
    column
        The same for column against row's actions; shape (n − 1, m).
    """

    row: Array
    column: Array

    @property
    def size(self) -> int:
        """Number of unknowns, m + n − 2."""
        return len(self.row) + len(self.column)

    def profile(self, z: Array) -> tuple[Array, Array]:
        """Probabilities of row's and of column's actions; shapes (m,) and (n,)."""
        m = len(self.row)
        return responses(1.0, np.append(0.0, z[:m])), responses(1.0, np.append(0.0, z[m:]))

    def reply(self, p: Array, q: Array) -> Array:
        """Log-odds with which row answers q and column answers p, at full precision."""
        return np.concatenate([self.row @ q, self.column @ p])

    def gap(self, z: Array, t: float) -> Array:
        """Replies to z less z, at the share t of the precision."""
        return t * self.reply(*self.profile(z)) - z

    def slope(self, z: Array, t: float) -> Array:
        """Derivatives of the gap by z; shape (size, size)."""
        m = len(self.row)
        p, q = self.profile(z)
        slope = -np.eye(self.size)
        slope[:m, m:] += t * self.row @ _spread(q)
        slope[m:, :m] += t * self.column @ _spread(p)
        return slope
