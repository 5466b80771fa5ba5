"""A policy grid as a surface with contours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from escalation.errors import StudyError
from escalation.plotting.marks import casing
from escalation.plotting.names import as_written
from escalation.plotting.style import DARK, FONT, axes, dress, entitle, wrapped

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.axes import Axes
    from matplotlib.contour import ContourSet

__all__ = ["check_surface", "policy_surface"]


@as_written
def policy_surface(grid: xr.Dataset, *, limit: float | None = None, ax: Axes | None = None) -> Axes:
    """Draw the probability of an event over two quantities: shades, and contours with their values.

    Parameters
    ----------
    grid
        What `policy_grid` returns, with two or more values of both quantities, which are numbers.
    limit
        Probability to mark: a heavy contour, hatched where the upper end of the interval is below it.
    ax
        Axes to draw in; a new figure one column wide by default.

    Returns
    -------
    Axes
        The axes drawn in.

    Raises
    ------
    StudyError
        If there are too few values, or they are no numbers.

    Examples
    --------
    >>> import escalation as esc
    >>> from matplotlib import pyplot
    >>> crisis = esc.load("two-state-deterrence")
    >>> wish, stake = (f"fronts.challenger-defender.{name}" for name in ("revisionism", "stake"))
    >>> grid = esc.policy_grid(crisis, (wish, [0.2, 0.8]), (stake, [0.5, 1.0, 1.5]), runs=200, progress=False)
    >>> ax = policy_surface(grid)
    >>> ax.get_xlabel()
    'challenger → defender: revisionism'
    >>> pyplot.close(ax.figure)
    """
    first, second = map(str, grid["value"].dims)
    for name in (first, second):
        check_surface(grid[name].to_numpy().tolist())
    grid = grid.sortby([first, second])
    x, y = grid[first].to_numpy(), grid[second].to_numpy()
    value, high = grid["value"].to_numpy().T, grid["high"].to_numpy().T
    ax = axes(ax, height=3.0)
    entitle(ax, f"How likely: {grid.attrs.get('event_words', grid.attrs['event'])}")
    # Of one value alone matplotlib would make a scale around it, which may go below 0 or beyond 1.
    least, most = (value.min(), value.max()) if np.ptp(value) > 0.0 else (0.0, 1.0)
    mesh = ax.pcolormesh(x, y, value, cmap="cividis_r", shading="nearest", vmin=least, vmax=most)
    scale = ax.figure.colorbar(mesh, ax=ax)
    scale.set_label("Probability", size=FONT)
    scale.ax.tick_params(labelsize=FONT)
    if np.ptp(value) > 0.0:
        _label(ax, ax.contour(x, y, value, levels=5, colors=DARK, linewidths=0.6))
    if limit is not None:
        if value.min() < limit < value.max():
            _label(ax, ax.contour(x, y, value, levels=[limit], colors=DARK, linewidths=1.6))
        if high.min() < limit:
            ax.contourf(x, y, high, levels=[-1.0, limit], colors="none", hatches=["///"])
    ax.set_xlabel(wrapped(grid[first].attrs.get("long_name", first), most=40, lines=3))
    ax.set_ylabel(wrapped(grid[second].attrs.get("long_name", second), most=30, lines=3))
    return dress(ax)


def check_surface(values: Sequence[Any]) -> None:
    """Refuse values of a quantity over which no surface can be drawn.

    Raises
    ------
    StudyError
        If they are fewer than two, or one is no number.
    """
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in values) or len(set(values)) < 2:
        raise StudyError("a surface needs two or more values of both quantities, all of them numbers")


def _label(ax: Axes, lines: ContourSet) -> None:
    """Write the values of contours on them, with white edges, which stand out on light and dark alike."""
    for text in ax.clabel(lines, fontsize=FONT - 1.0, colors=DARK):
        text.set_path_effects(casing())
