"""By which steps runs climbed: the commonest paths as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.montecarlo.paths import Branch, paths
from escalation.plotting.marks import draw_interval
from escalation.plotting.names import as_written, rung_label, with_short_names
from escalation.plotting.style import DARK, FONT, GREY, axes, dress, entitle, row_height, rung_colours, wrapped
from escalation.whole_numbers import whole
from escalation.world.front import actor_and_target
from escalation.world.plain_words import actor_name, counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Transform

    from escalation.montecarlo.ensemble import Ensemble
    from escalation.montecarlo.paths import Step

__all__ = ["escalation_tree"]

_INDENT = 0.16
"""How far a step stands to the right of the one that it follows, in inches."""
_LETTERS = 21
"""Letters on a line beside a step."""
_LETTER = 0.56 * FONT / 72.0
"""Width of a letter, in inches."""


@as_written
def escalation_tree(
    ensemble: Ensemble,
    *,
    actor: str | None = None,
    target: str | None = None,
    least: str | None = None,
    rows: int = 12,
    ax: Axes | None = None,
) -> Axes:
    """Draw the commonest paths by which runs climbed: a tree of steps at the left, a bar for each at the right.

    A step is a new high of the whole crisis: who reached it first, and its rung, which is its colour. A line leads
    to it from the step that it follows. Its bar is the probability of getting there by that path, with its interval of
    95 % by the method of the ensemble; the coloured part are the runs that climbed no higher. A war is of both sides,
    whoever made it.

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
    drawn = [branch for branch in _commonest(root, rows + 1) if branch.path]
    names = _names(drawn, ensemble)
    ax = axes(ax, height=1.35 + row_height(names, least=0.34) * len(drawn))
    colours = dict(zip(ensemble.rung_names, rung_colours(len(ensemble.rung_names)), strict=True))
    estimates = [ensemble.estimate(branch.runs) for branch in drawn]
    for row, (branch, estimate) in enumerate(zip(drawn, estimates, strict=True)):
        colour = colours[branch.path[-1].rung]
        ax.barh(row, estimate.value, height=0.5, color="white", edgecolor=DARK, linewidth=0.6)
        ax.barh(row, branch.stayed / root.runs, height=0.5, color=colour, edgecolor=DARK, linewidth=0.6)
        draw_interval(ax, row, estimate)
    _draw_tree(ax, drawn, names, ensemble)
    ax.set_yticks([])
    ax.set_ylim(max(len(drawn), 1) - 0.4, -0.6)
    ax.set_xlim(0.0, 1.4 * max((estimate.high for estimate in estimates), default=0.7))
    ax.locator_params(axis="x", nbins=3)
    shown = 100.0 * sum(branch.stayed for branch in drawn) / root.runs
    none = 100.0 * root.stayed / root.runs
    ax.set_xlabel(
        "Probability of getting there by that path\n"
        f"(coloured: and no higher; {counted(root.runs, 'run')}: {shown:.0f} % end\n"
        f"at a step shown, {none:.0f} % take no such step)", loc="right",
    )  # fmt: skip
    _title_and_legend(ax, {branch.path[-1].rung for branch in drawn}, colours)
    return dress(ax, guides="x")


def _commonest(root: Branch, count: int) -> list[Branch]:
    """The most travelled branches, each after the one that it follows from."""
    walked = list(root.walk())
    # A branch is no more travelled than what it follows from, and comes after it, so that none is without its stem.
    kept = sorted(range(len(walked)), key=lambda k: (-walked[k].runs, k))[:count]
    return [walked[k] for k in sorted(kept)]


def _draw_tree(ax: Axes, drawn: list[Branch], names: list[str], ensemble: Ensemble) -> None:
    """Draw to the left of the bars a square for each step, named, and a line to each from the step that it follows."""
    from matplotlib.transforms import ScaledTranslation

    lengths = [max(map(len, name.splitlines())) for name in names]
    depths = [len(branch.path) - 1 for branch in drawn]
    # All of it stands that far left of the axes, in inches, whatever their size.
    width = max((depth * _INDENT + _LETTER * long for depth, long in zip(depths, lengths, strict=True)), default=0.0)
    colours = dict(zip(ensemble.rung_names, rung_colours(len(ensemble.rung_names)), strict=True))

    def inches(away: float) -> Transform:
        return ax.get_yaxis_transform() + ScaledTranslation(away - width - 0.2, 0.0, ax.figure.dpi_scale_trans)

    place = {branch.path: row for row, branch in enumerate(drawn)}
    for row, (branch, name, depth) in enumerate(zip(drawn, names, depths, strict=True)):
        if depth:
            down, across = inches((depth - 1) * _INDENT), inches(depth * _INDENT)
            stem = place[branch.path[:-1]]
            ax.plot([0.0, 0.0], [stem, row], color=GREY, linewidth=0.8, transform=down, clip_on=False, zorder=1)
            ax.annotate(
                "", (0.0, row), xytext=(0.0, row), xycoords=across, textcoords=down,
                arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0},
            )  # fmt: skip
        ax.plot(
            [0.0], [row], marker="s", markersize=6, color=colours[branch.path[-1].rung], markeredgecolor=DARK,
            markeredgewidth=0.6, transform=inches(depth * _INDENT), clip_on=False, zorder=4,
        )  # fmt: skip
        ax.text(
            0.0, row, name, transform=inches(depth * _INDENT + 0.09), va="center", fontsize=FONT, color=DARK,
            linespacing=1.0,
        )  # fmt: skip


def _title_and_legend(ax: Axes, rungs: set[str], colours: dict[str, tuple[float, float, float, float]]) -> None:
    """Name the rungs that are steps, in a row above the bars."""
    from matplotlib.lines import Line2D

    handles = [
        Line2D(
            [], [], linestyle="none", marker="s", markersize=6, color=colour, markeredgecolor=DARK,
            markeredgewidth=0.6, label=rung_label(rung),
        )
        for rung, colour in colours.items()
        if rung in rungs
    ]  # fmt: skip
    entitle(ax, "The commonest ways up")
    ax.legend(
        handles=handles, loc="lower right", bbox_to_anchor=(1.02, 1.0), ncols=3, frameon=False, fontsize=FONT,
        handletextpad=0.2, columnspacing=1.0, borderpad=0.1,
    )  # fmt: skip


def _names(drawn: list[Branch], ensemble: Ensemble) -> list[str]:
    named = with_short_names(ensemble.scenario)

    def words(step: Step) -> str:
        one, other = (actor_name(named, name) for name in actor_and_target(step.front))
        return f"{one} {'and' if step.rung == ensemble.rung_names[-1] else '→'} {other}"

    return [wrapped(words(branch.path[-1]), most=_LETTERS) for branch in drawn]
