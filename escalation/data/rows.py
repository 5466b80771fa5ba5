"""Rows: a table of named columns as arrays, read from a CSV file and checked."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError

__all__ = ["Rows", "read_columns"]

MISSING = frozenset({"", "NA", "NaN", "nan", "."})


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
    """

    columns: Mapping[str, NDArray[Any]]
    source: str
    version: str

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.columns[name]

    def take(self, which: NDArray[Any]) -> Rows:
        """Return some of the rows, by a mask or by their places."""
        return Rows({name: column[which] for name, column in self.columns.items()}, self.source, self.version)


def _header(path: Path) -> list[str]:
    with path.open(newline="", encoding="latin-1") as file:
        first = next(csv.reader(file), None)
    if not first:
        raise StudyError(f"{path}: is empty; a CSV file with a header is needed")
    return [name.strip().lower().removeprefix("ï»¿") for name in first]


def _number(text: str, place: str) -> float:
    if text.strip() in MISSING:
        return float("nan")
    try:
        return float(text)
    except ValueError:
        raise StudyError(f"{place}: must be a number, not {text!r}") from None


def read_columns(
    path: str | Path, *, numbers: Sequence[str], text: Iterable[str] = (), optional: Iterable[str] = (), advice: str
) -> dict[str, NDArray[Any]]:
    """Read columns of a CSV file, whose names are taken in lower case.

    Parameters
    ----------
    path
        File to read.
    numbers, text
        Columns that must be there.
    optional
        Columns of numbers that need not be there.
    advice
        What the file should be and where to get it, said where something is missing.

    Raises
    ------
    StudyError
        If the file is not there, a column is missing, or a number is not one.
    """
    file = Path(path)
    if not file.is_file():
        raise StudyError(f"{file}: there is no such file. {advice}")
    names = _header(file)
    missing = [name for name in (*numbers, *text) if name not in names]
    if missing:
        raise StudyError(f"{file}: lacks the columns {', '.join(missing)}. {advice}")
    with file.open(newline="", encoding="latin-1") as stream:
        lines = list(csv.reader(stream))[1:]
    short = [n for n, line in enumerate(lines, start=2) if len(line) != len(names)]
    if short:
        raise StudyError(f"{file}, line {short[0]}: has {len(lines[short[0] - 2])} fields, the header {len(names)}")
    if not lines:
        raise StudyError(f"{file}: has a header and no rows")
    found: dict[str, NDArray[Any]] = {}
    for name in (*numbers, *(name for name in optional if name in names)):
        k = names.index(name)
        found[name] = np.array([_number(line[k], f"{file}, line {n}, {name}") for n, line in enumerate(lines, start=2)])
    for name in text:
        k = names.index(name)
        found[name] = np.array([line[k].strip() for line in lines])
    return found
