from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.decay import kept_share, relaxed

SHARE = st.floats(0.0, 1.0)
DAYS = st.floats(0.0, 500.0)
VALUE = st.floats(-5.0, 5.0)


@given(DAYS, DAYS, st.floats(0.5, 200.0))
def test_what_is_left_halves_by_the_half_life_and_needs_no_steps(one: float, two: float, half: float) -> None:
    assert kept_share(half, half) == pytest.approx(0.5)
    assert kept_share(one, half) * kept_share(two, half) == pytest.approx(kept_share(one + two, half), rel=1e-9)
    assert 0.0 < kept_share(one, half) <= 1.0


@given(VALUE, VALUE, SHARE)
def test_what_relaxes_lies_between_its_value_and_its_baseline(value: float, baseline: float, share: float) -> None:
    low, high = sorted((value, baseline))
    assert low - 1e-14 <= relaxed(value, baseline, share) <= high + 1e-14
    assert relaxed(value, baseline, 1.0) == pytest.approx(value)
    assert relaxed(value, baseline, 0.0) == baseline
