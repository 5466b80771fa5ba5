"""A scenario as a network: who faces whom, who has pledged what, who fights for whom."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from escalation.engines.medians import mean
from escalation.plotting.names import as_written, with_short_names
from escalation.plotting.style import DARK, FONT, axes, entitle, wrapped
from escalation.whole_numbers import whole
from escalation.world.plain_words import actor_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

    from escalation.world.front import Front
    from escalation.world.scenario import Scenario

__all__ = ["network"]

NODE = 16.0
"""Diameter of a node, in points."""

_SHAPES = {"state": "o", "armed-group": "s"}


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
    _draw_actors(ax, scenario, places)
    ax.legend(
        handles=_legend(scenario, arrows), loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=2,
        frameon=False, fontsize=FONT, handlelength=2.6, columnspacing=1.2,
    )  # fmt: skip
    entitle(ax, "Who faces whom when the crisis begins")
    ax.set_axis_off()
    ax.set_aspect("equal", adjustable="datalim")
    ax.margins(0.14, 0.1)
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


def _draw_actors(ax: Axes, scenario: Scenario, places: dict[str, tuple[float, float]]) -> None:
    named = with_short_names(scenario)
    for actor in scenario.actors.values():
        x, y = places[actor.id]
        ax.plot(
            [x], [y], linestyle="none", marker=_SHAPES[actor.kind], markersize=NODE, color="white",
            markeredgecolor=DARK, zorder=3, clip_on=False, gid=f"actor:{actor.id}",
        )  # fmt: skip
        # Names stand outside the circle, where no arrow passes.
        beside = abs(y) < 0.35
        across, up = (math.copysign(0.7 * NODE, x), 0.0) if beside else (0.0, math.copysign(0.65 * NODE, y))
        ax.annotate(
            wrapped(actor_name(named, actor.id), most=14), (x, y), xytext=(across, up),
            textcoords="offset points", fontsize=FONT, color=DARK, zorder=4,
            ha=("left" if x > 0.0 else "right") if beside else "center",
            va="center" if beside else "bottom" if y > 0.0 else "top",
        )  # fmt: skip


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
