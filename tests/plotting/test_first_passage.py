from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from escalation.errors import StudyError
from escalation.montecarlo.ensemble import Ensemble
from escalation.plotting import first_passage


def test_the_curve_and_its_band_are_the_ensembles(ensemble: Ensemble) -> None:
    ax = first_passage(ensemble, "war", level=0.9)
    curve = ensemble.first_passage("war", level=0.9)
    (line,) = ax.lines
    np.testing.assert_array_equal(line.get_xdata(), curve.days)
    np.testing.assert_array_equal(line.get_ydata(), curve.probability)
    (band,) = ax.collections
    heights = band.get_paths()[0].vertices[:, 1]
    assert (heights.min(), heights.max()) == (curve.low.min(), curve.high.max())


def test_censored_runs_are_counted_beside_each_curve(ensemble: Ensemble) -> None:
    events = ["rung:threat", "initiation", "war"]
    ax = first_passage(ensemble, events)
    assert [line.get_label() for line in ax.lines] == events
    assert len({line.get_linestyle() for line in ax.lines}) == 3
    words = ["threat or worse", "somebody chooses force", "war, however it comes about"]
    for text, event, said in zip(ax.texts, events, words, strict=True):
        never = np.count_nonzero(~ensemble.occurs(event))
        assert text.get_text().replace("\n", " ") == f"{said} (not in {never} runs)"


def test_what_never_happened_is_an_arrowhead_at_its_upper_bound(quiet: Ensemble) -> None:
    ax = first_passage(quiet, ["initiation", "war"])
    (head,) = [line for line in ax.lines if line.get_marker() == "v"]
    assert head.get_ydata()[0] == quiet.first_passage("war").high[-1] > 0.0


def test_one_actor_in_axes_given(ensemble: Ensemble) -> None:
    ax = Figure().add_subplot()
    assert first_passage(ensemble, actor="bor", target="ara", ax=ax) is ax
    wanted = ensemble.probability("initiation", actor="bor", target="ara").value
    assert ax.lines[0].get_ydata()[-1] == pytest.approx(wanted)


def test_no_event_at_all(ensemble: Ensemble) -> None:
    with pytest.raises(StudyError, match="no event named; allowed: initiation"):
        first_passage(ensemble, [])
