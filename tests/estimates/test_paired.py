from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import binom, binomtest, multinomial, ttest_rel

from escalation.errors import StudyError
from escalation.estimates.paired import PairedDifference, paired_difference


def pairs(only_first: int, only_second: int, *, n: int) -> PairedDifference:
    first, second = np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_)
    first[:only_first] = True
    second[only_first : only_first + only_second] = True
    # Pairs in which it happened in both must change nothing.
    first[-1:] = second[-1:] = only_first + only_second < n
    return paired_difference(first, second)


def test_the_example_of_fagerland_lydersen_and_laake() -> None:
    # Airway hyper-responsiveness before and after transplantation: 1 and 7 discordant of 21 children; they
    # print a mid-P of 0.039, an exact p of 0.070.
    got = pairs(1, 7, n=21)
    assert round(got.p_value, 3) == 0.039
    assert got.value == pytest.approx(-6 / 21)
    assert got.discordant == (1, 7)
    # Laplace-adjusted shares 2/23 and 8/23: centre −6/23, variance (10/23 − 36/529) / 23.
    half = 1.959964 * math.sqrt((10 / 23 - 36 / 529) / 23)
    assert (got.low, got.high) == pytest.approx((-6 / 23 - half, -6 / 23 + half), abs=1e-6)


@pytest.mark.parametrize(("b", "c"), [(0, 5), (3, 9), (20, 31), (400, 460)])
def test_mid_p_is_the_exact_test_less_half_the_weight_of_what_was_seen(b: int, c: int) -> None:
    exact = binomtest(b, b + c).pvalue
    assert pairs(b, c, n=1000).p_value == pytest.approx(exact - binom.pmf(b, b + c, 0.5), rel=1e-9)


@pytest.mark.parametrize("b", [0, 1, 4, 300])
def test_at_ties_mid_p_is_one_less_half_the_weight_of_a_tie(b: int) -> None:
    """The supplement of Fagerland, Lydersen and Laake says so; with no pair a tie is certain."""
    assert pairs(b, b, n=1000).p_value == pytest.approx(1.0 - 0.5 * binom.pmf(b, 2 * b, 0.5), rel=1e-12)


@pytest.mark.parametrize("discordant", range(13))
def test_mid_p_is_what_its_definition_sums_to(discordant: int) -> None:
    """Over all ways in which the discordant pairs may fall, in whole numbers: less even ones, and half of as even."""
    for b in range(discordant + 1):
        gap = abs(2 * b - discordant)
        twice = sum(
            math.comb(discordant, k) * (2 * (abs(2 * k - discordant) > gap) + (abs(2 * k - discordant) == gap))
            for k in range(discordant + 1)
        )
        assert pairs(b, discordant - b, n=20).p_value == pytest.approx(twice / 2 ** (discordant + 1), rel=1e-12)


def test_no_discordant_pair_still_leaves_an_interval() -> None:
    got = pairs(0, 0, n=1000)
    assert got.value == 0.0
    assert got.low == -got.high < 0.0


def test_swapping_the_worlds_swaps_the_sign() -> None:
    one, two = pairs(3, 9, n=40), pairs(9, 3, n=40)
    assert (one.value, one.low, one.p_value) == (-two.value, pytest.approx(-two.high), two.p_value)


def test_the_interval_stays_within_what_is_possible() -> None:
    assert pairs(5, 0, n=5).high == 1.0
    assert pairs(0, 5, n=5).low == -1.0


def exact(n: int, p12: float, p21: float) -> tuple[float, float]:
    """Exact coverage of the interval, and exact size of the test at 5 %: sums over all discordances."""
    covered = rejected = 0.0
    for b in range(n + 1):
        for c in range(n + 1 - b):
            weight = float(multinomial.pmf([b, c, n - b - c], n, [p12, p21, 1.0 - p12 - p21]))
            if weight < 1e-12:
                continue
            got = pairs(b, c, n=n)
            covered += weight * (got.low <= p12 - p21 <= got.high)
            rejected += weight * (got.p_value <= 0.05)
    return covered, rejected


@pytest.mark.parametrize(("p12", "p21"), [(0.01, 0.01), (0.02, 0.0), (0.05, 0.02), (0.1, 0.1), (0.3, 0.1), (0.5, 0.2)])
@pytest.mark.parametrize("n", [20, 60])
def test_exact_coverage_holds_at_small_discordance(n: int, p12: float, p21: float) -> None:
    covered, _ = exact(n, p12, p21)
    assert covered >= 0.94


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3])
def test_exact_size_of_the_test_is_no_more_than_its_level(share: float) -> None:
    _, rejected = exact(40, share, share)
    assert 0.0 <= rejected <= 0.0525


def test_measured_values_get_the_paired_t_of_scipy() -> None:
    rng = np.random.default_rng(8)
    first, second = rng.normal(1.0, 1.0, 30), rng.normal(0.4, 1.0, 30)
    got, there = paired_difference(first, second, level=0.99), ttest_rel(first, second)
    ends = there.confidence_interval(0.99)
    assert (got.low, got.high) == pytest.approx((ends.low, ends.high), rel=1e-12)
    assert got.p_value == pytest.approx(there.pvalue, rel=1e-9)
    assert (got.method, got.test, got.discordant) == ("paired-t", "paired t", None)


@pytest.mark.parametrize(("shift", "p_value"), [(0.0, 1.0), (2.0, 0.0)])
def test_differences_without_spread_are_certain(shift: float, p_value: float) -> None:
    got = paired_difference(np.arange(4.0) + shift, np.arange(4.0))
    assert (got.value, got.low, got.high, got.p_value) == (shift, shift, shift, p_value)


def test_it_prints_everything_it_rests_on() -> None:
    text = str(pairs(3, 9, n=40))
    assert text == "-0.15 [-0.31, 0.03] (Bonett-Price 95 %, n = 40; McNemar mid-P p = 0.092, 3 against 9 pairs)"
    page = paired_difference([0.0, 1.0], [1.0, 1.0], event="a<b")._repr_html_()
    assert "a&lt;b" in page
    assert "paired t p = 0.5<" in page


def test_to_dict_is_what_json_prints() -> None:
    got = pairs(3, 9, n=40)
    assert got.to_dict() == {
        "value": got.value, "low": got.low, "high": got.high,
        "n": 40, "method": "bonett-price", "level": 0.95, "p_value": got.p_value,
    }  # fmt: skip


@pytest.mark.parametrize(("first", "second"), [([True], [True, False]), ([], []), ([[True]], [[False]])])
def test_what_does_not_pair_is_refused(first: list[bool], second: list[bool]) -> None:
    with pytest.raises(StudyError, match="do not pair"):
        paired_difference(np.array(first, dtype=np.bool_), np.array(second, dtype=np.bool_))


@pytest.mark.parametrize("first", [[1.0], [1.0, math.inf], [1.0, math.nan]])
def test_too_few_or_infinite_measures_are_refused(first: list[float]) -> None:
    with pytest.raises(StudyError, match="two or more pairs, all finite"):
        paired_difference(first, [0.0] * len(first))


def test_an_impossible_level_is_refused() -> None:
    with pytest.raises(StudyError, match="level"):
        paired_difference([True], [False], level=1.5)
