"""Tables of text, and how they are written in Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Table", "plain_markdown"]

_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_<>#"})
_BRACKETS = str.maketrans({"[": "\\[", "]": "\\]"})
_LINK = re.compile(r"\][(\[:]")
"""What every link of Markdown has. Without it brackets stay as they are, as those of an interval."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of text.

    Parameters
    ----------
    columns
        Heads of the columns.
    rows
        Cells, a text for each column.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self, *, plain: bool = False) -> str:
        r"""Table as Markdown.

        Parameters
        ----------
        plain
            Whether cells are plain text, as names that users give are; by default they may hold Markdown.

        Examples
        --------
        >>> print(Table(("name", "range"), (("fear", "0 to 1"),)).markdown())
        | name | range |
        |---|---|
        | fear | 0 to 1 |
        >>> print(Table(("name",), (("<b> | *c*",),)).markdown(plain=True).splitlines()[-1])
        | \<b\> \| \*c\* |
        """
        rows = [[plain_markdown(cell) for cell in row] if plain else row for row in (self.columns, *self.rows)]
        head, *lines = map(_line, rows)
        return "\n".join([head, "|" + "---|" * len(self.columns), *lines])

    def to_dict(self) -> dict[str, list[list[str]] | list[str]]:
        """Columns and rows as ``--json`` prints them."""
        return {"columns": list(self.columns), "rows": [list(row) for row in self.rows]}


def plain_markdown(text: str) -> str:
    """Text on one line, with what Markdown would take for marks, or a browser for tags, made harmless."""
    marked = " ".join(text.split()).translate(_MARKS)
    return marked.translate(_BRACKETS) if _LINK.search(marked) else marked


def _line(cells: Sequence[str]) -> str:
    clean = (" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(clean)} |"
