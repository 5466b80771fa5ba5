from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.face import face_cost

SHARE = st.floats(0.0, 1.0)


def test_cost_by_hand() -> None:
    assert face_cost(0.2, 0.5) == pytest.approx(0.1)


@given(SHARE, SHARE, SHARE)
def test_yielding_in_private_costs_no_more_than_in_public(face: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert face_cost(face, 0.0) == 0.0
    assert face_cost(face, low) <= face_cost(face, high) <= face
