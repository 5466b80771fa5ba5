from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot
from matplotlib.figure import Figure
from numpy.typing import NDArray

from escalation.plotting.style import COLUMN, FONT, axes, dress, entitle, rung_colours, shades, spread


def luminance(colour: tuple[float, float, float, float]) -> float:
    """Relative luminance of a colour in sRGB, as grey print has it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


Colour = tuple[float, float, float, float]

# How full dichromats see colours, in linear sRGB: Machado, Oliveira and Fernandes (2009), A physiologically-based model
# for simulation of color vision deficiency, IEEE Transactions on Visualization and Computer Graphics 15, 1291-1298,
# tables for severity 1.0.
SEEN = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "full sight": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def lab(colour: Colour, sight: str = "full sight") -> NDArray[np.float64]:
    """CIELAB of a colour of sRGB under D65, as some sight has it."""
    parts = np.array(colour[:3])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    share = XYZ @ np.clip(np.array(SEEN[sight]) @ linear, 0.0, 1.0) / (0.95047, 1.0, 1.08883)
    f = np.where(share > (6.0 / 29.0) ** 3, np.cbrt(share), share / (3.0 * (6.0 / 29.0) ** 2) + 4.0 / 29.0)
    return np.array([116.0 * f[1] - 16.0, 500.0 * (f[0] - f[1]), 200.0 * (f[1] - f[2])])


def test_lab_is_that_of_the_standard() -> None:
    # Reference values of white and of the red primary of sRGB, as Lindbloom's calculator gives them.
    assert lab((1.0, 1.0, 1.0, 1.0)) == pytest.approx([100.0, 0.0, 0.0], abs=0.02)
    assert lab((1.0, 0.0, 0.0, 1.0)) == pytest.approx([53.24, 80.09, 67.20], abs=0.02)


@pytest.mark.parametrize("ramp", [shades, rung_colours])
@pytest.mark.parametrize("count", [2, 6, 10, 44])
def test_colours_darken_step_by_step(count: int, ramp: Callable[[int], list[Colour]]) -> None:
    greys = [luminance(colour) for colour in ramp(count)]
    assert len(greys) == count
    assert all(lower > higher for lower, higher in itertools.pairwise(greys))


@pytest.mark.parametrize("ramp", [shades, rung_colours])
def test_six_steps_differ_enough_for_grey_print(ramp: Callable[[int], list[Colour]]) -> None:
    # A step of lightness L* of 8 is seen side by side; that of print is coarser than a screen's.
    lightness = [lab(colour)[0] for colour in ramp(6)]
    assert min(a - b for a, b in itertools.pairwise(lightness)) > 8.0


@pytest.mark.parametrize("sight", SEEN)
def test_rungs_are_told_apart_by_every_sight(sight: str) -> None:
    # Two colours 10 apart are told apart at a glance, 2.3 where they touch.
    six = [lab(colour, sight) for colour in rung_colours(6)]
    assert min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(six, 2)) > 10.0
    lightness = [seen[0] for seen in six]
    assert lightness == sorted(lightness, reverse=True)


def test_restraint_is_calm_and_war_is_not() -> None:
    calm, *_, war = rung_colours(6)
    assert calm[2] > calm[1] > calm[0], "a blue"
    assert war[0] > 2.0 * max(war[1], war[2]), "a red"
    assert lab(calm)[0] > 90.0
    assert lab(war)[0] < 20.0


def test_a_single_shade_is_dark_enough_for_a_line_on_white() -> None:
    (colour,) = shades(1)
    assert 1.05 / (luminance(colour) + 0.05) > 4.5
    assert all(1.05 / (luminance(colour) + 0.05) > 2.5 for colour in shades(4, lightest=0.6))


def test_axes_are_new_or_those_given() -> None:
    given_axes = Figure().add_subplot()
    assert axes(given_axes, height=1.0) is given_axes
    new = axes(None, height=2.0)
    assert pyplot.gcf() is new.figure
    assert tuple(new.get_figure().get_size_inches()) == (COLUMN, 2.0)


@pytest.mark.parametrize("guides", [None, "x", "y"])
def test_dress_sets_type_and_guides(guides: str | None) -> None:
    ax = Figure().add_subplot()
    ax.set_xlabel("day")
    assert dress(ax, guides=guides) is ax
    assert ax.xaxis.label.get_fontsize() == FONT
    assert {label.get_fontsize() for label in ax.get_xticklabels()} == {FONT}
    for name, axis in (("x", ax.xaxis), ("y", ax.yaxis)):
        assert {line.get_visible() for line in axis.get_gridlines()} == {guides == name}


@given(st.lists(st.floats(0.0, 1.0), max_size=10))
def test_labels_keep_apart_within_their_limits(wanted: list[float]) -> None:
    placed = spread(wanted, gap=0.1, low=0.0, high=1.0)
    ordered = sorted(placed)
    assert all(b - a >= 0.1 - 1e-12 for a, b in itertools.pairwise(ordered))
    assert all(-1e-12 <= place <= 1.0 for place in placed)
    by_wish = sorted(range(len(wanted)), key=lambda k: wanted[k])
    assert [placed[k] for k in by_wish] == ordered


def test_labels_stay_where_there_is_room() -> None:
    assert spread([0.9, 0.1, 0.5], gap=0.2, low=0.0, high=1.0) == [0.9, 0.1, 0.5]


def test_a_title_stands_above_the_figure_or_above_one_of_several_axes() -> None:
    alone = Figure().add_subplot()
    entitle(alone, "How high")
    assert alone.figure.get_suptitle() == "How high"
    assert alone.get_title(loc="left") == ""
    first, second = Figure().subplots(2)
    entitle(first, "How high the crisis climbed before it settled")
    assert first.get_title(loc="left") == "How high the crisis climbed\nbefore it settled"
    assert first.figure.get_suptitle() == second.get_title(loc="left") == ""
