"""Brinkmanship: a threat that leaves something to chance [Schelling1966]_, [Powell1990]_."""

from __future__ import annotations

from escalation.arithmetic.bounded import bounded_exp
from escalation.arithmetic.shared import shared

__all__ = ["critical_risk", "cumulative_risk", "hazard", "probability"]

STEPS = 5.0
"""The slope is per fifth of the scale of intensity, one rung of the default ladder."""
ONSET = 0.8
"""Sum of two intensities at which the hazard equals its scale."""


@shared
def hazard(scale: float, slope: float, intensity: float, other_intensity: float) -> float:
    """Hazard f0·exp(f1·5·(g + g' − 0.8)) of an exchange of force that gets out of hand."""
    return scale * bounded_exp(slope * STEPS * (intensity + other_intensity - ONSET))


@shared
def probability(total_hazard: float) -> float:
    """Probability 1 − e^−H of war from a hazard H summed over the exchange."""
    return 1.0 - bounded_exp(-total_hazard)


@shared
def cumulative_risk(risk: float, times: int) -> float:
    """Probability of at least one war in a number of exchanges of equal risk.

    Examples
    --------
    >>> round(cumulative_risk(0.02, 13), 10)
    0.2309776107
    """
    spared = 1.0
    for _ in range(times):
        spared = spared * (1.0 - risk)
    return 1.0 - spared


@shared
def critical_risk(winning: float, yielding: float, disaster: float) -> float:
    """Greatest risk (W − S) / (W − D) of disaster D that is worth running to win W rather than yield S.

    Examples
    --------
    >>> round(critical_risk(1.0, 0.0, -10.0), 10)
    0.0909090909
    """
    return (winning - yielding) / (winning - disaster)
