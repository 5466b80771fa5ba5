from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from scipy.optimize import brentq

from escalation.errors import ScenarioError
from escalation.world.distributions import (
    Beta,
    Elicited,
    LogNormal,
    Normal,
    Positive,
    Probability,
    Triangular,
    Uniform,
    support,
)

PROBABILITY = TypeAdapter(Probability)


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


def test_probabilities_that_determine_no_metalog() -> None:
    def misfit(middle: float) -> float:
        """Distance of the middle probability from the line through the others on the metalog's scales."""
        logits = [math.log(p / (1.0 - p)) for p in (0.8, middle, 0.99)]
        skews = [(p - 0.5) * x for p, x in zip((0.8, middle, 0.99), logits, strict=True)]
        share = (logits[1] - logits[0]) / (logits[2] - logits[0])
        return skews[1] - skews[0] - share * (skews[2] - skews[0])

    middle = brentq(misfit, 0.85, 0.97, xtol=1e-15)
    with pytest.raises(ScenarioError, match="do not determine a metalog"):
        Elicited(probabilities=(0.8, middle, 0.99), values=(1.0, 2.0, 3.0))


@pytest.mark.parametrize("bounds", [{}, {"low": 0.0}, {"high": 10.0}, {"low": 0.0, "high": 10.0}])
@pytest.mark.parametrize("values", [(2.0, 5.0), (2.0, 3.5, 5.0)])
def test_a_metalog_goes_through_its_quantiles(bounds: dict[str, float], values: tuple[float, ...]) -> None:
    probabilities = (0.1, 0.9) if len(values) == 2 else (0.1, 0.5, 0.9)
    elicited = Elicited(probabilities=probabilities, values=values, **bounds)
    location, scale, skew = elicited.metalog()
    for p, value in zip(probabilities, values, strict=True):
        logit = math.log(p / (1.0 - p))
        assert location + scale * logit + skew * (p - 0.5) * logit == pytest.approx(elicited.transform(value))


@given(st.floats(-5.0, 5.0), st.floats(0.1, 5.0), st.floats(-3.0, 3.0), st.floats(-3.0, 3.0))
def test_shares_below_grow_from_0_to_1(mean: float, sd: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    for uncut in (Normal(mean=mean, sd=sd), LogNormal(median=sd, sigma=sd), Beta(a=sd, b=abs(mean) + 0.1)):
        assert 0.0 <= uncut.below(low) <= uncut.below(high) <= 1.0
    assert Normal(mean=mean, sd=sd).below(mean) == pytest.approx(0.5)
    assert LogNormal(median=sd, sigma=sd).below(sd) == pytest.approx(0.5)


@pytest.mark.parametrize("value", [True, "0.5", None, [], math.nan, math.inf, {"mean": 0.5}, {"distribution": 3}])
def test_no_quantity(value: Any) -> None:
    with pytest.raises(ValidationError):
        PROBABILITY.validate_python(value)


def test_a_quantity_may_be_a_model_or_a_table() -> None:
    table = {"distribution": "uniform", "low": 0.1, "high": 0.2}
    assert PROBABILITY.validate_python(table) == PROBABILITY.validate_python(Uniform(low=0.1, high=0.2))


@given(st.floats(0.0, 0.4), st.floats(0.5, 3.0), st.floats(-1.0, 3.0))
def test_no_quantity_can_leave_its_interval(low: float, high: float, number: float) -> None:
    assume(high != 1.0)
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
