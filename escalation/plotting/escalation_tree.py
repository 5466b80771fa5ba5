"""By which steps runs climbed: the commonest paths as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.montecarlo.paths import Branch, paths
from escalation.plotting.marks import draw_interval
from escalation.plotting.style import DARK, FONT, GREY, axes, dress, shades
from escalation.whole_numbers import whole
from escalation.world.front import actor_and_target

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.montecarlo.ensemble import Ensemble
    from escalation.montecarlo.paths import Step

__all__ = ["escalation_tree", "tree_height"]

_INDENT = 0.035
"""How far a step stands to the right of the one before it, as a share of the axes' width."""


def escalation_tree(
    ensemble: Ensemble,
    *,
    actor: str | None = None,
    target: str | None = None,
    least: str | None = None,
    rows: int = 12,
    ax: Axes | None = None,
) -> Axes:
    """Draw the commonest paths by which runs climbed, a step a row, each under the step that it followed.

    A step is a new high of the whole crisis: who reached it first, and its rung. A bar is the probability of getting
    there by that path, with its interval of 95 % by the method of the ensemble; its dark part are the runs that climbed
    no higher. A war is of both sides, whoever made it.

    Parameters
    ----------
    ensemble
        Runs to draw.
    actor, target
        Look only at fronts of this actor, against this target.
    least
        Lowest rung that counts as a step; by default the lowest one of force.
    rows
        How many steps to draw, the commonest ones.
    ax
        Axes to draw in; a new figure one column wide by default.

    Returns
    -------
    Axes
        The axes drawn in.

    Raises
    ------
    StudyError
        If no row is asked for, or there is no such actor, front or rung.

    Examples
    --------
    >>> import escalation as esc
    >>> from matplotlib import pyplot
    >>> ensemble = esc.run(esc.load("two-state-deterrence"), runs=200, seed=1, progress=False)
    >>> ax = escalation_tree(ensemble, rows=6)
    >>> ax.get_xlabel().splitlines()[0]
    'Probability of getting there by that path'
    >>> pyplot.close(ax.figure)
    """
    rows = whole("rows", rows, least=1)
    root = paths(ensemble, actor=actor, target=target, least=least)
    drawn = _commonest(root, rows + 1)
    ax = axes(ax, height=tree_height(len(drawn)))
    colours = dict(zip(ensemble.rung_names, shades(len(ensemble.rung_names)), strict=True))
    for row, branch in enumerate(drawn):
        rung = branch.path[-1].rung if branch.path else ensemble.rung_names[0]
        estimate = ensemble.estimate(branch.runs)
        ax.barh(row, estimate.value, height=0.36, color="white", edgecolor=DARK, linewidth=0.6)
        ax.barh(row, branch.stayed / root.runs, height=0.36, color=colours[rung], edgecolor=DARK, linewidth=0.6)
        if branch.path:
            draw_interval(ax, row, estimate)
        _name(ax, row, branch, ensemble)
    ax.set_yticks([])
    ax.set_ylim(len(drawn) - 0.55, -0.85)
    ax.set_xlim(0.0, 1.15)
    ax.set_xticks([0.0, 0.25, 0.5, 0.75, 1.0])
    shown = 100.0 * sum(branch.stayed for branch in drawn) / root.runs
    ax.set_xlabel(
        "Probability of getting there by that path\n"
        f"(shaded: and no higher; {root.runs:,} runs, {shown:.0f} % end here)"
    )
    return dress(ax, guides="x")


def tree_height(rows: int) -> float:
    """Height that the figure of so many rows needs, in inches."""
    return 0.65 + 0.32 * rows


def _commonest(root: Branch, count: int) -> list[Branch]:
    """The most travelled branches, each after the one that it follows from."""
    walked = list(root.walk())
    # A branch is no more travelled than what it follows from, and comes after it, so that none is without its stem.
    kept = sorted(range(len(walked)), key=lambda k: (-walked[k].runs, k))[:count]
    return [walked[k] for k in sorted(kept)]


def _name(ax: Axes, row: int, branch: Branch, ensemble: Ensemble) -> None:
    """Write above its bar what a branch is, the further right the later it comes."""
    depth = len(branch.path)
    text = _words(branch.path[-1], ensemble) if branch.path else "all runs"
    left = _INDENT * max(0, depth - 1)
    if depth > 1:
        stem = left - 0.6 * _INDENT
        ax.plot(
            [stem, stem, left - 0.1 * _INDENT], [row - 0.72, row - 0.4, row - 0.4], color=GREY, linewidth=0.8,
            transform=ax.get_yaxis_transform(), solid_joinstyle="miter",
        )  # fmt: skip
    ax.text(
        left, row - 0.4, text, transform=ax.get_yaxis_transform(), va="center", fontsize=FONT, color=DARK,
        bbox={"boxstyle": "square,pad=0.05", "facecolor": "white", "edgecolor": "none"},
    )  # fmt: skip


def _words(step: Step, ensemble: Ensemble) -> str:
    actors = ensemble.scenario.actors
    one, other = (actors[name].name or name for name in actor_and_target(step.front))
    if step.rung == ensemble.rung_names[-1]:
        return f"{one} and {other}: {step.rung}"
    return f"{one} → {other}: {step.rung}"
