"""Fits of the model's parameters to data."""
