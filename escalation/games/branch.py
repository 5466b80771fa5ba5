"""The principal branch: the equilibria that grow, as precision rises from 0, out of choosing at random.

It is followed by pseudo-arclength continuation, through turns in which precision falls for a while [Turocy2005]_.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from escalation.games.system import LogitSystem

__all__ = ["principal_root"]

Array = NDArray[np.float64]

MOST_STEPS = 20_000
MOST_CORRECTIONS = 8
LEAST_STEP = 1e-10


def _along(system: LogitSystem, point: Array, previous: Array) -> Array:
    """Unit tangent of the branch at a point (z, t), turned as the previous one is."""
    z, t = point[:-1], point[-1]
    slope = np.column_stack([system.slope(z, t), system.reply(*system.profile(z))])
    tangent: Array = np.linalg.svd(slope)[2][-1]
    return tangent if tangent @ previous >= 0.0 else -tangent


def _corrected(system: LogitSystem, guess: Array, normal: Array) -> Array | None:
    """Point of the branch in the plane through a guess, by Newton's method; None where it does not converge."""
    point = guess.copy()
    for _ in range(MOST_CORRECTIONS):
        z, t = point[:-1], point[-1]
        gap = np.append(system.gap(z, t), normal @ (point - guess))
        if np.abs(gap).max() <= 1e-11 * (1.0 + np.abs(z).max()):
            return point
        slope = np.zeros((len(point), len(point)))
        slope[:-1, :-1] = system.slope(z, t)
        slope[:-1, -1] = system.reply(*system.profile(z))
        slope[-1] = normal
        try:
            point = point - np.linalg.solve(slope, gap)
        except np.linalg.LinAlgError:
            return None
    return None


def principal_root(system: LogitSystem) -> Array | None:
    """Log-odds at which the principal branch first reaches full precision.

    Parameters
    ----------
    system
        The game.

    Returns
    -------
    Array or None
        Log-odds, shape (size,); None where the branch could not be followed so far.
    """
    point = np.zeros(system.size + 1)
    tangent = _along(system, point, np.append(np.zeros(system.size), 1.0))
    full = np.append(np.zeros(system.size), 1.0)
    step = 0.01
    for _ in range(MOST_STEPS):
        guess = point + step * tangent
        reached = _corrected(system, guess, tangent)
        if reached is None:
            step *= 0.5
            if step < LEAST_STEP:
                return None
            continue
        after = _along(system, reached, tangent)
        # A sharp turn means that the step may have jumped to another branch.
        if after @ tangent < 0.95 and step > LEAST_STEP:
            step *= 0.5
            continue
        if reached[-1] >= 1.0:
            share = (1.0 - point[-1]) / (reached[-1] - point[-1])
            end = _corrected(system, point + share * (reached - point) + 0.0 * full, full)
            return None if end is None else end[:-1]
        point, tangent = reached, after
        step *= 1.5
    return None
