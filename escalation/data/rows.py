"""Rows: a table of named columns as arrays, read from a CSV file and checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.data.delimited import read_fields
from escalation.errors import StudyError
from escalation.world.slips import for_number

__all__ = ["Rows", "read_columns"]

MISSING = frozenset({"", ".", "na", "n/a", "#n/a", "nan", "null"})
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)


@dataclass(frozen=True)
class Rows:
    """A table of named columns.

    Parameters
    ----------
    columns
        Arrays of equal length, by name: floats, NaN where missing, or text.
    source
        File they come from.
    version
        Name and version of the data.
    lines
        Line of the file that each row begins on; None if they come from no file.
    spelt
        Columns' names as the file spells them, by the name used here, where they differ.
    notes
        What a reader should be told of how they were read, as rows that were left out.
    decimal_comma
        Whether a comma within a number was read as its decimal point.
    """

    columns: Mapping[str, NDArray[Any]]
    source: str
    version: str
    lines: NDArray[np.int64] | None = None
    spelt: Mapping[str, str] | None = None
    notes: tuple[str, ...] = ()
    decimal_comma: bool = False

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.columns[name]

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    def take(self, which: NDArray[Any]) -> Rows:
        """Return some of the rows, by a mask or by their places."""
        lines = None if self.lines is None else self.lines[which]
        return replace(self, columns={name: column[which] for name, column in self.columns.items()}, lines=lines)

    def where(self, row: int) -> str:
        """Say where a row stands: its line in the file, or else its number."""
        return f"row {row + 1}" if self.lines is None else f"line {self.lines[row]}"

    def place(self, row: int, name: str) -> str:
        """Say where a value stands: file, line and column."""
        return f"{self.source}, {self.where(row)}, {(self.spelt or {}).get(name, name)}"


def _number(text: str, place: str, decimal_comma: bool) -> float:
    stripped = text.strip()
    if stripped.lower() in MISSING:
        return float("nan")
    if decimal_comma and _DECIMAL_COMMA.fullmatch(stripped):
        stripped = stripped.replace(",", ".")
    if not _NUMBER.fullmatch(stripped):
        meant = for_number(stripped)
        raise StudyError(f"{place}: must be a number, not {text!r}{f': {meant}' if meant else ''}")
    return float(stripped)


def read_columns(
    path: str | Path, *, numbers: Sequence[str], text: Iterable[str] = (), optional: Iterable[str] = (), advice: str
) -> Rows:
    """Read columns of a table of text: comma, semicolon or tab between fields, in UTF-8, UTF-16 or Latin-1.

    Blank lines are skipped. Between semicolons or tabs, a comma may stand for the decimal point.

    Parameters
    ----------
    path
        File to read.
    numbers, text
        Columns that must be there; small and capital letters in their names are not told apart.
    optional
        Columns of numbers that need not be there.
    advice
        What the file should be and where to get it, said where something is missing.

    Returns
    -------
    Rows
        The columns that were found, by their names in lower case; their version is for the caller to say.

    Raises
    ------
    StudyError
        If the file is not there or is no table of text, a column is missing or there twice, or a number is not one.
    """
    file, text = Path(path), tuple(text)
    if not file.is_file():
        raise StudyError(f"{file}: {'is a folder' if file.is_dir() else 'there is no such file'}. {advice}")
    found = read_fields(file, (*numbers, *text), advice)
    names = [name.lower() for name in found.header]
    missing = [name for name in (*numbers, *text) if name not in names]
    if missing:
        have = ", ".join(found.header[:12]) + (", …" if len(names) > 12 else "")
        raise StudyError(f"{file}: lacks the columns {', '.join(missing)}. {advice} The file's columns are {have}.")
    if not found.rows:
        raise StudyError(f"{file}: has a header and no rows")
    columns: dict[str, NDArray[Any]] = {}
    decimal_comma = found.delimiter != ","
    for name in (*numbers, *(name for name in optional if name in names)):
        k = _only(names, name, file)
        columns[name] = np.array(
            [_number(row[k], f"{file}, line {line}, {found.header[k]}", decimal_comma) for line, row in found.rows]
        )
    for name in text:
        k = _only(names, name, file)
        cells = [row[k].strip() for _, row in found.rows]
        columns[name] = np.array(["" if cell.lower() in MISSING else cell for cell in cells])
    lines = np.array([line for line, _ in found.rows], np.int64)
    spelt = {name: found.header[names.index(name)] for name in columns}
    return Rows(columns, str(file), "", lines, spelt, decimal_comma=decimal_comma)


def _only(names: list[str], name: str, file: Path) -> int:
    if names.count(name) > 1:
        raise StudyError(f"{file}: has {names.count(name)} columns named {name}; there must be one")
    return names.index(name)
