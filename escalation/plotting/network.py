"""A scenario as a network: who faces whom, who has pledged what, who fights for whom."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from escalation.engines.medians import mean
from escalation.plotting.names import as_written, with_short_names
from escalation.plotting.style import DARK, FONT, axes, entitle, wrapped
from escalation.whole_numbers import whole
from escalation.world.plain_words import actor_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D
    from matplotlib.text import Annotation

    from escalation.world.front import Front
    from escalation.world.scenario import Scenario

__all__ = ["network"]

NODE = 16.0
"""Diameter of a node, in points."""

_SHAPES = {"state": "o", "armed-group": "s"}
_LETTERS = (14, 10, 7)
"""Letters on a line of a name: fewer where the names would else leave too little room for the network."""
_LEAST = 3.0 * NODE
"""Least radius of the circle of actors, in points, for which names are broken into more lines."""
_STEP = 4.0
"""Steps in which room is measured, in points."""


class _Line(NamedTuple):
    """A sort of arrow, as the legend has it."""

    label: str
    colour: str
    dashes: Literal["-", "--", ":"]
    width: float


# Fronts go from a light blue to a dark red, as rungs do, so that grey print tells them apart.
_CALM = _Line("front", "#9dbfd4", "-", 2.0)
_HOSTILE = _Line("front, hostilities go on", "#cb5f36", "-", 2.0)
_WAR = _Line("front, at war", "#6a0f1f", "-", 2.0)
_PLEDGE = _Line("commitment", DARK, "--", 0.9)
_PROXY = _Line("principal to proxy", DARK, ":", 1.3)


class _Arrow(NamedTuple):
    name: str
    origin: str
    end: str
    line: _Line
    width: float
    bend: float


@as_written
def network(scenario: Scenario, *, seed: int = 1, ax: Axes | None = None) -> Axes:
    """Draw the actors of a scenario and what binds or divides them.

    Circles are states and squares armed groups. A solid arrow is a front, wider for a greater mean stake;
    it is darkest if the two are at war from the start, and lightest if no hostilities go on. A dashed
    arrow is a commitment, patron to protégé; a dotted one leads from a principal to its proxy.

    Parameters
    ----------
    scenario
        What to draw.
    seed
        Seed of the layout; the same scenario and seed give the same picture.
    ax
        Axes to draw in; a new figure one column wide by default.

    Returns
    -------
    Axes
        The axes drawn in. Every arrow has an id (`get_gid`): ``front:irn-isr``, ``commitment:<id>``,
        ``proxy:<id>``; and so has every node, ``actor:<id>``.

    Examples
    --------
    >>> import escalation as esc
    >>> from matplotlib import pyplot
    >>> ax = network(esc.load("two-state-deterrence"))
    >>> sorted(mark.get_gid() for mark in ax.get_children() if str(mark.get_gid()).startswith("front:"))
    ['front:challenger-defender', 'front:defender-challenger']
    >>> pyplot.close(ax.figure)
    """
    places = _layout(scenario, whole("seed", seed, below=2**32))
    ax = axes(ax, height=4.4)
    arrows = list(_arrows(scenario))
    for arrow in arrows:
        _draw_arrow(ax, arrow, places)
    names = _draw_actors(ax, scenario, places)
    ax.legend(
        handles=_legend(scenario, arrows), loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=2,
        frameon=False, fontsize=FONT, handlelength=2.4, handletextpad=0.5, columnspacing=0.8, borderpad=0.0,
    )  # fmt: skip
    entitle(ax, "Who faces whom when the crisis begins")
    ax.set_axis_off()
    _make_room(ax, names, [_outermost(arrow, places) for arrow in arrows])
    return ax


def _layout(scenario: Scenario, seed: int) -> dict[str, tuple[float, float]]:
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(scenario.actors)
    graph.add_edges_from((arrow.origin, arrow.end) for arrow in _arrows(scenario))
    # A circle keeps arrows off the actors between; the springs only say who sits beside whom.
    springs = networkx.spring_layout(graph, pos=networkx.circular_layout(graph), seed=seed)
    around = sorted(graph, key=lambda actor: math.atan2(springs[actor][1], springs[actor][0]))
    return {actor: (float(x), float(y)) for actor, (x, y) in networkx.circular_layout(around).items()}


def _arrows(scenario: Scenario) -> Iterator[_Arrow]:
    for front in scenario.fronts.values():
        width = 0.6 + 1.4 * min(mean(front.stake), 2.0)
        yield _Arrow(f"front:{front.id}", front.actor, front.target, _front_line(front), width, 0.08)
    pairs: Counter[tuple[str, str]] = Counter()
    for pledge in scenario.commitments.values():
        for protege in pledge.proteges:
            pair = (pledge.patron, protege)
            name = f"commitment:{pledge.id}" + (f":{protege}" if len(pledge.proteges) > 1 else "")
            # Pledges between the same two, against different adversaries, lie side by side.
            yield _Arrow(name, *pair, _PLEDGE, _PLEDGE.width, -0.18 - 0.14 * pairs[pair])
            pairs[pair] += 1
    for actor in scenario.actors.values():
        if actor.principal is not None:
            yield _Arrow(f"proxy:{actor.id}", actor.principal, actor.id, _PROXY, _PROXY.width, 0.3)


def _front_line(front: Front) -> _Line:
    if front.at_war:
        return _WAR
    return _CALM if front.baseline is None else _HOSTILE


def _draw_arrow(ax: Axes, arrow: _Arrow, places: dict[str, tuple[float, float]]) -> None:
    from matplotlib.patches import FancyArrowPatch

    patch = FancyArrowPatch(
        places[arrow.origin], places[arrow.end], arrowstyle="-|>", mutation_scale=5.0 + 2.0 * arrow.width,
        connectionstyle=f"arc3,rad={arrow.bend}", shrinkA=0.55 * NODE, shrinkB=0.6 * NODE,
        color=arrow.line.colour, linewidth=arrow.width, linestyle=arrow.line.dashes, capstyle="butt",
        joinstyle="miter", zorder=2, clip_on=False, gid=arrow.name,
    )  # fmt: skip
    ax.add_patch(patch)


def _outermost(arrow: _Arrow, places: dict[str, tuple[float, float]]) -> tuple[float, float]:
    """Middle of a bent arrow, where it is farthest from the straight line."""
    (x, y), (to_x, to_y) = places[arrow.origin], places[arrow.end]
    return 0.5 * (x + to_x + arrow.bend * (to_y - y)), 0.5 * (y + to_y - arrow.bend * (to_x - x))


def _draw_actors(ax: Axes, scenario: Scenario, places: dict[str, tuple[float, float]]) -> dict[Annotation, str]:
    """Draw nodes with their names, and return each name as drawn with what it was before it was broken into lines."""
    named = with_short_names(scenario)
    drawn: dict[Annotation, str] = {}
    for actor in scenario.actors.values():
        x, y = places[actor.id]
        ax.plot(
            [x], [y], linestyle="none", marker=_SHAPES[actor.kind], markersize=NODE, color="white",
            markeredgecolor=DARK, zorder=3, clip_on=False, gid=f"actor:{actor.id}",
        )  # fmt: skip
        # Names stand outside the circle, where no arrow passes.
        beside = abs(y) < 0.35
        across, up = (math.copysign(0.7 * NODE, x), 0.0) if beside else (0.0, math.copysign(0.65 * NODE, y))
        name = actor_name(named, actor.id)
        text = ax.annotate(
            wrapped(name, most=_LETTERS[0]), (x, y), xytext=(across, up),
            textcoords="offset points", fontsize=FONT, color=DARK, zorder=4, parse_math="$" not in name,
            ha=("left" if x > 0.0 else "right") if beside else "center",
            va="center" if beside else "bottom" if y > 0.0 else "top",
        )  # fmt: skip
        drawn[text] = name
    return drawn


def _make_room(ax: Axes, names: dict[Annotation, str], others: list[tuple[float, float]]) -> None:
    """Set the limits of the axes so that all names lie within, as large as that allows.

    Names have the same size whatever the limits. So the layout of the figure cannot make room for them: it moves the
    axes, which moves the places that the names stand beside.
    """
    drawn = [*ax.patches, *ax.lines, *names]
    for artist in drawn:
        artist.set_in_layout(False)  # the axes get all the room beside the title and the legend
    figure = ax.figure.figure
    figure.draw_without_rendering()
    dots = figure.dpi / 72.0
    size = np.array([ax.bbox.width, ax.bbox.height]) / dots
    for letters in _LETTERS:
        for text, name in names.items():
            text.set_text(wrapped(name, most=letters))
        places, before, after = _extents(ax, names, others, dots)
        scale = _largest_scale(places, before, after, _STEP * np.floor(size / _STEP - 1.0))
        if scale >= _LEAST:
            break
    scale = max(scale, 1.0)
    middle = ((places * scale - before).min(axis=0) + (places * scale + after).max(axis=0)) / 2.0
    ax.set_xlim(*((middle[0] + side * size[0] / 2.0) / scale for side in (-1.0, 1.0)))
    ax.set_ylim(*((middle[1] + side * size[1] / 2.0) / scale for side in (-1.0, 1.0)))
    # The limits have this shape already; in a figure that changes its size they are kept, and the axes grow or shrink.
    ax.set_aspect("equal", adjustable="box")
    for artist in drawn:
        artist.set_in_layout(True)


def _extents(
    ax: Axes, names: dict[Annotation, str], others: list[tuple[float, float]], dots: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Places of actors and arrows, and how far what is there reaches to the left and below, and to the right and above.

    How far is in points, of which each is so many dots.
    """
    places = np.array([*(text.xy for text in names), *others])
    before, after = (np.full(places.shape, 0.5 * NODE + 1.0) for _ in range(2))
    for row, text in enumerate(names):
        box, at = text.get_window_extent(), ax.transData.transform(text.xy)
        before[row] = np.maximum(before[row], (at - box.min) / dots)
        after[row] = np.maximum(after[row], (box.max - at) / dots)
    # In steps, so that the picture is the same where type is a little wider or narrower.
    return places, _STEP * np.ceil(before / _STEP), _STEP * np.ceil(after / _STEP)


def _largest_scale(
    places: NDArray[np.float64], before: NDArray[np.float64], after: NDArray[np.float64], size: NDArray[np.float64]
) -> float:
    """Greatest length of a unit of the axes, in points, with which every pair of things lies within a size."""
    apart = places[:, np.newaxis] - places
    room = size - after[:, np.newaxis] - before
    differ = apart > 1e-6  # what differs by less is in one place, whatever the scale
    return float((room[differ] / apart[differ]).min())


def _legend(scenario: Scenario, arrows: list[_Arrow]) -> list[Line2D]:
    """One handle for each sort of thing that is in this picture."""
    from matplotlib.lines import Line2D

    kinds = dict.fromkeys(actor.kind for actor in scenario.actors.values())
    nodes = [
        Line2D(
            [], [], linestyle="none", marker=_SHAPES[kind], markersize=7, color="white",
            markeredgecolor=DARK, label=kind.replace("-", " "),
        )
        for kind in kinds
    ]  # fmt: skip
    lines = dict.fromkeys(arrow.line for arrow in arrows)
    return nodes + [
        Line2D([], [], color=line.colour, linestyle=line.dashes, linewidth=line.width, label=line.label)
        for line in lines
    ]
