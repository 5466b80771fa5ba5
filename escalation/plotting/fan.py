"""How runs climb by day: the peak so far, stacked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from escalation.plotting.days import days_shown
from escalation.plotting.marks import casing, draw_bound, label_right
from escalation.plotting.names import as_written, rung_label
from escalation.plotting.style import DARK, axes, dress, entitle, rung_colours
from escalation.world.plain_words import counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.estimates.estimate import Estimate
    from escalation.montecarlo.ensemble import Ensemble

__all__ = ["fan"]

_COLUMNS = 400
"""Days that a column's width can show."""
_MARKS = 6


@as_written
def fan(
    ensemble: Ensemble,
    *,
    actor: str | None = None,
    target: str | None = None,
    level: float = 0.95,
    ax: Axes | None = None,
) -> Axes:
    """Draw, day by day, the probability that each rung is the highest reached so far.

    War lies at the bottom and restraint is the blank on top, so that the upper edge of a rung is the
    probability of having reached it or any above. Every edge has bars over its interval, that of
    `Ensemble.probability`, at some days, and an arrowhead at the upper bound where no run got so far.

    Parameters
    ----------
    ensemble
        Runs to draw.
    actor, target
        Count only fronts of this actor, against this target.
    level
        Confidence level of the intervals.
    ax
        Axes to draw in; a new figure one column wide by default.

    Returns
    -------
    Axes
        The axes drawn in.

    Examples
    --------
    >>> import escalation as esc
    >>> from matplotlib import pyplot
    >>> ensemble = esc.run(esc.load("two-state-deterrence"), runs=200, seed=1, progress=False)
    >>> ax = fan(ensemble)
    >>> ax.get_xlabel()
    'Days after 2000-01-01 (200 runs)'
    >>> pyplot.close(ax.figure)
    """
    ax = axes(ax, height=2.6)
    days = days_shown(ensemble, most=_COLUMNS)
    names = ensemble.rung_names
    at = ensemble.fan(actor=actor, target=target, grid=days)
    reached = np.cumsum(at[:, ::-1], axis=1)[:, ::-1]
    colours = rung_colours(len(names))
    top = 0.0
    for rung in range(1, len(names)):
        edge = reached[:, rung]
        ax.fill_between(days, 0.0, edge, step="post", color=colours[rung], linewidth=0.0, label=names[rung])
        ax.step(days, edge, where="post", color="white", linewidth=0.6)
        chance = partial(_reached, ensemble, names[rung], actor=actor, target=target, level=level)
        top = max(top, _draw_intervals(ax, days, chance, shift=rung / len(names)))
    ax.set_xlim(0.0, float(days[-1]))
    ax.set_ylim(0.0, min(1.12 * top, 1.0))
    ax.set_xlabel(f"Days after {ensemble.scenario.start} ({counted(ensemble.runs, 'run')})")
    ax.set_ylabel("Probability")
    dress(ax, guides="y")
    edges = np.append(reached[-1], 0.0)
    middles = (edges[:-1] + edges[1:]) / 2.0
    entitle(ax, "The highest rung reached so far")
    label_right(ax, [rung_label(name) for name in names[:0:-1]], middles[:0:-1].tolist())
    return ax


def _reached(
    ensemble: Ensemble, rung: str, day: float, *, actor: str | None, target: str | None, level: float
) -> Estimate:
    return ensemble.probability(rung=rung, by=day, actor=actor, target=target, level=level)


def _draw_intervals(ax: Axes, days: NDArray[np.float64], chance: Callable[[float], Estimate], *, shift: float) -> float:
    """Draw intervals of an edge at some days and at the last, and return the highest end of any."""
    picks = np.unique(np.append(((np.arange(_MARKS) + shift) * (days.size - 1) / _MARKS).astype(int), days.size - 1))
    estimates = [chance(float(days[k])) for k in picks]
    # On the last day stand the labels, and the bounds of what never happened.
    for k, estimate in zip(picks[:-1], estimates, strict=False):
        ax.plot([days[k]] * 2, [estimate.low, estimate.high], color=DARK, linewidth=1.0, path_effects=casing())
    if estimates[-1].value == 0.0:
        draw_bound(ax, float(days[-1]), estimates[-1].high)
    return max(estimate.high for estimate in estimates)
