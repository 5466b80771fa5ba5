"""The difference that one change makes, from pairs of runs on the same noise."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate, check_level, interval_text, method_text
from escalation.estimates.html import table

__all__ = ["DIFFERENCE_IS", "PairedDifference", "paired_difference"]

DIFFERENCE_IS = "changed minus unchanged"
"""Direction of every difference between two worlds: what the change did. `--json` states it in these words."""


@dataclass(frozen=True, slots=True)
class PairedDifference:
    """A difference of two means or proportions, estimated from pairs.

    Parameters
    ----------
    value
        Mean of the changed minus mean of the unchanged: above 0, the change made it more.
    low, high
        Ends of its interval.
    n
        Number of pairs.
    method
        Name of the method that made the interval.
    p_value
        Two-sided p-value of no difference.
    test
        Name of the test that gave it.
    discordant
        Pairs in which it happened in the changed alone, and in the unchanged alone; none for measured values.
    level
        Confidence level of the interval.
    event
        What differs.
    """

    value: float
    low: float
    high: float
    n: int
    method: str
    p_value: float
    test: str
    discordant: tuple[int, int] | None = None
    level: float = 0.95
    event: str = ""

    def __str__(self) -> str:
        label = method_text(self.method, level=self.level, n=self.n)
        return f"{self.number_text()} ({label}; {self.test_text()})"

    def number_text(self) -> str:
        """Value and interval."""
        return interval_text(self.value, self.low, self.high)

    def test_text(self) -> str:
        """Name of the test and its p-value, with the discordant pairs where there are any."""
        pairs = f", {self.discordant[0]:,} against {self.discordant[1]:,} pairs" if self.discordant else ""
        return f"{self.test} p = {self.p_value:.2g}{pairs}"

    def to_dict(self) -> dict[str, float | int | str]:
        """Value, low, high, n, method, level and p_value, as ``--json`` prints them."""
        estimate = Estimate(self.value, self.low, self.high, self.n, self.method, self.level)
        return estimate.to_dict() | {"p_value": self.p_value}

    def _repr_html_(self) -> str:
        label = method_text(self.method, level=self.level, n=self.n)
        return table(
            ("event", "difference", "method", "test"),
            [(self.event, self.number_text(), label, self.test_text())],
        )


def paired_difference(
    changed: ArrayLike, unchanged: ArrayLike, *, level: float = 0.95, event: str = ""
) -> PairedDifference:
    """Estimate a difference from pairs: what happened in each run of two worlds.

    Yes-or-no values get the adjusted Wald interval of [BonettPrice2012]_, which keeps its coverage when few
    pairs or none are discordant, and the mid-P test of [McNemar1947]_ that [Fagerland2013]_ recommend: the
    probability of what is less even than what was seen, and half that of what is as even. With as many pairs
    either way it is 1 less half the probability of that, and ½ with no discordant pair at all.
    Measured values get the paired t interval and test [Student1908]_.

    Parameters
    ----------
    changed, unchanged
        A value for each pair, both of shape (n,): booleans, or finite numbers with n ≥ 2.
    level
        Confidence level, strictly between 0 and 1.
    event
        What differs.

    Returns
    -------
    PairedDifference
        Mean of `changed` minus mean of `unchanged`.

    Raises
    ------
    StudyError
        If the two do not pair, there are too few pairs, or the level is not possible.

    Examples
    --------
    >>> print(paired_difference([True, True, False, True], [False, True, False, False]))
    0.50 [-0.26, 0.93] (Bonett-Price 95 %, n = 4; McNemar mid-P p = 0.25, 2 against 0 pairs)
    """
    check_level(level)
    one, two = np.asarray(changed), np.asarray(unchanged)
    if one.ndim != 1 or one.shape != two.shape or one.size < 1:
        raise StudyError(f"shapes {one.shape} and {two.shape} do not pair; both must be (n,), n 1 or more")
    if one.dtype == np.bool_ and two.dtype == np.bool_:
        return _of_events(one, two, level, event)
    return _of_measures(one.astype(np.float64), two.astype(np.float64), level, event)


def _of_events(changed: NDArray[np.bool_], unchanged: NDArray[np.bool_], level: float, event: str) -> PairedDifference:
    from scipy.special import bdtr, ndtri

    n = changed.size
    only_changed = int(np.count_nonzero(changed & ~unchanged))
    only_unchanged = int(np.count_nonzero(unchanged & ~changed))
    p12, p21 = (only_changed + 1) / (n + 2), (only_unchanged + 1) / (n + 2)
    # As if one pair more had gone either way: without these the interval has no length where no pair is discordant.
    half = float(ndtri(0.5 + level / 2.0)) * math.sqrt((p12 + p21 - (p12 - p21) ** 2) / (n + 2))
    fewer, pairs = min(only_changed, only_unchanged), only_changed + only_unchanged
    # The weight of all that is less even than what was seen, and half that of all that is as even. What is as even
    # stands in both tails, and the two are one where as many pairs went either way.
    below = float(bdtr(fewer - 1, pairs, 0.5)) if fewer > 0 else 0.0
    weight = float(bdtr(fewer, pairs, 0.5)) - below
    p_value = 2.0 * below + (0.5 * weight if only_changed == only_unchanged else weight)
    return PairedDifference(
        value=(only_changed - only_unchanged) / n,
        low=max(p12 - p21 - half, -1.0),
        high=min(p12 - p21 + half, 1.0),
        n=n,
        method="bonett-price",
        p_value=p_value,
        test="McNemar mid-P",
        discordant=(only_changed, only_unchanged),
        level=level,
        event=event,
    )


def _of_measures(
    changed: NDArray[np.float64], unchanged: NDArray[np.float64], level: float, event: str
) -> PairedDifference:
    from scipy.special import stdtr, stdtrit

    gaps = changed - unchanged
    if gaps.size < 2 or not np.isfinite(gaps).all():
        raise StudyError("a paired difference of measured values needs two or more pairs, all finite")
    value = float(gaps.mean())
    error = float(gaps.std(ddof=1)) / math.sqrt(gaps.size)
    half = float(stdtrit(gaps.size - 1, 0.5 + level / 2.0)) * error
    # Gaps that are all alike have no error: p is then 0 for any difference, and 1 for none.
    p_value = 2.0 * float(stdtr(gaps.size - 1, -abs(value) / error)) if error > 0.0 else float(value == 0.0)
    return PairedDifference(
        value=value,
        low=value - half,
        high=value + half,
        n=gaps.size,
        method="paired-t",
        p_value=p_value,
        test="paired t",
        level=level,
        event=event,
    )
