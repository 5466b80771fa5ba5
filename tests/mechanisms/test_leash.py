from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.leash import leash_cost

SHARE = st.floats(0.0, 1.0)


def test_cost_by_hand() -> None:
    assert leash_cost(0.2, 0.5, 0.6) == pytest.approx(0.06)


@given(SHARE, SHARE, SHARE, SHARE)
def test_higher_acts_strain_a_stronger_pledge_more(leash: float, strength: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert leash_cost(leash, strength, 0.0) == 0.0
    assert leash_cost(leash, strength, low) >= 0.0
    assert leash_cost(leash, strength, low) <= leash_cost(leash, strength, high)
    assert leash_cost(leash, low, strength) <= leash_cost(leash, high, strength)
