"""Philox 4x32-10, a published counter-based generator of random bits [Salmon2011]_.

Random bits are a pure function of a counter (128 bits) and a key (64 bits), so any draw of any run can be had
again on its own. A product of two 32-bit words is at most 64 bits long. Python keeps it whole; in machine code it may
wrap to a negative number of the same bits, and either half of it, cut to 32 bits, is the same in both.
"""

from __future__ import annotations

from escalation.arithmetic.shared import shared

__all__ = ["philox"]

MULTIPLIER_0 = 0xD2511F53
MULTIPLIER_1 = 0xCD9E8D57
WEYL_0 = 0x9E3779B9
WEYL_1 = 0xBB67AE85
WORD = 0xFFFFFFFF


@shared
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Four random 32-bit words from four counter words and two key words.

    Examples
    --------
    >>> [hex(word) for word in philox(0, 0, 0, 0, 0, 0)]
    ['0x6627e8d5', '0xe169c58d', '0xbc57ac4c', '0x9b00dbd8']
    """
    for _ in range(10):
        product_0 = MULTIPLIER_0 * c0
        product_1 = MULTIPLIER_1 * c2
        c0, c1 = ((product_1 >> 32) & WORD) ^ c1 ^ k0, product_1 & WORD
        c2, c3 = ((product_0 >> 32) & WORD) ^ c3 ^ k1, product_0 & WORD
        k0 = (k0 + WEYL_0) & WORD
        k1 = (k1 + WEYL_1) & WORD
    return c0, c1, c2, c3
