"""Roles of rungs as numbers, and kinds of signals and events, as the steps of a period compare them."""

from __future__ import annotations

__all__ = [
    "ACCIDENT_EVENT",
    "BACKGROUND_CLOCK",
    "BY_ACCIDENT",
    "BY_BRINKMANSHIP",
    "BY_CHOICE",
    "DEMAND",
    "DENIAL",
    "DISCLOSURE",
    "DISPLAY",
    "FORCE",
    "HEARD",
    "MAJOR",
    "MEDIATION_EVENT",
    "NEVER_SAID",
    "OVERDUE",
    "PROMPTED",
    "PROVOCATION_EVENT",
    "PUBLIC",
    "REASSURANCE",
    "RESTRAINT",
    "SHOCK_EVENT",
    "STANDING",
    "THREAT",
    "THREAT_SIGNAL",
    "VOW",
    "WAR",
    "WARNING",
]

RESTRAINT, THREAT, DISPLAY, FORCE, MAJOR, WAR = 0, 1, 2, 3, 4, 5
THREAT_SIGNAL, VOW, WARNING, REASSURANCE, DENIAL, DISCLOSURE, DEMAND = 0, 1, 2, 3, 4, 5, 6
PROVOCATION_EVENT, ACCIDENT_EVENT, SHOCK_EVENT, MEDIATION_EVENT = 0, 1, 2, 3
NEVER_SAID, HEARD, PUBLIC = 1, 2, 3
STANDING, OVERDUE = 1, 2
BACKGROUND_CLOCK, PROMPTED = 1, 2
BY_CHOICE, BY_BRINKMANSHIP, BY_ACCIDENT = 1, 2, 3
