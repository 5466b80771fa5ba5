"""Keyed draws: random numbers as pure functions of seed, run, purpose, entity and index."""

from __future__ import annotations

from escalation.arithmetic.bounded import bounded_log
from escalation.arithmetic.philox import philox
from escalation.arithmetic.shared import shared

__all__ = ["exponential", "gumbel", "ticks", "uniform", "uniform_pair"]

UNIT = 2.0**-52
MINUTES_PER_DAY = 1440.0


@shared
def uniform_pair(
    seed_low: int, seed_high: int, run: int, purpose: int, entity: int, index: int, part: int
) -> tuple[float, float]:
    """Two independent uniform numbers, strictly between 0 and 1.

    Parameters
    ----------
    seed_low, seed_high
        Lower and upper 32 bits of the seed.
    run
        Number of the run, below 2**40.
    purpose
        What the draw is for, below 2**8; one of `escalation.arithmetic.keys`.
    entity
        Key of whom it belongs to, below 2**32.
    index
        Which of its draws it is (an ordinal or a time), below 2**32.
    part
        Part of that draw, as the rung a shock is for, below 2**16.
    """
    word_1 = (purpose << 24) | (part << 8) | (run >> 32)
    a, b, c, d = philox(run & 0xFFFFFFFF, word_1, entity, index, seed_low, seed_high)
    return (((a << 20) | (b >> 12)) + 0.5) * UNIT, (((c << 20) | (d >> 12)) + 0.5) * UNIT


@shared
def uniform(seed_low: int, seed_high: int, run: int, purpose: int, entity: int, index: int) -> float:
    """One uniform number, strictly between 0 and 1; parameters as `uniform_pair`."""
    return uniform_pair(seed_low, seed_high, run, purpose, entity, index, 0)[0]


@shared
def exponential(u: float) -> float:
    """Exponential number of mean 1 from a uniform one."""
    return -bounded_log(u)


@shared
def gumbel(u: float) -> float:
    """Standard Gumbel number from a uniform one: the shock whose maximum gives logit choices."""
    return -bounded_log(-bounded_log(u))


@shared
def ticks(day: float) -> int:
    """Day as a whole number of minutes: the index of draws that belong to a moment."""
    return int(day * MINUTES_PER_DAY + 0.5)
