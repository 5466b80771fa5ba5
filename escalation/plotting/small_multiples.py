"""The same figure of several scenarios, side by side on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from escalation.errors import StudyError
from escalation.plotting.names import as_written
from escalation.plotting.peaks import peaks
from escalation.plotting.style import COLUMN, DARK, FONT, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.montecarlo.ensemble import Ensemble

__all__ = ["Drawing", "small_multiples"]


class Drawing(Protocol):
    """A figure of an ensemble, as `peaks` or `fan`."""

    def __call__(self, ensemble: Ensemble, /, *, ax: Axes | None = None) -> Axes:
        """Draw, and return the axes drawn in."""


@as_written
def small_multiples(
    ensembles: Mapping[str, Ensemble],
    *,
    draw: Drawing = peaks,
    columns: int = 2,
    height: float = 1.7,
    axs: Sequence[Axes] | None = None,
) -> list[Axes]:
    """Draw the same figure of several scenarios, all on the same scale.

    Where all have the same ladder, rungs are named on the left alone.

    Parameters
    ----------
    ensembles
        Runs of each scenario, by the title to print.
    draw
        What to draw of each.
    columns
        How many stand side by side; with one figure column, two of `peaks` can be read.
    height
        Height of a row, in inches.
    axs
        Axes to draw in, one for each scenario; a new figure one column wide by default.

    Returns
    -------
    list of Axes
        The axes drawn in, in the order of the scenarios.

    Raises
    ------
    StudyError
        If there is no scenario, or the axes are not as many.

    Examples
    --------
    >>> import escalation as esc
    >>> from matplotlib import pyplot
    >>> ensemble = esc.run(esc.load("two-state-deterrence"), runs=200, seed=1, progress=False)
    >>> axs = small_multiples({"as it is": ensemble, "again": ensemble})
    >>> len(axs)
    2
    >>> pyplot.close(axs[0].figure)
    """
    if not ensembles or columns < 1 or (axs is not None and len(axs) != len(ensembles)):
        given = "" if axs is None else f", {len(axs)} axes"
        raise StudyError(
            f"{len(ensembles)} scenarios, {columns} columns{given}; one or more are needed, and axes for each"
        )
    panels = _panels(len(ensembles), columns, height) if axs is None else list(axs)
    most = max(32 // columns, 10)
    for (title, ensemble), ax in zip(ensembles.items(), panels, strict=True):
        draw(ensemble, ax=ax)
        ax.set_title(wrapped(title, most=most, lines=2), fontsize=FONT, color=DARK, loc="left", fontweight="bold")
    for axis in ("x", "y"):
        _share(panels, axis)
    if axs is None:
        _say_once(panels, columns, same={ensemble.rung_names for ensemble in ensembles.values()})
    return panels


def _say_once(panels: Sequence[Axes], columns: int, *, same: set[tuple[str, ...]]) -> None:
    """Take away what stands in the figure already: names of rungs beside the first column, a label that all share."""
    label = panels[-1].get_xlabel()
    alike = all(ax.get_xlabel() == label for ax in panels)
    if alike:
        panels[0].figure.supxlabel(label, fontsize=FONT)
    for k, ax in enumerate(panels):
        if alike:
            ax.set_xlabel("")
        elif columns > 1:
            ax.set_xlabel(wrapped(ax.get_xlabel(), most=40 // columns))
        if k % columns:
            ax.set_ylabel("")
            if len(same) == 1:
                ax.tick_params(axis="y", labelleft=False)


def _panels(count: int, columns: int, height: float) -> list[Axes]:
    from matplotlib import pyplot

    rows = -(-count // columns)
    size = (COLUMN, rows * height)
    _, grid = pyplot.subplots(rows, columns, figsize=size, layout="constrained", squeeze=False)
    panels = list(grid.flat)
    for spare in panels[count:]:
        spare.remove()
    return panels[:count]


def _share(panels: Sequence[Axes], axis: str) -> None:
    """Give all the widest limits of any."""
    limits = [getattr(ax, f"get_{axis}lim")() for ax in panels]
    if len({low < high for low, high in limits}) > 1:
        return  # one runs up, another down
    outer = (min, max) if limits[0][0] < limits[0][1] else (max, min)
    for ax in panels:
        getattr(ax, f"set_{axis}lim")(outer[0](low for low, _ in limits), outer[1](high for _, high in limits))
