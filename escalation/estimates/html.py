"""Small HTML tables and bars, for notebooks and reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Protocol

__all__ = ["Shown", "bars", "table"]

_LETTER, _WIDTH, _NUMBERS, _ROW = 6.5, 220.0, 150.0, 18
"""Width of a letter of the names, of a bar for 1 and of the numbers, and height of a row, in pixels."""


class Shown(Protocol):
    """A probability with its interval, as an `Estimate` is."""

    @property
    def value(self) -> float:
        """Point estimate."""

    @property
    def low(self) -> float:
        """Lower end of the interval."""

    @property
    def high(self) -> float:
        """Upper end of the interval."""

    def number_text(self) -> str:
        """Value and interval, as printed."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str = "") -> str:
    """Make an HTML table of plain text.

    Parameters
    ----------
    head
        Names of the columns.
    rows
        Cells of each row; they are escaped.
    caption
        Line above the table.

    Returns
    -------
    str
        The table as HTML.

    Examples
    --------
    >>> table(["a"], [["<b>"]])
    '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>'
    """
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    names = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>{title}<thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>"


def bars(rows: Mapping[str, Shown], *, title: str) -> str:
    """Make a picture of probabilities: a bar a row from 0 to 1, a line over its interval, the number behind.

    It takes the colour of the type around it, dark or light, and loads no library.

    Parameters
    ----------
    rows
        Probabilities by name, from the top.
    title
        What they are, for those who cannot see the picture.

    Returns
    -------
    str
        An SVG element.
    """
    parts = []
    left = 12.0 + _LETTER * max(map(len, rows), default=0)
    for k, (name, shown) in enumerate(rows.items()):
        top, middle, baseline = k * _ROW + 3, k * _ROW + 9, k * _ROW + 13
        low, high = (left + _WIDTH * end for end in (shown.low, shown.high))
        parts.append(
            f'<text x="{left - 6.0:.1f}" y="{baseline}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="{left:.1f}" y="{top}" width="{_WIDTH * shown.value:.1f}" height="12" opacity="0.35"/>'
            f'<path d="M{low:.1f} {middle}H{high:.1f}" stroke="currentColor" stroke-width="2"/>'
            f'<text x="{high + 6:.1f}" y="{baseline}">{escape(shown.number_text())}</text>'
        )
    width, height = left + _WIDTH + _NUMBERS, len(rows) * _ROW
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:.0f}" height="{height}" fill="currentColor" '
        f'font-size="11" font-family="sans-serif"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )
