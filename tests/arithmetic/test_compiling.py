from __future__ import annotations

from typing import Any

import numba
import pytest

from escalation.arithmetic.compiling import entry_options, link_by_numba
from escalation.arithmetic.shared import inlined, shared


def test_numbas_own_way_gives_the_same_bits() -> None:
    def ours(x: float, y: float = 0.1) -> float:
        return x * y + 1.0 / x

    def theirs(x: float, y: float = 0.1) -> float:
        return x * y + 1.0 / x

    shared(ours)
    link_by_numba(theirs)
    short: Any = numba.njit(**entry_options(short=True))(lambda x: ours(x) + ours(x, y=0.3))
    long: Any = numba.njit(**entry_options(short=False))(lambda x: theirs(x) + theirs(x, y=0.3))
    for x in (0.1, -7.0, 1e300):
        assert short(x) == long(x) == ours(x) + ours(x, y=0.3)
    assert short(0.0) == long(0.0) == float("inf")


@pytest.mark.parametrize("way", [shared, inlined, link_by_numba])
def test_a_condition_may_be_left_to_its_default(way: Any) -> None:
    def signed(x: float, minus: bool = False) -> float:
        return -x if minus else x

    way(signed)
    compiled: Any = numba.njit(lambda x: signed(x) + 4.0 * signed(x, minus=True) + 16.0 * signed(x, False))
    assert compiled(1.0) == 13.0
