"""Baselines: other dynamics of conflict, named and exact, to compare with."""
