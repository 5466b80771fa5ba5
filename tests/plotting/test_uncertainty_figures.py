from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr
from matplotlib.figure import Figure

from escalation.analysis.uncertain.uncertainty import Uncertainty, uncertainty_of
from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate
from escalation.plotting import policy_surface, sobol_bars, tornado, uncertainty
from escalation.plotting.style import COLUMN
from escalation.world.scenario import Scenario

from .pictures import one, sensitivity_of


@pytest.fixture
def split(scenario: Scenario) -> Uncertainty:
    rng = np.random.default_rng(1)
    values = (rng.random((64, 40)) < rng.beta(2.0, 6.0, size=(64, 1))).astype(float)
    return uncertainty_of(values, scenario=scenario, event="war")


def test_band_and_error_are_drawn_apart(split: Uncertainty) -> None:
    ax = uncertainty(split, ax=(given := Figure().add_subplot()))
    assert ax is given
    (band,) = ax.patches
    assert (band.get_x(), band.get_x() + band.get_width()) == pytest.approx((split.band.low, split.band.high))
    error = next(line for line in ax.lines if line.get_marker() == "o")
    assert list(error.get_xdata()) == [split.probability.value]
    step = ax.lines[0]
    assert np.array_equal(step.get_xdata(), np.sort(split.by_draw))
    assert ax.get_ylim() == (0.0, 1.0)


def test_sobol_bars_are_the_indices_and_stay_in_view(scenario: Scenario) -> None:
    wild = Estimate(0.2, -40.0, 40.0, 8, "bootstrap")
    study = sensitivity_of(
        scenario, "sobol", {"a": {"first": one(0.6), "total": one(0.7)}, "b": {"first": wild, "total": wild}}
    )
    ax = sobol_bars(study)
    assert [bar.get_width() for bar in ax.patches] == [0.6, 0.2, 0.7, 0.2]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b"]
    assert ax.yaxis_inverted()
    assert ax.get_figure().get_figwidth() == COLUMN


def test_no_interval_is_cut_without_a_mark_and_all_stand_in_figures(scenario: Scenario) -> None:
    wide = Estimate(1.2, -0.04, 2.4, 8, "bootstrap")
    study = sensitivity_of(
        scenario, "sobol", {"a": {"first": one(0.6), "total": one(0.7)}, "b": {"first": one(0.1), "total": wide}}
    )
    ax = sobol_bars(study)
    left, right = ax.get_xlim()
    lines = [line.get_xdata() for line in ax.lines if len(line.get_xdata()) == 2 and line.get_color() != "white"]
    assert all(left < end < right for line in lines for end in line)
    assert [line.get_xdata()[0] for line in ax.lines if line.get_marker() == ">"] == [1.5]
    assert not [line for line in ax.lines if line.get_marker() == "<"]
    assert [text.get_text() for text in ax.texts][-1] == "1.2 [−0.0, 2.4]"
    assert all(bar.get_width() < right for bar in ax.patches)


def test_too_few_samples_are_said_in_words(scenario: Scenario) -> None:
    wide = Estimate(0.2, 0.0, 0.6, 8, "bootstrap")
    small = Estimate(0.01, -0.01, 0.03, 8, "bootstrap")
    sure = {"a": {"first": one(0.6), "total": one(0.7)}, "c": {"first": small, "total": small}}
    told = sobol_bars(sensitivity_of(scenario, "sobol", sure)).get_xlabel()
    assert "Too few" not in told
    told = sobol_bars(sensitivity_of(scenario, "sobol", {**sure, "b": {"first": wide, "total": wide}})).get_xlabel()
    assert "Too few samples: for 1 of 3 factors an interval is wider than its index is large" in told.replace("\n", " ")


def test_tornado_has_bars_and_signs(scenario: Scenario) -> None:
    study = sensitivity_of(
        scenario, "morris", {"a": {"mu_star": one(0.6), "mu": one(-0.6)}, "b": {"mu_star": one(0.2)}}
    )
    ax = tornado(study)
    assert [bar.get_width() for bar in ax.patches] == [0.6, 0.2]
    circles = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
    assert circles == [-0.6]


