from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from escalation.errors import StudyError
from escalation.montecarlo.ensemble import Ensemble
from escalation.plotting import peaks
from escalation.plotting.style import COLUMN


def test_bars_are_the_peaks_of_the_ensemble(ensemble: Ensemble) -> None:
    ax = peaks(ensemble)
    estimates = ensemble.peaks()
    assert [bar.get_width() for bar in ax.patches] == [estimate.value for estimate in estimates.values()]
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        name.replace("-", " ") for name in ensemble.rung_names
    ]
    assert ax.get_figure().get_figwidth() == COLUMN


def test_every_bar_has_its_interval(ensemble: Ensemble) -> None:
    ax = peaks(ensemble)
    drawn = {tuple(line.get_xdata()) for line in ax.lines}
    assert drawn == {(estimate.low, estimate.high) for estimate in ensemble.peaks().values()}


def test_what_never_happened_is_an_arrowhead_at_its_upper_bound(quiet: Ensemble) -> None:
    ax = peaks(quiet)
    heads = [line for line in ax.lines if line.get_marker() == "<"]
    bound = quiet.peaks()["war"].high
    assert [list(line.get_xdata()) for line in heads] == [[bound], [bound]]
    assert sum(text.get_text().startswith("< ") for text in ax.texts) == 2


def test_what_always_happened_is_an_arrowhead_at_its_lower_bound(quiet: Ensemble) -> None:
    still = Ensemble(quiet.scenario, 1, {**quiet.outcomes, "crossed": quiet.outcomes["crossed"].copy()}, quiet.axes)
    still.outcomes["crossed"][:, :, 1:] = -1
    ax = peaks(still)
    assert [line.get_marker() for line in ax.lines if line.get_marker() == ">"] == [">"]


def test_one_actor_against_one_target(ensemble: Ensemble) -> None:
    ax = peaks(ensemble, actor="bor", target="ara")
    wanted = [estimate.value for estimate in ensemble.peaks(actor="bor", target="ara").values()]
    assert [bar.get_width() for bar in ax.patches] == wanted
    assert wanted != [estimate.value for estimate in ensemble.peaks().values()]
    with pytest.raises(StudyError, match="no actor 'nobody'"):
        peaks(ensemble, actor="nobody")


def test_the_axes_given_are_drawn_in(ensemble: Ensemble) -> None:
    ax = Figure().add_subplot()
    assert peaks(ensemble, ax=ax) is ax
    assert len(ax.patches) == len(ensemble.rung_names)
