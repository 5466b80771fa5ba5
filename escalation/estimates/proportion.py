"""A proportion of runs, with its interval by one of several methods."""

from __future__ import annotations

import math
from difflib import get_close_matches
from typing import SupportsIndex

from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate, check_level
from escalation.estimates.sequence import beta_binomial_bounds
from escalation.whole_numbers import whole

__all__ = ["METHODS", "check_method", "proportion", "wilson_ends"]


def proportion(
    successes: SupportsIndex,
    n: SupportsIndex,
    *,
    method: str = "wilson",
    level: float = 0.95,
    event: str = "",
) -> Estimate:
    """Estimate a probability from the number of runs in which something happened.

    Parameters
    ----------
    successes
        Number of runs in which it happened.
    n
        Number of runs.
    method
        ``"wilson"``: the score interval [Wilson1927]_, whose coverage is close to its level on average;
        ``"clopper-pearson"``: the exact interval [ClopperPearson1934]_, whose coverage is never below it;
        ``"beta-binomial-sequence"``: a confidence sequence [Robbins1970]_, which keeps its coverage where the
        number of runs was chosen by looking at the results.
    level
        Confidence level, strictly between 0 and 1.
    event
        What happened.

    Returns
    -------
    Estimate
        The proportion; with no success its interval begins at exactly 0, with no failure it ends at
        exactly 1.

    Raises
    ------
    StudyError
        If the counts, the method or the level are not possible.

    Examples
    --------
    >>> print(proportion(81, 263))
    0.308 [0.255, 0.366] (Wilson 95 %, n = 263)
    >>> print(proportion(0, 20, method="clopper-pearson"))
    < 0.169 (Clopper-Pearson 95 %, n = 20)
    """
    trials = whole("n", n, least=1)
    hits = whole("successes", successes, below=trials + 1)
    check_level(level)
    check_method(method)
    low, high = METHODS[method](hits, trials, level)
    return Estimate(
        value=hits / trials,
        low=low if hits > 0 else 0.0,
        high=high if hits < trials else 1.0,
        n=trials,
        method=method,
        level=level,
        event=event,
    )


def check_method(method: str) -> None:
    """Raise `StudyError` unless `method` is the name of an interval of a proportion."""
    if method not in METHODS:
        near = get_close_matches(method, METHODS, n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise StudyError(f"no method {method!r}; {hint}allowed: {', '.join(METHODS)}")


def _wilson(hits: float, trials: float, level: float) -> tuple[float, float]:
    return wilson_ends(hits / trials, trials, level)


def wilson_ends(share: float, trials: float, level: float) -> tuple[float, float]:
    """Ends of Wilson's interval for a share of a number of trials, which need not be whole."""
    from scipy.special import ndtri

    z = float(ndtri(0.5 + level / 2.0))
    centre = (share + z * z / (2.0 * trials)) / (1.0 + z * z / trials)
    half = z / (1.0 + z * z / trials) * math.sqrt(share * (1.0 - share) / trials + (z / (2.0 * trials)) ** 2)
    return centre - half, centre + half


def _clopper_pearson(hits: float, trials: float, level: float) -> tuple[float, float]:
    from scipy.special import betaincinv

    tail = (1.0 - level) / 2.0
    # Each end is asked for only where the proportion leaves room for it.
    low = float(betaincinv(hits, trials - hits + 1, tail)) if hits > 0 else 0.0
    high = float(betaincinv(hits + 1, trials - hits, 1.0 - tail)) if hits < trials else 1.0
    return low, high


METHODS = {
    "wilson": _wilson,
    "clopper-pearson": _clopper_pearson,
    "beta-binomial-sequence": beta_binomial_bounds,
}
"""The intervals, by name."""
