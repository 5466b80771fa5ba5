"""Numbers above a figure for days on which something happened, and their key below it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from escalation.plotting.names import as_plain
from escalation.plotting.style import DARK, FONT, GREY, spread

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ABOVE", "key_height", "number_days", "settle"]

ABOVE = 22.0
"""Height of the numbers above the axes, in points."""
_SIZE = FONT - 1.0
_LETTERS = 60
"""Letters of a line of the key, in a column's width."""


def number_days(ax: Axes, told: Mapping[float, Sequence[str]], *, note: str = "") -> None:
    """Number some days above the axes, with a line down through them, and say below what happened on each.

    Parameters
    ----------
    ax
        Axes whose limits are set already and which have a label below; days are on the horizontal one.
    told
        What happened, by day.
    note
        What else the key says.
    """
    from matplotlib.transforms import ScaledTranslation

    settle(ax)
    left, right = ax.get_xlim()
    width = ax.get_window_extent().width * 72.0 / ax.figure.dpi
    gap = (0.64 * len(str(len(told))) + 0.5) * _SIZE / width
    wanted = [(day - left) / (right - left) for day in told]
    above = ax.transAxes + ScaledTranslation(0.0, (ABOVE - _SIZE) / 72.0, ax.figure.dpi_scale_trans)
    for number, (want, place) in enumerate(
        zip(wanted, spread(wanted, gap=gap, low=0.0, high=1.0), strict=True), start=1
    ):
        ax.plot([want, want], [0.0, 1.0], transform=ax.transAxes, color=GREY, linewidth=0.6, linestyle=":", zorder=0.5)
        ax.annotate(
            str(number), (want, 1.0), xytext=(place, 1.0), xycoords="axes fraction", textcoords=above, ha="center",
            fontsize=_SIZE, color=DARK,
            arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.6, "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip
    key = "\n".join(_lines(told, note))
    if not key:
        return
    ax.annotate(
        key, (0.02, 0.0), xytext=(0, -30), xycoords=("subfigure fraction", "axes fraction"),
        textcoords="offset points", va="top", fontsize=_SIZE, color=DARK, linespacing=1.25,
    )  # fmt: skip


def settle(ax: Axes) -> None:
    """Have the axes take the room that is left beside all that is written, and move names apart for that room.

    Parameters
    ----------
    ax
        Axes with all that stands beside them.
    """
    from matplotlib.text import Text

    as_plain(ax.findobj(Text))
    ax.figure.figure.draw_without_rendering()
    ax.callbacks.process("ylim_changed", ax)


def key_height(told: Mapping[float, Sequence[str]], *, note: str = "") -> float:
    """Height that the key needs, in inches."""
    return 1.35 * _SIZE / 72.0 * len(_lines(told, note))


def _lines(told: Mapping[float, Sequence[str]], note: str) -> list[str]:
    # A space that does not break keeps a number with what it stands for.
    items = [f"{number}\u00a0{', '.join(names)}" for number, names in enumerate(told.values(), start=1)]
    text = "; ".join([*items, note] if note else items)
    return textwrap.wrap(text, _LETTERS, break_on_hyphens=False)
