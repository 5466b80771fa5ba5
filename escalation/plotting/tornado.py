"""Elementary effects as bars, the greatest on top."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from escalation.errors import StudyError
from escalation.plotting.marks import casing
from escalation.plotting.names import as_written, with_short_names
from escalation.plotting.style import DARK, axes, dress, entitle, row_height, shades, title_room, wrapped
from escalation.world.plain_words import counted, place_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.analysis.uncertain.sensitivity import Sensitivity

__all__ = ["tornado"]


@as_written
def tornado(study: Sensitivity, *, ax: Axes | None = None) -> Axes:
    """Draw by how much each factor moves the outcome, with intervals: a bar for the size of its effect.

    A factor of a single parameter also has a circle at its mean effect with its sign. Where bar and circle end at
    the same distance from 0 the effect always has that sign.

    Parameters
    ----------
    study
        A study by the method ``"morris"``, or one that began with a screening.
    ax
        Axes to draw in; a new figure one column wide by default.

    Returns
    -------
    Axes
        The axes drawn in.

    Raises
    ------
    StudyError
        If the study has no elementary effects.

    Examples
    --------
    >>> import escalation as esc
    >>> from matplotlib import pyplot
    >>> scenario = esc.load("two-state-deterrence")
    >>> ranges = {"fronts.challenger-defender.revisionism": (0.2, 0.9), "rules.leash": (0.0, 0.5)}
    >>> asked = {"event": "initiation", "parameters": ranges, "runs": 50, "progress": False}
    >>> ax = tornado(esc.sensitivity(scenario, method="morris", samples=4, **asked))
    >>> len(ax.get_yticklabels())
    2
    >>> pyplot.close(ax.figure)
    """
    from escalation.analysis.uncertain.sensitivity import SCREENING

    effects = study.screening or {n: f["mu_star"] for n, f in study.indices.items() if "mu_star" in f}
    if not effects:
        raise StudyError(f"these are indices by {study.method!r} without a screening; tornado draws those by 'morris'")
    told = replace(study, scenario=with_short_names(study.scenario))
    names = [wrapped(place_words(name, told.scenario), lines=5) for name in effects]
    # A screening is coarse on purpose, and comes before the study that answers.
    warning = "\n" + wrapped(study.warning, most=38) if study.unsure and not study.screening else ""
    # The points and runs of such a study are of what came after its screening, and not of the effects drawn here.
    points, runs = (SCREENING[0] * (len(effects) + 1), SCREENING[1]) if study.screening else (study.points, study.runs)
    title = f"What moves it most: {told.asked}"
    least = 0.32 if any("\n" in name for name in names) else 0.24
    ax = axes(ax, height=(1.55 if warning else 1.1) + title_room(title) + row_height(names, least=least) * len(names))
    colour = shades(3)[1]
    for row, (name, effect) in enumerate(effects.items()):
        ax.barh(row, effect.value, height=0.7, color=colour)
        ax.plot([effect.low, effect.high], [row, row], color=DARK, linewidth=1.0, path_effects=casing())
        signed = study.indices.get(name, {}).get("mu")
        if signed is not None:
            ax.plot([signed.value], [row], marker="o", markersize=4, color="white", markeredgecolor=DARK, zorder=4)
    ends = [end for effect in effects.values() for end in (effect.low, effect.high)]
    ends += [found["mu"].value for found in study.indices.values() if "mu" in found]
    room = 0.05 * (max(0.0, *ends) - min(0.0, *ends)) or 0.05
    ax.set_xlim(min(0.0, *ends) - room, max(0.0, *ends) + room)
    ax.axvline(0.0, color=DARK, linewidth=0.8)
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(effects) - 0.4, -0.6)
    ax.set_xlabel(
        "Change of the probability from the 0.05 to the\n0.95 quantile (bar: mean size μ*; ○ mean μ with\n"
        f"its sign; {counted(points, 'point')} of {counted(runs, 'run')}){warning}", loc="right",
    )  # fmt: skip
    entitle(ax, title)
    return dress(ax, guides="x")
