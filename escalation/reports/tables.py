"""Tables of text, and how they are written in Markdown."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Table"]


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

    def markdown(self) -> str:
        """Table as Markdown.

        Examples
        --------
        >>> print(Table(("name", "range"), (("fear", "0 to 1"),)).markdown())
        | name | range |
        |---|---|
        | fear | 0 to 1 |
        """
        lines = [_line(self.columns), "|" + "---|" * len(self.columns), *map(_line, self.rows)]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, list[list[str]] | list[str]]:
        """Columns and rows as ``--json`` prints them."""
        return {"columns": list(self.columns), "rows": [list(row) for row in self.rows]}


def _line(cells: tuple[str, ...]) -> str:
    clean = (" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(clean)} |"
