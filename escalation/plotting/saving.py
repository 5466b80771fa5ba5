"""Figures into files, fit for print, without a window or a display."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from escalation.errors import StudyError
from escalation.files.whole import written_whole
from escalation.plotting.style import COLUMN

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["PRINTED", "check_figure", "new_figure", "picture", "save", "save_figure", "text_as_text", "unseen"]

PRINTED = 300.0
"""Dots an inch of a figure fit for print."""


def new_figure(*, height: float, width: float = COLUMN) -> Figure:
    """Return a figure that no window knows of.

    Parameters
    ----------
    height, width
        Size, in inches; one journal column wide by default.
    """
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def unseen(draw: Callable[[], Axes]) -> Figure:
    """Draw a figure of its own default size without a window, and hand it over.

    Parameters
    ----------
    draw
        A figure's function, called without axes.
    """
    from matplotlib import pyplot

    with pyplot.rc_context():
        pyplot.switch_backend("agg")
        figure = draw().figure.figure
    pyplot.close(figure)
    return figure


def picture(figure: Figure, *, dpi: float = 200) -> bytes:
    """A figure as a PNG file."""
    page = io.BytesIO()
    figure.savefig(page, format="png", dpi=dpi)
    return page.getvalue()


def check_figure(path: Path) -> None:
    """Refuse, before the work is done, a file that no figure could be saved to.

    Raises
    ------
    StudyError
        If its folder does not exist or there is no such format.
    """
    from matplotlib.backend_bases import FigureCanvasBase

    if not path.parent.is_dir():
        raise StudyError(f"{path}: there is no folder {path.parent}; make it first")
    endings = FigureCanvasBase.get_supported_filetypes()
    if path.suffix.removeprefix(".").lower() not in endings:
        allowed = ", ".join(f".{ending}" for ending in sorted(endings))
        raise StudyError(f"{path}: no figure can be saved as {path.suffix!r}; allowed: {allowed}")


def save_figure(figure: Figure, path: Path) -> None:
    """Save a figure fit for print: text as text, and 300 dots an inch where it is made of dots."""
    with written_whole(path) as part, text_as_text():
        figure.savefig(part, dpi=PRINTED)


def text_as_text() -> AbstractContextManager[None]:
    """Keep text as text in what is saved meanwhile.

    It is TrueType in PDF and PostScript, for publishers refuse Type 3, and letters in SVG, not their outlines.
    """
    import matplotlib as mpl

    return mpl.rc_context({"pdf.fonttype": 42, "ps.fonttype": 42, "svg.fonttype": "none"})


def save(ax: Axes, path: str | Path) -> None:
    """Save the figure that axes are in, fit for print.

    Text in PDF is TrueType, which publishers ask for, and text in SVG is text. A PNG has 300 dots an inch.

    Parameters
    ----------
    ax
        Axes that a figure's function has returned.
    path
        File to write, in place of one of that name; its ending names the format.

    Raises
    ------
    StudyError
        If the file's folder does not exist or there is no such format.

    Examples
    --------
    >>> import escalation as esc
    >>> from matplotlib import pyplot
    >>> import tempfile
    >>> ax = esc.plot.network(esc.load("two-state-deterrence"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     esc.plot.save(ax, f"{folder}/network.pdf")
    >>> pyplot.close(ax.figure)
    """
    check_figure(Path(path))
    save_figure(ax.figure.figure, Path(path))
