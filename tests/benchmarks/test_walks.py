"""A reader follows the weighing of a front, and an act of force, through few files; and the count is one of these."""

from __future__ import annotations

import statistics
from typing import Any

import pytest

walks = pytest.importorskip("walks", reason="benchmarks are not part of a source distribution")


@pytest.fixture(scope="module")
def found() -> dict[str, list[set[Any]]]:
    seen: dict[str, list[set[Any]]] = walks.walks("haniyeh-2024", seed=1, runs=4)
    return seen


@pytest.mark.parametrize(("step", "usual", "most"), [(walks.WEIGHING, 10, 10), (walks.STRIKE, 9, 10)])
def test_a_step_passes_through_few_files(found: dict[str, list[set[Any]]], step: str, usual: int, most: int) -> None:
    passed = [len(walks.files(calls)) for calls in found[step]]
    assert len(passed) > 5
    assert statistics.median(passed) <= usual
    assert max(passed) <= most


def test_what_is_counted_is_called_within_the_step_alone(found: dict[str, list[set[Any]]]) -> None:
    for step, file, other in (
        (walks.WEIGHING, "dynamics/utility.py", "dynamics/consequences.py"),
        (walks.STRIKE, "dynamics/consequences.py", "dynamics/utility.py"),
    ):
        for calls in found[step]:
            assert file in walks.files(calls)
            assert other not in walks.files(calls)


def test_a_strike_is_followed_through_both_its_steps_and_no_others(found: dict[str, list[set[Any]]]) -> None:
    for calls in found[walks.STRIKE]:
        assert {code.co_name for code in calls} >= {
            "acts_take_effect",
            "_injure_target",
            "acts_lead_to_war",
            "_run_the_risk",
        }
        assert "dynamics/conciliation.py" not in walks.files(calls)
