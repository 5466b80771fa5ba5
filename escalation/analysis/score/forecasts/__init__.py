"""Forecasts of the rows of a table of crises, out of sample."""
