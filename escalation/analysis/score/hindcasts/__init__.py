"""Hindcasts of single crises of the past."""
