from __future__ import annotations

from dataclasses import replace

import pytest
from matplotlib.figure import Figure

import escalation as esc
from escalation.analysis.what_mattered.conditional_effect import ConditionalEffect
from escalation.plotting import conditional_effect


@pytest.fixture(scope="module")
def study() -> ConditionalEffect:
    return esc.conditional_effect(
        esc.load("haniyeh-2024"), "commitments.usa-isr.credence.mean", [0.9, 0.1, 0.5], without="us-visit", event="war",
        runs=300, seed=1, progress=False,
    )  # fmt: skip


def test_a_line_is_the_effect_by_value_in_the_order_of_the_values(study: ConditionalEffect) -> None:
    ax = conditional_effect(study, ax=(given := Figure().add_subplot()))
    assert ax is given
    by_value = sorted(study.points, key=lambda point: point.value)
    whole, partly = (line for line in ax.lines if line.get_marker() in ("o", "s"))
    assert whole.get_xdata().tolist() == [0.1, 0.5, 0.9]
    assert whole.get_ydata().tolist() == [point.effect.value for point in by_value]
    gaps = [point.effect_where_it_came for point in by_value]
    assert partly.get_ydata().tolist() == [gap.value for gap in gaps if gap is not None]
    assert "300 pairs" in ax.get_xlabel().replace("\n", " ")
    assert "■" in ax.get_xlabel()


def test_a_band_joins_the_intervals(study: ConditionalEffect) -> None:
    ax = conditional_effect(study)
    corners = {tuple(corner) for path in ax.collections[0].get_paths() for corner in path.vertices.tolist()}
    for point in study.points:
        assert {(point.value, point.effect.low), (point.value, point.effect.high)} <= corners


def test_what_always_came_has_one_line() -> None:
    two = esc.load("two-state-deterrence")
    study = esc.conditional_effect(
        two, "fronts.challenger-defender.revisionism", [0, 1], without="threat", runs=60, progress=False
    )
    ax = conditional_effect(study)
    assert [line.get_marker() for line in ax.lines if line.get_marker() in ("o", "s")] == ["o"]
    assert "■" not in ax.get_xlabel()


def test_too_few_values_and_what_is_no_number_are_refused(study: ConditionalEffect) -> None:
    with pytest.raises(esc.StudyError, match="two values or more"):
        conditional_effect(replace(study, points=study.points[:1]))
    with pytest.raises(esc.StudyError, match="'high' is no number"):
        conditional_effect(replace(study, points=(*study.points, replace(study.points[0], value="high"))))
