"""Differences as a forest plot: a row for each, its interval, and its number at the right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from escalation.plotting.marks import draw_interval
from escalation.plotting.names import shortened
from escalation.plotting.style import DARK, FONT, GREY, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.estimates.html import Shown

__all__ = ["FILLED", "draw_forest", "forest_height", "with_tail"]

FILLED = "● interval leaves out 0, ○ holds 0"
"""What the circles mean."""
_LETTERS = 25
"""Letters of a name on a line."""
_LINES = 4
"""Lines that a name may have."""


def draw_forest(ax: Axes, names: Sequence[str], differences: Sequence[Shown]) -> None:
    """Draw differences that a change makes, the first one on top, with what either side of 0 means.

    Parameters
    ----------
    ax
        Axes to draw in.
    names
        What each is a difference of, in plain words.
    differences
        The differences, with their intervals.
    """
    ax.axvline(0.0, color=DARK, linewidth=0.8)
    for row, difference in enumerate(differences):
        clear = not difference.low <= 0.0 <= difference.high
        draw_interval(ax, row, difference, marker="o", filled=clear, bounded=False, number=False)
        value = difference.number_text().split(" [")[0].replace("-", "−")
        sign = "+" if difference.value > 0.0 else ""
        ax.annotate(
            f"{sign}{value}", (1.03, row), xycoords=("axes fraction", "data"), va="center", fontsize=FONT, color=DARK,
            fontweight="bold" if clear else "normal",
        )  # fmt: skip
    ax.set_yticks(range(len(names)), [_lines(name) for name in names])
    ax.set_ylim(len(names) - 0.4, -0.6)
    low = min(0.0, *(difference.low for difference in differences))
    high = max(0.0, *(difference.high for difference in differences))
    room = 0.06 * (high - low) or 0.01
    ax.set_xlim(low - room, high + room)
    if high - low < 0.02:
        # Small numbers are long, so that there is room for two.
        far = high if high > -low else low
        ticks = sorted((0.0, math.copysign(_round(abs(far) or 0.01), far)))
        ax.set_xticks(ticks, [f"{tick:g}".replace("-", "−") for tick in ticks])
    else:
        ax.locator_params(axis="x", nbins=3)
    for said, away, side in (("← less likely", -3, "right"), ("more likely →", 3, "left")):
        ax.annotate(
            said, (0.0, 1.0), xytext=(away, 2), xycoords=("data", "axes fraction"), textcoords="offset points",
            ha=side, va="bottom", fontsize=FONT - 1.0, color=GREY,
        )  # fmt: skip


def with_tail(name: str, tail: str) -> str:
    """Name that ends in a tail, and is shortened before it where there is not room for both.

    Examples
    --------
    >>> with_tail("treaty of 1921", "(40 %)")
    'treaty of 1921 (40 %)'
    >>> with_tail("a word " * 30, "(40 %)")[-16:]
    'a word a… (40 %)'
    """
    while wrapped(whole := f"{name} {tail}", most=_LETTERS).count("\n") >= _LINES:
        name = shortened(name, len(name) - 1)
    return whole


def _lines(name: str) -> str:
    return wrapped(name, most=_LETTERS, lines=_LINES)


def _round(number: float) -> float:
    """The greatest of 1, 2 and 5 times a power of ten that is no greater."""
    power = 10.0 ** math.floor(math.log10(number))
    return max(step * power for step in (1.0, 2.0, 5.0) if step * power <= number)


def forest_height(names: Sequence[str]) -> float:
    """Height that the figure of differences of these names needs, in inches."""
    lines = [1 + _lines(name).count("\n") for name in names]
    pairs = [0.03 + 0.07 * (above + below) for above, below in pairwise(lines)]
    # Rows are equally far apart, so that two long names next to each other set the distance of all.
    return 1.15 + max(sum(0.12 + 0.13 * count for count in lines), len(lines) * max(pairs, default=0.0))
