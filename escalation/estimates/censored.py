"""First passage: when something first happened, in runs that stop before it might have."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate, check_level, method_text
from escalation.estimates.html import table

__all__ = ["FirstPassage", "first_passage"]

_METHOD = "kaplan-meier log-log"


@dataclass(frozen=True, slots=True, eq=False)
class FirstPassage:
    """Probability that something has happened by each day, with a pointwise interval.

    Parameters
    ----------
    days
        Days after the start, rising, shape (day,).
    probability
        Probability that it has happened by the end of that day, shape (day,).
    low, high
        Ends of the pointwise interval, shape (day,).
    n
        Number of runs.
    censored
        Number of runs that stopped before it had happened.
    method
        Name of the method.
    level
        Confidence level of the interval at each day.
    event
        What happened.
    """

    days: NDArray[np.float64]
    probability: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    n: int
    censored: int
    method: str = _METHOD
    level: float = 0.95
    event: str = ""

    def at(self, day: float) -> Estimate:
        """Estimate at a day: that of the last day of the curve not after it.

        Raises
        ------
        StudyError
            If the day lies outside the curve.
        """
        if not self.days[0] <= day <= self.days[-1]:
            raise StudyError(f"day {day:g} lies outside the curve, {self.days[0]:g} to {self.days[-1]:g}")
        k = int(np.searchsorted(self.days, day, side="right")) - 1
        value, low, high = float(self.probability[k]), float(self.low[k]), float(self.high[k])
        return Estimate(value, low, high, self.n, self.method, self.level, self.event)

    def __str__(self) -> str:
        return f"{self.event or 'first passage'} by day {self.days[-1]:g}: {self.at(float(self.days[-1]))}"

    def _repr_html_(self) -> str:
        picks = np.unique(np.linspace(0, self.days.size - 1, min(self.days.size, 8)).astype(np.int64))
        rows = [(f"{self.days[k]:g}", self.at(float(self.days[k])).number_text()) for k in picks]
        caption = f"{self.event} ({method_text(self.method, level=self.level, n=self.n)})"
        return table(("day", "probability so far"), rows, caption=caption)


def first_passage(
    times: ArrayLike,
    *,
    censored_at: ArrayLike,
    grid: ArrayLike | None = None,
    level: float = 0.95,
    event: str = "",
) -> FirstPassage:
    """Estimate the distribution of a first passage from right-censored days.

    The curve is the product-limit estimate [KaplanMeier1958]_, its interval Greenwood's on the log-log scale
    [KalbfleischPrentice1980]_. Where nothing or everything has happened, which that scale cannot express, the
    bound is Wilson's for the runs still watched: at that day, or once the last run was lost from sight.

    Coverage was simulated with censoring run by run: studies of 20 runs whose passages are exponential with a mean
    of 10 days and whose ends are uniform over 30 days (2,000 studies, seed 1, on every day up to the last watched).
    Intervals of 95 % held the truth in .956 [.952, .960] of all days and studies: in .93 to .98 of the studies on each
    day to day 25, then in fewer, down to .90 [.88, .92] on day 30, by which most runs are lost. Where the curve
    stood at 1 they held it in .999. A test of this function repeats the simulation.

    Parameters
    ----------
    times
        Day on which it first happened in each run, infinite where it never did, shape (n,).
    censored_at
        Day up to which each run was watched: one number, or shape (n,). A passage after it was not seen.
    grid
        Days at which to give the curve, rising; by default 0, each day on which it happened, and the
        last day watched.
    level
        Confidence level of the interval at each day.
    event
        What happened.

    Returns
    -------
    FirstPassage
        The curve.

    Raises
    ------
    StudyError
        If there is no run, a day is negative or not a number, the grid does not rise or goes beyond
        the last day watched, or the level is not possible.

    Examples
    --------
    >>> curve = first_passage([3.0, 5.0, float("inf"), float("inf")], censored_at=10.0)
    >>> [(float(day), float(p)) for day, p in zip(curve.days, curve.probability)]
    [(0.0, 0.0), (3.0, 0.25), (5.0, 0.5), (10.0, 0.5)]
    """
    from scipy.special import ndtri
    from scipy.stats import CensoredData, ecdf

    check_level(level)
    when, watched = _watched(times, censored_at)
    seen = when <= watched
    last = float(watched.max())
    days = np.unique(np.concatenate(([0.0], when[seen], [last]))) if grid is None else _grid(grid, last)
    cdf = ecdf(CensoredData(when[seen], right=watched[~seen])).cdf
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The confidence interval is undefined", RuntimeWarning)
        interval = cdf.confidence_interval(level, method="log-log")
    probability, low, high = (curve.evaluate(days) for curve in (cdf, interval.low, interval.high))
    # Wilson's bound for 0 of m is z² / (m + z²).
    square = float(ndtri(0.5 + level / 2.0)) ** 2
    ends = np.where(seen, when, watched)
    watching = when.size - np.searchsorted(np.sort(ends), days, side="left")
    never, always = probability == 0.0, probability == 1.0
    low[never], high[never] = 0.0, (square / (watching + square))[never]
    # The curve reaches 1 where all who were left when the last run was lost from sight have had it.
    left = np.count_nonzero(ends > watched[~seen].max(initial=-np.inf))
    low[always], high[always] = 1.0 - square / (left + square), 1.0
    censored = int(np.count_nonzero(~seen))
    return FirstPassage(days, probability, low, high, when.size, censored, level=level, event=event)


def _watched(times: ArrayLike, censored_at: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    when, watched = np.asarray(times, dtype=np.float64), np.asarray(censored_at, dtype=np.float64)
    if when.ndim != 1 or when.size < 1 or watched.shape not in ((), when.shape):
        raise StudyError(
            f"times have shape {when.shape} and censored_at {watched.shape}; times must be (n,), n ≥ 1, "
            "and censored_at one number or the same shape"
        )
    # Written so that a NaN fails too.
    if not (when >= 0.0).all() or not ((watched > 0.0) & (watched < np.inf)).all():
        raise StudyError("times must be 0 or later, or infinite; censored_at must be above 0 and finite")
    return when, np.broadcast_to(watched, when.shape)


def _grid(grid: ArrayLike, last: float) -> NDArray[np.float64]:
    days = np.asarray(grid, dtype=np.float64)
    rising = days.ndim == 1 and days.size > 0 and bool((np.diff(days) > 0.0).all())
    if not rising or not 0.0 <= days[0] <= days[-1] <= last:
        raise StudyError(f"grid must be days that rise, within 0 and {last:g}, the last day watched")
    return days
