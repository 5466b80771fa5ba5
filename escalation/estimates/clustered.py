"""A proportion of cases that come in clusters: several in one run, with that run's luck in common."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate
from escalation.estimates.proportion import METHODS, proportion

__all__ = ["clustered_proportion", "worth_of_few"]


def clustered_proportion(
    hits: ArrayLike, cases: ArrayLike, *, method: str = "wilson", level: float = 0.95, event: str = ""
) -> Estimate:
    """Estimate the share of cases that were hits, where runs have different numbers of cases.

    Cases of one run share its luck, so that they tell less than as many cases of different runs. With n runs that have
    a case, the variance of the ratio p = H/T of all hits to all cases is Σᵣ(hᵣ − p·tᵣ)² · n/((n − 1)·T²). The interval
    is that of p·m hits among m independent cases with the same variance, m = p(1 − p)/var, and no more than T. Since
    few runs tell little of their variance, m is then made smaller by (z/t)², with the quantiles z of the normal
    distribution and t of Student's with n − 1 degrees of freedom [Korn1998]_. Where none or all cases are hits, this
    variance is 0 and tells nothing; then m = n, as if the cases of a run were always alike. Where no run has more than
    one case, the interval is that of `proportion`.

    Parameters
    ----------
    hits, cases
        Numbers of hits and of cases in each run, whole and not negative; runs without a case do not count. Shape (n,).
    method
        As for `proportion`; where a run has several cases, the estimate says ``clustered`` before it.
    level
        Confidence level, strictly between 0 and 1.
    event
        What a hit is.

    Returns
    -------
    Estimate
        The share and its interval; its n is the number of runs that have a case.

    Raises
    ------
    StudyError
        If there is no case, there are more hits than cases, or an argument is not possible.

    Examples
    --------
    >>> print(clustered_proportion([1, 0, 2, 0], [2, 1, 2, 1]))
    0.50 [0.08, 0.92] (Clustered-Wilson 95 %, n = 4)
    """
    found, among = _counts("hits", hits), _counts("cases", cases)
    if found.shape != among.shape:
        raise StudyError(f"hits are of {found.size} runs and cases of {among.size}; they must be of the same runs")
    if (found > among).any():
        raise StudyError("a run has more hits than cases")
    met = among > 0
    runs, total = int(np.count_nonzero(met)), int(among.sum())
    if runs == 0:
        raise StudyError("no run has a case; a share needs one or more")
    plain = proportion(int(found.sum()), total, method=method, level=level, event=event)
    if among.max() == 1:
        return plain
    alone = _independent_cases(found[met], among[met], plain.value, level=level)
    low, high = METHODS[method](plain.value * alone, alone, level)
    return replace(
        plain,
        low=low if plain.value > 0.0 else 0.0,
        high=high if plain.value < 1.0 else 1.0,
        n=runs,
        method=f"clustered-{method}",
    )


def _counts(name: str, given: ArrayLike) -> NDArray[np.int64]:
    counts = np.asarray(given)
    if counts.ndim != 1 or counts.dtype.kind not in "iu" or (counts.size and counts.min() < 0):
        raise StudyError(f"{name} must be whole numbers, one a run, none of them negative")
    return counts.astype(np.int64)


def _independent_cases(hits: NDArray[np.int64], cases: NDArray[np.int64], share: float, *, level: float) -> float:
    """Number of independent cases whose share is known as well as this one."""
    runs, total = len(cases), float(cases.sum())
    if share in (0.0, 1.0) or runs == 1:
        return float(runs)
    rest = hits - share * cases
    variance = float(np.sum(rest * rest)) * runs / ((runs - 1) * total * total)
    # All runs may have the same share of hits by luck: a variance of 0 still leaves no more than the cases seen.
    alone = total if variance == 0.0 else min(total, share * (1.0 - share) / variance)
    return alone * worth_of_few(runs, level=level)


def worth_of_few(clusters: int, *, level: float) -> float:
    """Share (z/t)² of the cases that clusters seem to be worth, since their variance is itself an estimate [Korn1998]_.

    Without it, intervals of 95 % from five runs whose cases are much alike held the truth in 89 % of simulated studies.

    Parameters
    ----------
    clusters
        Number of clusters, 2 or more.
    level
        Confidence level.

    Examples
    --------
    >>> round(worth_of_few(5, level=0.95), 3), round(worth_of_few(500, level=0.95), 3)
    (0.498, 0.995)
    """
    from scipy.special import ndtri, stdtrit

    tail = 0.5 + level / 2.0
    return float(ndtri(tail) / stdtrit(clusters - 1, tail)) ** 2
