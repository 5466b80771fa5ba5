"""Face: yielding to a public demand costs more than yielding to a private one [Kurizaki2007]_."""

from __future__ import annotations

from escalation.arithmetic.shared import shared

__all__ = ["face_cost"]


@shared
def face_cost(face: float, publicity: float) -> float:
    """Cost face·pub of restraint while a demand stands, in stakes."""
    return face * publicity
