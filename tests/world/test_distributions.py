from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.errors import ScenarioError
from escalation.world.distributions import Beta, Elicited, LogNormal, Normal, Triangular, Uniform, support


def test_supports() -> None:
    assert support(2) == (2.0, 2.0)
    assert support(Normal(mean=0.0, sd=1.0)) == (-math.inf, math.inf)
    assert support(Normal(mean=0.0, sd=1.0, high=2.0)) == (-math.inf, 2.0)
    assert support(LogNormal(median=1.0, sigma=1.0, low=-1.0)) == (0.0, math.inf)
    assert support(Beta(a=1.0, b=1.0, low=0.2)) == (0.2, 1.0)
    assert support(Triangular(low=0.0, mode=0.5, high=2.0)) == (0.0, 2.0)
    assert support(Elicited(probabilities=(0.1, 0.9), values=(1.0, 2.0), low=0.0)) == (0.0, math.inf)


@pytest.mark.parametrize(
    ("kind", "fields", "what"),
    [
        (Normal, {"mean": 0.0, "sd": 1.0, "low": 1.0, "high": 1.0}, r"low \(1\) must be below high \(1\)"),
        (Normal, {"mean": 0.0, "sd": 1.0, "low": 9.0}, "keep a share of"),
        (Normal, {"mean": 0.0, "sd": 0.0}, "sd: must be above 0"),
        (LogNormal, {"median": 1.0, "sigma": 0.1, "high": 0.1}, "keep a share of"),
        (LogNormal, {"median": 1.0, "sigma": 0.1, "high": -1.0}, "keep a share of 0"),
        (Beta, {"a": 1e4, "b": 1.0, "high": 0.5}, "keep a share of"),
        (Uniform, {"low": 1.0, "high": 0.0}, "must be below high"),
        (Triangular, {"low": 0.0, "mode": 3.0, "high": 2.0}, "low <= mode <= high"),
        (Elicited, {"probabilities": (0.1, 0.9), "values": (1.0,)}, "values: must have at least 2"),
        (
            Elicited,
            {"probabilities": (0.1, 0.9), "values": (1.0, 2.0, 3.0)},
            "as many values as probabilities",
        ),
        (Elicited, {"probabilities": (0.9, 0.1), "values": (1.0, 2.0)}, "probabilities must rise"),
        (Elicited, {"probabilities": (0.001, 0.9), "values": (1.0, 2.0)}, r"within \[0.01, 0.99\]"),
        (Elicited, {"probabilities": (0.1, 0.9), "values": (2.0, 1.0)}, "values must rise"),
        (Elicited, {"probabilities": (0.1, 0.9), "values": (1.0, 2.0), "low": 1.0}, "above low"),
        (Elicited, {"probabilities": (0.1, 0.9), "values": (1.0, 2.0), "high": 2.0}, "below high"),
        (Elicited, {"probabilities": (0.1, 0.5, 0.9), "values": (0.0, 0.01, 9.0)}, "too skewed"),
    ],
)
def test_refused(kind: type[Any], fields: dict[str, Any], what: str) -> None:
    with pytest.raises(ScenarioError, match=what):
        kind(**fields)


@given(st.floats(-5.0, 5.0), st.floats(0.1, 5.0), st.floats(-3.0, 3.0), st.floats(-3.0, 3.0))
def test_shares_below_grow_from_0_to_1(mean: float, sd: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    for uncut in (Normal(mean=mean, sd=sd), LogNormal(median=sd, sigma=sd), Beta(a=sd, b=abs(mean) + 0.1)):
        assert 0.0 <= uncut.below(low) <= uncut.below(high) <= 1.0
    assert Normal(mean=mean, sd=sd).below(mean) == pytest.approx(0.5)
    assert LogNormal(median=sd, sigma=sd).below(sd) == pytest.approx(0.5)
