"""Proper scores of forecasts, of probabilities, shares of runs and dates; calibration and skill. Lower is better.

[Brier1950]_, [Epstein1969]_ for the ranked probability score, [Gneiting2007]_ for what makes a score proper.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate, check_level
from escalation.estimates.proportion import proportion
from escalation.whole_numbers import whole, whole_seed

__all__ = [
    "HONEST",
    "SCORES",
    "Calibration",
    "brier_score",
    "calibration_curve",
    "cluster_difference",
    "days_score",
    "discrimination",
    "honest_shares",
    "log_score",
    "place_of_day",
    "place_of_level",
    "ranked_probability_score",
    "skill",
]

Floats = NDArray[np.float64]
Levels = NDArray[np.int64]

LEAST = 1e-6
"""Probability below which the log score is cut off, so that one certain error is not an infinite one."""

HONEST = 1.959963984540054**2
"""Runs' worth of doubt, spread evenly over the levels, that honest shares carry: the square of the 97.5 % quantile."""


def _checked(probabilities: Floats, levels: Levels) -> None:
    if probabilities.ndim != 2 or levels.shape != probabilities.shape[:1] or not levels.size:
        raise StudyError(f"shapes {probabilities.shape} and {levels.shape} do not fit; (n, levels) and (n,) do")
    if not np.allclose(probabilities.sum(axis=1), 1.0, atol=1e-6) or probabilities.min() < -1e-9:
        raise StudyError("probabilities must be 0 or more and add to 1 in each row")
    if levels.min() < 0 or levels.max() >= probabilities.shape[1]:
        raise StudyError(f"levels must lie from 0 to {probabilities.shape[1] - 1}, as there are probabilities of")


def brier_score(probabilities: Floats, levels: Levels) -> Floats:
    """Brier score of each forecast of the highest level, as an event: (p − y)²; shape (n,).

    Examples
    --------
    >>> brier_score(np.array([[0.7, 0.3]]), np.array([1])).round(2)
    array([0.49])
    """
    _checked(probabilities, levels)
    top = probabilities.shape[1] - 1
    return np.asarray((probabilities[:, top] - (levels == top)) ** 2)


def log_score(probabilities: Floats, levels: Levels) -> Floats:
    """Log score −ln p of the level that came, where p counts as 1e-6 if it is less; shape (n,)."""
    _checked(probabilities, levels)
    return np.asarray(-np.log(np.maximum(probabilities[np.arange(levels.size), levels], LEAST)))


def ranked_probability_score(probabilities: Floats, levels: Levels) -> Floats:
    """Ranked probability score of ordered levels, divided by their number less one; shape (n,).

    With two levels it is the Brier score.

    Examples
    --------
    >>> ranked_probability_score(np.array([[0.2, 0.5, 0.3]]), np.array([2])).round(3)
    array([0.265])
    """
    _checked(probabilities, levels)
    cuts = np.arange(probabilities.shape[1] - 1)
    # The last cumulative share is 1 whatever was forecast, and tells nothing.
    gaps = np.cumsum(probabilities, axis=1)[:, :-1] - (levels[:, None] <= cuts)
    return np.asarray((gaps**2).sum(axis=1) / cuts.size)


SCORES = {"brier": brier_score, "log": log_score, "rps": ranked_probability_score}
"""Scores by the names they are printed under."""


def discrimination(probabilities: Floats, levels: Levels) -> float:
    """Probability that of two cases of different levels the higher one had the higher forecast; NaN with one level.

    With two levels it is the area under the ROC curve [HanleyMcNeil1982]_.
    """
    _checked(probabilities, levels)
    expected = probabilities @ np.arange(probabilities.shape[1])
    higher = levels[:, None] > levels[None, :]
    if not higher.any():
        return float("nan")
    gaps = expected[:, None] - expected[None, :]
    return float(((gaps > 0.0) + 0.5 * (gaps == 0.0))[higher].mean())


