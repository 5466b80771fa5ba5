"""Whether what was forecast with some probability came about as often."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from escalation.errors import StudyError
from escalation.plotting.marks import casing
from escalation.plotting.names import as_written
from escalation.plotting.style import COLUMN, DARK, FONT, GREY, axes, dress, entitle, shades, wrapped
from escalation.world.near import near

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.analysis.score.forecasts.tasks import TaskScores

__all__ = ["calibration_curve"]

_MARKERS = ("o", "s", "D", "^", "v", "P")
_DASHES = ("-", "--", "-.", ":")


@as_written
def calibration_curve(scores: TaskScores, *, competitors: Sequence[str] = ("model",), ax: Axes | None = None) -> Axes:
    """Draw how often the highest level came about against how likely it had been called, in bins of equal size.

    On the dashed diagonal a forecaster is calibrated. Bars are intervals (Wilson 95 %) of the frequency.

    Parameters
    ----------
    scores
        Scores of one task, as ``forecast(...).designs["folds"]["violence"]``.
    competitors
        Whose forecasts to draw, up to six.
    ax
        Axes to draw in; a new figure one column wide by default.

    Returns
    -------
    Axes
        The axes drawn in.

    Raises
    ------
    StudyError
        If a competitor did not take part, or none or more than six are named.

    Examples
    --------
    >>> from matplotlib import pyplot
    >>> from escalation.analysis.score.forecasts.tasks import TaskScores
    >>> from escalation.estimates.proportion import proportion
    >>> bins = {"model": [(0.2, proportion(12, 50)), (0.6, proportion(28, 50))]}
    >>> scores = TaskScores("violent-response", 100, 50, {"model": {"brier": 0.2}}, calibration=bins)
    >>> ax = calibration_curve(scores)
    >>> ax.get_xlabel()
    'Forecast probability (100 cases of 50 crises)'
    >>> pyplot.close(ax.figure)
    """
    if not 1 <= len(competitors) <= len(_MARKERS):
        raise StudyError(f"{len(competitors)} competitors; one to {len(_MARKERS)} can be told apart")
    for name in competitors:
        if name not in scores.calibration:
            raise StudyError(f"no competitor {name!r}{near(name, scores.calibration)}")
    ax = axes(ax, height=COLUMN - 0.1)
    most = 0.0
    colours = shades(len(competitors), lightest=0.75)[::-1]
    for k, (name, colour) in enumerate(zip(competitors, colours, strict=True)):
        curve = scores.calibration[name]
        forecast = [mean for mean, _ in curve]
        for mean, observed in curve:
            ax.plot([mean, mean], [observed.low, observed.high], color=colour, linewidth=1.2, path_effects=casing())
        ax.plot(
            forecast, [observed.value for _, observed in curve], color=colour, linewidth=1.0,
            linestyle=_DASHES[k % len(_DASHES)], marker=_MARKERS[k], markersize=5, markeredgecolor=DARK,
            label=wrapped(name, most=30, lines=2),
        )  # fmt: skip
        most = max(most, *forecast, *(observed.high for _, observed in curve))
    end = min(1.0, 1.05 * most)
    ax.plot([0.0, end], [0.0, end], color=GREY, linewidth=0.8, linestyle=(0, (4, 3)), zorder=0.5)
    ax.set_xlim(0.0, end)
    ax.set_ylim(0.0, end)
    ax.set_aspect("equal")
    ax.set_xlabel(f"Forecast probability ({scores.n:,} cases of {scores.clusters:,} crises)")
    ax.set_ylabel("Frequency with which it came about")
    entitle(ax, "Does what is called likely happen?")
    ax.legend(frameon=False, fontsize=FONT, loc="upper left")
    return dress(ax, guides="y")
