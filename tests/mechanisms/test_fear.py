from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.fear import alarmed, feared_reply, reassured

SHARE = st.floats(0.0, 1.0)
RATIO = st.floats(1.0, 20.0)


@given(SHARE, RATIO, SHARE)
def test_mobilisation_alarms_but_not_where_fear_explains_it(fear: float, strength: float, motive: float) -> None:
    assert fear - 1e-15 <= alarmed(fear, strength, motive) <= 1.0
    assert alarmed(fear, strength, 1.0) == pytest.approx(fear, abs=1e-15)
    assert alarmed(fear, 1.0, motive) == pytest.approx(fear, abs=1e-15)


@given(SHARE, RATIO, SHARE, SHARE)
def test_a_security_motive_discounts_alarm(fear: float, strength: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert alarmed(fear, strength, high) <= alarmed(fear, strength, low) + 1e-15


@given(SHARE, RATIO, SHARE, SHARE)
def test_reassurance_calms_the_more_it_is_believed(fear: float, strength: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert 0.0 <= reassured(fear, strength, high) <= reassured(fear, strength, low) + 1e-15
    assert reassured(fear, strength, 0.0) == pytest.approx(fear, abs=1e-15)


@given(st.lists(st.floats(0.01, 1.0), min_size=2, max_size=6), SHARE, st.data())
def test_feared_replies_still_sum_to_one(weights: list[float], fear: float, data: st.DataObject) -> None:
    attack = data.draw(st.integers(0, len(weights) - 1))
    replies = [w / sum(weights) for w in weights]
    feared = [feared_reply(p, fear, k == attack) for k, p in enumerate(replies)]
    assert math.fsum(feared) == pytest.approx(1.0)
    assert feared[attack] >= replies[attack] - 1e-15
