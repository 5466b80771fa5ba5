"""Figures: data and axes in, axes out; nothing heavy is loaded until one is drawn."""

from escalation.plotting.beliefs import beliefs
from escalation.plotting.calibration_curve import calibration_curve
from escalation.plotting.comparison import comparison
from escalation.plotting.conditional_effect import conditional_effect
from escalation.plotting.escalation_tree import escalation_tree
from escalation.plotting.explanation import explanation
from escalation.plotting.fan import fan
from escalation.plotting.first_passage import first_passage
from escalation.plotting.hindcast import hindcast
from escalation.plotting.ladder_heat_map import ladder_heat_map
from escalation.plotting.leave_one_out import leave_one_out
from escalation.plotting.network import network
from escalation.plotting.peaks import peaks
from escalation.plotting.policies import policies
from escalation.plotting.policy_surface import policy_surface
from escalation.plotting.saving import save
from escalation.plotting.small_multiples import small_multiples
from escalation.plotting.sobol_bars import sobol_bars
from escalation.plotting.timeline import timeline
from escalation.plotting.tornado import tornado
from escalation.plotting.uncertainty import uncertainty

__all__ = [
    "beliefs",
    "calibration_curve",
    "comparison",
    "conditional_effect",
    "escalation_tree",
    "explanation",
    "fan",
    "first_passage",
    "hindcast",
    "ladder_heat_map",
    "leave_one_out",
    "network",
    "peaks",
    "policies",
    "policy_surface",
    "save",
    "small_multiples",
    "sobol_bars",
    "timeline",
    "tornado",
    "uncertainty",
]
