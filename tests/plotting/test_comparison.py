from __future__ import annotations

from dataclasses import replace

import pytest
from matplotlib.figure import Figure

from escalation.errors import StudyError
from escalation.montecarlo.compare import Comparison
from escalation.plotting import comparison
from escalation.world.plain_words import event_words


def test_rows_are_the_paired_differences(pair: Comparison) -> None:
    ax = comparison(pair)
    words = [event_words(event, pair.second.scenario) for event in pair.differences]
    assert [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()] == words
    said = [text.get_text() for text in ax.texts if "likely" not in text.get_text()]
    numbers = [gap.number_text().split(" [")[0] for gap in pair.differences.values()]
    assert [text.lstrip("+").replace("−", "-") for text in said] == numbers
    circles = [line for line in ax.lines if line.get_marker() == "o"]
    assert [line.get_xdata()[0] for line in circles] == [gap.value for gap in pair.differences.values()]
    spans = {tuple(line.get_xdata()) for line in ax.lines if line.get_marker() == "|"}
    assert spans == {(gap.low, gap.high) for gap in pair.differences.values()}


def test_a_circle_is_filled_where_the_interval_leaves_out_nothing_changed(pair: Comparison) -> None:
    ax = comparison(pair, events=["war", "settled"])
    filled = [line.get_markerfacecolor() != "white" for line in ax.lines if line.get_marker() == "o"]
    assert filled == [True, False]


def test_rows_read_from_the_top_and_nothing_changed_is_in_view(pair: Comparison) -> None:
    ax = comparison(pair, events=["war"], ax=(given := Figure().add_subplot()))
    assert ax is given
    assert ax.yaxis_inverted()
    left, right = ax.get_xlim()
    assert left < 0.0 < pair.differences["war"].high < right


def test_the_highest_rung_is_not_drawn_beside_war(pair: Comparison) -> None:
    both = replace(pair, differences={**pair.differences, "rung:war": pair.difference("rung:war")})
    assert both.differences["rung:war"].value == both.differences["war"].value
    assert "war (the top rung)" not in [label.get_text() for label in comparison(both).get_yticklabels()]
    (label,) = comparison(both, events=["rung:war"]).get_yticklabels()
    assert label.get_text() == "war (the top rung)"


@pytest.mark.parametrize(("value", "ticks"), [(0.0034, [0.0, 0.002]), (-0.0062, [-0.005, 0.0])])
def test_small_differences_have_few_ticks(pair: Comparison, value: float, ticks: list[float]) -> None:
    one = replace(pair.differences["war"], value=value, low=value - 0.001, high=value + 0.001)
    ax = comparison(replace(pair, differences={"war": one}))
    assert list(ax.get_xticks()) == pytest.approx(ticks)


def test_an_event_that_is_not_listed_is_compared_for_the_figure(pair: Comparison) -> None:
    row = pair.first.commitment_rows[0]
    assert f"joined:{row}" not in pair.differences
    ax = comparison(pair, events=["war", f"joined:{row}"])
    circles = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
    assert circles[1] == pair.difference(f"joined:{row}").value


@pytest.mark.parametrize(
    ("events", "said"), [(["wra"], "no event 'wra'; did you mean 'war'"), ([], "allowed: initiation")]
)
def test_events_that_there_are_not(pair: Comparison, events: list[str], said: str) -> None:
    with pytest.raises(StudyError, match=said):
        comparison(pair, events=events)
