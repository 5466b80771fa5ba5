"""How high runs have climbed by each day, a rung a row: for rare rungs and for ladders of many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from escalation.plotting.days import cell_edges, days_shown
from escalation.plotting.names import as_written, rung_label
from escalation.plotting.style import DARK, FONT, axes, dress, shades
from escalation.world.plain_words import counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.montecarlo.ensemble import Ensemble

__all__ = ["heat_map_height", "ladder_heat_map"]

_COLUMNS = 120
"""Days that a column's width can show."""
_STEPS = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
"""Where shades change: few enough to be told apart in grey."""


@as_written
def ladder_heat_map(
    ensemble: Ensemble, *, actor: str | None = None, target: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw, day by day, the probability that each rung is the highest reached so far, in seven shades.

    Where `fan` stacks rungs, here each has a row of its own, so that one in a thousand can be read, and so can a
    ladder of forty-four rungs. A blank cell is one in which no run was. A hatched cell is uncertain: its interval
    of 95 %, by the method of the ensemble, is longer than its value.

    Parameters
    ----------
    ensemble
        Runs to draw.
    actor, target
        Count only fronts of this actor, against this target.
    ax
        Axes to draw in; a new figure one column wide by default. The scale of shades takes some of its room.

    Returns
    -------
    Axes
        The axes drawn in.

    Examples
    --------
    >>> import escalation as esc
    >>> from matplotlib import pyplot
    >>> ensemble = esc.run(esc.load("two-state-deterrence"), runs=200, seed=1, progress=False)
    >>> ax = ladder_heat_map(ensemble)
    >>> ax.get_xlabel()
    'Days after 2000-01-01 (200 runs)'
    >>> pyplot.close(ax.figure)
    """
    from matplotlib.colors import BoundaryNorm, ListedColormap

    days = days_shown(ensemble, most=_COLUMNS)
    shares = ensemble.fan(actor=actor, target=target, grid=days).T
    names = ensemble.rung_names
    ax = axes(ax, height=heat_map_height(len(names)))
    edges = cell_edges(days)
    rows = np.arange(len(names) + 1) - 0.5
    colours = ListedColormap(shades(len(_STEPS) - 1))
    norm = BoundaryNorm(_STEPS, colours.N)
    mesh = ax.pcolormesh(edges, rows, np.ma.masked_equal(shares, 0.0), cmap=colours, norm=norm, rasterized=True)
    _hatch(ax, edges, rows, _unsure(shares, ensemble))
    ax.set_xlim(0.0, float(days[-1]))
    ax.set_yticks(range(len(names)), [rung_label(name) for name in names])
    ax.set_xlabel(f"Days after {ensemble.scenario.start} ({counted(ensemble.runs, 'run')})", loc="right")
    dress(ax)
    ax.tick_params(axis="y", length=0)
    scale = ax.figure.colorbar(mesh, ax=ax, location="top", aspect=24, pad=0.03, spacing="uniform")
    scale.ax.set_xlabel("Probability of being the highest so far", fontsize=FONT, color=DARK, loc="right")
    # Beside long names there is room for every other step.
    crowded = max(map(len, names)) > 18
    scale.set_ticks(
        _STEPS,
        labels=["" if crowded and f"{step:g}".endswith("3") else f"{step:g}".lstrip("0") or "0" for step in _STEPS],
    )
    scale.ax.tick_params(labelsize=FONT, length=3)
    return ax


def heat_map_height(rungs: int) -> float:
    """Height that the figure of a ladder needs, in inches."""
    return 1.1 + (0.24 if rungs <= 12 else 0.13) * rungs


def _hatch(ax: Axes, edges: ArrayLike, rows: ArrayLike, where: NDArray[np.bool_]) -> None:
    """Hatch some cells."""
    from matplotlib.collections import PolyCollection

    x, y = np.asarray(edges), np.asarray(rows)
    cells = [
        ((x[k], y[rung]), (x[k + 1], y[rung]), (x[k + 1], y[rung + 1]), (x[k], y[rung + 1]))
        for rung, k in zip(*np.nonzero(where), strict=True)
    ]
    if cells:
        hatched = PolyCollection(cells, facecolors="none", edgecolors=DARK, linewidths=0.0, hatch="//////", zorder=2)
        ax.add_collection(hatched, autolim=False)


def _unsure(shares: NDArray[np.float64], ensemble: Ensemble) -> NDArray[np.bool_]:
    """Where the interval of a share that is not 0 is longer than the share."""
    counts, place = np.unique(np.round(shares * ensemble.runs).astype(np.int64), return_inverse=True)
    estimates = [ensemble.estimate(int(count)) for count in counts]
    wide = np.array([0.0 < one.value < one.high - one.low for one in estimates])
    return np.asarray(wide[place].reshape(shares.shape))
