"""Days after the start of a scenario, and the dates that they fall on."""

from __future__ import annotations

import datetime
from numbers import Real
from typing import Any

__all__ = ["date_of", "day_of"]


def day_of(date: Any, *, start: datetime.date) -> float:
    """Days after the start; a number already is one, and what is neither date nor number raises `TypeError`."""
    if isinstance(date, datetime.date) and not isinstance(date, datetime.datetime):
        return float((date - start).days)
    if isinstance(date, bool) or not isinstance(date, Real):
        raise TypeError(f"a day is a date, or a number of days after the start, not {date!r}")
    return float(date)


def date_of(day: float, *, start: datetime.date) -> datetime.date:
    """Date of a number of days after the start, rounded down."""
    return start + datetime.timedelta(days=int(day // 1))
