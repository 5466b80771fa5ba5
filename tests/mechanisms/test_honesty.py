from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.honesty import after_broken_word

SHARE = st.floats(0.0, 1.0)


@given(SHARE, SHARE)
def test_a_broken_word_costs_honesty(honesty: float, loss: float) -> None:
    assert 0.0 <= after_broken_word(honesty, loss) <= honesty
    assert after_broken_word(honesty, 0.0) == honesty
