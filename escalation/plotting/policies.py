"""What each of several policies changes, on the same chance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from escalation.errors import StudyError
from escalation.plotting.forest import FILLED, draw_forest, forest_height
from escalation.plotting.names import as_written, with_short_names
from escalation.plotting.style import axes, dress, entitle, title_room
from escalation.world.plain_words import counted, event_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.montecarlo.compare import Comparison

__all__ = ["policies"]


@as_written
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
    title = f"What each policy changes: {event_words(event, with_short_names(base.scenario))}"
    ax = axes(ax, height=forest_height(list(gaps)) + title_room(title))
    draw_forest(ax, list(gaps), list(gaps.values()))
    without = base.probability(event).number_text()
    pairs = counted(base.runs, "pair")
    ax.set_xlabel(f"Change in probability, which is\n{without} without\n({pairs}; {FILLED})", loc="right")
    entitle(ax, title)
    return dress(ax, guides="x")
