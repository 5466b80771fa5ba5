"""Injury and honour: what an actor loses by leaving an injury unanswered, and by yielding to a demand in public."""

from __future__ import annotations

from escalation.arithmetic.bounded import positive_part
from escalation.arithmetic.shared import shared

__all__ = ["discharged", "exposure", "face_cost", "retaliation_cost", "unanswered"]


# --------------------------------------------------------------------------------------------------------------- injury
# What was suffered and not yet answered [GoldsteinFreeman1990]_, [Dafoe2021]_.
# Switches: `provocation` (no events of that kind); `retaliation` (`actors.*.honour` and `rules.pressure_weight` 0);
# `covert-acts` (`ladder.rungs.*.covert` false); `declared-covert-acts` (`rules.covert_acts` "everywhere").


@shared
def exposure(covert_discount: float, publicity: float) -> float:
    """Weight π = 1 − χ·(1 − publicity) of an injury: one that nobody admits can be let pass [Carson2018]_."""
    return 1.0 - covert_discount * (1.0 - publicity)


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
def retaliation_cost(honour: float, pressure_weight: float, pressure: float, injury: float) -> float:
    """Cost (ρ + δD)·x of leaving the injury x unanswered, in stakes."""
    return (honour + pressure_weight * pressure) * injury


# ----------------------------------------------------------------------------------------------------------------- face
# Yielding to a public demand costs more than yielding to a private one [Kurizaki2007]_.
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
