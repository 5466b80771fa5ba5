from __future__ import annotations

from itertools import pairwise

import pytest
from matplotlib.figure import Figure

import escalation as esc
from escalation.analysis.what_mattered.left_out import LeaveOneOut
from escalation.plotting import leave_one_out
from escalation.plotting.forest import draw_forest, forest_height
from escalation.plotting.style import axes, dress
from escalation.world.plain_words import item_label


@pytest.fixture(scope="module")
def study() -> LeaveOneOut:
    asked = {"event": "war", "actor": "irn", "target": "isr", "items": ["us-visit", "haniyeh-killed", "gaza-talks"]}
    return esc.leave_one_out(esc.load("haniyeh-2024"), runs=400, seed=1, sample=0, progress=False, **asked)


def test_rows_are_the_effects_in_the_order_of_their_size(study: LeaveOneOut) -> None:
    ax = leave_one_out(study, ax=(given := Figure().add_subplot()))
    assert ax is given
    labels = [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]
    for label, row in zip(labels, study.rows, strict=True):
        assert item_label(row.item.name, study.scenario).startswith(label.partition(" (")[0])
        partly = row.effect_where_it_came is not None and row.effect_where_it_came.n < 400
        assert label.endswith("%)") == partly  # however long the name is
    circles = [line for line in ax.lines if line.get_marker() == "o"]
    assert [line.get_xdata()[0] for line in circles] == [row.effect.value for row in study.rows]
    clear = [not row.effect.low <= 0.0 <= row.effect.high for row in study.rows]
    assert [line.get_markerfacecolor() != "white" for line in circles] == clear
    assert ax.yaxis_inverted()


def test_a_square_marks_the_runs_in_which_an_item_came_that_did_not_always_come(study: LeaveOneOut) -> None:
    ax = leave_one_out(study)
    partly = [row for row in study.rows if row.effect_where_it_came and row.effect_where_it_came.n < 400]
    assert {row.item.name for row in partly} == {"us-visit", "gaza-talks"}
    squares = [line for line in ax.lines if line.get_marker() == "s"]
    assert [line.get_xdata()[0] for line in squares] == [row.effect_where_it_came.value for row in partly]
    low, high = ax.get_xlim()
    assert all(low < row.effect_where_it_came.low and row.effect_where_it_came.high < high for row in partly)


def test_the_largest_alone(study: LeaveOneOut) -> None:
    ax = leave_one_out(study, most=1)
    assert [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()] == ["killing of Haniyeh in Tehran"]
    assert study.baseline.number_text() in ax.get_xlabel()
    assert "■" not in ax.get_xlabel()
    with pytest.raises(esc.StudyError, match="most is 0"):
        leave_one_out(study, most=0)


def test_long_names_next_to_each_other_do_not_touch() -> None:
    study = esc.leave_one_out(esc.load("haniyeh-2024"), runs=50, seed=1, sample=0, progress=False)
    ax = leave_one_out(study)
    ax.figure.canvas.draw()
    boxes = [label.get_window_extent() for label in ax.get_yticklabels()]
    assert len(boxes) == len(study.rows) > 20
    assert all(above.y0 >= below.y1 for above, below in pairwise(boxes))


def test_the_longest_names_side_by_side_do_not_touch(study: LeaveOneOut) -> None:
    names = ["short"] * 20
    names[8:10] = [
        "a name that goes on and on and on, over five lines of twenty-five letters, and to the end of it"
    ] * 2
    ax = axes(None, height=forest_height(names))
    draw_forest(ax, names, [study.rows[0].effect] * len(names))
    dress(ax, guides="x")
    ax.figure.canvas.draw()
    boxes = [label.get_window_extent() for label in ax.get_yticklabels()]
    assert all(above.y0 >= below.y1 for above, below in pairwise(boxes))
