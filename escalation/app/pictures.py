"""Figures of the page as files, with a caption that says what is seen and where it is from."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from escalation.app.plates import Drawing, drawing_alone
from escalation.files import library_names, load
from escalation.plotting.saving import PRINTED, new_figure, text_as_text
from escalation.version import __version__

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from escalation.world.scenario import Scenario

__all__ = ["KINDS", "MIME", "Source", "caption", "file_name", "picture"]

MIME = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
"""Types of the kinds of file."""
KINDS = tuple(MIME)
"""Kinds of file that a figure is saved as."""

_TYPE, _LINE, _MARGIN = 6.5, 1.3, 0.08
"""Size of the caption in points, its height of a line in that size, and its margin in inches."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure is from.

    Parameters
    ----------
    scenario
        What was played.
    figure
        The figure in a word or two, joined by hyphens, for the name of the file.
    seed, run, runs, day
        The seed, which run of it, or of how many the figure tells, and the day up to which it does; None where it does
        not hang on that.
    pairs
        Whether the runs are pairs, of two worlds on the same chance.
    changes
        What was changed, in words.
    known_to
        Name of the actor of whose knowledge it is, where it is not of all that happened.
    level
        Confidence level of the intervals, where it has some.
    """

    scenario: Scenario
    figure: str
    seed: int | None = None
    run: int | None = None
    runs: int | None = None
    day: float | None = None
    pairs: bool = False
    changes: tuple[str, ...] = ()
    known_to: str = ""
    level: float | None = None

    @property
    def words(self) -> str:
        """Scenario, changes, seed, runs, level and version, in sentences."""
        crisis = self.scenario
        title = f" ({crisis.title})" if crisis.title and crisis.title != crisis.name else ""
        other = crisis.name in library_names() and load(crisis.name).hash != crisis.hash
        kept = ", not as it is in the library" if other else ""
        said = [f"Scenario {crisis.name}{title}{kept}, hash {crisis.hash}"]
        said.append(f"Changed: {'; '.join(self.changes)}" if self.changes else "Nothing changed")
        chance = []
        if self.seed is not None:
            chance.append(f"Seed {self.seed}")
        if self.run is not None:
            chance.append(f"run {self.run}")
        if self.runs is not None:
            chance.append(f"{self.runs:,} {'pairs of runs' if self.pairs else 'runs'}")
        if self.day is not None:
            chance.append(f"{'up to day' if chance else 'Day'} {self.day:g}")
        if chance:
            said.append(", ".join(chance))
        if self.known_to:
            said.append(f"As {self.known_to} knows it")
        if self.level is not None:
            said.append(f"Intervals of {100.0 * self.level:g} %")
        return f"{'. '.join(said)}. escalation {__version__}."


def caption(drawing: Drawing, source: Source) -> tuple[str, str]:
    """What a figure shows, and where it is from, in sentences."""
    return f"{drawing.says.rstrip('.')}.", source.words


def file_name(source: Source, kind: str) -> str:
    """Name of the file: scenario, figure, seed, and run or number of runs.

    Parameters
    ----------
    source
        Where the figure is from.
    kind
        One of `KINDS`.
    """
    parts = [source.scenario.name, source.figure]
    if source.seed is not None:
        parts.append(f"seed{source.seed}")
    if source.run is not None:
        parts.append(f"run{source.run}")
    if source.runs is not None:
        parts.append(str(source.runs))
    if source.day is not None:
        parts.append(f"day{source.day:g}")
    return f"{'-'.join(parts)}.{kind}"


def picture(drawing: Drawing, source: Source, kind: str, *, amend: Callable[[Axes], object] | None = None) -> bytes:
    """Draw a figure once more, with its caption below it, and make a file of it that is fit for print.

    The caption is in the file's metadata too. Text in SVG is text, and text in PDF is TrueType. The same figure gives
    the same bytes.

    Parameters
    ----------
    drawing
        How it is drawn.
    source
        Where it is from.
    kind
        One of `KINDS`.
    amend
        Called with the axes drawn in, to make them show a day.
    """
    says, origin = caption(drawing, source)
    page = io.BytesIO()
    with drawing_alone(), text_as_text():
        from matplotlib import rc_context

        figure = new_figure(width=drawing.width, height=drawing.height)
        ax = figure.add_subplot()
        drawing.draw(ax=ax)
        if amend is not None:
            amend(ax)
        _write_below(figure, f"{says} {origin}")
        with rc_context({"svg.hashsalt": "escalation"}):  # so that its ids are the same each time
            figure.savefig(page, format=kind, dpi=PRINTED, metadata=_metadata(kind, says, origin))
    return _described(page.getvalue(), f"{says} {origin}") if kind == "svg" else page.getvalue()


def _write_below(figure: Figure, words: str) -> None:
    """Make a figure higher, and write a caption into what it has gained."""
    width, height = figure.get_size_inches()
    text = figure.text(0.0, 0.0, "", fontsize=_TYPE, linespacing=_LINE, va="bottom", ha="left", color="#444444")
    text.set_in_layout(False)
    room = (width - 2.0 * _MARGIN) * figure.dpi
    for most in range(len(words), 20, -4):
        text.set_text("\n".join(textwrap.wrap(words, most, break_on_hyphens=False)))
        if text.get_window_extent().width <= room:
            break
    high = text.get_window_extent().height / figure.dpi + 2.0 * _MARGIN
    figure.set_size_inches(width, height + high)
    text.set_position((_MARGIN / width, _MARGIN / (height + high)))
    engine: Any = figure.get_layout_engine()
    engine.set(rect=(0.0, high / (height + high), 1.0, height / (height + high)))


def _metadata(kind: str, says: str, origin: str) -> dict[str, Any]:
    """What the file says of itself, by the names that its kind has for it."""
    by = f"escalation {__version__}"
    if kind == "png":
        return {"Title": says, "Description": f"{says} {origin}", "Source": origin, "Software": by}
    if kind == "svg":
        return {"Title": says, "Description": f"{says} {origin}", "Source": origin, "Creator": by, "Date": None}
    return {"Title": says, "Subject": f"{says} {origin}", "Keywords": origin, "Creator": by, "CreationDate": None}


def _described(svg: bytes, words: str) -> bytes:
    """An SVG file with a description beside its title, for those who do not see it."""
    return svg.replace(b"</title>", f"</title>\n <desc>{escape(words)}</desc>".encode(), 1)
