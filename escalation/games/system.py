"""Logit equilibria of a matrix game as the zeros of a smooth function of log-odds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalation.mechanisms.time_and_chance import logit_choice

__all__ = ["LogitSystem", "Profiles", "responses"]

Array = NDArray[np.float64]

Profiles = tuple[Array, Array]
"""Probabilities of row's and of column's actions, at many points; shapes (points, m) and (points, n)."""


def responses(precision: float, utilities: Array) -> Array:
    """Probabilities of the actions of given utilities, by the rule that the actors of a crisis follow."""
    probabilities = [0.0] * len(utilities)
    logit_choice(precision, utilities.tolist(), [0.0] * len(utilities), probabilities)
    return np.array(probabilities)


def _spread(probabilities: Array) -> Array:
    """Derivatives of the probabilities by the log-odds of all actions but the first."""
    spread: Array = (np.diag(probabilities) - np.outer(probabilities, probabilities))[:, 1:]
    return spread


def _spreads(probabilities: Array) -> Array:
    """Derivatives as of `_spread` at many points; (points, actions) to (points, actions, actions - 1)."""
    own = np.eye(probabilities.shape[1]) * probabilities[:, :, np.newaxis]
    spreads: Array = (own - probabilities[:, :, np.newaxis] * probabilities[:, np.newaxis, :])[:, :, 1:]
    return spreads


def _shares(odds: Array) -> Array:
    """Probabilities of actions from log-odds against the first; (points, actions - 1) to (points, actions)."""
    scores = np.concatenate([np.zeros((len(odds), 1)), odds], axis=1)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Array = weights / weights.sum(axis=1, keepdims=True)
    return shares


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

    def profiles(self, points: Array) -> Profiles:
        """Profiles at many points, shape (points, size), at once; to rounding those of `profile`."""
        m = len(self.row)
        return _shares(points[:, :m]), _shares(points[:, m:])

    def replies(self, profiles: Profiles) -> Array:
        """Replies to many profiles; shape (points, size)."""
        p, q = profiles
        return np.concatenate([q @ self.row.T, p @ self.column.T], axis=1)

    def gaps(self, points: Array, t: float) -> Array:
        """Gaps at many points; shape (points, size)."""
        return t * self.replies(self.profiles(points)) - points

    def slopes(self, points: Array, t: float) -> Array:
        """Slopes at many points; shape (points, size, size)."""
        m = len(self.row)
        p, q = self.profiles(points)
        slopes = np.tile(-np.eye(self.size), (len(points), 1, 1))
        slopes[:, :m, m:] += t * self.row @ _spreads(q)
        slopes[:, m:, :m] += t * self.column @ _spreads(p)
        return slopes
