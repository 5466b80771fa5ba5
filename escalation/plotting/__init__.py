"""Figures: data and axes in, axes out; nothing heavy is loaded until one is drawn."""

from escalation.plotting.comparison import comparison
from escalation.plotting.explanation import explanation
from escalation.plotting.fan import fan
from escalation.plotting.first_passage import first_passage
from escalation.plotting.network import network
from escalation.plotting.peaks import peaks
from escalation.plotting.policy_surface import policy_surface
from escalation.plotting.sobol_bars import sobol_bars
from escalation.plotting.tornado import tornado
from escalation.plotting.uncertainty import uncertainty

__all__ = [
    "comparison",
    "explanation",
    "fan",
    "first_passage",
    "network",
    "peaks",
    "policy_surface",
    "sobol_bars",
    "tornado",
    "uncertainty",
]
