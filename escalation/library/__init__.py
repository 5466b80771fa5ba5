"""Scenarios and ladders as data, with their sources."""
