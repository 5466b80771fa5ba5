"""Accidents: while both sides stand on alert, war can come without anybody's choice [Sagan1993]_."""

from __future__ import annotations

from escalation.arithmetic.shared import shared

__all__ = ["exposure_hazard"]


@shared
def exposure_hazard(hazard: float, days: float) -> float:
    """Hazard of war by accident over some days on alert; the hazard is per day."""
    return hazard * days
