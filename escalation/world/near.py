"""Near names: what somebody meant who misspelt a name."""

from __future__ import annotations

import difflib
import reprlib
from collections.abc import Iterable
from typing import Any

__all__ = ["near", "short"]

_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 60
_LONGEST_NAME = 200


def near(name: object, allowed: Iterable[str]) -> str:
    """End of a message about an unknown name: the nearest allowed one, and all that are allowed.

    Parameters
    ----------
    name
        Name that was given.
    allowed
        Names that are allowed, in the order in which to list them.

    Examples
    --------
    >>> near("honsty", ["honesty", "tempo"])
    "; did you mean 'honesty'? Allowed: honesty, tempo"
    >>> near("x", [])
    '; there is none'
    """
    names = list(dict.fromkeys(allowed))
    if not names:
        return "; there is none"
    listed = f"llowed: {', '.join(names)}"
    by_lower = {known.lower(): known for known in names}
    wanted = str(name).lower()
    matches = difflib.get_close_matches(wanted, by_lower) if len(wanted) <= _LONGEST_NAME else []
    if not matches:
        return f"; a{listed}"
    nearest = max(matches, key=lambda match: _likeness(wanted, match))
    return f"; did you mean {by_lower[nearest]!r}? A{listed}"


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
