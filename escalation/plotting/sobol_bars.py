"""Sobol indices as bars: what each factor does alone, and with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.errors import StudyError
from escalation.plotting.marks import casing
from escalation.plotting.style import DARK, FONT, axes, dress, on_lines, shades

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.analysis.uncertain.sensitivity import Sensitivity

__all__ = ["sobol_bars"]


def sobol_bars(study: Sensitivity, *, ax: Axes | None = None) -> Axes:
    """Draw the first-order and total index of each factor, the most important on top, with their intervals.

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
    ax = axes(ax, height=1.0 + 0.3 * len(study.indices))
    light, dark = shades(2, lightest=0.75)
    for kind, colour, shift in (("first", dark, -0.2), ("total", light, 0.2)):
        for row, found in enumerate(study.indices.values()):
            one = found[kind]
            label = f"{kind} order" if kind == "first" else kind
            ax.barh(row + shift, max(one.value, 0.0), height=0.36, color=colour, label=label if row == 0 else None)
            ax.plot([one.low, one.high], [row + shift] * 2, color=DARK, linewidth=1.0, path_effects=casing())
    ax.set_yticks(range(len(study.indices)), [on_lines(name) for name in study.indices])
    ax.set_ylim(len(study.indices) - 0.4, -0.6)
    ax.axvline(0.0, color=DARK, linewidth=0.8)
    left, right = ax.get_xlim()
    ax.set_xlim(max(left, -0.3), min(right, 1.3))  # beyond that an interval says no more than that nothing is known
    ax.set_xlabel(
        f"Share of the variance of P({study.event})\n({study.points:,} points, {study.runs:,} runs each)", loc="right"
    )
    ax.legend(frameon=False, fontsize=FONT, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, borderpad=0.1)
    return dress(ax, guides="x")
