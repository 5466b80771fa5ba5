"""When an item would have mattered: its effect as a function of one quantity, with a band."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from escalation.errors import StudyError
from escalation.plotting.names import as_written, with_short_names
from escalation.plotting.style import DARK, axes, dress, entitle, title_room, wrapped
from escalation.world.near import short
from escalation.world.plain_words import counted, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from escalation.analysis.what_mattered.conditional_effect import ConditionalEffect
    from escalation.estimates.paired import PairedDifference

__all__ = ["check_curve", "conditional_effect"]

_BAND, _BAND_GIVEN = "#b9bfc7", "#d3e3ee"
"""Bands over all runs, and over those in which the item came."""
_LETTERS = 48


@as_written
def conditional_effect(study: ConditionalEffect, *, ax: Axes | None = None) -> Axes:
    """Draw the effect of leaving an item out by the value of a quantity.

    A difference is without the item minus with it, from pairs of runs on the same chance: above 0 the event is likelier
    without it. The band joins the intervals of the values, each of which holds by itself. Where the item did not come
    in every run, a dashed line with a band of its own is the difference over the runs in which it came.

    Parameters
    ----------
    study
        What `escalation.conditional_effect` returns, at two or more values that are numbers.
    ax
        Axes to draw in; a new figure one column wide by default.

    Returns
    -------
    Axes
        The axes drawn in.

    Raises
    ------
    StudyError
        If there are fewer than two values, or one is no number.

    Examples
    --------
    >>> import escalation as esc
    >>> from matplotlib import pyplot
    >>> crisis, wish = esc.load("two-state-deterrence"), "fronts.challenger-defender.revisionism"
    >>> study = esc.conditional_effect(crisis, wish, [0.2, 0.5, 0.8], without="threat", runs=200, progress=False)
    >>> ax = conditional_effect(study)
    >>> len(ax.lines[1].get_xdata())
    3
    >>> pyplot.close(ax.figure)
    """
    check_curve([point.value for point in study.points])
    ordered = sorted(study.points, key=lambda point: float(point.value))
    across = [float(point.value) for point in ordered]
    told = replace(study, scenario=with_short_names(study.scenario))
    title = f"What leaving out {told.left_out} does: {told.asked}"
    quantity = wrapped(sentence(told.quantity), most=_LETTERS, lines=4)
    more = max(0.0, title_room(title) - 0.2) + 0.15 * max(0, quantity.count("\n") - 1)
    ax = axes(ax, height=3.0 + more)
    ax.axhline(0.0, color=DARK, linewidth=0.8)
    given = [point.effect_where_it_came for point in ordered]
    partly = any(gap is not None and gap.n < point.effect.n for gap, point in zip(given, ordered, strict=True))
    _draw(ax, across, [point.effect for point in ordered], band=_BAND, line="-", marker="o", order=3)
    if partly:
        _draw(ax, across, given, band=_BAND_GIVEN, line="--", marker="s", order=2)
    ax.locator_params(axis="both", nbins=5)
    squares = "; ■ over the runs in which it came" if partly else ""
    note = f"({counted(study.runs, 'pair')} at each value; bands: {100 * study.level:g} %, each by itself{squares})"
    ax.set_xlabel("\n".join((quantity, wrapped(note, most=_LETTERS))), loc="right")
    ax.set_ylabel("Change in probability without it")
    entitle(ax, title)
    return dress(ax, guides="y")


def check_curve(values: Sequence[Any]) -> None:
    """Refuse values of a quantity over which no curve can be drawn.

    Raises
    ------
    StudyError
        If there are fewer than two, or one is no number.
    """
    for value in values:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise StudyError(f"{short(value)} is no number; a curve needs values that are")
    if len(values) < 2:
        raise StudyError("a curve needs two values or more")


def _draw(
    ax: Axes,
    across: Sequence[float],
    gaps: Sequence[PairedDifference | None],
    *,
    band: str,
    line: str,
    marker: str,
    order: int,
) -> None:
    value, low, high = (
        np.array([np.nan if gap is None else getattr(gap, end) for gap in gaps]) for end in ("value", "low", "high")
    )
    ax.fill_between(across, low, high, color=band, linewidth=0.0, alpha=0.8, zorder=order - 1)
    ax.plot(across, value, color=DARK, linewidth=1.2, linestyle=line, marker=marker, markersize=3.5, zorder=order + 1)
