from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from escalation.errors import StudyError
from escalation.plotting import calibration_curve

from .pictures import scores


def test_points_are_the_bins_with_their_intervals() -> None:
    ax = calibration_curve(scores(), competitors=["logit", "model"])
    for name in ("logit", "model"):
        curve = scores().calibration[name]
        (line,) = [line for line in ax.lines if line.get_label() == name]
        assert list(zip(line.get_xdata(), line.get_ydata(), strict=True)) == [(mean, one.value) for mean, one in curve]
        spans = {(line.get_xdata()[0], *line.get_ydata()) for line in ax.lines if len(line.get_xdata()) == 2}
        assert {(mean, one.low, one.high) for mean, one in curve} <= spans


def test_both_axes_have_one_scale_in_which_everything_is_in_view() -> None:
    ax = calibration_curve(scores(), ax=(given := Figure().add_subplot()))
    assert ax is given
    assert ax.get_xlim() == ax.get_ylim()
    assert ax.get_xlim()[1] > max(one.high for _, one in scores().calibration["model"])
    assert ax.get_aspect() == 1.0


@pytest.mark.parametrize(
    ("names", "said"), [(["modle"], "did you mean 'model'"), ([], "one to 6"), (["model"] * 7, "one to 6")]
)
def test_competitors_that_cannot_be_drawn(names: list[str], said: str) -> None:
    with pytest.raises(StudyError, match=said):
        calibration_curve(scores(), competitors=names)
