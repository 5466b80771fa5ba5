from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from deterrence_tables import FORMULAS, TRUE, cases

from escalation.analysis.strategic_choice.fit import strategic_choice
from escalation.analysis.strategic_choice.table import as_frame, outcomes_of
from escalation.errors import StudyError

Y = pd.DataFrame(
    {"y": [1, 3, 4, 1], "named": ["none", "cap", "war", "none"], "a": [0, 1, 1, 0], "r": [None, 0, 1, None]}
)
Y = Y.assign(sq=[1, 0, 0, 1], capit=[0, 1, 0, 0], war=[False, False, True, False])


@pytest.mark.parametrize(
    ("outcome", "values"),
    [
        ("y", (1, 3, 4)),
        ("y", ("1", "3", "4")),
        ("y", (1.0, 3.0, 4.0)),
        ("named", ("none", "cap", "war")),
        (["sq", "capit", "war"], ()),
    ],
)
def test_outcomes_are_the_same_however_they_are_told(outcome: Any, values: tuple[Any, ...]) -> None:
    assert outcomes_of(Y, outcome, values).tolist() == [0.0, 1.0, 2.0, 0.0]


def test_actions_tell_outcomes_and_an_answer_to_nothing_may_be_missing() -> None:
    assert outcomes_of(Y, ["a", "r"], ()).tolist() == [0.0, 1.0, 2.0, 0.0]
    unknown = Y.assign(r=[None, None, 1, None])
    assert np.isnan(outcomes_of(unknown, ["a", "r"], ())).tolist() == [False, True, False, False]


@pytest.mark.parametrize(
    ("outcome", "values", "says"),
    [
        ("z", (1, 3, 4), "outcome: the table has no column 'z'"),
        ("y", (1, 3), "must be three different values of 'y'"),
        ("y", (1, 3, 3), "must be three different values of 'y'"),
        ("y", (0, 1, 2), r"'y' holds '3', '4' \(rows 2, 3\); it must hold three outcomes, 0, 1, 2"),
        (["y"], (), "two actions or three outcomes, not 1 columns"),
        (["y", "r"], (), "'y' must hold 0 and 1 and nothing else: see rows 2, 3"),
        (["r", "a"], (), "'r' is 0 and 'a' is 1 in row 2: nobody can resist where nobody attacks"),
        (["sq", "capit", "a"], (), "just one of sq, capit, a must be 1 in every row: see row 2"),
    ],
)
def test_anything_else_than_three_outcomes_is_refused(outcome: Any, values: tuple[Any, ...], says: str) -> None:
    with pytest.raises(StudyError, match=says):
        outcomes_of(Y, outcome, values)


def test_a_table_is_a_frame_columns_or_a_file(tmp_path: Path) -> None:
    columns = cases(1, 150)
    path = tmp_path / "cases.csv"
    pd.DataFrame(columns).to_csv(path, index=False)
    fits = [
        strategic_choice(table, FORMULAS, outcome="y", outcomes=(0, 1, 2))
        for table in (columns, pd.DataFrame(columns), path, str(path))
    ]
    assert len({round(fit.log_likelihood, 8) for fit in fits}) == 1


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    for table, says in (
        (tmp_path / "none.csv", "none.csv: cannot be read: No such file"),
        (tmp_path / "empty.csv", "empty.csv: cannot be read as CSV"),
        (pd.DataFrame({"a": []}), "no rows"),
        ({"a": [1, 2], "b": [1]}, "do not make a table"),
        (3, "must be a data frame, columns by name or a CSV file, not int"),
    ):
        with pytest.raises(StudyError, match=says):
            as_frame(table)


def test_rows_that_miss_a_value_are_left_out_and_counted_or_refused() -> None:
    table = pd.DataFrame({**cases(2, 150), "unused": np.nan, "bloc": ["x", "y"] * 75})
    whole = strategic_choice(table, FORMULAS, outcome="y", outcomes=(0, 1, 2))
    assert (whole.n, whole.dropped) == (150, 0)
    table = table.astype({"y": float})
    table.loc[3, "c"] = np.nan
    table.loc[5, "y"] = np.nan
    table.loc[7, "bloc"] = None
    fit = strategic_choice(table, FORMULAS, outcome="y", outcomes=(0, 1, 2), cluster="bloc")
    assert (fit.n, fit.dropped, fit.summary()["rows_left_out"]) == (147, 3, 3)
    assert "147 rows (3 more left out: values missing)" in str(fit)
    assert {3, 5, 7}.isdisjoint(fit.predict().index)
    same = strategic_choice(table.drop([3, 5, 7]), FORMULAS, outcome="y", outcomes=(0, 1, 2))
    assert same.log_likelihood == pytest.approx(fit.log_likelihood, abs=1e-9)
    with pytest.raises(StudyError, match="a value is missing in rows 4, 6; fill it in"):
        strategic_choice(table, FORMULAS, outcome="y", outcomes=(0, 1, 2), missing="refuse")
    with pytest.raises(StudyError, match="every row misses a value"):
        strategic_choice(table.assign(c=np.nan), FORMULAS, outcome="y", outcomes=(0, 1, 2))


