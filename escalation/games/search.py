"""Search for the logit equilibria of a matrix game of any size.

Roots are sought by Newton's method from many starting points at once, at a rising ladder of precisions: a root found
at one step is followed to the next, and new pairs of roots are easiest to find just after they appear. At full
precision the starts are joined by play that is even over a support of each player's, of one size: near such the
equilibria of a generic game lie when precision is great.

No such search can promise that it found all, but most losses show. The indices of all equilibria sum to 1
[Shapley1974]_, so while those found do not, one is missing and the search goes on from more points.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from escalation.games.system import LogitSystem, Profiles

__all__ = ["distance", "found_roots", "index"]

Array = NDArray[np.float64]

STEP = 1.4
"""Ratio of the precisions of two steps."""
STARTS = 32
"""Random profiles from which each step starts, a power of 2."""
MOST_STARTS = 2048
"""Random profiles from which the search starts at most, where equilibria are missing."""
MOST_SUPPORTS = 1000
"""Pairs of supports from which it starts at most."""
FOCUS = 0.97
"""Share of play within a support."""
NEWTON_STEPS = 60
HALVINGS = 6
TOLERANCE = 1e-11
"""Greatest gap at an equilibrium, relative to the log-odds; the search goes on to a hundredth of it while it can."""
ALIKE = 1e-6
"""Profiles whose probabilities differ by no more than this count as one."""
NEAR = 0.02
"""So do profiles that differ by no more than this and have no gap between them: one that hardly crosses zero."""
DEGENERATE = 1e-6
"""Singular value of the slope below which two equilibria may be about to meet or part, so that neither has an index."""


def distance(system: LogitSystem, one: Array, other: Array) -> float:
    """Greatest difference between the probabilities of two points."""
    profiles = zip(system.profile(one), system.profile(other), strict=True)
    return max(float(np.abs(p - q).max()) for p, q in profiles)


def index(system: LogitSystem, z: Array) -> int:
    """Index of an equilibrium: 1 or -1, the way in which replies cross it, and 0 where they only touch."""
    if system.size == 0:
        return 1
    slope = -system.slope(z, 1.0)
    if float(np.linalg.svd(slope, compute_uv=False)[-1]) < DEGENERATE:
        return 0
    return int(np.linalg.slogdet(slope)[0])


def _random_profiles(system: LogitSystem, count: int) -> Profiles:
    """Profiles spread evenly over both simplices, the same each time and another set for each count."""
    from scipy.stats import qmc  # heavy, and needed for larger games only

    m, n = len(system.row) + 1, len(system.column) + 1
    points = qmc.Sobol(m + n, seed=np.random.default_rng(count)).random(count)
    weights = -np.log(np.clip(points, 1e-12, 1.0 - 1e-12))
    p, q = weights[:, :m], weights[:, m:]
    return p / p.sum(axis=1, keepdims=True), q / q.sum(axis=1, keepdims=True)


def _supports(system: LogitSystem) -> Iterator[Array]:
    """Log-odds of play that is even over a support of each player's, of one size, and rare outside it."""
    sizes = len(system.row) + 1, len(system.column) + 1
    for size in range(1, min(sizes) + 1):
        for pair in product(*(combinations(range(count), size) for count in sizes)):
            odds = []
            for chosen, count in zip(pair, sizes, strict=True):
                play = np.full(count, (1.0 - FOCUS) / count)
                play[list(chosen)] += FOCUS / size
                odds.append(np.log(play[1:] / play[0]))
            yield np.concatenate(odds)


