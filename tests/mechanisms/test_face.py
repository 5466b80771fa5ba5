from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.face import face_cost

SHARE = st.floats(0.0, 1.0)


def test_cost_by_hand() -> None:
    assert face_cost(0.2, 0.5, 1.0) == pytest.approx(0.1)
    assert face_cost(0.2, 0.5, 0.25) == pytest.approx(0.025)


@given(SHARE, SHARE, SHARE)
def test_yielding_in_private_costs_no_more_than_in_public(face: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert face_cost(face, 0.0, 1.0) == 0.0
    assert face_cost(face, low, 1.0) <= face_cost(face, high, 1.0) <= face


@given(SHARE, SHARE, SHARE)
def test_what_has_been_conceded_loses_no_face_again(face: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert face_cost(face, 1.0, 0.0) == 0.0
    assert face_cost(face, 1.0, low) <= face_cost(face, 1.0, high) <= face
