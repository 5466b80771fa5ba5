"""Fits to tables of crises, by Fisher scoring."""