def test_tornado_of_a_screening(scenario: Scenario) -> None:
    indices = {"a": {"first": one(0.6), "total": one(0.7)}}
    ax = tornado(sensitivity_of(scenario, "sobol", indices, {"a": one(0.3), "b": one(0.0)}))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b"]
    # Twelve trajectories of three points each, and 50 runs at each, whatever the study after it has.
    assert "36 points of 50 runs" in ax.get_xlabel()


def test_too_few_trajectories_are_said_in_words(scenario: Scenario) -> None:
    sure, wide = {"mu_star": one(0.6), "mu": one(0.1)}, {"mu_star": Estimate(0.2, 0.0, 0.6, 8, "bootstrap")}
    assert "Too few" not in tornado(sensitivity_of(scenario, "morris", {"a": sure})).get_xlabel()
    told = tornado(sensitivity_of(scenario, "morris", {"a": sure, "b": wide})).get_xlabel()
    assert "Too few samples: for 1 of 2 factors" in told.replace("\n", " ")


def test_titles_say_whose_acts_count(scenario: Scenario, split: Uncertainty) -> None:
    study = sensitivity_of(scenario, "morris", {"a": {"mu_star": one(0.6)}})
    for draw, asked in ((tornado, study), (uncertainty, split)):
        ax = draw(replace(asked, event="initiation", actor="ara", target="bor"))
        assert "Ara chooses force against Bor" in ax.figure.get_suptitle().replace("\n", " ")


def test_each_figure_refuses_the_other_indices(scenario: Scenario) -> None:
    with pytest.raises(StudyError, match="draws those by 'morris'"):
        tornado(sensitivity_of(scenario, "sobol", {"a": {"first": one(0.6), "total": one(0.7)}}))
    with pytest.raises(StudyError, match="tornado 'morris'"):
        sobol_bars(sensitivity_of(scenario, "morris", {"a": {"mu_star": one(0.6)}}))


def grid_of(value: np.ndarray, first: list[object], second: list[object]) -> xr.Dataset:
    data = {name: (("p", "q"), value + shift) for name, shift in (("value", 0.0), ("low", -0.02), ("high", 0.02))}
    return xr.Dataset(data, coords={"p": first, "q": second}, attrs={"event": "war"})


def test_a_surface_has_its_values_and_the_limit() -> None:
    value = np.array([[0.3, 0.2], [0.1, 0.05], [0.2, 0.15]])
    ax = policy_surface(grid_of(value, [2.0, 1.0, 3.0], [0, 1]), limit=0.1)
    mesh = ax.collections[0]
    assert np.array_equal(np.asarray(mesh.get_array()).reshape(2, 3), value[[1, 0, 2]].T)
    assert any(np.allclose(getattr(found, "levels", []), [0.1]) for found in ax.collections)
    hatched = [found for found in ax.collections if getattr(found, "hatches", [None])[0] == "///"]
    assert len(hatched) == 1
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("p", "q")


@pytest.mark.parametrize(("limit", "drawn"), [(None, 1), (0.1, 1), (0.9, 2)])
def test_a_flat_surface_has_no_contours(limit: float | None, drawn: int) -> None:
    ax = policy_surface(grid_of(np.full((2, 2), 0.3), [1, 2], [1, 2]), limit=limit)
    assert len(ax.collections) == drawn  # under the limit everywhere, it is hatched
    assert ax.collections[0].get_clim() == (0.0, 1.0)  # and no scale of probabilities below 0


def test_a_limit_that_only_the_estimates_are_under_is_not_hatched() -> None:
    ax = policy_surface(grid_of(np.array([[0.3, 0.2], [0.1, 0.05]]), [1, 2], [1, 2]), limit=0.06)
    assert not any(getattr(found, "hatches", [None])[0] == "///" for found in ax.collections)


@pytest.mark.parametrize(("first", "second"), [([1.0], [1.0, 2.0]), (["a", "b"], [1.0, 2.0])])
def test_what_is_no_surface(first: list[object], second: list[object]) -> None:
    with pytest.raises(StudyError, match="two or more values of both"):
        policy_surface(grid_of(np.full((len(first), 2), 0.1), first, second))
