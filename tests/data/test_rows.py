from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from escalation.data.codes import Code, decoded
from escalation.data.rows import Rows, read_columns
from escalation.errors import StudyError


def file(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_missing_numbers_become_nan_and_names_lower_case(tmp_path: Path) -> None:
    found = read_columns(file(tmp_path, "A,Name\n1,x\nNA,y\n,z\n"), numbers=("a",), text=("name",), advice="")
    np.testing.assert_array_equal(found["a"], [1.0, np.nan, np.nan])
    assert found["name"].tolist() == ["x", "y", "z"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("a,b\n", "no rows"),
        ("a,b\n1\n", "line 2: has 1 fields, the header 2"),
        ("a,b\n1,2\nx,2\n", "line 3, a: must be a number, not 'x'"),
        ("b\n2\n", "lacks the columns a. Get it there."),
    ],
)
def test_a_bad_file_is_refused_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(StudyError, match=words):
        read_columns(file(tmp_path, text), numbers=("a",), advice="Get it there.")


def test_a_missing_file_says_where_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"no such file. Get it there."):
        read_columns(tmp_path / "none.csv", numbers=("a",), advice="Get it there.")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=rf"{tmp_path.name}: is a folder. Get it there."):
        read_columns(tmp_path, numbers=("a",), advice="Get it there.")


def test_rows_are_taken_by_mask() -> None:
    rows = Rows({"a": np.array([1.0, 2.0, 3.0])}, "here", "none")
    assert rows.take(np.array([True, False, True]))["a"].tolist() == [1.0, 3.0]


LINES = ["A,b,Name", "1,0.5,Zürich", "", "2,,x", ",,"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_is_read_as_spreadsheets_save_it(tmp_path: Path, mark: str, encoding: str, end: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes((end.join(LINES) + end + end).replace(",", mark).encode(encoding))
    found = read_columns(path, numbers=("a", "b"), text=("name",), advice="")
    np.testing.assert_array_equal(found["a"], [1.0, 2.0])
    np.testing.assert_array_equal(found["b"], [0.5, np.nan])
    assert found["name"].tolist() == ["Zürich", "x"]
    assert found.lines is not None
    assert found.lines.tolist() == [2, 4]


def test_a_comma_is_the_decimal_point_where_it_does_not_separate(tmp_path: Path) -> None:
    assert read_columns(file(tmp_path, "a;b\n0,25;1\n"), numbers=("a", "b"), advice="")["a"].tolist() == [0.25]


def test_lines_are_counted_as_the_file_has_them(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="line 5, A: must be a number, not 'x'"):
        read_columns(file(tmp_path, 'A,b\n1,"two\nlines"\n\nx,y\n'), numbers=("a",), advice="")


@pytest.mark.parametrize("text", ["inf", "-inf", "1e", "1_000", "٣", "0x1", "1,5"])
def test_what_is_no_number_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(StudyError, match="line 2, a: must be a number"):
        read_columns(file(tmp_path, f'a,b\n"{text}",1\n'), numbers=("a",), advice="")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1,234", "must be a number, not '1,234': write 1234, or 1.234 if the comma is decimal"),
        ("-1,234", "must be a number, not '-1,234': write -1234, or -1.234 if the comma is decimal"),
        ("1,234,567", "must be a number, not '1,234,567': write 1234567, without marks between thousands"),
        ("0,5", "must be a number, not '0,5': write 0.5, with a decimal point"),
        ("1 950", "must be a number, not '1 950': write 1950, without marks between thousands"),
        ("many", "must be a number, not 'many'"),
    ],
)
def test_what_was_meant_by_a_number_in_another_spelling_is_said(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(StudyError, match=re.escape(f"table.csv, line 3, a: {words}") + "$"):
        read_columns(file(tmp_path, f'a,b\n1,1\n"{text}",1\n'), numbers=("a",), advice="")


def test_a_comma_between_thousands_that_was_read_as_decimal_is_told_of(tmp_path: Path) -> None:
    rows = read_columns(file(tmp_path, "a;b\n1;1\n1,950;1\n"), numbers=("a", "b"), advice="")
    words = "table.csv, line 3, a: must be a whole number from 1 to 9, or blank where it is not known, not 1.95"
    with pytest.raises(StudyError, match=f"{words}; a comma in a number of this file is read as the decimal point$"):
        decoded(rows, {"a": Code(1, 9)})
    pointed = read_columns(file(tmp_path, "a,b\n1,1\n1.95,1\n"), numbers=("a", "b"), advice="")
    with pytest.raises(StudyError, match=f"{words}$"):
        decoded(pointed, {"a": Code(1, 9)})


@pytest.mark.parametrize("text", ["1.0000001", "1234567"])
def test_a_number_that_is_refused_is_told_as_the_file_has_it(tmp_path: Path, text: str) -> None:
    rows = read_columns(file(tmp_path, f"a\n{text}\n"), numbers=("a",), advice="")
    with pytest.raises(StudyError, match=f"not {re.escape(text)}$"):
        decoded(rows, {"a": Code(1, 9)})


@pytest.mark.parametrize("text", ["", ".", "NA", "NaN", "#N/A", "null", "  "])
def test_what_stands_for_nothing_is_missing(tmp_path: Path, text: str) -> None:
    found = read_columns(file(tmp_path, f"a,b\n{text},{text}\n1,x\n"), numbers=("a",), text=("b",), advice="")
    if text.strip():
        np.testing.assert_array_equal(found["a"], [np.nan, 1.0])
        assert found["b"].tolist() == ["", "x"]
    else:
        assert found["a"].tolist() == [1.0]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (
            b"PK\x03\x04rest",
            "is a workbook of a spreadsheet or a ZIP archive; save the table in it as CSV. Get it there",
        ),
        (b"\x1f\x8b\x08", "is compressed by gzip"),
        (b"<stata_dta><header>", "is a data file of Stata"),
        (b"a,b\n1,\x00\xff\x00\x00", "is not text"),
        (b"\xff\xfea", "is not text"),
        (b'{"a": "' + b"x" * 200_000 + b'"}', "line 1: cannot be read as fields between ','.*limit"),
        (b"  \n\n", "is empty"),
        (b"a,A\n1,2\n", "has 2 columns named a; there must be one"),
        (b'a,b\n1,"2\n', "line 2: cannot be read as fields"),
        (b"x;y;z\n1;2;3\n", "lacks the columns a. Get it there. The file's columns are x;y;z."),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, raw: bytes, words: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(raw)
    with pytest.raises(StudyError, match=words):
        read_columns(path, numbers=("a",), advice="Get it there.")
