"""The two kinds of uncertainty in one figure: the band of what is not known, and the error of chance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from escalation.plotting.names import as_written, with_short_names
from escalation.plotting.style import DARK, axes, dress, entitle, title_room
from escalation.world.plain_words import counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.analysis.uncertain.uncertainty import Uncertainty

__all__ = ["uncertainty"]


@as_written
def uncertainty(study: Uncertainty, *, ax: Axes | None = None) -> Axes:
    """Draw the probability at each draw in order of size, the epistemic band, and the Monte Carlo error apart.

    Parameters
    ----------
    study
        What is to be drawn.
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
    >>> study = esc.uncertainty(esc.load("two-state-deterrence"), draws=8, runs=20, seed=1, progress=False)
    >>> ax = uncertainty(study)
    >>> ax.get_ylabel()
    'Share of draws below'
    >>> pyplot.close(ax.figure)
    """
    title = f"How likely: {replace(study, scenario=with_short_names(study.scenario)).asked}"
    ax = axes(ax, height=2.8 + title_room(title))
    draws = len(study.by_draw)
    band, mean = study.band, study.probability
    ax.axvspan(band.low, band.high, color="#d3e3ee", linewidth=0.0)
    share = (np.arange(draws) + 0.5) / draws
    ax.step(np.sort(study.by_draw), share, where="mid", color=DARK, linewidth=1.2)
    ax.plot([band.value], [0.5], marker="D", markersize=4, color=DARK, linestyle="none")
    ax.errorbar(
        [mean.value], [0.08], xerr=[[mean.value - mean.low], [mean.high - mean.value]], color=DARK, marker="o",
        markersize=4, linewidth=1.2, capsize=3,
    )  # fmt: skip
    ax.set_ylim(0.0, 1.0)
    ax.set_xlim(left=0.0)
    ax.set_xlabel(
        f"Probability ({counted(draws, 'draw')} of {counted(study.runs, 'run')}; ◆ median,\n"
        f"● mean with its Monte Carlo error; shaded: {100 * band.level:g} %\n"
        f"of draws, {100 * study.variance.share:.2g} % of the variance of a run)", loc="right",
    )  # fmt: skip
    ax.set_ylabel("Share of draws below")
    entitle(ax, title)
    return dress(ax, guides="x")
