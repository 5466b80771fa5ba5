"""What one change makes of it: paired differences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from escalation.errors import StudyError
from escalation.estimates.paired import DIFFERENCE_IS
from escalation.plotting.forest import FILLED, draw_forest, forest_height
from escalation.plotting.names import as_written, with_short_names
from escalation.plotting.style import axes, dress, entitle
from escalation.world.plain_words import counted, event_words, told_events

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.montecarlo.compare import Comparison

__all__ = ["comparison", "comparison_height"]


@as_written
def comparison(pair: Comparison, *, events: Sequence[str] | None = None, ax: Axes | None = None) -> Axes:
    r"""Draw the difference in probability that a change makes, an event a row.

    A difference is what the change did, changed minus unchanged, from pairs of runs on the same chance; the line is
    the interval. To the right of 0 the change made the event likelier. A filled circle marks an interval that leaves
    out 0, a hollow one an interval that does not.

    Parameters
    ----------
    pair
        The two worlds, compared.
    events
        Events to draw, from the top; by default all that were compared, but for the highest rung, which is reached
        whenever there is war. One that was not compared is compared now.
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
    ['somebody chooses force', 'war, however it comes\nabout']
    >>> pyplot.close(ax.figure)
    """
    names = _listed(pair) if events is None else list(events)
    if not names:
        raise StudyError(f"no event named; allowed: {', '.join(pair.differences)}")
    differences = [pair.difference(name) for name in names]
    words = _words(names, pair)
    ax = axes(ax, height=forest_height(words))
    draw_forest(ax, words, differences)
    pairs = counted(differences[0].n, "pair")
    ax.set_xlabel(f"Change in probability,\n{DIFFERENCE_IS} ({pairs};\n{FILLED})", loc="right")
    entitle(ax, "What the change does")
    return dress(ax, guides="x")


def comparison_height(pair: Comparison) -> float:
    """Height that the figure of all that was compared needs, in inches."""
    return forest_height(_words(_listed(pair), pair))


def _words(names: Sequence[str], pair: Comparison) -> list[str]:
    named = with_short_names(pair.second.scenario)
    return [event_words(name, named) for name in names]


def _listed(pair: Comparison) -> list[str]:
    return told_events(pair.differences, pair.second.scenario)