@pytest.mark.parametrize(
    "content",
    [
        b"came,x\nsq,1.5\ncap,2.5\n",
        b"\xef\xbb\xbfcame,x\r\nsq,1.5\r\ncap,2.5\r\n",
        b"came;x\nsq;1.5\ncap;2.5\n",
        b"came;x\r\nsq;1,5\r\ncap;2,5\r\n",
        b"came\tx\nsq\t1,5\ncap\t2,5\n\n",
        "came;x\nsq;1,5\ncap;2,5\n".encode("utf-16"),
    ],
)
def test_a_table_is_read_whatever_a_spreadsheet_made_of_it(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(content)
    frame = as_frame(file)
    assert frame.to_dict("list") == {"came": ["sq", "cap"], "x": [1.5, 2.5]}
    packed = tmp_path / "t.csv.gz"
    frame.to_csv(packed, index=False)
    assert as_frame(str(packed)).equals(frame)


def test_a_file_that_is_no_table_is_told(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    for content, says in (
        (b"came,x\n\xe9,1\n", "is not UTF-8 text"),
        (b"", "cannot be read as CSV with a header"),
        (b"a,b\n1,2\n1,2,3\n", "cannot be read as CSV"),
    ):
        file.write_bytes(content)
        with pytest.raises(StudyError, match=says):
            as_frame(file)
    with pytest.raises(StudyError, match="cannot be read: No such file"):
        as_frame(tmp_path / "none.csv")


@pytest.mark.parametrize("mark", [".", ". ", " NA", "n/a", "#N/A", "null", "NaN", ""])
@pytest.mark.parametrize("kept", ["csv", "semicolons", "frame"])
def test_marks_of_missing_values_are_missing_and_do_not_make_categories(mark: str, kept: str, tmp_path: Path) -> None:
    columns = cases(1, 150)
    balance = [str(round(one, 3)) for one in columns["c"]]
    balance[3] = balance[7] = mark
    table: Any = pd.DataFrame({**columns, "c": balance})
    if kept != "frame":
        path, sep = tmp_path / "cases.csv", "," if kept == "csv" else ";"
        decimal = "." if kept == "csv" else ","
        if kept == "semicolons":
            table["c"] = [one if one == mark else one.replace(".", ",") for one in balance]
        table.to_csv(path, index=False, sep=sep, decimal=decimal)
        table = path
    fit = strategic_choice(table, FORMULAS, outcome="y", outcomes=(0, 1, 2))
    assert fit.dropped == 2
    assert "(2 more left out: values missing)" in str(fit)
    assert fit.parameters == tuple(TRUE)


def test_a_frame_given_stays_as_it_was() -> None:
    table = pd.DataFrame({"a": ["1", ".", "2"]})
    assert as_frame(table)["a"].tolist()[0] == 1.0
    assert table["a"].tolist() == ["1", ".", "2"]


@pytest.mark.parametrize(
    ("sep", "strays", "says"),
    [
        (
            ",",
            {0: "high"},
            "u2_war: column c, row 1: 'high' is not a number; leave it blank if it is missing, or write ",
        ),
        (";", {0: "high"}, "u2_war: column c, row 1: 'high' is not a number"),
        (",", {0: "high", 4: "low", 6: "high"}, "u2_war: column c, rows 1, 5, 7: 'high', 'low' are not numbers"),
        (",", {2: "1,234"}, "u2_war: column c, row 3: '1,234' is not a number"),
    ],
)
def test_a_stray_text_among_numbers_is_refused(sep: str, strays: dict[int, str], says: str, tmp_path: Path) -> None:
    columns = cases(1, 150)
    comma = sep == ";"
    balance = [f"{one:.3f}".replace(".", "," if comma else ".") for one in columns["c"]]
    for row, text in strays.items():
        balance[row] = text
    path = tmp_path / "cases.csv"
    pd.DataFrame({**columns, "c": balance}).to_csv(path, index=False, sep=sep, decimal="," if comma else ".")
    with pytest.raises(StudyError, match=says) as found:
        strategic_choice(path, FORMULAS, outcome="y", outcomes=(0, 1, 2))
    assert "or write C(c) if categories are meant" in str(found.value)
    with pytest.raises(StudyError, match=r"log\(c\).* cannot be computed: .*; column c, row"):
        strategic_choice(path, {**FORMULAS, "u2_war": "log(c)"}, outcome="y", outcomes=(0, 1, 2))


def test_texts_are_categories_where_all_are_or_where_it_is_said() -> None:
    table = {**cases(1, 150), "bloc": ["east", "."] + ["east", "west"] * 74, "level": ["1", "2", "high"] * 50}
    fit = strategic_choice(table, {**FORMULAS, "u2_war": "bloc"}, outcome="y", outcomes=(0, 1, 2))
    assert "u2_war:bloc[T.west]" in fit.parameters
    assert fit.dropped == 1
    fit = strategic_choice(table, {**FORMULAS, "u2_war": "C(level)"}, outcome="y", outcomes=(0, 1, 2))
    assert "u2_war:C(level)[T.high]" in fit.parameters
    with pytest.raises(StudyError, match="column level, rows 3, 6, 9, 12, 15, …: 'high' is not a number"):
        strategic_choice(table, {**FORMULAS, "u2_war": "level"}, outcome="y", outcomes=(0, 1, 2))
