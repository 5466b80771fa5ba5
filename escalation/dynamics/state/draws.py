"""Distributions: what is drawn once per run."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ParameterState", "QuantileState"]


@dataclass(slots=True)
class QuantileState:
    """A distribution, as its quantile function takes it."""

    kind: int
    """Which function, in the order of `escalation.arithmetic.draws`."""
    a: float
    """First parameter: constant, mean, median, mode, or first coefficient of a metalog."""
    b: float
    """Second parameter: standard deviation, or second coefficient."""
    c: float
    """Third coefficient of a metalog."""
    low: float
    """Least value."""
    high: float
    """Greatest value."""
    p_low: float
    """Probability, before it is cut, of less than the least value."""
    p_high: float
    """Probability, before it is cut, of no more than the greatest value."""
    table: int
    """Row of its table of quantiles, where it has no closed form."""


@dataclass(slots=True)
class ParameterState(QuantileState):
    """A distribution that is drawn once per run, and the word of memory that receives it."""

    address: int
    """Word of memory that receives the draw."""
    number: int
    """Its number among all parameters, and so the place of its draw in `Crisis.drawn`."""
    column: int
    """Number of the distribution; one that stands in several places is drawn once."""
    drawn: int
    """Word of memory that holds its draw already, where it stands in several places; else -1."""
    key: int
    """What its draw is keyed by."""
