"""Fits to the user's own counts of events, by pyABC."""
