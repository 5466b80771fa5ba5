"""Sobol indices as bars: what each factor does alone, and with others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from escalation.errors import StudyError
from escalation.plotting.marks import casing
from escalation.plotting.names import as_written, with_short_names
from escalation.plotting.style import DARK, FONT, axes, dress, entitle, row_height, shades, title_room, wrapped
from escalation.world.plain_words import counted, place_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.analysis.uncertain.sensitivity import Sensitivity
    from escalation.estimates.estimate import Estimate

__all__ = ["sobol_bars"]

_LEAST, _MOST = -0.5, 1.5
"""An index lies between 0 and 1. An interval that reaches beyond these says no more than that nothing is known."""


@as_written
def sobol_bars(study: Sensitivity, *, ax: Axes | None = None) -> Axes:
    """Draw the first-order and total index of each factor, the most important on top, with their intervals.

    Each index and its interval stand at the right in figures. An interval that reaches far beyond what an index can be
    ends in an arrowhead. Where intervals are wider than their index is large, a line below says how many are so, and
    that more points are needed.

    Parameters
    ----------
    study
        A study by the method ``"sobol"``.
    ax
        Axes to draw in; a new figure one column wide by default.

    Returns
    -------
    Axes
        The axes drawn in.

    Raises
    ------
    StudyError
        If the study is by another method.

    Examples
    --------
    >>> import escalation as esc
    >>> from matplotlib import pyplot
    >>> scenario = esc.load("two-state-deterrence")
    >>> ranges = {"fronts.challenger-defender.revisionism": (0.2, 0.9), "rules.patron_reply": (0.0, 1.0)}
    >>> asked = {"event": "initiation", "parameters": ranges, "runs": 50, "progress": False}
    >>> ax = sobol_bars(esc.sensitivity(scenario, samples=16, **asked))
    >>> len(ax.get_yticklabels())
    2
    >>> pyplot.close(ax.figure)
    """
    if study.method != "sobol":
        raise StudyError(f"these are indices by {study.method!r}; sobol_bars draws those by 'sobol', tornado 'morris'")
    told = replace(study, scenario=with_short_names(study.scenario))
    names = [wrapped(place_words(name, told.scenario), most=18, lines=5) for name in study.indices]
    title = f"What it hangs on: {told.asked}"
    ax = axes(ax, height=1.5 + row_height(names, least=0.34) * len(names) + title_room(title))
    light, dark = shades(2, lightest=0.75)
    every = [(row, found) for row, found in enumerate(study.indices.values())]
    for kind, label, colour, shift in (("first", "alone (first order)", dark, -0.2), ("total", "in all", light, 0.2)):
        for row, found in every:
            named = label if row == 0 else None
            width = min(max(found[kind].value, 0.0), _MOST)
            ax.barh(row + shift, width, height=0.36, color=colour, label=named)
            _draw_interval(ax, row + shift, found[kind])
    ends = [end for _, found in every for one in found.values() for end in (one.low, one.high)]
    ax.set_xlim(max(min(0.0, *ends), _LEAST) - 0.03, min(max(1.0, *ends), _MOST) + 0.03)
    ax.set_yticks(range(len(every)), names)
    ax.set_ylim(len(every) - 0.4, -0.6)
    ax.axvline(0.0, color=DARK, linewidth=0.8)
    ax.set_xticks([0.0, 0.5, 1.0])
    share = f"Share of the variance\n({counted(study.points, 'point')} of {counted(study.runs, 'run')})"
    ax.set_xlabel("\n".join([share, *([wrapped(study.warning, most=38)] if study.unsure else [])]), loc="right")
    entitle(ax, title)
    ax.legend(
        frameon=False, fontsize=FONT, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, borderpad=0.1,
        handlelength=1.2, columnspacing=1.2,
    )  # fmt: skip
    return dress(ax, guides="x")


def _draw_interval(ax: Axes, row: float, one: Estimate) -> None:
    low, high = max(one.low, _LEAST), min(one.high, _MOST)
    ax.plot([low, high], [row, row], color=DARK, linewidth=1.0, path_effects=casing())
    for end, shown, head in ((one.low, low, "<"), (one.high, high, ">")):
        if end != shown:
            ax.plot([shown], [row], marker=head, markersize=4, color=DARK, zorder=4)
    ax.annotate(
        one.number_text().replace("-", "−"), (1.02, row), xycoords=("axes fraction", "data"), va="center",
        fontsize=FONT - 1.5, color=DARK,
    )  # fmt: skip
