from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import softmax

from escalation.mechanisms.time_and_chance import logit_choice

PRECISION = st.floats(0.0, 50.0)
UTILITIES = st.lists(st.floats(-10.0, 10.0), min_size=1, max_size=12)


def choice(precision: float, utilities: list[float], crowding: list[float] | None = None) -> list[float]:
    probabilities = [0.0] * len(utilities)
    logit_choice(precision, utilities, crowding or [0.0] * len(utilities), probabilities)
    return probabilities


@given(PRECISION, UTILITIES)
def test_is_a_softmax_and_sums_to_one(precision: float, utilities: list[float]) -> None:
    probabilities = choice(precision, utilities)
    assert probabilities == pytest.approx(softmax(precision * np.array(utilities)), abs=1e-14)
    assert math.fsum(probabilities) == pytest.approx(1.0, abs=1e-14)


@given(UTILITIES, st.floats(-1e6, 1e6))
def test_only_differences_of_utility_count(utilities: list[float], shift: float) -> None:
    assert choice(2.0, [u + shift for u in utilities]) == pytest.approx(choice(2.0, utilities), abs=1e-8)


@given(UTILITIES)
def test_without_precision_all_acts_are_equally_likely(utilities: list[float]) -> None:
    assert choice(0.0, utilities) == pytest.approx([1.0 / len(utilities)] * len(utilities))


@given(PRECISION, UTILITIES)
def test_better_acts_are_likelier(precision: float, utilities: list[float]) -> None:
    by_utility = sorted(zip(utilities, choice(precision, utilities), strict=True))
    probabilities = [probability for _, probability in by_utility]
    assert probabilities == sorted(probabilities)


@given(PRECISION, UTILITIES, st.floats(0.0, 5.0))
def test_an_act_that_gets_better_gets_likelier(precision: float, utilities: list[float], more: float) -> None:
    better = [utilities[0] + more, *utilities[1:]]
    assert choice(precision, better)[0] >= choice(precision, utilities)[0] - 1e-15


@given(PRECISION, st.floats(-5.0, 5.0), st.floats(-5.0, 5.0), st.integers(2, 40))
def test_splitting_an_act_into_like_rungs_makes_it_no_likelier(
    precision: float, one: float, other: float, rungs: int
) -> None:
    whole = choice(precision, [one, other])
    split = choice(precision, [one] + [other] * rungs, [0.0] + [math.log(rungs)] * rungs)
    assert split[0] == pytest.approx(whole[0], abs=1e-13)


def test_utilities_beyond_any_exponent() -> None:
    assert choice(4.0, [0.0, -1e6]) == pytest.approx([1.0, 0.0])
    assert choice(1e6, [0.0, 1e6, 1e6]) == pytest.approx([0.0, 0.5, 0.5])
