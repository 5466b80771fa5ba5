from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.proxy import mixed_utility

SHARE = st.floats(0.0, 1.0)
VALUE = st.floats(-5.0, 5.0)


@given(SHARE, VALUE, VALUE)
def test_a_proxy_wants_something_between_its_own_and_its_principals(control: float, own: float, its: float) -> None:
    low, high = sorted((own, its))
    assert low - 1e-14 <= mixed_utility(control, own, its) <= high + 1e-14
    assert mixed_utility(0.0, own, its) == own
    assert mixed_utility(1.0, own, its) == its
