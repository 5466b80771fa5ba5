from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot
from matplotlib.figure import Figure

from escalation.plotting.style import COLUMN, FONT, axes, dress, shades, spread


def luminance(colour: tuple[float, float, float, float]) -> float:
    """Relative luminance of a colour in sRGB, as grey print has it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("count", [2, 6, 10, 44])
def test_shades_darken_rung_by_rung(count: int) -> None:
    greys = [luminance(colour) for colour in shades(count)]
    assert len(greys) == count
    assert all(lower > higher for lower, higher in itertools.pairwise(greys))


def test_six_rungs_differ_enough_for_grey_print() -> None:
    # A step of lightness L* of 8 is seen side by side; that of print is coarser than a screen's.
    lightness = [116.0 * luminance(colour) ** (1 / 3) - 16.0 for colour in shades(6)]
    assert min(a - b for a, b in itertools.pairwise(lightness)) > 8.0


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
