"""Figures of the page: how each is drawn, and how it is on the page once it is drawn."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape

from escalation.plotting.saving import new_figure

__all__ = ["Drawing", "Plate", "drawing_alone", "plate"]

_DRAWING = threading.Lock()
"""Matplotlib draws for one visitor at a time: it is not made for several threads."""
_LENGTH = re.compile(r'\b(?:width|height)="[\d.]+pt"\s*')


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a figure is drawn.

    Parameters
    ----------
    draw
        Called with the axes to draw in, as `ax`. It must be fit for `pickle`, for it may be drawn by another process.
    width, height
        Size in inches; an inch is a hundred pixels, where there is room.
    says
        What it shows, for those who do not see it.
    """

    draw: Callable[..., object]
    width: float
    height: float
    says: str


@dataclass(frozen=True, slots=True)
class Plate:
    """A figure, drawn.

    Parameters
    ----------
    svg
        SVG element that fills the width it is given.
    width
        Width up to which it is meant to grow, in pixels.
    left, right, top, bottom
        Edges of the axes, as shares of the figure's width and height, from its upper left corner.
    first, last
        What the axes show from left to right.
    """

    svg: str
    width: float
    left: float
    right: float
    top: float
    bottom: float
    first: float
    last: float

    @property
    def room(self) -> str:
        """Style of what holds it, from which it has the least and the most width that it is shown in."""
        return f"--esc-room: {self.width:.0f}px"

    def across(self, value: float) -> float:
        """Where a value stands, as a share of the figure's width; never beyond the axes."""
        share = (value - self.first) / (self.last - self.first) if self.last > self.first else 1.0
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)


@contextmanager
def drawing_alone() -> Iterator[None]:
    """Draw with nobody else drawing, and with names as text: a name in a scenario may have dollar signs."""
    from matplotlib import rc_context

    with _DRAWING, rc_context({"text.parse_math": False}):
        yield


def plate(drawing: Drawing) -> Plate:
    """Draw a figure."""
    with drawing_alone():
        figure = new_figure(width=drawing.width, height=drawing.height)
        ax = figure.add_subplot()
        drawing.draw(ax=ax)
        stream = io.StringIO()
        figure.savefig(stream, format="svg", metadata={"Date": None})
        box, (first, last) = ax.get_position(), ax.get_xlim()
    _, _, element = stream.getvalue().partition("<svg ")
    opening, _, rest = element.partition(">")
    size = 'style="width:100%;height:auto;display:block"'
    svg = f'<svg role="img" aria-label="{escape(drawing.says)}" {size} {_LENGTH.sub("", opening)}>{rest}'
    return Plate(svg, 100.0 * drawing.width, box.x0, box.x1, 1.0 - box.y1, 1.0 - box.y0, first, last)
