"""Face: yielding to a public demand costs more than yielding to a private one [Kurizaki2007]_."""

from __future__ import annotations

from escalation.arithmetic.shared import shared

__all__ = ["face_cost"]


@shared
def face_cost(face: float, publicity: float, left: float) -> float:
    """Cost face·pub·n of yielding while a demand stands of which the share n has not been conceded, in stakes.

    What has been conceded is given already, and cannot be given again; that the cost falls in proportion is a
    modelling choice.

    Parameters
    ----------
    face
        Loss of face for yielding to the whole of a public demand.
    publicity
        How publicly the demand stands, in [0, 1].
    left
        Share n of it that has not been conceded, in [0, 1].
    """
    return face * publicity * left
