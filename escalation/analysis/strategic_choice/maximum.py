"""The search for a maximum, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

__all__ = ["Maximum", "maximum"]

Floats = NDArray[np.float64]

CLOSE = 1e-4
"""Greatest slope at which the search by trust regions ends, and Newton's method takes over."""
MOST_STEPS = 100
LAST_STEPS = 3


@dataclass(frozen=True, slots=True)
class Maximum:
    """Where a search ended.

    Parameters
    ----------
    at
        Arguments; shape (arguments,).
    value
        Value there.
    information
        Negative Hessian there; shape (arguments, arguments).
    gap
        Half the squared slope, weighed by the inverse information: how much higher a quadratic maximum would be.
        Infinite where the function does not bend down in all directions.
    steps
        Steps taken.
    """

    at: Floats
    value: float
    information: Floats
    gap: float
    steps: int


def _newton_step(gradient: Floats, information: Floats) -> Floats | None:
    """Newton's step; None where the function does not bend down in all directions."""
    try:
        lower = np.linalg.cholesky(information)
    except np.linalg.LinAlgError:
        return None
    return np.asarray(np.linalg.solve(lower.T, np.linalg.solve(lower, gradient)))


def maximum(
    value: Callable[[Floats], float],
    gradient: Callable[[Floats], Floats],
    hessian: Callable[[Floats], Floats],
    start: Floats,
) -> Maximum:
    """Climb from a start to a maximum, by trust regions that pass saddles, then by Newton's method.

    Parameters
    ----------
    value, gradient, hessian
        The function, for arguments of shape (arguments,), with its derivatives.
    start
        Where to begin.
    """
    if not start.size:
        return Maximum(start, value(start), np.empty((0, 0)), 0.0, 0)
    found = minimize(
        lambda x: -value(x),
        start,
        jac=lambda x: -gradient(x),
        hess=lambda x: -hessian(x),
        method="trust-exact",
        options={"gtol": CLOSE, "maxiter": MOST_STEPS},
    )
    at, best, gap = np.asarray(found.x), -float(found.fun), np.inf
    information = -hessian(at)
    # A search by trust regions stops at a slope that depends on units; the gap by which Newton's steps end does not.
    for _ in range(LAST_STEPS):
        slope = gradient(at)
        step = _newton_step(slope, information)
        if step is None:
            return Maximum(at, best, information, np.inf, int(found.nit))
        gap = 0.5 * float(slope @ step)
        if gap < 1e-16 * (1.0 + abs(best)) or value(at + step) < best - 1e-12 * (1.0 + abs(best)):
            break
        at = at + step
        best, information = value(at), -hessian(at)
    return Maximum(at, best, information, gap, int(found.nit))
