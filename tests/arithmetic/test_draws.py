"""Draws are checked against their laws by Kolmogorov's test at p > 1e-6; the keys are fixed, so a pass is a pass."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from escalation.arithmetic.draws import SeededRun, exponential, gumbel, philox, ticks, uniform, uniform_pair

KEYS = {
    "seed_low": 2**32,
    "seed_high": 2**32,
    "run": 2**40,
    "purpose": 2**8,
    "entity": 2**32,
    "index": 2**32,
    "part": 2**16,
}
ANY_KEY = st.tuples(*(st.integers(0, limit - 1) for limit in KEYS.values()))
INSIDE = st.floats(1e-16, 1.0 - 1e-16)
DRAWS = 4000
LEAST_P = 1e-6
WORDS = st.integers(0, 2**32 - 1)
ONES = 0xFFFFFFFF

# Known answers published with the generator: Random123, kat_vectors, philox4x32 of 10 rounds.
KNOWN = [
    ((0, 0, 0, 0, 0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES,) * 6, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("words", "answer"), KNOWN)
def test_published_answers(words: tuple[int, ...], answer: tuple[int, ...]) -> None:
    assert philox(*words) == answer


@given(st.tuples(*[WORDS] * 6))
def test_agrees_with_products_of_whole_words(words: tuple[int, ...]) -> None:
    c, k = list(words[:4]), list(words[4:])
    for _ in range(10):
        high, low = divmod(0xD2511F53 * c[0], 2**32)
        other_high, other_low = divmod(0xCD9E8D57 * c[2], 2**32)
        c = [other_high ^ c[1] ^ k[0], other_low, high ^ c[3] ^ k[1], low]
        k = [(k[0] + 0x9E3779B9) % 2**32, (k[1] + 0xBB67AE85) % 2**32]
    assert philox(*words) == tuple(c)


@given(st.tuples(*[WORDS] * 6), st.integers(0, 5), st.integers(0, 31))
def test_one_bit_of_counter_or_key_changes_the_words(words: tuple[int, ...], word: int, bit: int) -> None:
    changed = list(words)
    changed[word] ^= 1 << bit
    assert philox(*words) != philox(*changed)


def keyed(count: int) -> list[float]:
    return [uniform(SeededRun(7, 0, run), 5, 123, 0) for run in range(count)]


def pair_at(key: tuple[int, ...]) -> tuple[float, float]:
    return uniform_pair(SeededRun(*key[:3]), *key[3:])


@given(ANY_KEY)
def test_uniform_numbers_lie_strictly_between_0_and_1(key: tuple[int, ...]) -> None:
    for u in pair_at(key):
        assert 0.0 < u < 1.0


@given(ANY_KEY, st.integers(0, 6))
def test_every_part_of_the_key_counts(key: tuple[int, ...], part: int) -> None:
    changed = list(key)
    changed[part] = (key[part] + 1) % list(KEYS.values())[part]
    assert pair_at(key) != pair_at(tuple(changed))


@given(st.tuples(*(st.integers(0, limit - 1) for limit in list(KEYS.values())[:-1])))
def test_one_number_is_the_first_of_a_pair(key: tuple[int, ...]) -> None:
    *seed_and_run, purpose, entity, index = key
    run = SeededRun(*seed_and_run)
    assert uniform(run, purpose, entity, index) == uniform_pair(run, purpose, entity, index, 0)[0]


def test_runs_beyond_32_bits_differ() -> None:
    assert uniform(SeededRun(1, 0, 3), 5, 9, 0) != uniform(SeededRun(1, 0, 3 + 2**32), 5, 9, 0)


def test_uniform_numbers_are_uniform_and_pairs_independent() -> None:
    pairs = np.array([uniform_pair(SeededRun(7, 0, run), 5, 123, 0, 0) for run in range(DRAWS)])
    for column in pairs.T:
        assert stats.kstest(column, "uniform").pvalue > LEAST_P
    assert stats.pearsonr(*pairs.T).pvalue > LEAST_P
    assert stats.pearsonr(pairs[:-1, 0], pairs[1:, 0]).pvalue > LEAST_P


def test_exponential_and_gumbel_numbers_follow_their_laws() -> None:
    assert stats.kstest([exponential(u) for u in keyed(DRAWS)], "expon").pvalue > LEAST_P
    assert stats.kstest([gumbel(u) for u in keyed(DRAWS)], "gumbel_r").pvalue > LEAST_P


@given(INSIDE)
def test_exponential_and_gumbel_are_quantile_functions(u: float) -> None:
    assert exponential(u) == pytest.approx(stats.expon.isf(u), rel=1e-12, abs=1e-15)
    assert gumbel(u) == pytest.approx(stats.gumbel_r.ppf(u), rel=1e-9, abs=1e-9)


@given(st.integers(0, 10**6), st.floats(-0.49, 0.49))
def test_ticks_are_whole_minutes(minutes: int, off: float) -> None:
    assert ticks((minutes + off) / 1440.0) == minutes
