from __future__ import annotations

from dataclasses import replace

import pytest
from matplotlib.figure import Figure

from escalation.errors import StudyError
from escalation.estimates.paired import paired_difference
from escalation.montecarlo.compare import Comparison
from escalation.montecarlo.ensemble import Ensemble
from escalation.plotting import policies


@pytest.fixture
def idle(quiet: Ensemble) -> Comparison:
    return Comparison(quiet, quiet, {"war": paired_difference(quiet.occurs("war"), quiet.occurs("war"))})


def test_rows_are_the_paired_differences_of_each_policy(pair: Comparison, idle: Comparison) -> None:
    ax = policies({"climbing": pair, "idle": idle}, ax=(given := Figure().add_subplot()))
    assert ax is given
    assert [label.get_text() for label in ax.get_yticklabels()] == ["climbing", "idle"]
    circles = [line for line in ax.lines if line.get_marker() == "o"]
    assert [line.get_xdata()[0] for line in circles] == [pair.differences["war"].value, 0.0]
    assert [line.get_markerfacecolor() != "white" for line in circles] == [True, False]
    gap = pair.differences["war"]
    assert (gap.low, gap.high) in {tuple(line.get_xdata()) for line in ax.lines if line.get_marker() == "|"}
    assert ax.yaxis_inverted()


def test_the_probability_without_a_policy_is_told(pair: Comparison) -> None:
    assert pair.first.probability("war").number_text() in policies({"climbing": pair}).get_xlabel()


def test_policies_against_different_worlds_are_refused(pair: Comparison, ensemble: Ensemble, idle: Comparison) -> None:
    other = replace(idle, first=replace(ensemble, seed=2))
    with pytest.raises(StudyError, match="other: compared with another world"):
        policies({"climbing": pair, "other": other})


def test_no_policy_and_no_such_event(pair: Comparison) -> None:
    with pytest.raises(StudyError, match="no policy"):
        policies({})
    with pytest.raises(StudyError, match="climbing: no event 'wra'"):
        policies({"climbing": pair}, event="wra")
