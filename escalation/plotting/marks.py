"""Marks shared by figures: an estimate with its interval, and names beside what they name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from escalation.plotting.style import DARK, FONT, spread

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patheffects import AbstractPathEffect

    from escalation.estimates.html import Shown

__all__ = ["casing", "draw_bound", "draw_interval", "label_right", "labels_height"]


def draw_interval(
    ax: Axes,
    row: float,
    estimate: Shown,
    *,
    marker: str = "",
    filled: bool = True,
    bounded: bool = True,
    number: bool = True,
) -> None:
    """Draw an estimate along a row: a line over its interval, a mark at its value, the number behind.

    What never happened gets no mark at 0 but an arrowhead at its upper bound, and what always happened one
    at its lower bound.

    Parameters
    ----------
    ax
        Axes to draw in.
    row
        Height of the row.
    estimate
        What to draw.
    marker
        Mark at the value; none where a bar shows it already.
    filled
        Whether that mark is filled.
    bounded
        Whether it is a probability, so that 0 and 1 stand for bounds.
    number
        Whether to write the number.
    """
    never = bounded and estimate.value == 0.0
    always = bounded and estimate.value == 1.0
    ends = "" if never or always else "|"
    # First in white and wider, so that it shows on a dark bar too.
    for colour, width in (("white", 2.8), (DARK, 1.2)):
        ax.plot(
            [estimate.low, estimate.high], [row, row], color=colour, linewidth=width, marker=ends,
            markersize=4.0 + width, markeredgewidth=width, solid_capstyle="butt", zorder=3,
        )  # fmt: skip
    if never or always:
        place, head = (estimate.high, "<") if never else (estimate.low, ">")
        ax.plot([place], [row], marker=head, markersize=5, color="white", markeredgecolor=DARK, zorder=4)
    elif marker:
        face = DARK if filled else "white"
        ax.plot([estimate.value], [row], marker=marker, markersize=4.5, color=face, markeredgecolor=DARK, zorder=4)
    if not number:
        return
    ax.annotate(
        estimate.number_text().split(" [")[0], (estimate.high, row), xytext=(5, 0),
        textcoords="offset points", va="center", fontsize=FONT, color=DARK,
        bbox={"boxstyle": "square,pad=0", "facecolor": "white", "edgecolor": "none"},
    )  # fmt: skip


def draw_bound(ax: Axes, day: float, high: float) -> None:
    """Mark the upper bound of what had never happened by a day with an arrowhead pointing down."""
    ax.plot([day], [high], marker="v", markersize=5, color="white", markeredgecolor=DARK, clip_on=False, zorder=4)


def casing() -> list[AbstractPathEffect]:
    """White edges for a dark line, so that it shows on dark and light alike."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=2.6, foreground="white")]


def labels_height(names: Sequence[str]) -> float:
    """Height that names to the right of the axes need, in inches."""
    lines = max(name.count("\n") for name in names) + 1
    return len(names) * (1.25 * lines + 0.15) * FONT / 72.0


def label_right(ax: Axes, names: Sequence[str], heights: Sequence[float]) -> None:
    """Write names to the right of the axes, each as near as may be to its height, with a line leading there.

    Parameters
    ----------
    ax
        Axes whose limits are set already.
    names
        What to write.
    heights
        Heights in data, one for each name.
    """
    lines = max(name.count("\n") for name in names) + 1
    notes = [
        ax.annotate(
            name, xy=(1.0, height), xytext=(1.06, 0.0), xycoords=("axes fraction", "data"), textcoords="axes fraction",
            va="center", fontsize=FONT, color=DARK,
            arrowprops={
                "arrowstyle": "-", "color": DARK, "linewidth": 0.5, "shrinkA": 1, "shrinkB": 0, "relpos": (0, 0.5),
            },
        )
        for name, height in zip(names, heights, strict=True)
    ]  # fmt: skip

    def place(_: object = None) -> None:
        bottom, top = ax.get_ylim()
        points = ax.get_window_extent().height * 72.0 / ax.figure.dpi
        gap = 72.0 * labels_height(names) / len(names) / points
        # A name of many lines reaches over the edge, and not far, for a label stands there.
        over = min(0.5, max(0.0, (1.25 * FONT * lines / 2.0 - 14.0) / points))
        wanted = [(height - bottom) / (top - bottom) for height in heights]
        for note, at in zip(notes, spread(wanted, gap=gap, low=over, high=1.0 - over), strict=True):
            note.set_position((1.06, at))

    place()
    ax.callbacks.connect("ylim_changed", place)  # where several figures are given one scale
