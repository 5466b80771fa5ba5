"""Figures for the page: how those of `escalation.plotting` are drawn for a screen.

A figure is drawn once. Stepping to another day draws nothing anew: the day is laid over it, by a line and a veil or by
a style sheet.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from escalation.app.board import Standing
from escalation.app.markup import rung_legend
from escalation.app.plates import Drawing, Plate
from escalation.engines.lower import lower_once
from escalation.estimates.paired import DIFFERENCE_IS
from escalation.plotting.beliefs import beliefs as draw_beliefs
from escalation.plotting.comparison import comparison as draw_comparison
from escalation.plotting.comparison import comparison_height
from escalation.plotting.explanation import explanation as draw_explanation
from escalation.plotting.explanation import explanation_height
from escalation.plotting.fan import fan as draw_fan
from escalation.plotting.leave_one_out import leave_one_out as draw_leave_one_out
from escalation.plotting.leave_one_out import leave_one_out_height
from escalation.plotting.network import NODE
from escalation.plotting.network import network as draw_network
from escalation.plotting.peaks import peaks as draw_peaks
from escalation.plotting.style import rung_colours as colours_of_rungs
from escalation.plotting.timeline import timeline as draw_timeline
from escalation.plotting.timeline import timeline_row
from escalation.world.front import actor_and_target
from escalation.world.plain_words import counted, rung_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.analysis.what_mattered.left_out import LeaveOneOut
    from escalation.engines.explaining.explanation import Explanation
    from escalation.engines.explaining.traces import Traces
    from escalation.engines.trajectory import Trajectory
    from escalation.montecarlo.compare import Comparison
    from escalation.montecarlo.ensemble import Ensemble
    from escalation.world.scenario import Scenario

__all__ = [
    "CONCILIATORY",
    "LEVEL",
    "QUIET",
    "Look",
    "beliefs",
    "believed",
    "board",
    "comparison",
    "day_line",
    "explanation",
    "fan",
    "later_hidden",
    "leave_one_out",
    "legend",
    "looks",
    "network",
    "peaks",
    "rung_colours",
    "standing_style",
    "timeline",
]

LEVEL = 0.95
"""Confidence level of the intervals of many runs."""

QUIET = "#cfcfcf"
"""Colour of a front along which nothing goes on."""

CONCILIATORY = "#2f7d59"
"""Colour of a front along which a conciliatory move was made; it is dashed as well."""


class Look(NamedTuple):
    """How a front of a `board` is drawn: its colour, its width in points and whether it is dashed."""

    colour: str
    width: float
    dashed: bool


_PERIOD = re.compile(r'id="period:(\d+):')


def day_line(drawn: Plate, day: float) -> str:
    """A line at a day and a sheet that hides what is drawn after it, as HTML to lay over a figure of the same width."""
    at, height = 100.0 * drawn.across(day), 100.0 * (drawn.bottom - drawn.top)
    place = f"position:absolute;top:{100.0 * drawn.top:.3f}%;height:{height:.3f}%;left:{at:.3f}%;pointer-events:none"
    # A line that ends at the edge of the axes reaches over it by half its width.
    veil = f"width:calc({100.0 * drawn.right - at:.3f}% + 3px);background:#fff;border-left:1.5px solid #222"
    return f'<div style="{place};{veil}"></div>'


def later_hidden(drawn: Plate, period: int, *, within: str) -> str:
    """Style sheet that hides the marks of a `timeline` whose period is later, also where they reach back over a line.

    Parameters
    ----------
    drawn
        The figure.
    period
        Last period whose marks are seen.
    within
        Class of the element that holds the figure.
    """
    later = sorted({int(found) for found in _PERIOD.findall(drawn.svg)} - set(range(period + 1)))
    places = ", ".join(f'.{within} [id^="period:{each}:"]' for each in later)
    return f"<style>{places} {{ display: none }}</style>" if places else ""


def rung_colours(scenario: Scenario) -> tuple[str, ...]:
    """A colour for each rung, light to dark; the lowest stands for nothing going on."""
    return _rung_colours(len(scenario.ladder.rungs))


@functools.cache
def _rung_colours(rungs: int) -> tuple[str, ...]:
    from matplotlib.colors import to_hex

    return (QUIET, *(to_hex(colour) for colour in colours_of_rungs(rungs)[1:]))


def standing_style(scenario: Scenario, standings: Sequence[Standing], *, within: str) -> str:
    """Style sheet that gives each front of a `board` the shade of what goes on along it.

    Parameters
    ----------
    scenario
        The crisis.
    standings
        What goes on, by front.
    within
        Class of the element that holds the board.
    """
    rules = []
    for front, look in looks(scenario, standings).items():
        place = f'.{within} [id="front:{front}"]'
        if look is None:
            rules.append(f"{place} {{ display: none }}")
            continue
        dashes = "; stroke-dasharray: 5 3" if look.dashed else ""
        stroke = f"stroke: {look.colour} !important; stroke-width: {look.width:.2f} !important{dashes}"
        rules.append(f"{place} path {{ {stroke} }}")
        rules.append(f'{place} path[style*="fill: #"] {{ fill: {look.colour} !important }}')
    return "\n".join(rules)


def looks(scenario: Scenario, standings: Sequence[Standing]) -> dict[str, Look | None]:
    """How each front of a `board` is drawn; None for one that is not, for nobody has joined along it."""
    colours = rung_colours(scenario)
    found: dict[str, Look | None] = {}
    for standing in standings:
        if standing.conciliatory:
            found[standing.front] = Look(CONCILIATORY, 2.0, dashed=True)
        elif standing.rung == 0 and standing.front not in scenario.fronts:
            found[standing.front] = None
        else:
            width = 1.0 + 2.5 * standing.rung / (len(colours) - 1)
            found[standing.front] = Look(colours[standing.rung], width, dashed=False)
    return found


def legend(scenario: Scenario, standings: Sequence[Standing]) -> str:
    """What the shades of a `board` stand for."""
    return rung_legend(
        [rung_words(rung.name) for rung in scenario.ladder.rungs],
        rung_colours(scenario),
        {standing.rung for standing in standings},
        conciliatory=CONCILIATORY if any(standing.conciliatory for standing in standings) else None,
    )


def network(scenario: Scenario) -> Drawing:
    """The actors of a scenario, and what binds or divides them when it starts."""
    says = f"Network of the {len(scenario.actors)} actors of {scenario.title or scenario.name}"
    return Drawing(partial(draw_network, scenario), width=5.2, height=4.8, says=says)


def board(scenario: Scenario) -> Drawing:
    """The network with every front that can open, to be given the shades of a day; without a legend."""
    says = f"Network of the {len(scenario.actors)} actors, by day"
    return Drawing(partial(_draw_board, scenario), width=5.2, height=3.9, says=says)


def _draw_board(scenario: Scenario, *, ax: Axes) -> None:
    draw_network(scenario, ax=ax)
    legend = ax.get_legend()
    if legend is not None:
        legend.remove()
    ax.figure.suptitle("")  # it is of the first day
    _draw_latent(ax, scenario)
    ax.margins(0.2, 0.12)


def _draw_latent(ax: Axes, scenario: Scenario) -> None:
    """Add the fronts that open only when a patron joins."""
    from matplotlib.patches import FancyArrowPatch

    places: dict[str, tuple[float, float]] = {}
    for line in ax.lines:
        kind, _, actor = str(line.get_gid()).partition(":")
        if kind == "actor":
            (x,), (y,) = np.asarray(line.get_xdata(), float), np.asarray(line.get_ydata(), float)
            places[actor] = float(x), float(y)
    for front in lower_once(scenario).front_ids:
        if front not in scenario.fronts:
            actor, target = actor_and_target(front)
            arrow = FancyArrowPatch(
                places[actor], places[target], arrowstyle="-|>", mutation_scale=8.0, connectionstyle="arc3,rad=0.08",
                shrinkA=0.55 * NODE, shrinkB=0.6 * NODE, color=QUIET, capstyle="butt", joinstyle="miter", zorder=2,
                clip_on=False, gid=f"front:{front}",
            )  # fmt: skip
            ax.add_patch(arrow)


def timeline(trajectory: Trajectory) -> Drawing:
    """A run day by day: every act but restraint, a front a row; what it shows of the days so far tells nothing more."""
    height = 1.6 + timeline_row(trajectory, least=0.28) * len(trajectory.front_ids)
    draw = partial(draw_timeline, trajectory, key=False, fixed=True)
    return Drawing(draw, width=6.6, height=height, says="Acts by front and day")


def beliefs(traces: Traces, *, horizon: float) -> Drawing:
    """What the actor of a front believed and felt through a run; its part up to a day tells no more."""
    says = f"What {traces.actor_name} believes of {traces.target_name}, by day"
    draw = partial(draw_beliefs, traces, names=believed(traces), horizon=horizon)
    return Drawing(draw, width=6.6, height=2.9, says=says)


def believed(traces: Traces) -> tuple[str, ...]:
    """Beliefs and feelings that are drawn of a front: always the same, whatever becomes of them."""
    known = [trace.name for trace in traces.traces]
    pledges = [name for name in known if name.startswith("commitments.")][:1]
    own = [f"fronts.{traces.front}.{name}" for name in ("resolve", "fear", "injury")]
    return tuple(own + (pledges or [f"fronts.{traces.front}.motive"]))


def explanation(decision: Explanation) -> Drawing:
    """What each term adds to the utility of every act on offer."""
    height = explanation_height(decision)
    return Drawing(partial(draw_explanation, decision), width=6.0, height=height, says=decision.sentence)


def fan(ensemble: Ensemble) -> Drawing:
    """How runs climb by day."""
    says = f"Probability of each rung being the highest reached, by day, from {counted(ensemble.runs, 'run')}"
    return Drawing(partial(draw_fan, ensemble, level=LEVEL), width=5.6, height=3.2, says=says)


def peaks(ensemble: Ensemble) -> Drawing:
    """How high runs climbed."""
    height = 0.8 + 0.28 * len(ensemble.rung_names)
    says = f"Distribution of the highest rung reached, from {counted(ensemble.runs, 'run')}"
    return Drawing(partial(draw_peaks, ensemble), width=5.6, height=height, says=says)


def comparison(pair: Comparison) -> Drawing:
    """What the change makes of it."""
    height = comparison_height(pair)
    says = f"Differences in probability, {DIFFERENCE_IS}, from {pair.runs:,} pairs of runs"
    return Drawing(partial(draw_comparison, pair), width=5.6, height=height, says=says)


def leave_one_out(study: LeaveOneOut) -> Drawing:
    """What leaving out each item changes, as a forest plot."""
    height = leave_one_out_height(study)
    asked = f"What leaving out each item does to the probability of: {study.asked}"
    says = f"{asked}. Differences are {DIFFERENCE_IS}, from {study.runs:,} pairs of runs"
    return Drawing(partial(draw_leave_one_out, study), width=5.6, height=height, says=says)
