"""Hindcasts of several crises: how high each was forecast to climb, and how high it did."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from escalation.errors import StudyError
from escalation.plotting.names import as_written, rung_label
from escalation.plotting.style import DARK, FONT, GREY, axes, dress, entitle, rung_colours, wrapped
from escalation.world.plain_words import counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.analysis.score.hindcasts.hindcast import Hindcasts

__all__ = ["hindcast"]

ROOM = 0.72
"""Height of the faint line, in rows; the rest is for the mark and the gap to the next row."""


@as_written
def hindcast(study: Hindcasts, *, ax: Axes | None = None) -> Axes:
    """Draw for each crisis a row of bars, the distribution of its peak rung, with a mark on what came.

    The faint line of each row is at the same share, which is written below. The mark stands on the bar of the rung that
    was observed, so that a mark near the ground is a surprise; the share of runs that peaked there stands at the right.

    Parameters
    ----------
    study
        Hindcasts of crises on the same ladder.
    ax
        Axes to draw in; a new figure one column wide by default.

    Returns
    -------
    Axes
        The axes drawn in.

    Raises
    ------
    StudyError
        If the crises are on different ladders.

    Examples
    --------
    >>> import escalation as esc
    >>> from matplotlib import pyplot
    >>> ax = hindcast(esc.hindcast("pulwama-2019", runs=100, seed=1, progress=False))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['pulwama-2019']
    >>> pyplot.close(ax.figure)
    """
    asked = {name: case.questions["peak"] for name, case in study.cases.items()}
    ladders = {question.levels for question in asked.values()}
    if len(ladders) > 1:
        raise StudyError("these crises are on different ladders; draw those of one ladder together")
    levels = ladders.pop()
    ax = axes(ax, height=1.1 + 0.42 * len(asked))
    line = math.ceil(10.0 * max(float(question.shares.max()) for question in asked.values())) / 10.0
    colours, places = rung_colours(len(levels)), range(len(levels))
    for row, question in enumerate(asked.values()):
        ground = len(asked) - 1 - row
        heights = (ROOM / line * question.shares).tolist()
        ax.axhline(ground, color=GREY, linewidth=0.6, zorder=2)
        ax.axhline(ground + ROOM, color="#e3e3e3", linewidth=0.6, zorder=0)
        ax.bar(places, heights, bottom=ground, width=0.8, color=colours, edgecolor=DARK, linewidth=0.6)
        came = question.came
        ax.plot(
            [came], [ground + heights[came]], marker="v", markersize=5, color="white", markeredgecolor=DARK,
            clip_on=False, zorder=4,
        )  # fmt: skip
        ax.text(
            1.02, ground + 0.5 * ROOM, f"{question.shares[came]:.2f}", transform=ax.get_yaxis_transform(),
            fontsize=FONT, color=DARK, va="center",
        )  # fmt: skip
    ax.set_yticks(
        [len(asked) - 1 - row + 0.5 * ROOM for row in range(len(asked))],
        [wrapped(name, most=22, lines=2) for name in asked],
    )
    ax.set_xticks(places, [rung_label(level) for level in levels], rotation=30, ha="right")
    ax.set_xlim(-0.6, len(levels) - 0.4)
    ax.set_ylim(-0.05, len(asked))
    first = next(iter(study.cases.values()))
    ax.set_xlabel(
        f"Peak rung: forecast (bars, {counted(first.runs, 'run')}; the line\n"
        f"is a share of {line:g}) and observed (mark; its\nshare at the right)", loc="right",
    )  # fmt: skip
    entitle(ax, "Forecast, and what happened")
    dress(ax)
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    return ax
