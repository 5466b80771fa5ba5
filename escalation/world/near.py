"""Near names: what somebody meant who misspelt a name."""

from __future__ import annotations

import datetime
import difflib
import re
import reprlib
from collections.abc import Iterable
from itertools import islice
from typing import Any

__all__ = ["near", "short", "written"]

_LONGEST_NAME = 200
_MOST_NAMES = 64
"""Names that are listed; of more, the rest are counted."""
_MOST_COMPARED = 1000
"""Names among which the nearest is looked for."""
_MOST_DIGITS = 1000
_PLAIN = re.compile(r"[\w. -]{0,200}")
"""Names that can be shown as they are; others may hold what a terminal obeys."""


class _Short(reprlib.Repr):
    def __init__(self) -> None:
        super().__init__()
        self.maxstring = self.maxother = 60

    def repr_int(self, x: int, level: int) -> str:
        """Whole number; Python refuses to write one of thousands of digits, which a file may hold in hexadecimal."""
        digits = int(x.bit_length() * 0.30103) + 1
        return super().repr_int(x, level) if digits < _MOST_DIGITS else f"a number of about {digits:,} digits"


class _Written(_Short):
    def repr1(self, x: Any, level: int) -> str:
        if isinstance(x, bool):
            return "true" if x else "false"
        if isinstance(x, (datetime.date, datetime.time)):
            return x.isoformat()
        return self.repr_list(list(x), level) if isinstance(x, tuple) else super().repr1(x, level)

    def repr_dict(self, x: dict[Any, Any], level: int) -> str:
        if not x or level <= 0:
            return "{...}" if x else "{}"
        rows = [f"{_bare(key)} = {self.repr1(value, level - 1)}" for key, value in islice(x.items(), self.maxdict)]
        return f"{{ {', '.join([*rows, '...'] if len(x) > self.maxdict else rows)} }}"


_SHORT, _WRITTEN = _Short(), _Written()


def near(name: object, allowed: Iterable[str], *, none: str = "there is none") -> str:
    """End of a message about an unknown name: the nearest allowed one, and all that are allowed.

    Parameters
    ----------
    name
        Name that was given.
    allowed
        Names that are allowed, in the order in which to list them.
    none
        What to say where nothing is allowed.

    Examples
    --------
    >>> near("honsty", ["honesty", "tempo"])
    "; did you mean 'honesty'? Allowed: honesty, tempo"
    >>> near("x", [])
    '; there is none'
    >>> near("x", [], none="nobody has spoken yet")
    '; nobody has spoken yet'
    """
    names = list(dict.fromkeys(allowed))
    if not names:
        return f"; {none}"
    shown = ", ".join(_bare(known) for known in names[:_MOST_NAMES])
    rest = f" and {len(names) - _MOST_NAMES:,} more" if len(names) > _MOST_NAMES else ""
    listed = f"llowed: {shown}{rest}"
    by_lower = {known.lower(): known for known in names[:_MOST_COMPARED] if len(known) <= _LONGEST_NAME}
    wanted = name.lower() if isinstance(name, str) else ""
    matches = difflib.get_close_matches(wanted, by_lower) if len(wanted) <= _LONGEST_NAME else []
    if not matches:
        return f"; a{listed}"
    nearest = max(matches, key=lambda match: _likeness(wanted, match))
    return f"; did you mean {short(by_lower[nearest])}? A{listed}"


def _likeness(one: str, other: str) -> tuple[float, int]:
    """Ratio of what is common, then how much of it is at the same place: 'irm' is 'irn' before 'isr'."""
    ratio = difflib.SequenceMatcher(None, one, other).ratio()
    return ratio, sum(a == b for a, b in zip(one, other, strict=False))


def short(value: Any) -> str:
    """Value as it is written in Python, cut short.

    Examples
    --------
    >>> short("usa")
    "'usa'"
    """
    return _SHORT.repr(value)


def written(value: Any) -> str:
    """Value as it is written in a scenario file, cut short.

    Examples
    --------
    >>> written(True), written("usa"), written({"low": 0.1})
    ('true', "'usa'", '{ low = 0.1 }')
    """
    return _WRITTEN.repr(value)


def _bare(name: Any) -> str:
    """Name as it is, where it can be shown so."""
    return name if isinstance(name, str) and _PLAIN.fullmatch(name) else short(name)
