"""A confidence sequence: an interval that holds however often one looks, and whenever one stops."""

from __future__ import annotations

import math
from collections.abc import Callable

__all__ = ["beta_binomial_bounds"]


def beta_binomial_bounds(hits: float, trials: float, level: float) -> tuple[float, float]:
    """Ends of the beta-binomial mixture sequence of a proportion.

    The likelihood of what was seen under a mixture of all probabilities, over that under one probability p, is a
    martingale if p is the true one. It begins at 1, so that it ever exceeds 1/α with probability α at most
    (Ville). The interval holds the p for which it does not [Robbins1970]_, [Howard2021]_. The mixture is
    Jeffreys', Beta(½, ½), which costs little at rare events and at common ones.

    Parameters
    ----------
    hits
        Successes so far.
    trials
        Trials so far, 1 or more.
    level
        Probability, 1 − α, with which the intervals of all numbers of trials together hold the true value.

    Returns
    -------
    tuple of float
        Lower and upper end, exactly 0 without a success and exactly 1 without a failure.

    Examples
    --------
    >>> low, high = beta_binomial_bounds(81, 263, 0.95)
    >>> f"{low:.3f} {high:.3f}"
    '0.216 0.411'
    """
    from scipy.special import betaln, xlog1py, xlogy

    misses = trials - hits
    mixture = float(betaln(hits + 0.5, misses + 0.5)) - math.log(math.pi)
    # This is log(1/α).
    bound = -math.log1p(-level)

    def excess(p: float) -> float:
        return mixture - float(xlogy(hits, p)) - float(xlog1py(misses, -p)) - bound

    share = hits / trials
    # The ratio is convex in p and least, below 1, at the share.
    low = _root(excess, outside=0.0, inside=share) if hits > 0 else 0.0
    high = _root(excess, outside=1.0, inside=share) if misses > 0 else 1.0
    return low, high


def _root(excess: Callable[[float], float], *, outside: float, inside: float) -> float:
    """Halve the distance until no number lies between; the end outside the interval is given."""
    while (middle := (outside + inside) / 2.0) not in (outside, inside):
        if excess(middle) > 0.0:
            outside = middle
        else:
            inside = middle
    return outside