@dataclass(frozen=True, slots=True)
class Calibration:
    """How often an event happened where it was forecast with about the same probability.

    Parameters
    ----------
    forecast
        Mean forecast in a bin.
    observed
        How often it happened there.
    """

    forecast: float
    observed: Estimate


def calibration_curve(probabilities: Floats, happened: NDArray[np.bool_], *, bins: int = 5) -> list[Calibration]:
    """Calibration curve in bins of equal numbers of forecasts, with Wilson intervals.

    Parameters
    ----------
    probabilities
        Forecast probabilities of an event; shape (n,).
    happened
        Whether it happened; shape (n,).
    bins
        Number of bins.
    """
    bins = whole("bins", bins, least=1)
    # Stable, so that forecasts that are equal stay in the order of the rows and fall into the same bins on every
    # machine.
    order = np.argsort(probabilities, kind="stable")
    return [
        Calibration(
            float(probabilities[part].mean()), proportion(int(happened[part].sum()), part.size, event="forecast event")
        )
        for part in np.array_split(order, bins)
        if part.size
    ]


@functools.lru_cache(maxsize=4)  # a table of scores resamples the same cases for each of its rows
def _resampled(cases: int, draws: int, seed: int) -> NDArray[np.int64]:
    """How often each case is in each bootstrap sample; shape (draws, cases)."""
    drawn = np.random.default_rng(seed).multinomial(cases, np.full(cases, 1.0 / cases), size=draws)
    drawn.flags.writeable = False
    return drawn


def _percentiles(drawn: Floats, level: float) -> tuple[float, float]:
    low, high = np.quantile(drawn, [0.5 - level / 2.0, 0.5 + level / 2.0]).tolist()
    return low, high


def cluster_difference(
    first: Floats,
    second: Floats,
    clusters: NDArray[np.float64],
    *,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 0,
) -> Estimate:
    """Mean difference of paired scores, with a percentile interval from a bootstrap of whole clusters [Cameron2008]_.

    Parameters
    ----------
    first, second
        Scores of the same cases; shape (n,).
    clusters
        Cluster of each case; shape (n,).
    level
        Confidence level.
    draws
        Number of bootstrap samples.
    seed
        Seed of the bootstrap.
    """
    check_level(level)
    draws, seed = whole("draws", draws, least=1), whole_seed(seed)
    if first.shape != second.shape or first.shape != clusters.shape or first.ndim != 1 or not first.size:
        raise StudyError(f"shapes {first.shape}, {second.shape} and {clusters.shape} do not pair")
    names, member = np.unique(clusters, return_inverse=True)
    gaps = np.bincount(member, first - second, names.size)
    sizes = np.bincount(member, minlength=names.size)
    weights = _resampled(names.size, draws, seed)
    # Clusters are of different sizes, so that the number of cases differs from one sample to the next.
    means = (weights @ gaps) / (weights @ sizes)
    low, high = _percentiles(means, level)
    value = float(gaps.sum() / sizes.sum())
    return Estimate(value, low, high, names.size, "cluster-bootstrap", level, "difference of scores")


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
    # Both shares are steps that change on these days alone, so that the integral is a sum over what lies between them.
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
    check_level(level)
    draws, seed = whole("draws", draws, least=1), whole_seed(seed)
    if first.shape != second.shape or first.ndim != 1 or not first.size:
        raise StudyError(f"scores of shapes {first.shape} and {second.shape} do not pair")
    if not second.any():
        raise StudyError("the rival's scores are all 0; there is nothing to be skilled over")
    weights = _resampled(first.size, draws, seed)
    against = weights @ second
    # Samples in which the rival never errs are left out: they have nothing to divide by.
    drawn = 1.0 - (weights @ first)[against > 0.0] / against[against > 0.0]
    low, high = _percentiles(drawn, level)
    value = 1.0 - float(first.sum() / second.sum())
    return Estimate(value, min(low, value), max(high, value), first.size, "bootstrap", level, "skill")
