"""Baselines: other dynamics of conflict, named and exact, to compare with."""

from escalation.baselines.richardson import Richardson

__all__ = ["Richardson"]
