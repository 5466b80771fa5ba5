from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from escalation.world.distributions import Normal, Uniform, support
from escalation.world.quantities import Positive, Probability

PROBABILITY = TypeAdapter(Probability)


@pytest.mark.parametrize("value", [True, "0.5", None, [], math.nan, math.inf, {"mean": 0.5}, {"distribution": 3}])
def test_no_quantity(value: Any) -> None:
    with pytest.raises(ValidationError):
        PROBABILITY.validate_python(value)


def test_a_quantity_may_be_a_model_or_a_table() -> None:
    table = {"distribution": "uniform", "low": 0.1, "high": 0.2}
    assert PROBABILITY.validate_python(table) == PROBABILITY.validate_python(Uniform(low=0.1, high=0.2))


@given(st.floats(0.0, 0.4), st.floats(0.5, 3.0), st.floats(-1.0, 3.0))
def test_no_quantity_can_leave_its_interval(low: float, high: float, number: float) -> None:
    candidates: list[Any] = [
        number,
        Uniform(low=low, high=high),
        Normal(mean=0.5, sd=1.0, low=low, high=high),
    ]
    for candidate in candidates:
        least, greatest = support(candidate)
        if 0.0 <= least <= greatest <= 1.0:
            assert PROBABILITY.validate_python(candidate) == candidate
        else:
            with pytest.raises(ValidationError, match=r"must be within \[0, 1\]"):
                PROBABILITY.validate_python(candidate)


def test_positive_quantities_are_above_zero() -> None:
    adapter = TypeAdapter(Positive)
    with pytest.raises(ValidationError, match="must be above 0, not 0"):
        adapter.validate_python(0.0)
    with pytest.raises(ValidationError, match="must be above 0; cut the distribution off"):
        adapter.validate_python({"distribution": "normal", "mean": 1.0, "sd": 1.0})
    assert adapter.validate_python({"distribution": "uniform", "low": 0.0, "high": 1.0})
