"""A user's table: outcomes of three kinds, and the regressors that formulas name, row by row."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.strategic_choice.likelihood import CAPITULATION, STATUS_QUO, WAR
from escalation.data.rows import MISSING
from escalation.errors import StudyError
from escalation.world.near import near

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["as_frame", "check_columns", "check_numbers", "outcomes_of", "rows_text", "stray_text"]

MOST_NAMED = 5
COMPRESSED = (".gz", ".bz2", ".zip", ".xz", ".zst")


def as_frame(table: Any) -> pd.DataFrame:
    """Table as a data frame: it is one, or a CSV file that is read, or columns or a single row by name.

    What stands for a missing value in other programs, such as ``.`` or ``NA``, is missing here.

    Raises
    ------
    StudyError
        If pandas is not installed, the file cannot be read, there is no row, or a name is of two columns.
    """
    try:
        import pandas as pd
    except ImportError:
        raise StudyError(
            "the strategic choice model needs pandas: pip install '.[estimate]' in a clone's folder"
        ) from None
    if isinstance(table, str | Path):
        table = _read(table)
    elif isinstance(table, Mapping):
        single = all(np.ndim(value) == 0 for value in table.values())
        try:
            table = pd.DataFrame(dict(table), index=[0] if single else None)
        except ValueError as error:
            raise StudyError(f"the columns do not make a table: {error}") from error
    if not isinstance(table, pd.DataFrame):
        raise StudyError(f"table must be a data frame, columns by name or a CSV file, not {type(table).__name__}")
    if table.empty:
        raise StudyError("the table has no rows")
    if not table.columns.is_unique:
        twice = table.columns[table.columns.duplicated()][0]
        raise StudyError(f"the table has two columns {twice!r}; rename one")
    return _with_missing(table)


def _with_missing(frame: pd.DataFrame) -> pd.DataFrame:
    """Make marks of missing values missing; a column that held nothing else but numbers then holds numbers."""
    changed = frame
    for k in range(frame.shape[1]):
        column = frame.iloc[:, k]
        marks = np.array([isinstance(value, str) and value.strip().lower() in MISSING for value in column])
        if column.dtype.kind == "O" and marks.any():
            rest = column.mask(marks)
            numbers = _numbers(rest)
            full = numbers.notna().to_numpy() == rest.notna().to_numpy()
            changed = frame.copy() if changed is frame else changed
            changed[frame.columns[k]] = numbers if full.all() else rest
    return changed


def _with_points(frame: pd.DataFrame) -> pd.DataFrame:
    """Write decimal points for the commas of numbers that stand in a column with other text."""
    for name in frame.columns:
        if frame[name].dtype.kind == "O":
            frame[name] = frame[name].str.replace(r"^\s*([+-]?\d+),(\d+)\s*$", r"\1.\2", regex=True)
    return frame


def _numbers(column: pd.Series[Any]) -> pd.Series[Any]:
    """Numbers of a column of text, NaN where it holds none."""
    import pandas as pd

    return pd.to_numeric(column, errors="coerce").astype(float)


def _read(file: str | Path) -> pd.DataFrame:
    """Read a CSV file, whichever separator and decimal mark a spreadsheet gave it."""
    import pandas as pd

    path = Path(file)
    try:
        if path.suffix in COMPRESSED:
            return pd.read_csv(path)
        content = path.read_bytes()
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        header = text.partition("\n")[0]
        # The header alone is counted, since commas in the rows may be decimal marks.
        sep = max(",;\t|", key=header.count)
        comma = sep != "," and re.search(rf"(?m)(?:^|{re.escape(sep)})-?[0-9]+,[0-9]+(?:{re.escape(sep)}|\r?$)", text)
        # In one piece, so that a column is of one type.
        frame = pd.read_csv(io.StringIO(text), sep=sep, decimal="," if comma else ".", low_memory=False)
        return _with_points(frame) if comma else frame
    except OSError as error:
        raise StudyError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise StudyError(f"{file}: is not UTF-8 text; save it as CSV in UTF-8") from error
    except ValueError as error:  # pandas' parser errors are ValueErrors
        raise StudyError(f"{file}: cannot be read as CSV with a header: {error}") from error


def check_columns(frame: pd.DataFrame, names: Sequence[str], where: str) -> None:
    """Refuse names that the table has not.

    Raises
    ------
    StudyError
        If one is missing.
    """
    known = [str(name) for name in frame.columns]
    for name in names:
        if name not in known:
            raise StudyError(f"{where}: the table has no column {name!r}{near(name, known)}")


def check_numbers(frame: pd.DataFrame, names: Sequence[Any], where: str) -> None:
    """Refuse columns that hold a stray text among numbers; one that is all text holds categories.

    Raises
    ------
    StudyError
        If a column does.
    """
    for name in names:
        if stray := stray_text(frame, name):
            raise StudyError(f"{where}: {stray}")


def stray_text(frame: pd.DataFrame, name: Any, places: NDArray[np.int64] | None = None) -> str:
    """What to say of texts among the numbers of a column; nothing where there is none, or no number.

    Parameters
    ----------
    frame
        The table.
    name
        Name of the column.
    places
        As `rows_text` takes them.
    """
    column = frame[name]
    if column.dtype.kind != "O":
        return ""
    strange = np.array([isinstance(value, str) for value in column]) & _numbers(column).isna().to_numpy()
    if not strange.any() or (strange | column.isna().to_numpy()).all():
        return ""
    texts = list(dict.fromkeys(column[strange]))
    said = ", ".join(map(repr, texts[:MOST_NAMED])) + (", …" if len(texts) > MOST_NAMED else "")
    said += " is not a number" if len(texts) == 1 else " are not numbers"
    named = name if str(name).isidentifier() else f"`{name}`"
    return (
        f"column {name}, {rows_text(strange, places)}: {said}; leave it blank if it is missing, "
        f"or write C({named}) if categories are meant"
    )


def _text(value: Any) -> str:
    """A value as text, so that 1, 1.0 and "1" are one outcome."""
    if isinstance(value, bool | np.bool_):
        return str(int(value))
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    return str(value)


def rows_text(which: NDArray[np.bool_], places: NDArray[np.int64] | None = None) -> str:
    """Rows that a mask holds, counted from 1 below the header, the first few of them named.

    Parameters
    ----------
    which
        The mask; shape (rows,).
    places
        Places of the rows in the user's table, counted from 0, where some of its rows were left out; shape (rows,).
    """
    rows = (np.flatnonzero(which) if places is None else places[which]) + 1
    named = ", ".join(str(row) for row in rows[:MOST_NAMED])
    return f"row{'s' if rows.size > 1 else ''} {named}{', …' if rows.size > MOST_NAMED else ''}"


def _of_values(frame: pd.DataFrame, column: str, values: Sequence[Any]) -> NDArray[np.float64]:
    wanted = [_text(value) for value in values]
    if len(wanted) != 3 or len(set(wanted)) != 3:
        raise StudyError(
            f"outcomes must be three different values of {column!r}: status quo, capitulation and war, in this order, "
            f"not {', '.join(wanted) or 'nothing'}"
        )
    missing = frame[column].isna().to_numpy()
    found = np.array([_text(value) for value in frame[column]])
    strange = ~missing & ~np.isin(found, wanted)
    if strange.any():
        others = sorted(set(found[strange].tolist()))
        shown = ", ".join(repr(other) for other in others[:MOST_NAMED]) + (", …" if len(others) > MOST_NAMED else "")
        raise StudyError(
            f"{column!r} holds {shown} ({rows_text(strange)}); it must hold three outcomes, "
            f"{', '.join(wanted)}: say which with outcomes=, in the order status quo, capitulation, war"
        )
    coded = np.full(len(frame), np.nan)
    for place, value in enumerate(wanted):
        coded[~missing & (found == value)] = place
    return coded


def _indicators(frame: pd.DataFrame, columns: Sequence[str]) -> NDArray[np.float64]:
    marks = np.full((len(frame), len(columns)), np.nan)
    for k, column in enumerate(columns):
        text = np.array([_text(value) for value in frame[column]])
        missing = frame[column].isna().to_numpy()
        strange = ~missing & ~np.isin(text, ["0", "1"])
        if strange.any():
            raise StudyError(f"{column!r} must hold 0 and 1 and nothing else: see {rows_text(strange)}")
        marks[~missing, k] = (text[~missing] == "1").astype(np.float64)
    return marks


def outcomes_of(frame: pd.DataFrame, outcome: str | Sequence[str], values: Sequence[Any]) -> NDArray[np.float64]:
    """Outcome of each row: 0, 1 and 2 for status quo, capitulation and war, NaN where it is missing.

    Parameters
    ----------
    frame
        The table.
    outcome
        A column of three values; or two columns of 0 and 1, whether player 1 attacked and whether player 2 resisted; or
        three columns of 0 and 1, one for each outcome.
    values
        The three values, where there is one column.

    Raises
    ------
    StudyError
        If a column is missing, or holds anything else than three outcomes; or somebody resists where nobody attacks.
    """
    if isinstance(outcome, str):
        check_columns(frame, [outcome], "outcome")
        return _of_values(frame, outcome, values)
    columns = list(outcome)
    check_columns(frame, columns, "outcome")
    if len(columns) not in (2, 3):
        raise StudyError(f"outcome must name one column, two actions or three outcomes, not {len(columns)} columns")
    marks = _indicators(frame, columns)
    if len(columns) == 2:
        attacked, resisted = marks.T
        wrong = (attacked == 0.0) & (resisted == 1.0)
        if wrong.any():
            raise StudyError(
                f"{columns[0]!r} is 0 and {columns[1]!r} is 1 in {rows_text(wrong)}: nobody can resist where nobody "
                "attacks; make the second 0 or leave it blank, and name the columns in this order: attacked, resisted"
            )
        coded = np.where(resisted == 1.0, float(WAR), float(CAPITULATION))
        coded[np.isnan(resisted)] = np.nan
        return np.where(attacked == 1.0, coded, np.where(attacked == 0.0, float(STATUS_QUO), np.nan))
    missing = np.isnan(marks).any(axis=1)
    wrong = ~missing & (marks.sum(axis=1) != 1.0)
    if wrong.any():
        raise StudyError(f"just one of {', '.join(columns)} must be 1 in every row: see {rows_text(wrong)}")
    return np.where(missing, np.nan, np.argmax(np.nan_to_num(marks), axis=1))
