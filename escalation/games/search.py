"""Search for the logit equilibria of a matrix game of any size.

Roots are sought by Newton's method from many starting points, at a rising ladder of precisions: a root found at one
step is followed to the next, and new pairs of roots are easiest to find just after they appear. No such search can
promise that it found all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import root

from escalation.games.system import LogitSystem

__all__ = ["distance", "found_roots"]

Array = NDArray[np.float64]

STEP = 1.4
"""Ratio of the precisions of two steps."""
STARTS = 32
"""Random profiles from which each step starts, a power of 2."""
TOLERANCE = 1e-10
ALIKE = 1e-6
"""Profiles whose probabilities differ by no more than this count as one."""


def distance(system: LogitSystem, one: Array, other: Array) -> float:
    """Greatest difference between the probabilities of two points."""
    profiles = zip(system.profile(one), system.profile(other), strict=True)
    return max(float(np.abs(p - q).max()) for p, q in profiles)


def _random_profiles(system: LogitSystem) -> list[tuple[Array, Array]]:
    """Profiles spread evenly over both simplices, the same each time."""
    from scipy.stats import qmc  # heavy, and needed for larger games only

    m, n = len(system.row) + 1, len(system.column) + 1
    points = qmc.Sobol(m + n, seed=0).random(STARTS)
    weights = -np.log(np.clip(points, 1e-12, 1.0 - 1e-12))
    return [(w[:m] / w[:m].sum(), w[m:] / w[m:].sum()) for w in weights]


def _odds(p: Array, q: Array) -> Array:
    return np.concatenate([np.log(p[1:] / p[0]), np.log(q[1:] / q[0])])


def _starts(system: LogitSystem, t: float) -> Iterator[Array]:
    m, n = len(system.row) + 1, len(system.column) + 1
    for i, j in product(range(m), range(n)):
        yield t * system.reply(np.eye(m)[i], np.eye(n)[j])
    for p, q in _random_profiles(system):
        yield _odds(p, q)
        yield t * system.reply(p, q)


def _solved(system: LogitSystem, start: Array, t: float) -> Array | None:
    """Root that Newton's method reaches from a start, checked by its residual."""
    found: Array = root(system.gap, start, args=(t,), jac=system.slope, method="hybr", tol=1e-13).x
    if np.abs(system.gap(found, t)).max() <= TOLERANCE * (1.0 + np.abs(found).max()):
        return found
    return None


def found_roots(system: LogitSystem, principal: Array | None = None) -> list[Array]:
    """Log-odds in every equilibrium that the search finds.

    Parameters
    ----------
    system
        The game.
    principal
        An equilibrium that is known beforehand.
    """
    largest = max(float(np.abs(part).max(initial=0.0)) for part in (system.row, system.column))
    steps = max(0, int(np.ceil(np.log(max(largest, 1.0)) / np.log(STEP))))
    known: list[Array] = []
    for step in range(steps, -1, -1):
        t = STEP**-step
        before, known = known, []
        starts = [*before, *(STEP * z for z in before), *_starts(system, t)]
        if step == 0 and principal is not None:
            starts.insert(0, principal)
        for start in starts:
            z = _solved(system, start, t)
            if z is not None and all(distance(system, z, other) > ALIKE for other in known):
                known.append(z)
    return known
