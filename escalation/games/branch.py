"""The principal branch: the equilibria that grow, as precision rises from 0, out of choosing at random.

The equilibrium to which it leads selects one from many [McKelveyPalfrey1995]_. It is followed by pseudo-arclength
continuation, which also passes turns where precision falls for a while.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from escalation.games.system import LogitSystem

__all__ = ["principal_root"]

Array = NDArray[np.float64]

MOST_STEPS = 5_000
MOST_CORRECTIONS = 8
FIRST_STEP = 0.01
LEAST_STEP = 1e-10
STRAIGHT = 0.95
"""Least cosine of the turn within a step: a sharper one may have jumped to another branch."""


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


def _follows(system: LogitSystem, reached: Array, guess: Array, step: float, tangent: Array) -> bool:
    """Whether a step stayed on its branch, at precisions above 0."""
    if reached[-1] <= 0.0 or np.linalg.norm(reached - guess) > 0.3 * step:
        return False
    return bool(_along(system, reached, tangent) @ tangent >= STRAIGHT)


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
    scale = max(float(np.abs(part).max(initial=0.0)) for part in (system.row, system.column))
    if scale == 0.0:
        return np.zeros(system.size)
    # In units of the largest payoff log-odds and precision grow alike, and the branch bends gently.
    unit = LogitSystem(system.row / scale, system.column / scale)
    point = np.zeros(system.size + 1)
    level = np.append(np.zeros(system.size), 1.0)
    tangent = _along(unit, point, level)
    step = FIRST_STEP
    for _ in range(MOST_STEPS):
        guess = point + step * tangent
        reached = _corrected(unit, guess, tangent)
        if reached is None or not _follows(unit, reached, guess, step, tangent):
            step *= 0.5
            if step < LEAST_STEP:
                return None
            continue
        if reached[-1] >= scale:
            share = (scale - point[-1]) / (reached[-1] - point[-1])
            end = point + share * (reached - point)
            end[-1] = scale
            found = _corrected(unit, end, level)
            return None if found is None else found[:-1]
        tangent = _along(unit, reached, tangent)
        point = reached
        step *= 1.5
    return None
