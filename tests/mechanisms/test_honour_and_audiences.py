from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.honour_and_audiences import (
    audience_cost,
    belligerence_cost,
    covert_blame,
    discharged,
    elapsed_share,
    exposure,
    face_cost,
    felt_at_home,
    injury_by_act,
    pressed,
    retaliation_cost,
    unanswered,
)

SHARE = st.floats(0.0, 1.0)
DAY = st.floats(0.0, 100.0)

# --------------------------------------------------------------------------------------------------------------- injury


def test_injury_by_an_act_by_hand() -> None:
    assert injury_by_act(0.6, 0.0, 0.0, 0.5) == pytest.approx(0.3)
    assert injury_by_act(0.6, 0.2, 0.4, 0.9) == injury_by_act(0.6, 0.4, 0.2, 0.9) == pytest.approx(0.4 + 0.6 * 0.5)
    assert injury_by_act(1.0, 0.2, 0.4, 0.9) == 0.9
    assert injury_by_act(0.0, 0.2, 0.4, 0.9) == 0.4


@given(SHARE, SHARE, SHARE, SHARE, SHARE)
def test_a_stronger_answer_leaves_less_unanswered(
    blame: float, exposed: float, level: float, one: float, two: float
) -> None:
    low, high = sorted((one, two))
    assert 0.0 <= unanswered(blame, exposed, level, high) <= unanswered(blame, exposed, level, low) <= level
    assert unanswered(blame, exposed, level, level) == 0.0
    assert unanswered(0.0, exposed, level, low) == 0.0


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


# ---------------------------------------------------------------------------------------------------------- covert acts


@given(st.floats(0.0, 50.0), st.integers(1, 9))
def test_blame_for_a_covert_act_is_shared_with_the_other_suspects(detection: float, suspects: int) -> None:
    author = covert_blame(detection, suspects)
    others = suspects * 1.0 / (detection + suspects)
    assert author + others == pytest.approx(1.0)
    assert covert_blame(detection, suspects + 1) <= author <= covert_blame(detection + 1.0, suspects)


@pytest.mark.parametrize("detection", [0.0, 1e-9, 3.0])
def test_an_author_whom_nobody_else_can_be_taken_for_is_to_blame(detection: float) -> None:
    assert covert_blame(detection, 0) == 1.0


@given(SHARE, SHARE)
def test_a_public_injury_counts_in_full_and_a_covert_one_by_the_discount(discount: float, publicity: float) -> None:
    assert exposure(discount, 1.0) == 1.0
    assert exposure(discount, 0.0) == 1.0 - discount
    assert 1.0 - discount <= exposure(discount, publicity) <= 1.0


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


# -------------------------------------------------------------------------------------------------------- audience cost


@given(DAY, DAY, DAY)
def test_share_of_time_run_is_a_share(now: float, made: float, due: float) -> None:
    assert 0.0 <= elapsed_share(now, made, due) <= 1.0


@given(DAY, st.floats(0.1, 50.0), SHARE)
def test_share_rises_from_0_when_made_to_1_when_due(made: float, span: float, part: float) -> None:
    due = made + span
    assert elapsed_share(made, made, due) == 0.0
    assert elapsed_share(due, made, due) == 1.0
    assert elapsed_share(made + part * span, made, due) == pytest.approx(part, abs=1e-9)


def test_a_vow_due_at_once_has_run_its_time() -> None:
    assert elapsed_share(3.0, 3.0, 3.0) == 1.0
    assert elapsed_share(1.0, 3.0, 3.0) == 1.0


@given(SHARE, SHARE, SHARE, SHARE, SHARE)
def test_cost_of_falling_short(cost: float, publicity: float, elapsed: float, vowed: float, done: float) -> None:
    total = audience_cost(cost, publicity, elapsed, vowed, done)
    assert 0.0 <= total <= cost * vowed + 1e-15
    assert audience_cost(cost, publicity, elapsed, vowed, vowed) == 0.0
    assert audience_cost(cost, 0.0, elapsed, vowed, done) == 0.0


@given(SHARE, SHARE, SHARE, SHARE)
def test_cost_falls_as_more_is_done_and_rises_with_publicity(
    one: float, two: float, publicity: float, vowed: float
) -> None:
    low, high = sorted((one, two))
    assert audience_cost(0.5, publicity, 1.0, vowed, high) <= audience_cost(0.5, publicity, 1.0, vowed, low)
    assert audience_cost(0.5, low, 1.0, vowed, 0.0) <= audience_cost(0.5, high, 1.0, vowed, 0.0)


def test_audience_cost_by_hand() -> None:
    assert audience_cost(0.5, 0.8, 0.25, 0.6, 0.2) == pytest.approx(0.04)


# --------------------------------------------------------------------------------------------------------- belligerence


def test_belligerence_cost_by_hand() -> None:
    assert belligerence_cost(0.4, 0.25, 0.1, 0.5) == pytest.approx(0.2)


@given(SHARE, SHARE, SHARE)
def test_belligerence_costs_less_under_pressure_and_more_while_mediation_lasts(
    cost: float, one: float, two: float
) -> None:
    low, high = sorted((one, two))
    assert belligerence_cost(cost, high, 0.0, 0.6) <= belligerence_cost(cost, low, 0.0, 0.6)
    assert belligerence_cost(cost, low, 0.3, 0.6) >= belligerence_cost(cost, low, 0.0, 0.6)


def test_limited_force_alone_is_discounted_at_home() -> None:
    assert felt_at_home(0.6, 0.5, True) == pytest.approx(0.3)
    assert felt_at_home(0.6, 0.5, False) == 0.6
    assert felt_at_home(0.6, 0.0, True) == 0.6
    assert felt_at_home(0.6, 1.0, True) == 0.0


def test_only_limited_force_is_cheaper_at_home() -> None:
    assert felt_at_home(0.6, 0.5, True) == pytest.approx(0.3)
    assert felt_at_home(0.6, 0.5, False) == 0.6


# ---------------------------------------------------------------------------------------------------- domestic pressure


@given(SHARE, st.floats(0.0, 5.0), SHARE)
def test_pressure_rises_and_stays_a_share(pressure: float, gain: float, intensity: float) -> None:
    assert pressure <= pressed(pressure, gain, intensity) <= 1.0


def test_pressure_stops_at_one_however_great_the_gain() -> None:
    assert pressed(0.5, 5.0, 1.0) == 1.0
    assert pressed(0.2, 0.3, 0.5) == pytest.approx(0.32)
