from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

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


def test_rows_are_taken_by_mask() -> None:
    rows = Rows({"a": np.array([1.0, 2.0, 3.0])}, "here", "none")
    assert rows.take(np.array([True, False, True]))["a"].tolist() == [1.0, 3.0]
