"""Audiences: a public punishes a broken vow, dislikes fighting, and presses for an answer to what was suffered."""

from __future__ import annotations

from escalation.arithmetic.bounded import positive_part
from escalation.arithmetic.shared import shared

__all__ = ["audience_cost", "belligerence_cost", "elapsed_share", "felt_at_home", "pressed", "publicity_left"]


# -------------------------------------------------------------------------------------------------------- audience cost
# Falling short of a public vow is punished at home [Fearon1994]_, [KertzerBrutger2016]_.
# Switches: `audience-cost` (`actors.*.audience_cost` 0, in stakes per unit of intensity); `threat-cost`
# (`rules.threat_cost` 0, `threat_relief` 1); `vow`, `threat`, `withdrawal` (no signals of that kind).


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


# --------------------------------------------------------------------------------------------------------- belligerence
# A public that is not pressed to fight dislikes fighting [KertzerBrutger2016]_.
# Switches: `belligerence` (`actors.*.belligerence_cost` 0, in stakes per unit of intensity); `mediation` (no events of
# that kind); `limited-force` (`rules.limited_force_discount` 0).


@shared
def belligerence_cost(cost: float, pressure: float, mediation: float, intensity: float) -> float:
    """Cost belligerence·(1 − D)·g + M·g of an act of intensity g, in stakes.

    Parameters
    ----------
    cost
        The actor's belligerence cost, in stakes per unit of intensity.
    pressure
        Domestic pressure D to respond, in [0, 1].
    mediation
        Added cost M while mediation lasts, in stakes per unit of intensity: a way out on offer makes force
        harder to justify at home.
    intensity
        Intensity g of the act.
    """
    return (cost * (1.0 - pressure) + mediation) * intensity


@shared
def felt_at_home(intensity: float, discount: float, limited: bool) -> float:
    """Intensity g of an act as its own public feels it: (1 − η)·g for limited force, g for all else.

    Publics tolerate a use of force that stays small far better than its intensity on the ladder suggests
    [KertzerBrutger2016]_; that one number η says by how much is a modelling choice.

    Parameters
    ----------
    intensity
        Intensity g of the act.
    discount
        Discount η of limited force, in [0, 1].
    limited
        Whether the act is force short of major force.
    """
    if limited:
        return (1.0 - discount) * intensity
    return intensity


# ---------------------------------------------------------------------------------------------------- domestic pressure
# Injuries raise the public's wish to respond [WeissDafoe2019]_.
# Switch: `domestic-pressure` (`actors.*.domestic_pressure` and `rules.pressure_gain` 0).


@shared
def pressed(pressure: float, gain: float, intensity: float) -> float:
    """Pressure D' = D + (1 − D)·ΔD·g after suffering an act of intensity g; stays within [0, 1]."""
    raised = pressure + (1.0 - pressure) * gain * intensity
    if raised > 1.0:
        return 1.0
    return raised
