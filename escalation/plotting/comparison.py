"""What one change makes of it: paired differences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from escalation.errors import StudyError
from escalation.estimates.paired import DIFFERENCE_IS
from escalation.plotting.marks import draw_interval
from escalation.plotting.style import DARK, axes, dress

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.montecarlo.compare import Comparison

__all__ = ["comparison"]


def comparison(pair: Comparison, *, events: Sequence[str] | None = None, ax: Axes | None = None) -> Axes:
    """Draw the difference in probability that a change makes, an event a row.

    A difference is what the change did, changed minus unchanged, from pairs of runs on the same chance; the line is
    the interval. To the right of 0 the change made the event likelier. A filled circle marks an interval that leaves
    out 0, a hollow one an interval that does not.

    Parameters
    ----------
    pair
        The two worlds, compared.
    events
        Events to draw, from the top; by default all that were compared. One that was not is compared now.
    ax
        Axes to draw in; a new figure one column wide by default.

    Returns
    -------
    Axes
        The axes drawn in.

    Raises
    ------
    StudyError
        If a world has no such event, or none is named.

    Examples
    --------
    >>> import escalation as esc
    >>> from matplotlib import pyplot
    >>> scenario = esc.load("two-state-deterrence")
    >>> pair = esc.compare(scenario, scenario.without("threat"), runs=200, seed=1, progress=False)
    >>> ax = comparison(pair, events=["initiation", "war"])
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['initiation', 'war']
    >>> pyplot.close(ax.figure)
    """
    names = list(pair.differences) if events is None else list(events)
    if not names:
        raise StudyError(f"no event named; allowed: {', '.join(pair.differences)}")
    differences = [pair.difference(name) for name in names]
    ax = axes(ax, height=0.8 + 0.22 * len(names))
    ax.axvline(0.0, color=DARK, linewidth=0.8)
    for row, difference in enumerate(differences):
        clear = not difference.low <= 0.0 <= difference.high
        draw_interval(ax, row, difference, marker="o", filled=clear, bounded=False)
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.4, -0.6)
    low = min(0.0, *(difference.low for difference in differences))
    high = max(0.0, *(difference.high for difference in differences))
    ax.set_xlim(low - 0.05 * (high - low), high + 0.3 * (high - low))
    ax.set_xlabel(f"Difference in probability\n({DIFFERENCE_IS}, {differences[0].n:,} pairs)", loc="right")
    ax.locator_params(axis="x", nbins=4)
    dress(ax, guides="x")
    return ax
