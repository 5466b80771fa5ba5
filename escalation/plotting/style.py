"""How every figure looks: column width, type size and colours that survive grey print.

Rungs go from a pale blue for restraint over sand and orange to a dark red for war. Other things in order take steps of
cividis [Nunez2018]_. Both get darker step by step, so that lightness alone tells the steps apart: colour blindness and
a grey printer lose nothing.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "COLUMN",
    "DARK",
    "FONT",
    "GREY",
    "axes",
    "dress",
    "entitle",
    "on_lines",
    "row_height",
    "rung_colours",
    "shades",
    "spread",
    "title_room",
    "wrapped",
]

COLUMN = 3.3
"""Width of a journal column, in inches (84 mm)."""
FONT = 8.0
"""Size of type, in points."""
DARK = "#222222"
"""Lines and type."""
GREY = "#8c8c8c"
"""Guides and notes."""
_TITLE = 46
"""Letters on a line of a title that has a column's width."""
_TITLE_LINES = 5

Colour = tuple[float, float, float, float]

_RUNGS = ("#e4f0f8", "#eccb84", "#e2984f", "#cb5f36", "#96242a", "#3f0815")
"""Colours between which those of the rungs lie, at equal distances."""


def rung_colours(count: int) -> list[Colour]:
    """Colours of the rungs of a ladder: a pale blue for restraint, a dark red for war.

    Parameters
    ----------
    count
        How many rungs there are.

    Returns
    -------
    list of (red, green, blue, alpha)
        From the lowest rung to the highest, each darker than the one before.

    Examples
    --------
    >>> calm, war = rung_colours(2)
    >>> calm[2] > calm[0], war[0] > war[2]
    (True, True)
    """
    from matplotlib.colors import LinearSegmentedColormap

    ramp = LinearSegmentedColormap.from_list("rungs", _RUNGS, N=max(count, 2))
    red, green, blue, alpha = (ramp(range(count))[:, k].tolist() for k in range(4))
    return list(zip(red, green, blue, alpha, strict=True))


def shades(count: int, *, lightest: float = 0.97) -> list[Colour]:
    """Colours for ordered things, light for the lowest to dark for the highest.

    Parameters
    ----------
    count
        How many.
    lightest
        Where on cividis the lowest stands, 1 being its light end; lines on white want about 0.6.

    Returns
    -------
    list of (red, green, blue, alpha)
        In order, each darker than the one before; a single one is dark.
    """
    from matplotlib import colormaps

    cividis = colormaps["cividis"]
    shares = [k / (count - 1) for k in range(count)] if count > 1 else [1.0] * count
    return [cividis(lightest * (1.0 - share)) for share in shares]


def axes(ax: Axes | None, *, height: float) -> Axes:
    """Return the axes given, or new ones in a figure of one column's width.

    Parameters
    ----------
    ax
        Axes to draw in; None makes a new figure, which pyplot shows as usual.
    height
        Height of that new figure, in inches.
    """
    if ax is not None:
        return ax
    from matplotlib import pyplot

    _, new = pyplot.subplots(figsize=(COLUMN, height), layout="constrained")
    return new


def dress(ax: Axes, *, guides: str | None = None) -> Axes:
    """Give axes the common look: small type, two spines, guides along one axis.

    Parameters
    ----------
    ax
        Axes to dress, drawn already.
    guides
        ``"x"`` or ``"y"`` for faint lines at the ticks of that axis.
    """
    ax.tick_params(labelsize=FONT, color=GREY, length=3)
    for text in (ax.title, ax.xaxis.label, ax.yaxis.label):
        text.set_fontsize(FONT)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set_color(GREY)
    if guides == "x":
        ax.xaxis.grid(True, color="#e3e3e3", linewidth=0.6)
    elif guides == "y":
        ax.yaxis.grid(True, color="#e3e3e3", linewidth=0.6)
    ax.set_axisbelow(True)
    return ax


