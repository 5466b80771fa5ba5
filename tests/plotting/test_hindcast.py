from __future__ import annotations

import pytest
from hindsight import LIMITED, WAR, crisis, written
from matplotlib.figure import Figure

from escalation.analysis.score.hindcasts.case import hindcast_of
from escalation.analysis.score.hindcasts.hindcast import Hindcasts
from escalation.errors import StudyError
from escalation.plotting import hindcast
from escalation.plotting.hindcast import ROOM
from escalation.plotting.style import COLUMN
from escalation.world.ladder import load_ladder


@pytest.fixture
def study() -> Hindcasts:
    strike = crisis([(11, "ara", "bor", "limited-strike")], name="strike")
    war = crisis([(11, "ara", "bor", "war")], name="war")
    return Hindcasts(
        {
            "strike": hindcast_of(written(strike, [{}, {"ara-bor": (LIMITED, 9)}], repeated=10)),
            "war": hindcast_of(written(war, [{}, {}, {}, {"ara-bor": (WAR, 9)}], repeated=10)),
        }
    )


def test_a_row_of_bars_a_crisis(study: Hindcasts) -> None:
    ax = hindcast(study)
    shares = [share for case in study.cases.values() for share in case.questions["peak"].shares]
    assert [bar.get_height() for bar in ax.patches] == pytest.approx([ROOM * share / 0.8 for share in shares])
    assert {bar.get_y() for bar in ax.patches[:6]} == {1.0}
    assert [label.get_text() for label in ax.get_yticklabels()] == ["strike", "war"]
    assert [label.get_text() for label in ax.get_xticklabels()] == [
        name.replace("-", " ") for name in load_ladder("default").names
    ]
    assert ax.get_figure().get_figwidth() == COLUMN


def test_the_mark_stands_on_what_was_observed(study: Hindcasts) -> None:
    marks = [line for line in hindcast(study).lines if line.get_marker() == "v"]
    assert [(line.get_xdata()[0], line.get_ydata()[0]) for line in marks] == [
        pytest.approx((LIMITED, 1.0 + 0.5 / 0.8 * ROOM)),
        pytest.approx((WAR, 0.25 / 0.8 * ROOM)),
    ]


def test_the_axes_given_are_drawn_in(study: Hindcasts) -> None:
    ax = Figure().add_subplot()
    assert hindcast(study, ax=ax) is ax


def test_ladders_are_not_mixed(study: Hindcasts) -> None:
    other = crisis([(11, "ara", "bor", "war")], name="other", ladder="ten-rung")
    played = hindcast_of(written(crisis([(11, "ara", "bor", "war")], name="other"), [{}]))
    peak = played.questions["peak"]
    longer = type(peak)(peak.name, other.ladder.names, peak.counts, peak.came)
    played.questions["peak"] = longer
    with pytest.raises(StudyError, match="different ladders"):
        hindcast(Hindcasts({**study.cases, "other": played}))
