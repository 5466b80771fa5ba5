"""Keyed draws: random numbers as pure functions of seed, run, purpose, entity and index.

They are made of the bits of Philox 4x32-10, a published counter-based generator [Salmon2011]_: a pure function of a
counter (128 bits) and a key (64 bits), so that any draw of any run can be had again on its own.
"""

from __future__ import annotations

from escalation.arithmetic.bounded import bounded_log
from escalation.arithmetic.lanes import Lanes, Whole, whole
from escalation.arithmetic.shared import inlined, shared

__all__ = ["exponential", "gumbel", "philox", "ticks", "uniform", "uniform_pair", "uniforms"]

UNIT = 2.0**-52
MINUTES_PER_DAY = 1440.0
MULTIPLIER_0 = 0xD2511F53
MULTIPLIER_1 = 0xCD9E8D57
WEYL_0 = 0x9E3779B9
WEYL_1 = 0xBB67AE85
WORD = 0xFFFFFFFF


@inlined
def _rounds(c0: Whole, c1: Whole, c2: Whole, c3: Whole, k0: int, k1: int) -> tuple[Whole, Whole, Whole, Whole]:
    for _ in range(10):
        product_0 = MULTIPLIER_0 * c0
        product_1 = MULTIPLIER_1 * c2
        c0, c1 = ((product_1 >> 32) & WORD) ^ c1 ^ k0, product_1 & WORD
        c2, c3 = ((product_0 >> 32) & WORD) ^ c3 ^ k1, product_0 & WORD
        k0 = (k0 + WEYL_0) & WORD
        k1 = (k1 + WEYL_1) & WORD
    return c0, c1, c2, c3


@shared
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Four random 32-bit words from four counter words and two key words.

    A product of two words is at most 64 bits long. Python keeps it whole; in machine code it may wrap to a negative
    number of the same bits, and either half of it, cut to 32 bits, is the same in both.

    Examples
    --------
    >>> [hex(word) for word in philox(0, 0, 0, 0, 0, 0)]
    ['0x6627e8d5', '0xe169c58d', '0xbc57ac4c', '0x9b00dbd8']
    """
    return _rounds(c0, c1, c2, c3, k0, k1)


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
def uniforms(seed_low: int, seed_high: int, run: int, purpose: int, entity: Whole, index: Whole) -> Lanes:
    """Uniform numbers of several entities or indices, in lanes; each is that of `uniform`.

    Examples
    --------
    >>> uniforms(1, 0, 0, 6, 7, 3) == uniform(1, 0, 0, 6, 7, 3)
    True
    """
    # What is cut to 32 bits here is so already. The compiler sees it, and multiplies words in place of double words.
    word_0, word_1 = whole(run & WORD), whole(((purpose << 24) | (run >> 32)) & WORD)
    a, b, _, _ = _rounds(word_0, word_1, entity & WORD, index & WORD, seed_low & WORD, seed_high & WORD)
    return (((a << 20) | (b >> 12)) + 0.5) * UNIT


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
