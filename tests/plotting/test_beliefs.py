from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure

from escalation.errors import StudyError
from escalation.plotting import beliefs

from .pictures import traces

FEAR = "fronts.ara-bor.fear"


def test_the_beliefs_that_went_furthest_are_drawn() -> None:
    ax = beliefs(traces(), most=2)
    drawn = [line for line in ax.lines if not line.get_label().startswith("_")]
    assert [line.get_label() for line in drawn] == ["events.sinking.victims.ara.blame.bor", FEAR]
    found = {trace.name: trace for trace in traces().traces}
    for line in drawn:
        np.testing.assert_array_equal(line.get_ydata(), found[line.get_label()].values)
        np.testing.assert_array_equal(line.get_xdata(), traces().days)
    assert len({line.get_linestyle() for line in drawn}) == 2


def test_what_moved_them_is_numbered_by_day_with_a_key() -> None:
    ax = beliefs(traces(), most=3)
    numbers = [text for text in ax.texts if text.get_text() in ("1", "2", "3")]
    assert [text.xy[0] * 30.0 for text in numbers] == pytest.approx([2.0, 4.0])
    key = ax.texts[-1].get_text().replace("\u00a0", " ").replace("\n", " ")
    assert (
        key
        == "1 sinking (blame for sinking +0.80); 2 denial (blame for sinking −0.05), calm (fear −0.20); ▵ moved by acts"
    )


def test_acts_are_triangles_and_small_moves_are_left_out() -> None:
    (triangles,) = [
        line for line in beliefs(traces(), names=["fronts.ara-bor.resolve"]).lines if line.get_marker() == "^"
    ]
    assert list(triangles.get_xdata()) == [12.0]
    ax = beliefs(traces(), names=["fronts.ara-bor.motive"])
    assert [text.get_text() for text in ax.texts] == ["motive"], "it moved by 0.005"


def test_a_fixed_frame_tells_nothing_of_the_run() -> None:
    names = ["fronts.ara-bor.resolve", FEAR]
    through = traces()
    still = replace(
        through, days=through.days[:5], traces=tuple(replace(t, values=t.values[:5], moves=()) for t in through.traces)
    )
    for each in (through, still):
        ax = beliefs(each, names=names, horizon=60.0)
        assert (ax.get_xlim(), ax.get_ylim()) == ((0.0, 60.0), (0.0, 1.0))
        assert [text.get_text() for text in ax.get_legend().get_texts()] == ["resolve", "fear"]
        assert not ax.texts
        assert len([line for line in ax.lines if len(line.get_xdata())]) == len(names)


def test_the_axes_given_are_drawn_in() -> None:
    ax = Figure().add_subplot()
    assert beliefs(traces(), ax=ax) is ax


@pytest.mark.parametrize(("names", "said"), [(["fear"], "no belief fear; allowed: fronts"), ([], "asked for")])
def test_beliefs_that_are_not_there(names: list[str], said: str) -> None:
    with pytest.raises(StudyError, match=said):
        beliefs(traces(), names=names)


def test_where_no_act_moved_anything_there_is_no_line_of_no_points() -> None:
    """It would not be clipped, and so stretch the figure's tight box to its corner."""
    through = traces()
    quiet = [replace(trace, moves=tuple(m for m in trace.moves if m.kind != "acts")) for trace in through.traces]
    ax = beliefs(replace(through, traces=tuple(quiet)))
    assert all(len(line.get_xdata()) > 0 for line in ax.lines)
    assert any(line.get_marker() == "^" for line in beliefs(through).lines)
