"""Why an act was chosen: the utility of every act, term by term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.plotting.names import as_written, rung_label, shortened
from escalation.plotting.style import DARK, FONT, GREY, axes, dress, entitle, shades
from escalation.world.plain_words import TERMS, date_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.engines.explaining.explanation import Explanation, WeighedAct

__all__ = ["explanation", "explanation_height"]

_MOST = 7
"""Terms that get a shade of their own."""
_UNLIKELY = 0.005
"""Probability below which an act's bars may run out of view."""
_REST = "other terms"


@as_written
def explanation(decision: Explanation, *, ax: Axes | None = None) -> Axes:
    """Draw what each term adds to the utility of every act on offer.

    Costs go to the left and gains to the right; a diamond marks their sum. The probability of each act stands on
    the right, that of the chosen one in bold. Bars of acts that were next to impossible may run out of view; an
    arrowhead says so.

    Parameters
    ----------
    decision
        One of the decisions that `Trajectory.explain` returns.
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
    >>> path = esc.simulate(esc.load("two-state-deterrence"), seed=1, run=17)
    >>> first = path.acts[0]
    >>> actor, target = path.front_ids[first["front"]].split("-")
    >>> ax = explanation(path.explain(float(first["period"]), actor, target=target)[0])
    >>> ax.get_xlabel()
    'Utility and its terms, in stakes'
    >>> pyplot.close(ax.figure)
    """
    from matplotlib.transforms import ScaledTranslation

    ax = axes(ax, height=explanation_height(decision))
    acts = decision.acts
    lowest, highest = _draw_bars(ax, _layers(decision))
    shown = [row for row, act in enumerate(acts) if _in_view(act)]
    low, high = min(lowest[row] for row in shown), max(highest[row] for row in shown)
    room = 0.05 * (high - low) or 1.0
    ax.set_xlim(low - room, high + room)
    ax.set_ylim(len(acts) - 0.5, -0.5)
    ax.axvline(0.0, color=DARK, linewidth=0.8)
    _mark_sums(ax, decision)
    ax.set_yticks(range(len(acts)), [rung_label(act.name) for act in acts])
    ax.set_xlabel("Utility and its terms, in stakes")
    ax.locator_params(axis="x", nbins=4)
    who = f"{shortened(decision.actor_name)} against {shortened(decision.target_name)}"
    entitle(ax, f"What each act was worth: {who}, {date_words(decision.date)}")
    dress(ax, guides="x")
    below = ax.transAxes + ScaledTranslation(0.0, -0.4, ax.figure.dpi_scale_trans)  # inches below the axes
    ax.legend(
        loc="upper right", bbox_to_anchor=(1.15, 0.0), bbox_transform=below, ncols=2, fontsize=FONT, frameon=False
    )
    return ax


def explanation_height(decision: Explanation) -> float:
    """Height that the figure of a decision needs, in inches."""
    return 2.0 + 0.25 * len(decision.acts)


def _in_view(act: WeighedAct) -> bool:
    return act.probability >= _UNLIKELY or act.chosen


def _layers(decision: Explanation) -> dict[str, list[float]]:
    """Values of the weightiest terms, and of the others together, by act."""

    def weight(term: str) -> float:
        return max(abs(act.terms[term]) for act in decision.acts if _in_view(act))

    kept = sorted(decision.terms, key=weight, reverse=True)[:_MOST]
    rest = [term for term in decision.terms if term not in kept]
    layers = {term: [act.terms[term] for act in decision.acts] for term in decision.terms if term in kept}
    if rest:
        layers[_REST] = [sum(act.terms[term] for term in rest) for act in decision.acts]
    return layers


def _draw_bars(ax: Axes, layers: dict[str, list[float]]) -> tuple[list[float], list[float]]:
    """Stack the terms to either side, and return where the bars of each act end."""
    count = len(next(iter(layers.values())))
    lowest, highest = [0.0] * count, [0.0] * count
    colours = dict(zip([name for name in layers if name != _REST], shades(_MOST, lightest=0.95), strict=False))
    for k, (name, values) in enumerate(layers.items()):
        starts = [highest[row] if value > 0.0 else lowest[row] for row, value in enumerate(values)]
        label = TERMS[name].label if name in TERMS else name
        ax.barh(
            range(count), values, left=starts, height=0.7, label=label, color=colours.get(name, "white"),
            edgecolor="white" if name in colours else GREY, linewidth=0.5, hatch="////" if k % 2 else "",
        )  # fmt: skip
        for row, value in enumerate(values):
            lowest[row] += min(value, 0.0)
            highest[row] += max(value, 0.0)
    return lowest, highest


def _mark_sums(ax: Axes, decision: Explanation) -> None:
    """Mark each act's utility, or that it lies out of view, and write its probability."""
    left, _ = ax.get_xlim()
    for row, act in enumerate(decision.acts):
        inside = act.utility >= left
        ax.plot(
            [act.utility if inside else left], [row], marker="D" if inside else "<", markersize=5, color="white",
            markeredgecolor=DARK, clip_on=False, zorder=4,
        )  # fmt: skip
        said, weight = (", chosen", "bold") if act.chosen else ("", "normal")
        ax.annotate(
            f"P {act.probability:.2f}{said}", (1.02, row), xycoords=("axes fraction", "data"),
            va="center", fontsize=FONT, color=DARK, fontweight=weight,
        )  # fmt: skip
