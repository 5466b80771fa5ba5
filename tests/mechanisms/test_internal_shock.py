from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.internal_shock import shaken, slowed

SHARE = st.floats(0.0, 1.0)


@given(SHARE)
def test_an_actor_shaken_at_home_is_weaker_and_slower(weakness: float) -> None:
    assert 0.0 <= shaken(2.0, weakness) <= 2.0
    assert 5.0 <= slowed(5.0, weakness) <= 500.0


def test_an_internal_shock_by_hand() -> None:
    assert shaken(2.0, 0.25) == 1.5
    assert slowed(6.0, 0.5) == 12.0
    assert slowed(6.0, 1.0) == 600.0
