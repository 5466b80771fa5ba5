from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom, binomtest

from escalation.errors import StudyError
from escalation.estimates.proportion import proportion


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_equals_the_table_of_newcombe_1998(successes: int, n: int, low: float, high: float) -> None:
    got = proportion(successes, n)
    assert (round(got.low, 4), round(got.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (0, 20, 0.0, 0.1684), (1, 29, 0.0009, 0.1776)],
)
def test_clopper_pearson_equals_the_table_of_newcombe_1998(successes: int, n: int, low: float, high: float) -> None:
    got = proportion(successes, n, method="clopper-pearson")
    assert (round(got.low, 4), round(got.high, 4)) == (low, high)


@pytest.mark.parametrize(("method", "peer"), [("wilson", "wilson"), ("clopper-pearson", "exact")])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.999])
@pytest.mark.parametrize(("successes", "n"), [(0, 1), (1, 1), (3, 10), (9, 10), (0, 5000), (17, 5000), (3, 1_000_000)])
def test_intervals_equal_those_of_scipy(method: str, peer: str, level: float, successes: int, n: int) -> None:
    got = proportion(successes, n, method=method, level=level)
    there = binomtest(successes, n).proportion_ci(level, method=peer)
    assert (got.low, got.high) == pytest.approx((there.low, there.high), rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("method", ["wilson", "clopper-pearson"])
def test_ends_are_exact_where_it_never_or_always_happened(method: str) -> None:
    for n in (1, 3, 20, 12_345):
        assert proportion(0, n, method=method).low == 0.0
        assert proportion(n, n, method=method).high == 1.0


def coverage(method: str, *, n: int, chances: np.ndarray) -> np.ndarray:
    """Exact probability that the interval holds each true chance: a sum over all outcomes."""
    ends = [proportion(x, n, method=method) for x in range(n + 1)]
    low, high = np.array([e.low for e in ends]), np.array([e.high for e in ends])
    weights = binom.pmf(np.arange(n + 1), n, chances[:, None])
    holds = (low <= chances[:, None]) & (chances[:, None] <= high)
    return (weights * holds).sum(axis=1)


@pytest.mark.parametrize("n", [10, 50, 200])
def test_exact_coverage_of_clopper_pearson_is_never_below_its_level(n: int) -> None:
    held = coverage("clopper-pearson", n=n, chances=np.linspace(0.001, 0.999, 999))
    assert held.min() >= 0.95 - 1e-12


@pytest.mark.parametrize("n", [10, 50, 200])
def test_exact_coverage_of_wilson_is_near_its_level_on_average(n: int) -> None:
    held = coverage("wilson", n=n, chances=np.linspace(0.001, 0.999, 999))
    assert abs(held.mean() - 0.95) < 0.006
    assert held.min() > 0.82  # known to dip beside 0 and 1


@pytest.mark.parametrize(("successes", "n"), [(0, 0), (-1, 5), (6, 5)])
def test_impossible_counts_are_refused(successes: int, n: int) -> None:
    with pytest.raises(StudyError, match=r"(n|successes) is .*; it must be a whole number"):
        proportion(successes, n)


def test_an_unknown_method_is_refused_with_the_near_one() -> None:
    with pytest.raises(StudyError, match=r"did you mean 'wilson'.*clopper-pearson"):
        proportion(1, 2, method="wilsen")
    with pytest.raises(StudyError, match="no method 'x'; allowed: wilson, clopper-pearson"):
        proportion(1, 2, method="x")


def test_an_impossible_level_is_refused() -> None:
    with pytest.raises(StudyError, match="level is 95"):
        proportion(1, 2, level=95)
