from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from escalation.errors import StudyError
from escalation.games.checks import checked, checked_matrix, checked_precisions, checked_scores


@pytest.mark.parametrize("value", [2, 2.5, np.float64(2.5), np.int64(3)])
def test_numbers_pass_as_floats(value: Any) -> None:
    assert checked("payoff", value) == float(value)
    assert type(checked("payoff", value)) is float


@pytest.mark.parametrize("value", ["2", None, True, math.nan, math.inf, -math.inf, [1.0], 1j])
def test_what_is_no_finite_number_is_refused_by_name(value: Any) -> None:
    with pytest.raises(StudyError, match="payoff of row must be a finite number"):
        checked("payoff of row", value)


def test_bounds_are_told() -> None:
    with pytest.raises(StudyError, match=r"weight must be within \[0, 1\], not 1.5"):
        checked("weight", 1.5, low=0.0, high=1.0)
    with pytest.raises(StudyError, match="rate must be at least 0, not -1"):
        checked("rate", -1, low=0.0)


def test_one_precision_serves_all_players() -> None:
    assert checked_precisions(2, ["b", "a"]) == {"a": 2.0, "b": 2.0}
    assert checked_precisions({"a": 1.0, "b": 0.0}, ["b", "a"]) == {"a": 1.0, "b": 0.0}


@pytest.mark.parametrize("precision", [{"a": 1.0}, {"a": 1.0, "b": 1.0, "c": 1.0}, {}])
def test_precisions_must_name_the_players(precision: dict[str, float]) -> None:
    with pytest.raises(StudyError, match="these players and no other: a, b"):
        checked_precisions(precision, ["a", "b"])


def test_a_negative_precision_is_refused() -> None:
    with pytest.raises(StudyError, match="precision must be at least 0"):
        checked_precisions(-1.0, ["a"])
    with pytest.raises(StudyError, match="precision of a must be at least 0"):
        checked_precisions({"a": -1.0}, ["a"])


def test_scores_that_mean_nothing_are_refused() -> None:
    checked_scores(1e6, [1.0, -1e6])
    checked_scores(1.0, [])
    with pytest.raises(StudyError, match="scale the payoffs down"):
        checked_scores(10.0, [1.0, -1e12])


@pytest.mark.parametrize(
    ("payoffs", "said"),
    [
        ([[1.0, 2.0], [3.0]], "a full table of numbers"),
        ([["a"]], "a full table of numbers"),
        ([1.0, 2.0], r"not of shape \(2,\)"),
        ([[]], r"not of shape \(1, 0\)"),
        ([[math.nan]], "must be finite"),
    ],
)
def test_tables_that_are_none(payoffs: Any, said: str) -> None:
    with pytest.raises(StudyError, match=said):
        checked_matrix("payoffs_row", payoffs)


def test_a_table_is_copied() -> None:
    given = np.ones((2, 3))
    assert checked_matrix("payoffs_row", given) is not given
    assert checked_matrix("payoffs_row", [[1, 2]]).tolist() == [[1.0, 2.0]]
