"""How high runs climbed: the distribution of their peak rung."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.plotting.marks import draw_interval
from escalation.plotting.names import as_written, rung_label
from escalation.plotting.style import DARK, axes, dress, entitle, rung_colours
from escalation.world.plain_words import counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.montecarlo.ensemble import Ensemble

__all__ = ["peaks"]


@as_written
def peaks(ensemble: Ensemble, *, actor: str | None = None, target: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw the distribution of the highest rung reached, a bar a rung, restraint at the bottom.

    Every bar carries its interval. A rung at which no run peaked has no bar but an arrowhead at the upper
    bound of its probability.

    Parameters
    ----------
    ensemble
        Runs to draw.
    actor, target
        Count only fronts of this actor, against this target.
    ax
        Axes to draw in; a new figure one column wide by default.

    Returns
    -------
    Axes
        The axes drawn in.

    Examples
    --------
    >>> import escalation as esc
    >>> from matplotlib import pyplot
    >>> ensemble = esc.run(esc.load("two-state-deterrence"), runs=200, seed=1, progress=False)
    >>> ax = peaks(ensemble, actor="challenger")
    >>> ax.get_xlabel()
    'Probability of peaking there (200 runs)'
    >>> pyplot.close(ax.figure)
    """
    estimates = ensemble.peaks(actor=actor, target=target)
    ax = axes(ax, height=0.9 + 0.24 * len(estimates))
    rows = range(len(estimates))
    ax.barh(
        rows, [estimate.value for estimate in estimates.values()], height=0.7, color=rung_colours(len(estimates)),
        edgecolor=DARK, linewidth=0.6,
    )  # fmt: skip
    for row, estimate in zip(rows, estimates.values(), strict=True):
        draw_interval(ax, row, estimate)
    ax.set_yticks(rows, [rung_label(name) for name in estimates])
    ax.set_xlim(0.0, 1.25 * max(estimate.high for estimate in estimates.values()))
    ax.set_xlabel(f"Probability of peaking there ({counted(ensemble.runs, 'run')})")
    entitle(ax, "The highest rung reached")
    dress(ax, guides="x")
    return ax
