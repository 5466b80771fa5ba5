"""What each of several policies changes, on the same chance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from escalation.errors import StudyError
from escalation.montecarlo.wording import event_words
from escalation.plotting.marks import draw_interval
from escalation.plotting.style import DARK, axes, dress, entitle, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.montecarlo.compare import Comparison

__all__ = ["policies", "policies_height"]


def policies(comparisons: Mapping[str, Comparison], *, event: str = "war", ax: Axes | None = None) -> Axes:
    """Draw by how much each policy changes the probability of one event, a policy a row.

    All are compared with the same world without a policy, run by run on the same chance; the line is the interval
    of the paired difference. A filled circle marks an interval that leaves out 0, a hollow one an interval that does
    not.

    Parameters
    ----------
    comparisons
        The world without a policy compared with that of each policy, by the name to print; the one without is the first
        of each comparison.
    event
        Which event.
    ax
        Axes to draw in; a new figure one column wide by default.

    Returns
    -------
    Axes
        The axes drawn in.

    Raises
    ------
    StudyError
        If there is no policy, a world has no such event, or two policies were not compared with the same runs of the
        same world.

    Examples
    --------
    >>> import escalation as esc
    >>> from matplotlib import pyplot
    >>> scenario = esc.load("two-state-deterrence")
    >>> pair = esc.compare(scenario, scenario.without("threat"), runs=200, seed=1, progress=False)
    >>> ax = policies({"no threat": pair}, event="initiation")
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['no threat']
    >>> pyplot.close(ax.figure)
    """
    if not comparisons:
        raise StudyError("no policy to draw")
    base = next(iter(comparisons.values())).first
    gaps = {}
    for name, pair in comparisons.items():
        try:
            gaps[name] = pair.difference(event)
        except StudyError as error:
            raise StudyError(f"{name}: {error}") from None
        mine = pair.first
        if (mine.scenario.hash, mine.seed, mine.runs) != (base.scenario.hash, base.seed, base.runs):
            raise StudyError(f"{name}: compared with another world than the first policy was, or with other runs of it")
    ax = axes(ax, height=policies_height(len(gaps)))
    ax.axvline(0.0, color=DARK, linewidth=0.8)
    for row, gap in enumerate(gaps.values()):
        clear = not gap.low <= 0.0 <= gap.high
        draw_interval(ax, row, gap, marker="o", filled=clear, bounded=False)
    ax.set_yticks(range(len(gaps)), [wrapped(name, most=20) for name in gaps])
    ax.set_ylim(len(gaps) - 0.4, -0.6)
    low = min(0.0, *(gap.low for gap in gaps.values()))
    high = max(0.0, *(gap.high for gap in gaps.values()))
    ax.set_xlim(low - 0.05 * (high - low), high + 0.35 * (high - low))
    ax.locator_params(axis="x", nbins=4)
    without = base.probability(event).number_text()
    ax.set_xlabel(f"Change in the probability, which is\n{without} without ({base.runs:,} pairs)", loc="right")
    entitle(ax, f"What each policy changes: {event_words(event, base.scenario)}")
    return dress(ax, guides="x")


def policies_height(count: int) -> float:
    """Height that the figure of so many policies needs, in inches."""
    return 1.1 + 0.32 * count
