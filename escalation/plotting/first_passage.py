"""When something first happens: first-passage curves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from escalation.errors import StudyError
from escalation.plotting.marks import draw_bound, label_right, labels_height
from escalation.plotting.names import as_written, with_short_names
from escalation.plotting.style import axes, dress, entitle, shades, wrapped
from escalation.world.plain_words import counted, event_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.estimates.censored import FirstPassage
    from escalation.montecarlo.ensemble import Ensemble

__all__ = ["first_passage"]

_DASHES = ("-", "--", "-.", ":")


@as_written
def first_passage(
    ensemble: Ensemble,
    events: str | Sequence[str] = "initiation",
    *,
    actor: str | None = None,
    target: str | None = None,
    level: float = 0.95,
    ax: Axes | None = None,
) -> Axes:
    """Draw the probability that an event has happened by each day.

    Runs in which it had not happened by the end are censored there, and the figure says how many they are. An event
    that happened in no run is a line at 0 with an arrowhead at its upper bound.

    Parameters
    ----------
    ensemble
        Runs to draw.
    events
        Name of an event, or several, as in `Ensemble.events`.
    actor, target
        Count only fronts of this actor, against this target.
    level
        Confidence level of the bands.
    ax
        Axes to draw in; a new figure one column wide by default.

    Returns
    -------
    Axes
        The axes drawn in.

    Raises
    ------
    StudyError
        If there is no such event or front, or no event is named.

    Examples
    --------
    >>> import escalation as esc
    >>> from matplotlib import pyplot
    >>> ensemble = esc.run(esc.load("two-state-deterrence"), runs=200, seed=1, progress=False)
    >>> ax = first_passage(ensemble, ["initiation", "war"])
    >>> ax.get_xlabel()
    'Days after 2000-01-01 (200 runs)'
    >>> pyplot.close(ax.figure)
    """
    names = [events] if isinstance(events, str) else list(events)
    if not names:
        raise StudyError(f"no event named; allowed: {', '.join(ensemble.events)}")
    curves = [ensemble.first_passage(name, actor=actor, target=target, level=level) for name in names]
    named = with_short_names(ensemble.scenario)
    labels = [_label(event_words(name, named), curve) for name, curve in zip(names, curves, strict=True)]
    ax = axes(ax, height=max(2.6, 0.85 + labels_height(labels)))
    for k, (name, curve, colour) in enumerate(zip(names, curves, shades(len(curves), lightest=0.6), strict=True)):
        ax.fill_between(curve.days, curve.low, curve.high, step="post", color=colour, alpha=0.3, linewidth=0.0)
        ax.step(curve.days, curve.probability, where="post", color=colour, linewidth=1.3, label=name,
                linestyle=_DASHES[k % len(_DASHES)])  # fmt: skip
        if curve.probability[-1] == 0.0:
            draw_bound(ax, float(curve.days[-1]), float(curve.high[-1]))
    ax.set_xlim(0.0, ensemble.horizon_days)
    ax.set_ylim(0.0, min(1.1 * max(float(curve.high.max()) for curve in curves), 1.0))
    ax.set_xlabel(f"Days after {ensemble.scenario.start} ({counted(ensemble.runs, 'run')})")
    ax.set_ylabel("Probability so far")
    dress(ax, guides="y")
    entitle(ax, "When it first happens")
    label_right(ax, labels, [float(curve.probability[-1]) for curve in curves])
    return ax


def _label(words: str, curve: FirstPassage) -> str:
    never = f"not in {counted(curve.censored, 'run')}" if curve.censored else "in all runs"
    return f"{wrapped(words, most=16, lines=5)}\n({never})"
