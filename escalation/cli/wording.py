"""Plain words for what the parser of the command line says of a wrong value."""

from __future__ import annotations

import re

from escalation.world.near import near

__all__ = ["plainly"]

_QUOTED = r"'([^']*)'"
_WORDS = (
    (r"Input should be a valid integer.*", "must be a whole number, such as 4 or 10000"),
    (r"Input should be a valid number.*", "must be a number, as 0.5"),
    (r"Input should be greater than or equal to (\S+)", r"must be at least \1"),
    (r"Input should be less than or equal to (\S+)", r"must be at most \1"),
)


def plainly(message: str) -> str:
    """Say in plain words what is wrong with a value, and of a name which one was meant.

    Examples
    --------
    >>> plainly("Value error, 'fann' is not one of 'fan', 'peaks'.")
    "there is no 'fann'; did you mean 'fan'? Allowed: fan, peaks"
    >>> plainly("Input should be greater than or equal to 1")
    'must be at least 1'
    """
    if chosen := re.fullmatch(r"(?:Value error, )?'(.*?)' is not one of (.*?)\.?", message, re.DOTALL):
        return f"there is no {chosen[1]!r}{near(chosen[1], re.findall(_QUOTED, chosen[2]))}"
    for pattern, words in _WORDS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return found.expand(words)
    return message
