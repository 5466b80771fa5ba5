from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.injury_and_honour import discharged, exposure, face_cost, retaliation_cost, unanswered

SHARE = st.floats(0.0, 1.0)


# --------------------------------------------------------------------------------------------------------------- injury


@given(SHARE, SHARE, SHARE, SHARE, SHARE)
def test_a_stronger_answer_leaves_less_unanswered(
    blame: float, exposed: float, level: float, one: float, two: float
) -> None:
    low, high = sorted((one, two))
    assert 0.0 <= unanswered(blame, exposed, level, high) <= unanswered(blame, exposed, level, low) <= level
    assert unanswered(blame, exposed, level, level) == 0.0
    assert unanswered(0.0, exposed, level, low) == 0.0


@given(SHARE, SHARE)
def test_a_public_injury_counts_in_full_and_a_covert_one_by_the_discount(discount: float, publicity: float) -> None:
    assert exposure(discount, 1.0) == 1.0
    assert exposure(discount, 0.0) == 1.0 - discount
    assert 1.0 - discount <= exposure(discount, publicity) <= 1.0


@given(SHARE, SHARE, SHARE)
def test_an_answer_discharges_what_it_is_blamed_for(level: float, blame: float, intensity: float) -> None:
    left = discharged(level, blame, intensity)
    assert 0.0 <= left <= level
    assert left == pytest.approx(max(level - blame * intensity, 0.0))


def test_cost_of_letting_an_injury_pass_by_hand() -> None:
    assert retaliation_cost(1.2, 0.5, 0.4, 0.6) == pytest.approx(0.84)


@given(SHARE, SHARE, SHARE, SHARE)
def test_pressure_makes_it_dearer(honour: float, one: float, two: float, injury: float) -> None:
    low, high = sorted((one, two))
    assert retaliation_cost(honour, 0.5, low, injury) <= retaliation_cost(honour, 0.5, high, injury)


# ----------------------------------------------------------------------------------------------------------------- face


def test_face_cost_by_hand() -> None:
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
