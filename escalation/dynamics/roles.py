"""Roles of rungs as numbers, and kinds of signals and events, as the steps of a period compare them."""

from __future__ import annotations

__all__ = [
    "ACCIDENT_EVENT",
    "APPEAL",
    "AUTHORISATION",
    "BACKGROUND_CLOCK",
    "BY_ACCIDENT",
    "BY_BRINKMANSHIP",
    "BY_CHOICE",
    "BY_COMMITMENT",
    "CONCESSION",
    "CONCILIATION",
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
    "REFUSAL",
    "RESTRAINT",
    "SHOCK_EVENT",
    "STANDING",
    "THREAT",
    "THREAT_SIGNAL",
    "VOW",
    "WAR",
    "WARNING",
    "WITHDRAWAL",
]

CONCILIATION = -1
"""Role of the conciliatory act, which is no rung: what makes amends lies below restraint."""
RESTRAINT, THREAT, DISPLAY, FORCE, MAJOR, WAR = 0, 1, 2, 3, 4, 5
THREAT_SIGNAL, VOW, WARNING, REASSURANCE, DENIAL, DISCLOSURE, DEMAND, APPEAL, REFUSAL = 0, 1, 2, 3, 4, 5, 6, 7, 8
WITHDRAWAL, CONCESSION, AUTHORISATION = 9, 10, 11
PROVOCATION_EVENT, ACCIDENT_EVENT, SHOCK_EVENT, MEDIATION_EVENT = 0, 1, 2, 3
NEVER_SAID, HEARD, PUBLIC = 1, 2, 3
STANDING, OVERDUE = 1, 2
BACKGROUND_CLOCK, PROMPTED = 1, 2
BY_CHOICE, BY_BRINKMANSHIP, BY_ACCIDENT, BY_COMMITMENT = 1, 2, 3, 4
