"""Keys: what a draw is for, and whom it belongs to.

A key is derived from a name, never from a position, so that a scenario with one signal less draws the same
numbers for all that is left.
"""

from __future__ import annotations

import hashlib

__all__ = [
    "ACCIDENT",
    "BACKGROUND",
    "BRINKMANSHIP",
    "DELAY",
    "EVENT_DAY",
    "INCIDENT_SEVERITY",
    "INCIDENT_TIME",
    "JOINING",
    "LEAK",
    "OCCURRENCE",
    "PARAMETER",
    "SHARING",
    "SHOCK",
    "SHOCK_TIME",
    "TYPE",
    "key_of",
]

PARAMETER = 1
"""A scenario's distribution, drawn once per run."""
TYPE = 2
"""Private type of an actor."""
OCCURRENCE = 3
"""Whether a signal or event occurred."""
LEAK = 4
"""When a private signal leaks."""
SHOCK = 5
"""Private reasons for a choice."""
SHOCK_TIME = 6
"""When those reasons change."""
DELAY = 7
"""Delay of a prompted decision."""
BACKGROUND = 8
"""Gap of the background clock."""
BRINKMANSHIP = 9
"""Whether an exchange of force gets out of hand."""
JOINING = 10
"""Whether a patron joins."""
INCIDENT_TIME = 11
"""When the next incident happens."""
INCIDENT_SEVERITY = 12
"""How severe it is."""
ACCIDENT = 13
"""Whether an alert ends in war by accident."""
EVENT_DAY = 14
"""On which of its days an event happens."""
SHARING = 15
"""Whether an actor shares its private reasons with others that face the same target."""


def key_of(name: str) -> int:
    """32-bit key of a name.

    Examples
    --------
    >>> key_of("fronts.irn-isr") == key_of("fronts.isr-irn")
    False
    """
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "little")
