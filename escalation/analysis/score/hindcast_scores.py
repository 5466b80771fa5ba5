"""Scores of a single hindcast: proper for shares of finitely many runs and for dates, and places for histograms."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate
from escalation.whole_numbers import whole, whole_seed

__all__ = ["HONEST", "days_score", "honest_shares", "place_of_day", "place_of_level", "skill"]

Floats = NDArray[np.float64]

HONEST = 1.959963984540054**2
"""Runs' worth of doubt, spread evenly over the levels, that honest shares carry: the square of the 97.5 % quantile."""


def honest_shares(counts: NDArray[np.int64] | Floats) -> Floats:
    """Shares that no finite number of runs makes 0 or 1: (k + z²/L) / (n + z²) for L levels, shape (level,).

    With two levels it is the middle of Wilson's interval [Wilson1927]_. The logarithmic score is taken of these, so
    that a level that no run reached costs what the number of runs can vouch for, and not infinitely much.

    Parameters
    ----------
    counts
        Number of runs at each level; shape (level,).

    Examples
    --------
    >>> honest_shares(np.array([20_000, 0])).round(6).tolist()
    [0.999904, 9.6e-05]
    """
    numbers = np.asarray(counts, np.float64)
    return np.asarray((numbers + HONEST / numbers.size) / (numbers.sum() + HONEST))


def days_score(first_days: Floats, came: float, *, horizon: float) -> float:
    """Continuous ranked probability score of a date, up to the horizon, as a share of it [Gneiting2007]_.

    The mean over the days of (share of runs in which it had happened by then − whether it had)². It is 0 for a
    forecast that names the day, or that it would not happen before the horizon, and is right.

    Parameters
    ----------
    first_days
        Day on which it first happened in each run, infinite where it never did; shape (run,).
    came
        Day on which it did, or infinity.
    horizon
        Day up to which is looked.

    Examples
    --------
    >>> days_score(np.array([10.0, np.inf]), 10.0, horizon=30.0).__round__(4)
    0.1667
    """
    inside = first_days[first_days < horizon]
    ends = np.unique(np.concatenate([[0.0, horizon], inside, [came] if came < horizon else []]))
    had = np.searchsorted(np.sort(first_days), ends[:-1], side="right") / first_days.size
    return float(((had - (ends[:-1] >= came)) ** 2 * np.diff(ends)).sum() / horizon)


def place_of_level(shares: Floats, came: int, uniform: float) -> float:
    """Randomised probability integral transform of a level [Czado2009]_: uniform in [0, 1] if forecasts are right."""
    return float(shares[:came].sum() + uniform * shares[came])


def place_of_day(first_days: Floats, came: float, uniform: float, *, horizon: float) -> float:
    """Randomised probability integral transform of a date; what did not happen by the horizon is one value."""
    if came > horizon:
        below = float((first_days <= horizon).mean())
        return below + uniform * (1.0 - below)
    return float((first_days < came).mean() + uniform * (first_days == came).mean())


def skill(first: Floats, second: Floats, *, level: float = 0.95, draws: int = 2000, seed: int = 0) -> Estimate:
    """Skill 1 − S/S' of scores over a rival's, with a percentile interval from a bootstrap of whole cases.

    Parameters
    ----------
    first, second
        Scores of the same cases, and the rival's; lower is better. Shape (n,).
    level
        Confidence level.
    draws
        Number of bootstrap samples.
    seed
        Seed of the bootstrap.

    Raises
    ------
    StudyError
        If they do not pair, or the rival's scores are all 0.
    """
    draws, seed = whole("draws", draws, least=1), whole_seed(seed)
    if first.shape != second.shape or first.ndim != 1 or not first.size:
        raise StudyError(f"scores of shapes {first.shape} and {second.shape} do not pair")
    if not second.any():
        raise StudyError("the rival's scores are all 0; there is nothing to be skilled over")
    weights = np.random.default_rng(seed).multinomial(first.size, np.full(first.size, 1.0 / first.size), size=draws)
    against = weights @ second
    drawn = 1.0 - (weights @ first)[against > 0.0] / against[against > 0.0]
    low, high = (float(bound) for bound in np.quantile(drawn, [0.5 - level / 2.0, 0.5 + level / 2.0]))
    value = 1.0 - float(first.sum() / second.sum())
    return Estimate(value, min(low, value), max(high, value), first.size, "bootstrap", level, "skill")
