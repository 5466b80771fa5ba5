"""A page of prose, tables and pictures, written as Markdown, as one HTML file, or as PDF."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from escalation.errors import StudyError
from escalation.estimates.html import table as html_table
from escalation.files.whole import written_whole
from escalation.reports.tables import Table, plain_markdown

__all__ = ["ENDINGS", "Page", "Picture", "Section"]

ENDINGS = (".html", ".md", ".pdf")
"""Endings of the names of files that a page can be saved to."""

_STYLE = """
body { font: 10pt/1.4 "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; color: #222; max-width: 58em;
  margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.6em; margin: 0; } h2 { font-size: 1.15em; margin: 1.4em 0 0.3em; border-bottom: 1px solid #bbb; }
p, ul { margin: 0.4em 0; } table { border-collapse: collapse; margin: 0.5em 0; font-size: 0.92em; }
th { text-align: left; border-bottom: 1px solid #222; } td, th { padding: 0.15em 1em 0.15em 0; vertical-align: top; }
td:first-child { min-width: 5.6em; }
.pictures { orphans: 1; widows: 1; } h2 { break-after: avoid; }
figure { display: inline-block; vertical-align: top; margin: 0 1em 1em 0; width: 23em; }
img { width: 100%; } figcaption { font-size: 0.92em; } code { font-size: 0.92em; }
@page { size: A4; margin: 15mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; } }
@media print { body { margin: 0; font-size: 9pt; } figure { width: 80mm; } figure, tr { break-inside: avoid; } }
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with what it shows in words.

    Parameters
    ----------
    name
        Name of its file, without ending.
    caption
        What it shows: said below it, and for those who cannot see it.
    png
        The picture, as a PNG file.
    """

    name: str
    caption: str
    png: bytes


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: prose, then points, then tables, then pictures.

    Parameters
    ----------
    title
        Its heading.
    text
        Paragraphs.
    points
        Points of a list.
    tables
        Tables.
    pictures
        Pictures.
    """

    title: str
    text: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Parameters
    ----------
    title
        Its title.
    sections
        Its parts, in order. All text in them is plain.
    """

    title: str
    sections: Sequence[Section]

    def markdown(self, *, pictures: str | None = None) -> str:
        """Page as Markdown.

        Parameters
        ----------
        pictures
            Folder of the pictures, as it is to be linked to; by default their captions stand alone.
        """
        parts = [f"# {plain_markdown(self.title)}"]
        for section in self.sections:
            parts.append(f"## {plain_markdown(section.title)}")
            parts += [plain_markdown(text) for text in section.text]
            if section.points:
                parts.append("\n".join(f"- {plain_markdown(point)}" for point in section.points))
            parts += [table.markdown(plain=True) for table in section.tables]
            for shown in section.pictures:
                caption = plain_markdown(shown.caption)
                parts.append(f"![{caption}]({pictures}/{shown.name}.png)\n\n{caption}" if pictures else f"*{caption}*")
        return "\n\n".join(parts) + "\n"

    def html(self) -> str:
        """Page as one HTML file that needs nothing else: style and pictures are in it, and no script."""
        body = "".join(_html(section) for section in self.sections)
        title = escape(self.title)
        return (
            f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
            f"<body><h1>{title}</h1>{body}</body></html>\n"
        )

    def save(self, path: str | Path) -> list[Path]:
        """Save the page in the form that the ending of the file's name says, and return all that was written.

        The pictures of a Markdown page go into a folder beside it.

        Parameters
        ----------
        path
            File to write: .html, .md or .pdf.

        Raises
        ------
        StudyError
            If the name ends otherwise, or what makes PDF of it is not installed.
        """
        file = Path(path)
        ending = file.suffix.lower()
        if ending not in ENDINGS:
            raise StudyError(
                f"{file}: a page can be saved as {', '.join(ENDINGS)}, not {ending or 'without an ending'}"
            )
        if ending == ".pdf":
            _write_pdf(self.html(), file)
            return [file]
        if ending == ".html":
            with written_whole(file) as part:
                part.write_text(self.html(), encoding="utf-8", newline="\n")
            return [file]
        folder = file.with_name(f"{file.stem}-pictures")
        pictures = [shown for section in self.sections for shown in section.pictures]
        text = self.markdown(pictures=folder.name if pictures else None)
        with written_whole(file) as part:
            part.write_text(text, encoding="utf-8", newline="\n")
        if not pictures:
            return [file]
        folder.mkdir(exist_ok=True)
        written = [folder / f"{shown.name}.png" for shown in pictures]
        for target, shown in zip(written, pictures, strict=True):
            with written_whole(target) as part:
                part.write_bytes(shown.png)
        return [file, *written]


def _html(section: Section) -> str:
    parts = [f"<h2>{escape(section.title)}</h2>", *(f"<p>{escape(text)}</p>" for text in section.text)]
    if section.points:
        parts.append(f"<ul>{''.join(f'<li>{escape(point)}</li>' for point in section.points)}</ul>")
    parts += [html_table(table.columns, table.rows) for table in section.tables]
    if section.pictures:
        parts.append(f'<div class="pictures">{"".join(map(_figure, section.pictures))}</div>')
    return f"<section>{''.join(parts)}</section>"


def _figure(shown: Picture) -> str:
    data, caption = base64.b64encode(shown.png).decode("ascii"), escape(shown.caption)
    return (
        f'<figure><img alt="{caption}" src="data:image/png;base64,{data}"><figcaption>{caption}</figcaption></figure>'
    )


def _write_pdf(html: str, file: Path) -> None:
    try:
        import weasyprint
    except ImportError as error:
        raise StudyError(
            f"{file}: PDF needs the extra 'report': pip install '.[report]' in a clone's folder"
        ) from error
    except OSError as error:  # its wheel does not hold the libraries that set type
        raise StudyError(f"{file}: PDF needs the library Pango (on Debian, libpango-1.0-0): {error}") from error
    with written_whole(file) as part:
        part.write_bytes(weasyprint.HTML(string=html).write_pdf())
