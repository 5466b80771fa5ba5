"""The principal branch: the equilibria that grow, as precision rises from 0, out of choosing at random.

The equilibrium to which it leads selects one from many [McKelveyPalfrey1995]_. It is followed by pseudo-arclength
continuation, which also passes turns where precision falls for a while. On one branch the determinant of the slope,
bordered by the tangent, keeps its sign [AllgowerGeorg2003]_; so a step that landed on another stretch, which runs back
close by, is told from one that went on. Where branches cross, as in symmetric games, the sign turns and the branch is
followed straight on.
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
CROSSING = 1e-7
"""Length of a step below which two branches count as crossing."""
STRAIGHT = 0.95
"""Least cosine of the turn within a step: a sharper one may have jumped to another branch."""


def _along(system: LogitSystem, point: Array, sign: float) -> Array:
    """Unit tangent of the branch at a point (z, t), in the direction in which the bordered determinant has a sign."""
    z, t = point[:-1], point[-1]
    slope = np.column_stack([system.slope(z, t), system.reply(*system.profile(z))])
    tangent: Array = np.linalg.svd(slope)[2][-1]
    return tangent if _bordered(slope, tangent) == sign else -tangent


def _bordered(slope: Array, tangent: Array) -> float:
    """Sign of the determinant of the slope, shape (size, size + 1), with the tangent as one more row."""
    return float(np.linalg.slogdet(np.vstack([slope, tangent]))[0])


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


def _stepped(system: LogitSystem, point: Array, tangent: Array, step: float, sign: float) -> Array | None:
    """Point of the branch a step further, at a precision above 0; None where the step did not stay on it."""
    guess = point + step * tangent
    reached = _corrected(system, guess, tangent)
    # A correction that is long beside its step may have landed on another stretch of the branch.
    if reached is None or reached[-1] <= 0.0 or np.linalg.norm(reached - guess) > 0.3 * step:
        return None
    return reached if _along(system, reached, sign) @ tangent >= STRAIGHT else None


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
    # At the start, where all choose at random, the tangent rises with precision; there the slope is -1 in each z.
    sign = -1.0 if system.size % 2 else 1.0
    step = FIRST_STEP
    for _ in range(MOST_STEPS):
        tangent = _along(unit, point, sign)
        reached = _stepped(unit, point, tangent, step, sign)
        if reached is None and step < CROSSING:
            # No step is short enough: another branch crosses here, if the step is good with the other sign.
            sign, step = -sign, FIRST_STEP
            reached = _stepped(unit, point, -_along(unit, point, sign), step, sign)
            if reached is None:
                return None
        if reached is None:
            step *= 0.5
            continue
        if reached[-1] >= scale:
            share = (scale - point[-1]) / (reached[-1] - point[-1])
            end = point + share * (reached - point)
            end[-1] = scale
            found = _corrected(unit, end, level)
            return None if found is None else found[:-1]
        point = reached
        step *= 1.5
    return None
