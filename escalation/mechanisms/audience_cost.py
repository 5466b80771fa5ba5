"""Audience cost: falling short of a public vow is punished at home [Fearon1994]_, [KertzerBrutger2016]_."""

from __future__ import annotations

from escalation.arithmetic.bounded import positive_part
from escalation.arithmetic.shared import shared

__all__ = ["audience_cost", "elapsed_share"]


@shared
def elapsed_share(now: float, made: float, due: float) -> float:
    """Share of a vow's time that has run, from 0 when it is made to 1 when it is due.

    Parameters
    ----------
    now, made, due
        Days after the start.
    """
    if now >= due or due <= made:
        return 1.0
    if now <= made:
        return 0.0
    return (now - made) / (due - made)


@shared
def audience_cost(cost: float, publicity: float, elapsed: float, vowed: float, intensity: float) -> float:
    """Cost a·pub·(elapsed/due)·(b − g)⁺ of an act of intensity g where b was vowed, in stakes.

    Parameters
    ----------
    cost
        The actor's audience cost a, in stakes per unit of intensity.
    publicity
        How publicly the vow stands, in [0, 1].
    elapsed
        Share of its time that has run, in [0, 1].
    vowed, intensity
        Intensity that was vowed, and that of the act as the public sees it.
    """
    return cost * publicity * elapsed * positive_part(vowed - intensity)
