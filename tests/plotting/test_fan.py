from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import FillBetweenPolyCollection
from matplotlib.figure import Figure

from escalation.montecarlo.ensemble import Ensemble
from escalation.plotting import fan


def upper_edge(layer: FillBetweenPolyCollection, horizon: float) -> float:
    """Height of a layer on the last day."""
    corners = layer.get_paths()[0].vertices
    return float(corners[corners[:, 0] == horizon, 1].max())


def test_edges_are_the_probabilities_of_having_got_so_far(ensemble: Ensemble) -> None:
    ax = fan(ensemble)
    layers = {layer.get_label(): layer for layer in ax.collections}
    assert list(layers) == list(ensemble.rung_names[1:])
    for rung, layer in layers.items():
        reached = ensemble.probability(rung=rung).value
        assert upper_edge(layer, ensemble.horizon_days) == pytest.approx(reached, abs=1e-12)


def test_every_edge_has_intervals(ensemble: Ensemble) -> None:
    ax = fan(ensemble, level=0.9)
    bars = [line for line in ax.lines if len(line.get_xdata()) == 2]
    assert len(bars) == 6 * (len(ensemble.rung_names) - 1)
    day = bars[3].get_xdata()[0]
    estimate = ensemble.probability(rung="threat", by=float(day), level=0.9)
    np.testing.assert_allclose(bars[3].get_ydata(), [estimate.low, estimate.high])


def test_rungs_never_reached_have_an_upper_bound(ensemble: Ensemble, quiet: Ensemble) -> None:
    heads = [line for line in fan(quiet).lines if line.get_marker() == "v"]
    assert [line.get_ydata()[0] for line in heads] == [quiet.probability("war").high] * 2
    assert not [line for line in fan(ensemble).lines if line.get_marker() == "v"]


def test_rungs_are_named_beside_their_layers_from_the_top(ensemble: Ensemble) -> None:
    labels = sorted(fan(ensemble).texts, key=lambda text: -text.xyann[1])
    assert [text.get_text() for text in labels] == [name.replace("-", " ") for name in ensemble.rung_names[1:]]


def test_one_actor_in_axes_given(ensemble: Ensemble) -> None:
    ax = Figure().add_subplot()
    assert fan(ensemble, actor="ara", target="bor", ax=ax) is ax
    reached = ensemble.probability(rung="threat", actor="ara").value
    assert upper_edge(ax.collections[0], ensemble.horizon_days) == pytest.approx(reached, abs=1e-12)
