from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.arithmetic.draws import philox

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
