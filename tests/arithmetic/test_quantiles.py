"""Quantile functions, as a scenario's distributions are lowered to them, against scipy's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from escalation.arithmetic.draws import CONSTANT, normal_cdf, normal_quantile, quantile
from escalation.dynamics.state import QuantileState
from escalation.engines.distributions import quantile_state, quantile_table
from escalation.world.distributions import Beta, Distribution, Elicited, LogNormal, Normal, Triangular, Uniform

INSIDE = st.floats(1e-9, 1.0 - 1e-9)
EXACT = 1e-9
Pair = tuple[float, float]


def value_at(distribution: Distribution | float, u: float) -> float:
    return quantile(quantile_state(distribution, 0), [quantile_table(distribution) or [0.0]], u)


@st.composite
def bounds(draw: st.DrawFn, law: stats.rv_frozen, within: tuple[float, float] = (1e-12, 1.0 - 1e-9)) -> Pair:
    """Values between which a distribution has a share of its mass that is not too small."""
    least, most = within
    below = draw(st.floats(least, 0.99 * most), label="mass below")
    share = draw(st.floats(0.1, 1.0), label="share that is kept")
    return float(law.ppf(below)), float(law.ppf(min(below + share * (1.0 - below), most)))


def cut(law: stats.rv_frozen, low: float, high: float, u: float) -> float:
    below, above = law.cdf(low), law.cdf(high)
    return float(law.ppf(below + u * (above - below)))


@given(st.floats(1e-300, 1.0 - 1e-16))
def test_normal_quantile(p: float) -> None:
    assert normal_quantile(p) == pytest.approx(float(stats.norm.ppf(p)), rel=1e-13, abs=1e-14)


@given(st.floats(-37.0, 37.0))
def test_normal_distribution_function(x: float) -> None:
    assert normal_cdf(x) == pytest.approx(float(stats.norm.cdf(x)), rel=1e-11)


@given(INSIDE)
def test_number_is_itself_wherever_asked(u: float) -> None:
    assert value_at(0.7, u) == 0.7


@given(INSIDE, st.floats(-5.0, 5.0), st.floats(0.1, 3.0))
def test_uniform(u: float, low: float, width: float) -> None:
    law = stats.uniform(low, width)
    assert value_at(Uniform(low=low, high=low + width), u) == pytest.approx(law.ppf(u), abs=EXACT)


@given(INSIDE, st.floats(-2.0, 2.0), st.floats(0.1, 3.0))
def test_normal(u: float, mean: float, sd: float) -> None:
    assert value_at(Normal(mean=mean, sd=sd), u) == pytest.approx(stats.norm(mean, sd).ppf(u), abs=EXACT)


@given(INSIDE, st.floats(-2.0, 2.0), st.floats(0.2, 3.0), st.data())
def test_normal_cut_off(u: float, mean: float, sd: float, data: st.DataObject) -> None:
    law = stats.norm(mean, sd)
    low, high = data.draw(bounds(law))
    drawn = value_at(Normal(mean=mean, sd=sd, low=low, high=high), u)
    assert drawn == pytest.approx(cut(law, low, high, u), abs=EXACT)
    assert low <= drawn <= high


@given(INSIDE, st.floats(0.1, 5.0), st.floats(0.1, 2.0))
def test_lognormal(u: float, median: float, sigma: float) -> None:
    law = stats.lognorm(sigma, scale=median)
    assert value_at(LogNormal(median=median, sigma=sigma), u) == pytest.approx(law.ppf(u), rel=EXACT)


@given(INSIDE, st.floats(0.1, 5.0), st.floats(0.1, 2.0), st.data())
def test_lognormal_cut_off(u: float, median: float, sigma: float, data: st.DataObject) -> None:
    law = stats.lognorm(sigma, scale=median)
    low, high = data.draw(bounds(law))
    drawn = value_at(LogNormal(median=median, sigma=sigma, low=low, high=high), u)
    assert drawn == pytest.approx(cut(law, low, high, u), rel=EXACT, abs=EXACT)


@given(INSIDE, st.floats(-1.0, 1.0), st.floats(0.1, 3.0), st.floats(0.0, 1.0))
def test_triangular(u: float, low: float, width: float, peak: float) -> None:
    high = low + width
    mode = min(low + peak * width, high)
    law = stats.triang((mode - low) / (high - low), low, high - low)  # over `width`, the shape could round to above 1
    drawn = value_at(Triangular(low=low, mode=mode, high=high), u)
    assert drawn == pytest.approx(law.ppf(u), abs=1e-8)


# Straight lines between 2,049 quantiles are off by 5e-4 at most, but for a hundredth at the far ends.
MIDDLE = st.floats(0.01, 0.99)


@given(MIDDLE, st.floats(1.0, 20.0), st.floats(1.0, 20.0))
def test_beta_by_table(u: float, a: float, b: float) -> None:
    assert value_at(Beta(a=a, b=b), u) == pytest.approx(stats.beta(a, b).ppf(u), abs=5e-4)


@given(MIDDLE, st.floats(1.0, 20.0), st.floats(1.0, 20.0), st.data())
def test_beta_cut_off(u: float, a: float, b: float, data: st.DataObject) -> None:
    law = stats.beta(a, b)
    low, high = data.draw(bounds(law, within=(1e-6, 1.0 - 1e-6)))
    drawn = value_at(Beta(a=a, b=b, low=low, high=high), u)
    assert drawn == pytest.approx(cut(law, low, high, u), abs=5e-4)
    assert low <= drawn <= high


@given(INSIDE, st.floats(0.3, 20.0), st.floats(0.3, 20.0))
def test_beta_is_within_one_cell_of_its_table_everywhere(u: float, a: float, b: float) -> None:
    law = stats.beta(a, b)
    drawn = value_at(Beta(a=a, b=b), u)
    assert law.ppf(max(u - 1 / 2048, 0.0)) - EXACT <= drawn <= law.ppf(min(u + 1 / 2048, 1.0)) + EXACT


BOUNDS = [(None, None), (-1.0, None), (None, 9.0), (-1.0, 9.0)]


@pytest.mark.parametrize(("low", "high"), BOUNDS)
@pytest.mark.parametrize(
    ("probabilities", "values"),
    [((0.1, 0.9), (0.5, 4.0)), ((0.1, 0.5, 0.9), (0.5, 1.5, 4.0)), ((0.25, 0.5, 0.75), (1.0, 2.0, 3.5))],
)
def test_metalog_passes_through_what_was_stated(
    low: float | None, high: float | None, probabilities: tuple[float, ...], values: tuple[float, ...]
) -> None:
    judged = Elicited(probabilities=probabilities, values=values, low=low, high=high)
    assert [value_at(judged, p) for p in probabilities] == pytest.approx(values, abs=EXACT)


SHAPES: list[Distribution] = [
    Normal(mean=0.0, sd=1.0),
    Normal(mean=0.0, sd=1.0, low=0.3),
    LogNormal(median=1.0, sigma=1.0, high=4.0),
    Beta(a=0.5, b=0.5),
    Beta(a=3.0, b=1.0, low=0.2, high=0.9),
    Uniform(low=-1.0, high=2.0),
    Triangular(low=0.0, mode=0.0, high=2.0),
    Triangular(low=0.0, mode=2.0, high=2.0),
    *(Elicited(probabilities=(0.1, 0.5, 0.9), values=(0.5, 1.5, 4.0), low=a, high=b) for a, b in BOUNDS),
]


@pytest.mark.parametrize("distribution", SHAPES, ids=repr)
@given(u=INSIDE, v=INSIDE)
def test_quantiles_rise_and_stay_within_bounds(distribution: Distribution, u: float, v: float) -> None:
    low, high = sorted((u, v))
    drawn = value_at(distribution, low), value_at(distribution, high)
    assert drawn[0] <= drawn[1] + 1e-12 * (1.0 + abs(drawn[1]))
    state = quantile_state(distribution, 0)
    assert all(state.low <= x <= state.high for x in drawn)


@pytest.mark.parametrize("distribution", SHAPES, ids=repr)
def test_the_ends_are_never_left(distribution: Distribution) -> None:
    state = quantile_state(distribution, 0)
    for u in (1e-300, 1.0):
        assert state.low <= value_at(distribution, u) <= state.high


def test_rounding_cannot_carry_a_value_over_its_bounds() -> None:
    numbers = [QuantileState(CONSTANT, a, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0) for a in (-2.0, 0.5, 2.0)]
    drawn = [quantile(number, [[0.0]], 0.5) for number in numbers]
    assert drawn == [0.0, 0.5, 1.0]
