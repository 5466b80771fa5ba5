"""Codes: which values a coded column may hold, and which of them stand for "not known"."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from escalation.data.rows import Rows
from escalation.errors import StudyError

__all__ = ["Code", "decoded", "no_duplicates", "without_uncoded"]


@dataclass(frozen=True, slots=True)
class Code:
    """What a column may hold.

    Parameters
    ----------
    low, high
        Least and greatest value.
    also
        Values beyond these that are allowed too.
    whole
        Whether only whole numbers are.
    needed
        Whether it must be known in every row.
    unknown
        Values by which the data say that it is not known, beside a blank.
    """

    low: float
    high: float
    also: tuple[float, ...] = ()
    whole: bool = True
    needed: bool = False
    unknown: tuple[float, ...] = ()

    def allows(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether each value is one of those; shape (rows,)."""
        inside = (values >= self.low) & (values <= self.high)
        if self.whole:
            inside &= values == np.floor(values)
        return inside | np.isin(values, self.also)

    @property
    def words(self) -> str:
        """What is allowed, in words."""
        others = [*self.also, *(self.unknown if not self.needed else ())]
        among = f", or {', '.join(f'{value:g}' for value in others)}" if others else ""
        blank = "" if self.needed else ", or blank where it is not known"
        return f"a {'whole ' if self.whole else ''}number from {self.low:g} to {self.high:g}{among}{blank}"


def decoded(rows: Rows, codes: Mapping[str, Code]) -> Rows:
    """Check coded columns, and put NaN in the place of codes that stand for "not known".

    Parameters
    ----------
    rows
        The rows.
    codes
        By column, what it may hold; columns that are not there are passed over.

    Raises
    ------
    StudyError
        If a value is not allowed, or one is blank that must be known.
    """
    columns = dict(rows.columns)
    for name, code in codes.items():
        if name not in columns:
            continue
        values = np.where(np.isin(columns[name], code.unknown), np.nan, columns[name])
        bad = ~code.allows(values) & (code.needed | ~np.isnan(values))
        if bad.any():
            n = int(np.flatnonzero(bad)[0])
            # With enough digits for 1950.0000001, which is not whole and would else be printed as if it were.
            held = "blank" if np.isnan(values[n]) else f"{values[n]:.12g}"
            # Who wrote 1,950 for a thousand and more would not know the 1.95 that was made of it.
            broken = rows.decimal_comma and code.whole and values[n] % 1.0 > 0.0
            comma = "; a comma in a number of this file is read as the decimal point" if broken else ""
            raise StudyError(f"{rows.place(n, name)}: must be {code.words}, not {held}{comma}")
        columns[name] = values
    return replace(rows, columns=columns)


def no_duplicates(rows: Rows, keys: Sequence[str]) -> None:
    """Refuse two rows with the same key; what is not known is alike in both.

    Raises
    ------
    StudyError
        If there are two.
    """
    seen: dict[tuple[float | None, ...], int] = {}
    for n, values in enumerate(zip(*(rows[name].tolist() for name in keys), strict=True)):
        # NaN equals nothing, itself included, so a row that was copied whole would pass for another one.
        key = tuple(None if math.isnan(value) else value for value in values)
        if key in seen:
            said = ", ".join(
                f"{(rows.spelt or {}).get(name, name)} {'blank' if value is None else f'{value:g}'}"
                for name, value in zip(keys, key, strict=True)
            )
            raise StudyError(f"{rows.source}, {rows.where(n)}: {said} stands in {rows.where(seen[key])} already")
        seen[key] = n


def without_uncoded(rows: Rows, coded: Sequence[str]) -> Rows:
    """Leave out the rows in which every coded column is blank, and note how many they are.

    Raises
    ------
    StudyError
        If no row is left.
    """
    present = [rows[name] for name in coded if name in rows]
    blank = np.all([column == "" if column.dtype.kind == "U" else np.isnan(column) for column in present], axis=0)
    if not blank.any():
        return rows
    if blank.all():
        raise StudyError(f"{rows.source}: no row has any code in {', '.join(name for name in coded if name in rows)}")
    places = np.flatnonzero(blank)
    shown = ", ".join(rows.where(int(n)) for n in places[:5]) + (", …" if places.size > 5 else "")
    count = f"{places.size} row{'s' if places.size > 1 else ''} without any code left out ({shown})"
    return replace(rows.take(~blank), notes=(*rows.notes, f"{rows.source}: {count}"))
