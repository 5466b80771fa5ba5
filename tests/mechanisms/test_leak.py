from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.leak import days_until_leak


@given(st.floats(1e-4, 5.0), st.floats(1e-6, 1.0 - 1e-6))
def test_leaks_come_at_a_constant_hazard(hazard: float, u: float) -> None:
    assert math.exp(-hazard * days_until_leak(hazard, u)) == pytest.approx(u, rel=1e-9)


def test_without_a_hazard_nothing_leaks() -> None:
    assert days_until_leak(0.0, 0.5) == math.inf
