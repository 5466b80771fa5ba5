"""Random draws: uniform numbers by key, and the quantiles of distributions that are read at them.

A draw is a pure function of seed, run, purpose, entity and index. It is made of the bits of Philox 4x32-10, a published
counter-based generator [Salmon2011]_: a pure function of a counter (128 bits) and a key (64 bits), so that any draw of
any run can be had again on its own. A value of a distribution is its quantile at a uniform number.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from escalation.arithmetic.elementary import ROOT_TWO, Lanes, Whole, bounded_exp, bounded_log, logistic, whole
from escalation.arithmetic.shared import inlined, shared

__all__ = [
    "CONSTANT",
    "LOGNORMAL",
    "METALOG",
    "METALOG_ABOVE",
    "METALOG_BELOW",
    "METALOG_BETWEEN",
    "MINUTES_PER_DAY",
    "NORMAL",
    "TABLE",
    "TRIANGULAR",
    "UNIFORM",
    "UNIT",
    "CutDistribution",
    "RunKey",
    "SeededRun",
    "exponential",
    "gumbel",
    "halves",
    "normal_cdf",
    "normal_quantile",
    "philox",
    "quantile",
    "tabulated",
    "ticks",
    "uniform",
    "uniform_pair",
    "uniforms",
    "uniforms_by_part",
]

UNIT = 2.0**-52
MINUTES_PER_DAY = 1440.0
MULTIPLIER_0 = 0xD2511F53
MULTIPLIER_1 = 0xCD9E8D57
WEYL_0 = 0x9E3779B9
WEYL_1 = 0xBB67AE85
WORD = 0xFFFFFFFF
CONSTANT, UNIFORM, NORMAL, LOGNORMAL, TRIANGULAR, TABLE = 0, 1, 2, 3, 4, 5
METALOG, METALOG_ABOVE, METALOG_BELOW, METALOG_BETWEEN = 6, 7, 8, 9


# ------------------------------------------------------------------------------------------------------ uniform numbers


class RunKey(Protocol):
    """What all draws of a run are keyed by. The clock of a crisis carries it; so does a `SeededRun`."""

    @property
    def seed_low(self) -> int:
        """Lower 32 bits of the seed."""

    @property
    def seed_high(self) -> int:
        """Upper 32 bits of the seed."""

    @property
    def run(self) -> int:
        """Number of the run, below 2**40."""


class SeededRun(NamedTuple):
    """The key of a run that no crisis carries; fields as of `RunKey`."""

    seed_low: int
    seed_high: int
    run: int


def halves(seed: int) -> tuple[int, int]:
    """Lower and upper 32 bits of a seed."""
    return seed & WORD, seed >> 32


@shared
def ticks(day: float) -> int:
    """Day as a whole number of minutes: the index of draws that belong to a moment."""
    return int(day * MINUTES_PER_DAY + 0.5)


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
def uniform_pair(key: RunKey, purpose: int, entity: int, index: int, part: int) -> tuple[float, float]:
    """Two independent uniform numbers, strictly between 0 and 1.

    Parameters
    ----------
    key
        What carries the seed and the number of the run.
    purpose
        What the draw is for, below 2**8; one of `escalation.arithmetic.keys`.
    entity
        Key of whom it belongs to, below 2**32.
    index
        Which of its draws it is (an ordinal or a time), below 2**32.
    part
        Part of that draw, as the rung a shock is for, below 2**16.
    """
    word_1 = (purpose << 24) | (part << 8) | (key.run >> 32)
    a, b, c, d = philox(key.run & WORD, word_1, entity, index, key.seed_low, key.seed_high)
    # The upper 52 bits of two words, and half a step: no number is 0 or 1, of which quantiles have no bound.
    return (((a << 20) | (b >> 12)) + 0.5) * UNIT, (((c << 20) | (d >> 12)) + 0.5) * UNIT


@shared
def uniform(key: RunKey, purpose: int, entity: int, index: int) -> float:
    """One uniform number, strictly between 0 and 1; parameters as `uniform_pair`."""
    return uniform_pair(key, purpose, entity, index, 0)[0]


@shared
def uniforms(key: RunKey, purpose: int, entity: Whole, index: Whole) -> Lanes:
    """Uniform numbers of several entities or indices, in lanes; each is that of `uniform`.

    Examples
    --------
    >>> key = SeededRun(seed_low=1, seed_high=0, run=0)
    >>> uniforms(key, 6, 7, 3) == uniform(key, 6, 7, 3)
    True
    """
    # What is cut to 32 bits here is so already. The compiler sees it, and multiplies words in place of double words.
    word_0, word_1 = whole(key.run & WORD), whole(((purpose << 24) | (key.run >> 32)) & WORD)
    a, b, _, _ = _rounds(word_0, word_1, entity & WORD, index & WORD, key.seed_low & WORD, key.seed_high & WORD)
    return (((a << 20) | (b >> 12)) + 0.5) * UNIT


@shared
def uniforms_by_part(key: RunKey, purpose: int, entity: int, index: int, place: Whole) -> Lanes:
    """Uniform numbers of the parts of one draw, in lanes: places 2·n and 2·n + 1 are the pair of part n.

    Examples
    --------
    >>> key = SeededRun(seed_low=1, seed_high=0, run=0)
    >>> (uniforms_by_part(key, 4, 7, 3, 4), uniforms_by_part(key, 4, 7, 3, 5)) == uniform_pair(key, 4, 7, 3, 2)
    True
    """
    word_0, word_2, word_3 = whole(key.run & WORD), whole(entity & WORD), whole(index & WORD)
    word_1 = ((place >> 1) << 8) | (((purpose << 24) | (key.run >> 32)) & WORD)
    a, b, c, d = _rounds(word_0, word_1 & WORD, word_2, word_3, key.seed_low & WORD, key.seed_high & WORD)
    second = (place & 1) * WORD  # all bits where the second of a pair is asked for
    high, low = a ^ ((a ^ c) & second), b ^ ((b ^ d) & second)
    return (((high << 20) | (low >> 12)) + 0.5) * UNIT


# ------------------------------------------------------------------------------------------------------------ quantiles


class CutDistribution(Protocol):
    """A distribution that may be cut off at bounds; fields as `escalation.dynamics.state.QuantileState` tells them."""

    kind: int
    a: float
    b: float
    c: float
    low: float
    high: float
    p_low: float
    p_high: float
    table: int


@shared
def exponential(u: float) -> float:
    """Exponential number of mean 1 from a uniform one."""
    return -bounded_log(u)


@shared
def gumbel(u: float) -> float:
    """Standard Gumbel number from a uniform one: the shock whose maximum gives logit choices."""
    return -bounded_log(-bounded_log(u))


@shared
def normal_cdf(x: float) -> float:
    """Standard normal distribution function."""
    return 0.5 * math.erfc(-x / ROOT_TWO)


@shared
def _central(r: float) -> float:
    numerator = (
        (((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
           + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r
        + 133.14166789178437745
    ) * r + 3.387132872796366608  # fmt: skip
    denominator = (
        (((((5226.495278852854561 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
           + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r
        + 42.313330701600911252
    ) * r + 1.0  # fmt: skip
    return numerator / denominator


@shared
def _middle(r: float) -> float:
    numerator = (
        (((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
           + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r
        + 4.6303378461565452959
    ) * r + 1.42343711074968357734  # fmt: skip
    denominator = (
        (((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r
           + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r
        + 2.05319162663775882187
    ) * r + 1.0  # fmt: skip
    return numerator / denominator


@shared
def _far(r: float) -> float:
    numerator = (
        (((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r
           + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r
        + 5.4637849111641143699
    ) * r + 6.6579046435011037772  # fmt: skip
    denominator = (
        (((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r
           + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r
        + 0.59983220655588793769
    ) * r + 1.0  # fmt: skip
    return numerator / denominator


@shared
def normal_quantile(p: float) -> float:
    """Standard normal quantile by algorithm AS 241, to about 16 digits [Wichura1988]_.

    Examples
    --------
    >>> round(normal_quantile(0.975), 12)
    1.95996398454
    """
    q = p - 0.5
    if q >= -0.425 and q <= 0.425:
        return q * _central(0.180625 - q * q)
    tail = p if q < 0.0 else 1.0 - p
    r = math.sqrt(-bounded_log(tail))
    x = _middle(r - 1.6) if r <= 5.0 else _far(r - 5.0)
    if q < 0.0:
        return -x
    return x


@shared
def _triangular(low: float, mode: float, high: float, p: float) -> float:
    width = high - low
    rise = (mode - low) / width
    if p < rise:
        return low + math.sqrt(p * width * (mode - low))
    return high - math.sqrt((1.0 - p) * width * (high - mode))


@inlined
def tabulated(table: Sequence[float], p: float) -> float:
    """Quantile at `p` between the values of a table at equally spaced probabilities."""
    cells = len(table) - 1
    place = p * cells
    cell = int(place)
    # At p = 1, and where p·cells rounds up to it.
    if cell >= cells:
        cell = cells - 1
    share = place - cell
    return table[cell] * (1.0 - share) + table[cell + 1] * share


@shared
def _metalog(location: float, scale: float, skew: float, p: float) -> float:
    logit = bounded_log(p) - bounded_log(1.0 - p)
    return location + scale * logit + skew * (p - 0.5) * logit


@shared
def quantile(distribution: CutDistribution, tables: Sequence[Sequence[float]], u: float) -> float:
    """Quantile at `u` of a distribution that is cut off between the probabilities `p_low` and `p_high`.

    Parameters
    ----------
    distribution
        The distribution.
    tables
        Rows of values at equally spaced probabilities; the distribution says which row is its own, if any.
    u
        Probability, strictly between 0 and 1.
    """
    a, b, c = distribution.a, distribution.b, distribution.c
    low, high = distribution.low, distribution.high
    kind = distribution.kind
    p = distribution.p_low + (distribution.p_high - distribution.p_low) * u
    if kind == CONSTANT:
        x = a
    elif kind == UNIFORM:
        x = low + (high - low) * u
    elif kind == NORMAL:
        x = a + b * normal_quantile(p)
    elif kind == LOGNORMAL:
        x = a * bounded_exp(b * normal_quantile(p))
    elif kind == TRIANGULAR:
        x = _triangular(low, a, high, u)
    elif kind == TABLE:
        x = tabulated(tables[distribution.table], p)
    elif kind == METALOG:
        x = _metalog(a, b, c, u)
    elif kind == METALOG_ABOVE:
        x = low + bounded_exp(_metalog(a, b, c, u))
    elif kind == METALOG_BELOW:
        x = high - bounded_exp(-_metalog(a, b, c, u))
    else:
        x = low + (high - low) * logistic(_metalog(a, b, c, u))
    if x < low:
        return low
    if x > high:
        return high
    return x
