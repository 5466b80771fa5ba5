"""What leaving out each item changes: a forest plot, the largest effect on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from escalation.plotting.forest import FILLED, draw_forest, forest_height, with_tail
from escalation.plotting.names import as_written, with_short_names
from escalation.plotting.style import GREY, axes, dress, entitle, title_room
from escalation.whole_numbers import whole
from escalation.world.plain_words import counted, item_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.analysis.what_mattered.left_out import LeaveOneOut, LeftOut
    from escalation.estimates.paired import PairedDifference

__all__ = ["leave_one_out", "leave_one_out_height"]

_BELOW = 0.32
"""Distance from a row to the square below it."""


@as_written
def leave_one_out(study: LeaveOneOut, *, most: int | None = None, ax: Axes | None = None) -> Axes:
    """Draw by how much leaving out each item changes the probability of the event, an item a row.

    A difference is without the item minus with it, from pairs of runs on the same chance; the line is the interval. To
    the right of 0 the event is likelier without it. A filled circle marks an interval that leaves out 0, a hollow one
    an interval that does not. Where an item did not come in every run, a square below marks the difference over the
    runs in which it came.

    Parameters
    ----------
    study
        What `escalation.leave_one_out` returns.
    most
        Items to draw, from the largest effect on; by default all.
    ax
        Axes to draw in; a new figure one column wide by default.

    Returns
    -------
    Axes
        The axes drawn in.

    Raises
    ------
    StudyError
        If `most` is no whole number, 1 or more.

    Examples
    --------
    >>> import escalation as esc
    >>> from matplotlib import pyplot
    >>> study = esc.leave_one_out(esc.load("two-state-deterrence"), runs=200, seed=1, progress=False)
    >>> ax = leave_one_out(study)
    >>> [" ".join(label.get_text().split()) for label in ax.get_yticklabels()]
    ["patron's pledge to defender", "defender's threat against challenger on day 2"]
    >>> pyplot.close(ax.figure)
    """
    rows = study.rows[: len(study.rows) if most is None else whole("most", most, least=1)]
    names = [_label(row, study) for row in rows]
    given = [_where_it_came(row) for row in rows]
    title = _title(study)
    ax = axes(ax, height=_height(names) + title_room(title))
    draw_forest(ax, names, [row.effect for row in rows])
    low, high = ax.get_xlim()
    for place, gap in enumerate(given):
        if gap is not None:
            below = place + _BELOW
            ax.plot([gap.low, gap.high], [below, below], color=GREY, linewidth=1.0, zorder=2)
            ax.plot([gap.value], [below], marker="s", markersize=3.5, color=GREY, zorder=3)
            room = 0.05 * (high - low)
            low, high = min(low, gap.low - room), max(high, gap.high + room)
    ax.set_xlim(low, high)
    squares = ";\n■ over the runs in which it came, n %" if any(gap is not None for gap in given) else ""
    with_all = f"Change in probability, which is\n{study.baseline.number_text()} with everything in it"
    ax.set_xlabel(f"{with_all}\n({counted(study.runs, 'pair')}; {FILLED}{squares})", loc="right")
    entitle(ax, title)
    return dress(ax, guides="x")


def leave_one_out_height(study: LeaveOneOut) -> float:
    """Height that the figure of all that was left out needs, in inches."""
    return _height([_label(row, study) for row in study.rows]) + title_room(_title(study))


def _title(study: LeaveOneOut) -> str:
    return f"What leaving out each item does: {replace(study, scenario=with_short_names(study.scenario)).asked}"


def _height(names: Sequence[str]) -> float:
    return 0.4 + 1.15 * forest_height(names)


def _where_it_came(row: LeftOut) -> PairedDifference | None:
    """Difference over the runs in which an item came, where these are not all."""
    given = row.effect_where_it_came
    return given if given is not None and given.n < row.effect.n else None


def _label(row: LeftOut, study: LeaveOneOut) -> str:
    words = item_label(row.item.name, with_short_names(study.scenario))
    if _where_it_came(row) is None:
        return words
    return with_tail(words, f"({100.0 * row.came.value:.2g}\N{NO-BREAK SPACE}%)")
