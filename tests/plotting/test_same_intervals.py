"""What a figure draws is what `probability` gives, also of a study that its results stopped."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from matplotlib.collections import PolyCollection

from escalation import plotting
from escalation.app.markup import estimates_table
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.paths import paths
from escalation.montecarlo.stopping import SEQUENCE, Precision


@pytest.fixture(params=[None, Precision("war", absolute=0.01)], ids=["wilson", "until"])
def study(request: pytest.FixtureRequest, ensemble: Ensemble) -> Ensemble:
    return dataclasses.replace(ensemble, until=request.param)


def vertical(ax: Any) -> list[Any]:
    return [line for line in ax.lines if len(line.get_xdata()) == 2 and line.get_xdata()[0] == line.get_xdata()[1]]


def horizontal(ax: Any) -> dict[float, list[float]]:
    """Ends of the interval in each row."""
    found = {}
    for line in ax.lines:
        x, y = np.asarray(line.get_xdata()), np.asarray(line.get_ydata())
        if x.size == 2 and y[0] == y[1] and line.get_transform() == ax.transData:
            found[float(y[0])] = x.tolist()
    return found


def test_the_method_is_of_the_study(study: Ensemble) -> None:
    assert study.method == study.probability("war").method == ("wilson" if study.until is None else SEQUENCE)
    assert study.first_passage("war").method == study.peaks()["war"].method == study.method


def test_fan(study: Ensemble) -> None:
    bars = vertical(plotting.fan(study, level=0.9))
    assert len(bars) == 6 * (len(study.rung_names) - 1)
    for k, bar in enumerate(bars):
        one = study.probability(rung=study.rung_names[1 + k // 6], by=float(bar.get_xdata()[0]), level=0.9)
        assert list(bar.get_ydata()) == [one.low, one.high]


def test_bounds_of_a_fan_and_of_a_first_passage(quiet: Ensemble) -> None:
    for until in (None, Precision("war", absolute=0.01)):
        study = dataclasses.replace(quiet, until=until)
        for ax in (plotting.fan(study), plotting.first_passage(study, ["war"])):
            heads = {float(line.get_ydata()[0]) for line in ax.lines if line.get_marker() == "v"}
            assert heads == {study.probability("war").high}


def test_first_passage(study: Ensemble) -> None:
    ax = plotting.first_passage(study, ["initiation"])
    (band,) = ax.collections
    corners = band.get_paths()[0].vertices
    for day in study.days[1:-1]:
        one = study.probability("initiation", by=float(day))
        heights = corners[corners[:, 0] == day, 1]
        assert one.low in heights
        assert one.high in heights


def test_peaks(study: Ensemble) -> None:
    rows = horizontal(plotting.peaks(study))
    assert [rows[k] for k in range(len(study.rung_names))] == [[one.low, one.high] for one in study.peaks().values()]
    war = study.probability(rung="war")
    assert rows[len(study.rung_names) - 1] == [war.low, war.high]


def test_tree(study: Ensemble) -> None:
    ax = plotting.escalation_tree(study, rows=4)
    rows, walked = horizontal(ax), sorted(paths(study).walk(), key=lambda branch: -branch.runs)[1:5]
    expected = [study.estimate(branch.runs) for branch in walked]
    assert sorted(rows.values()) == sorted([one.low, one.high] for one in expected)


def test_heat_map(study: Ensemble) -> None:
    hatched = [found for found in plotting.ladder_heat_map(study).collections if isinstance(found, PolyCollection)]
    wide = 0
    for share in study.fan().ravel():
        one = study.estimate(round(float(share) * study.runs))
        wide += 0.0 < one.value < one.high - one.low
    assert sum(len(found.get_paths()) for found in hatched) == wide > 0


def test_small_multiples_draw_the_same(study: Ensemble) -> None:
    for ax in plotting.small_multiples({"one": study, "other": study}, draw=plotting.fan):
        for k, bar in enumerate(vertical(ax)):
            one = study.probability(rung=study.rung_names[1 + k // 6], by=float(bar.get_xdata()[0]))
            assert list(bar.get_ydata()) == [one.low, one.high]


def test_tables_and_json_print_the_same(study: Ensemble) -> None:
    told = study.summary()["probabilities"]["war"]
    one = study.probability("war")
    assert (told["low"], told["high"], told["method"]) == (one.low, one.high, study.method)
    words = {event: event for event in study.events}
    for text in (study._repr_html_(), estimates_table(study, words)):
        assert one.number_text() in text
        assert study.method.title() in text
