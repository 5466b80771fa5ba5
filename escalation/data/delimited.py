"""Delimited text: what is in a file, whichever of the usual encodings and separators a spreadsheet gave it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from escalation.errors import StudyError

__all__ = ["Fields", "read_fields"]

DELIMITERS = (",", ";", "\t", "|")
_NO_TEXT = {
    b"PK\x03\x04": "a workbook of a spreadsheet or a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old workbook of a spreadsheet",
    b"\x1f\x8b": "compressed by gzip",
    b"<stata_dta>": "a data file of Stata",
    b"PAR1": "a Parquet file",
    b"%PDF": "a PDF document",
    b"$FL2": "a data file of SPSS",
}


class Fields(NamedTuple):
    """Fields of a table of text.

    Parameters
    ----------
    header
        Names of the columns.
    rows
        For each row: the line of the file that it begins on, and its fields, as many as there are columns.
    delimiter
        What stands between two fields.
    """

    header: list[str]
    rows: list[tuple[int, list[str]]]
    delimiter: str


def read_fields(path: Path, wanted: Sequence[str], advice: str) -> Fields:
    """Read the fields of a file.

    Parameters
    ----------
    path
        File to read.
    wanted
        Names of columns, in lower case: of the delimiters, that one is taken which finds most of them.
    advice
        What the file should be, said where it is something else.

    Raises
    ------
    StudyError
        If the file is empty or no text, a quotation mark is not closed, or a row has not as many fields as the header.
    """
    text = _decoded(path, advice)
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise StudyError(f"{path}: is empty; a CSV file with a header is needed")
    # Titles may hold commas, so that the delimiter found most often would be a poor guess.
    delimiter = max(DELIMITERS, key=lambda mark: len({name.lower() for name in _split(first, mark)} & set(wanted)))
    records = _records(text, delimiter, path)
    header = [name.strip() for name in records[0][1]]
    for line, row in records:
        if len(row) != len(header):
            raise StudyError(f"{path}, line {line}: has {len(row)} fields, the header {len(header)}")
    return Fields(header, records[1:], delimiter)


def _decoded(path: Path, advice: str) -> str:
    raw = path.read_bytes()
    for mark, what in _NO_TEXT.items():
        if raw.startswith(mark):
            raise StudyError(f"{path}: is {what}; save the table in it as CSV. {advice}")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in raw[:200]:
        # Without a mark: Latin letters leave each second byte zero, and which one tells the order of the bytes.
        encodings = ["utf-16-be" if raw[:1] == b"\x00" else "utf-16-le"]
    else:
        encodings = ["utf-8-sig", "latin-1"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise StudyError(f"{path}: is not text; a CSV file is needed. {advice}")


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        # A field may be too long between this delimiter and not between another; `_records` says what is wrong.
        return []


def _records(text: str, delimiter: str, path: Path) -> list[tuple[int, list[str]]]:
    """Records that are not blank, each with the line that it begins on: quoted fields may run over several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found, line = [], 1
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                found.append((line, fields))
            line = reader.line_num + 1
    except csv.Error as error:
        raise StudyError(f"{path}, line {line}: cannot be read as fields between {delimiter!r}: {error}") from None
    return found
