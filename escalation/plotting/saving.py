"""Figures into files, without a window or a display."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from escalation.errors import StudyError
from escalation.plotting.style import COLUMN

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["check_figure", "new_figure", "save_figure"]


def new_figure(*, height: float, width: float = COLUMN) -> Figure:
    """Return a figure that no window knows of.

    Parameters
    ----------
    height, width
        Size, in inches; one journal column wide by default.
    """
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


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
    """Save a figure fit for print, at 300 dots an inch where it is made of dots."""
    figure.savefig(path, dpi=300)