def entitle(ax: Axes, title: str) -> None:
    """Say above a figure what is seen, flush left; above the axes, where the figure has others besides.

    Parameters
    ----------
    ax
        Axes without a title; where a scale of colours will stand beside them, before it is there.
    title
        A few words, which are broken into lines.
    """
    # As it is written: names in it may have dollar signs.
    look: dict[str, Any] = {"fontsize": FONT, "color": DARK, "fontweight": "bold", "parse_math": "$" not in title}
    figure = ax.figure
    if len(figure.axes) == 1:
        # Flush with the names at the left of the axes, so that a column's width is there for it.
        figure.suptitle(wrapped(title, most=_TITLE, lines=_TITLE_LINES), x=0.01, ha="left", **look)
    else:
        ax.set_title(wrapped(title, most=_TITLE - 14, lines=_TITLE_LINES), loc="left", **look)


def title_room(title: str) -> float:
    """Height that a title needs beyond its first two lines, in inches.

    Parameters
    ----------
    title
        A few words.

    Examples
    --------
    >>> title_room("How high")
    0.0
    """
    return 0.2 * max(0, wrapped(title, most=_TITLE, lines=_TITLE_LINES).count("\n") - 1)


def wrapped(words: str, *, most: int = 24, lines: int | None = None) -> str:
    r"""Break a name of several words into lines.

    Parameters
    ----------
    words
        The name, in plain words.
    most
        Letters that fit on one line; a word that is far longer is broken.
    lines
        How many lines there is room for, the last ending in an ellipsis where there are more; by default any number.

    Examples
    --------
    >>> wrapped("United States joins Israel against Iran")
    'United States joins\nIsrael against Iran'
    >>> wrapped("United States joins Israel against Iran", lines=1)
    'United States joins …'
    """
    far = any(len(word) > min(1.5 * most, most + 12) for word in words.split(" "))
    return "\n".join(
        textwrap.wrap(words, most, break_long_words=far, break_on_hyphens=False, max_lines=lines, placeholder=" …")
    )


def row_height(names: Sequence[str], *, least: float) -> float:
    r"""Distance of rows that are equally far apart, so that no name covers the next, in inches.

    Parameters
    ----------
    names
        Names of the rows, broken into lines.
    least
        Distance of rows whose names are short.

    Examples
    --------
    >>> row_height(["Ara", "Bor"], least=0.3)
    0.3
    >>> row_height(["A\nB\nC", "D\nE\nF"], least=0.3) > 0.4
    True
    """
    lines = [1 + name.count("\n") for name in names]
    return max([least, *(0.03 + 0.067 * (above + below) for above, below in pairwise(lines))])


def on_lines(name: str, *, most: int = 24) -> str:
    r"""Break a long name in two, where the longer line is shortest, so that it leaves room for the figure.

    Parameters
    ----------
    name
        Name of a place, an event or an item.
    most
        Letters that fit on one line.

    Examples
    --------
    >>> on_lines("actors.irn")
    'actors.irn'
    >>> on_lines("fronts.challenger-defender.revisionism")
    'fronts.challenger-\ndefender.revisionism'
    """
    cuts = [k + 1 for k, letter in enumerate(name[:-1]) if letter in ".-: "]
    if len(name) <= most or not cuts:
        return name
    cut = min(cuts, key=lambda k: max(k, len(name) - k))
    return f"{name[:cut].rstrip()}\n{name[cut:]}"


def spread(wanted: Sequence[float], *, gap: float, low: float, high: float) -> list[float]:
    """Move labels apart, as little as need be, so that none covers another.

    Parameters
    ----------
    wanted
        Where each label would stand, in any order.
    gap
        Least distance between two labels, in the same unit.
    low, high
        Where labels may stand; kept where they fit.

    Returns
    -------
    list of float
        Where each label stands, in the order given.

    Examples
    --------
    >>> spread([0.0, 0.0, 1.0], gap=0.25, low=0.0, high=1.0)
    [0.0, 0.25, 1.0]
    """
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    placed = [0.0] * len(wanted)
    floor = low
    for k in order:
        placed[k] = floor = max(wanted[k], floor)
        floor += gap
    ceiling = high
    for k in reversed(order):
        placed[k] = ceiling = min(placed[k], ceiling)
        ceiling -= gap
    return placed
