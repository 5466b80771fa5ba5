"""Audience cost: falling short of a public vow is punished at home [Fearon1994]_, [KertzerBrutger2016]_."""

from __future__ import annotations

from escalation.arithmetic.bounded import positive_part
from escalation.arithmetic.shared import shared

__all__ = ["audience_cost", "elapsed_share", "publicity_left"]


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


@shared
def publicity_left(publicity: float, elapsed: float) -> float:
    """Publicity pub·(elapsed/due) with which a vow fades that was taken back before its day [LevenduskyHorowitz2012]_.

    An audience punishes whoever backs down, but less where it is told why. So what it has seen of the vow by then still
    counts, and no more is added; that this is the share of its days that have run is a modelling choice.

    Parameters
    ----------
    publicity
        How publicly the vow stood, in [0, 1].
    elapsed
        Share of its time that had run when it was taken back, in [0, 1].

    Returns
    -------
    float
        In [0, 1]: 0 if it was taken back on the day on which it was made.
    """
    return publicity * elapsed
