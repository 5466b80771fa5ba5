from __future__ import annotations

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from escalation.montecarlo.ensemble import Ensemble
from escalation.plotting import ladder_heat_map
from escalation.plotting.ladder_heat_map import _unsure, heat_map_height


def test_cells_are_the_shares_and_blank_where_no_run_was(ensemble: Ensemble) -> None:
    ax = ladder_heat_map(ensemble)
    cells = np.ma.asarray(ax.collections[0].get_array()).reshape(6, 31)
    shares = ensemble.fan().T
    np.testing.assert_array_equal(cells.mask, shares == 0.0)
    np.testing.assert_array_equal(cells.compressed(), shares[shares > 0.0])
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        name.replace("-", " ") for name in ensemble.rung_names
    ]
    assert ax.get_xlim() == (0.0, 30.0)


def test_cells_are_hatched_where_the_interval_is_longer_than_the_value(ensemble: Ensemble) -> None:
    hatched = [found for found in ladder_heat_map(ensemble).collections if isinstance(found, PolyCollection)]
    assert sum(len(found.get_paths()) for found in hatched) == _unsure(ensemble.fan(), ensemble).sum() > 0
    # Wilson's interval of 16 of 400 is [0.0247, 0.0640], shorter than its value; that of 12 is [0.0172, 0.0517].
    unsure = _unsure(np.array([0.0, 12.0, 16.0, 400.0]) / 400.0, ensemble)
    np.testing.assert_array_equal(unsure, [False, True, False, False])


def test_one_actor_in_axes_given(ensemble: Ensemble) -> None:
    ax = Figure().add_subplot()
    assert ladder_heat_map(ensemble, actor="bor", target="ara", ax=ax) is ax
    cells = np.ma.asarray(ax.collections[0].get_array()).filled(0.0).reshape(6, 31)
    np.testing.assert_array_equal(cells, ensemble.fan(actor="bor").T)


def test_a_long_ladder_is_denser() -> None:
    assert heat_map_height(44) < 44 / 10 * heat_map_height(10)
