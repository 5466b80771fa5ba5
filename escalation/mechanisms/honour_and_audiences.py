"""Honour and audiences: what an actor loses by an injury unanswered, by yielding, by a broken vow, and by fighting.

Others watch whether it answers what it suffered, which a covert act lets it leave unanswered, and whether it gives way;
its own public watches whether it keeps its word, dislikes fighting, and presses for an answer.
"""

from __future__ import annotations

from escalation.arithmetic.elementary import bounded_exp, bounded_log, positive_part
from escalation.arithmetic.shared import shared

__all__ = [
    "audience_cost",
    "belligerence_cost",
    "covert_blame",
    "discharged",
    "elapsed_share",
    "exposure",
    "face_cost",
    "felt_at_home",
    "injury_by_act",
    "injury_weight",
    "pressed",
    "publicity_left",
    "retaliation_cost",
    "unanswered",
]


# --------------------------------------------------------------------------------------------------------------- injury
# What was suffered and not yet answered [GoldsteinFreeman1990]_, [Dafoe2021]_.
# Switches: `provocation` (no events of that kind); `retaliation` (`actors.*.honour` and `rules.pressure_weight` 0);
# `partial-injury` (`rules.act_injury` 1); `scheduled-answers` (`rules.scheduled_answers` false); `stakes`
# (`rules.injury_stakes` 0).


@shared
def injury_by_act(share: float, baseline: float, other_baseline: float, intensity: float) -> float:
    """Level γ·g + (1 − γ)·g₀ of the injury that an act of intensity g does where hostilities of intensity g₀ go on.

    Actors answer what they suffer in part [GoldsteinFreeman1990]_. That an act injures by a share γ of what it adds to
    ongoing hostilities is a modelling choice.

    Parameters
    ----------
    share
        Share γ, in [0, 1], of what is above ongoing hostilities.
    baseline, other_baseline
        Intensity of ongoing hostilities by either side; g₀ is the higher of the two.
    intensity
        Intensity g of the act.
    """
    return share * intensity + (1.0 - share) * max(baseline, other_baseline)


@shared
def unanswered(blame: float, exposed: float, level: float, intensity: float) -> float:
    """Injury μ·π·(e − g)⁺ that an act of intensity g leaves unanswered.

    Parameters
    ----------
    blame
        Probability μ that the act's target did it.
    exposed
        Weight π of the injury.
    level
        Intensity e of what was suffered.
    intensity
        Intensity g of the answer.
    """
    return blame * exposed * positive_part(level - intensity)


@shared
def discharged(level: float, blame: float, intensity: float) -> float:
    """Level of an injury after an answer: (e − μ·g)⁺."""
    return positive_part(level - blame * intensity)


@shared
def injury_weight(stake: float, elasticity: float) -> float:
    """Multiple v^ν of the cost of leaving an injury unanswered, by what the issue is worth to the injured.

    The more is at stake, the harder it is to let a blow pass. The form is a modelling choice.

    Examples
    --------
    >>> round(injury_weight(0.25, 0.5), 10)
    0.5
    """
    return bounded_exp(elasticity * bounded_log(stake))


@shared
def retaliation_cost(honour: float, pressure_weight: float, pressure: float, injury: float) -> float:
    """Cost (ρ + δD)·x of leaving the injury x unanswered, weighted by the stake, in stakes."""
    return (honour + pressure_weight * pressure) * injury


# ---------------------------------------------------------------------------------------------------------- covert acts
# What nobody admits is known less surely, and can be let pass.
# Switches: `covert-acts` (`fronts.*.deniable` false); `declared-covert-acts` (`rules.covert_acts` "everywhere");
# `provocation` (no events of that kind).


@shared
def covert_blame(detection: float, suspects: int) -> float:
    """Blame Λ / (Λ + n) of the author of a covert act, with n − 1 other suspects and "other" [Baliga2020]_.

    All are equal in prior. Where nobody is suspected yet, as before an author's front has opened, it is 1, also without
    any means of detection.
    """
    if suspects == 0:
        return 1.0
    return detection / (detection + suspects)


@shared
def exposure(covert_discount: float, publicity: float) -> float:
    """Weight π = 1 − χ·(1 − publicity) of an injury: one that nobody admits can be let pass [Carson2018]_."""
    return 1.0 - covert_discount * (1.0 - publicity)


# ----------------------------------------------------------------------------------------------------------------- face
# Yielding to a public demand costs more than yielding to a private one [Kurizaki2007]_. Where actors can conciliate,
# restraint does not yield, and to meet the adversary's own demand costs no face; to give in to a third party does.
# Switches: `face` (`rules.face` 0, in stakes); `demand`, `concession` (no signals of that kind).


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


# -------------------------------------------------------------------------------------------------------- audience cost
# Falling short of a public vow is punished at home [Fearon1994]_, [KertzerBrutger2016]_.
# Switches: `audience-cost` (`actors.*.audience_cost` 0, in stakes per unit of intensity); `threat-cost`
# (`rules.threat_cost` 0, `threat_relief` 1); `threat-credibility` (`rules.threat_credibility` 0); `vow`, `threat`,
# `withdrawal` (no signals of that kind).


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
        Share of its time that has run, in [0, 1]; of a threat, the share that is expected to bear on the reply.
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
def felt_at_home(intensity: float, discount: float, limited: float) -> float:
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
        1 if the act is force short of major force, else 0.
    """
    return (1.0 - discount * limited) * intensity


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
