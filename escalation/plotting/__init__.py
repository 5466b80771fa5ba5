"""Figures: data and axes in, axes out; nothing heavy is loaded until one is drawn."""

from escalation.plotting.comparison import comparison
from escalation.plotting.explanation import explanation
from escalation.plotting.fan import fan
from escalation.plotting.first_passage import first_passage
from escalation.plotting.network import network
from escalation.plotting.peaks import peaks

__all__ = ["comparison", "explanation", "fan", "first_passage", "network", "peaks"]