def _supported(system: LogitSystem) -> Array:
    """Starts of `_supports`, spread over the sizes where there are too many; shape (starts, size)."""
    starts = np.array(list(_supports(system)))
    step = -(-len(starts) // MOST_SUPPORTS)
    return np.concatenate([starts[::step], starts[-1:]])


def _starts(system: LogitSystem, t: float, count: int) -> Array:
    """Random play and the replies to it, and the replies to every pair of actions; shape (starts, size)."""
    m, n = len(system.row) + 1, len(system.column) + 1
    pairs = np.array(list(product(range(m), range(n))))
    p, q = _random_profiles(system, count)
    odds = np.concatenate([np.log(p[:, 1:] / p[:, :1]), np.log(q[:, 1:] / q[:, :1])], axis=1)
    replies = system.replies((np.eye(m)[pairs[:, 0]], np.eye(n)[pairs[:, 1]]))
    return np.concatenate([t * replies, odds, t * system.replies((p, q))])


def _solved(system: LogitSystem, starts: Array, t: float) -> Array:
    """Roots that Newton's method reaches, its steps halved while they lead away; shape (roots, size)."""
    points = starts.copy()
    gaps = system.gaps(points, t)
    for _ in range(NEWTON_STEPS):
        sizes = np.abs(gaps).max(axis=1)
        going = np.flatnonzero(sizes > 0.01 * TOLERANCE * (1.0 + np.abs(points).max(axis=1)))
        if len(going) == 0:
            break
        slopes = system.slopes(points[going], t)
        # A step from where the slope is singular is arbitrary; the start that led there is no loss.
        slopes[np.linalg.matrix_rank(slopes) < system.size] -= np.eye(system.size)
        steps = np.linalg.solve(slopes, -gaps[going][:, :, np.newaxis])[:, :, 0]
        share, left = 1.0, np.arange(len(going))
        for _ in range(HALVINGS):
            tried = points[going[left]] + share * steps[left]
            found = system.gaps(tried, t)
            # The last halving is taken whether it is better or not: a point that stayed would try the same step again.
            better = (np.abs(found).max(axis=1) < sizes[going[left]]) | (share <= 2.0 ** (1 - HALVINGS))
            points[going[left[better]]], gaps[going[left[better]]] = tried[better], found[better]
            left, share = left[~better], 0.5 * share
    sizes = np.abs(gaps).max(axis=1)
    best = np.argsort(sizes, kind="stable")
    return points[best[_small(sizes, points)[best]]]


def _small(sizes: Array, points: Array) -> NDArray[np.bool_]:
    """Whether gaps of these sizes are none, at points of shape (points, size)."""
    small: NDArray[np.bool_] = sizes <= TOLERANCE * (1.0 + np.abs(points).max(axis=1))
    return small


def _added(system: LogitSystem, known: list[Array], points: Array, t: float) -> list[Array]:
    """Known points, and those of others that are none of them; the nearest to an equilibrium come first."""
    profiles = [np.concatenate(system.profile(z)) for z in known]
    for z, *play in zip(points, *system.profiles(points), strict=True):
        profile = np.concatenate(play)
        if known:
            apart = np.abs(np.array(profiles) - profile).max(axis=1)
            middles = 0.5 * (z + np.array(known)[apart <= NEAR])
            between = np.abs(system.gaps(middles, t)).max(axis=1)
            if apart.min() <= ALIKE or _small(0.1 * between, middles).any():
                continue
        known.append(z)
        profiles.append(profile)
    return known


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
    # From a precision so small that there is one root, up to the full one.
    steps = max(0, int(np.ceil(np.log(max(largest, 1.0)) / np.log(STEP))))
    known: list[Array] = []
    for step in range(steps, -1, -1):
        t = STEP**-step
        starts = [_starts(system, t, STARTS)]
        if known:
            before = np.array(known)
            starts = [before, STEP * before, *starts]
        if step == 0:
            starts += [_supported(system)]
        # The root that the branch led to comes first, so that it is not counted twice where it is found again.
        known = [principal] if step == 0 and principal is not None else []
        known = _added(system, known, _solved(system, np.concatenate(starts), t), t)
    count = 2 * STARTS
    while _missing(system, known) and count <= MOST_STARTS:
        known = _added(system, known, _solved(system, _starts(system, 1.0, count), 1.0), 1.0)
        count *= 2
    return known


def _missing(system: LogitSystem, known: list[Array]) -> bool:
    """Whether an equilibrium is missing: all have an index, and these do not sum to 1."""
    indices = [index(system, z) for z in known]
    return 0 not in indices and sum(indices) != 1
