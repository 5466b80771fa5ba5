"""One run day by day: what was said and what was done."""

from __future__ import annotations

import itertools
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from escalation.plotting.names import as_written, rung_label, with_short_names
from escalation.plotting.numbered import ABOVE, key_height, number_days
from escalation.plotting.style import DARK, FONT, axes, dress, entitle, row_height, rung_colours, wrapped
from escalation.world.front import actor_and_target
from escalation.world.plain_words import actor_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

    from escalation.engines.trajectory import Trajectory

__all__ = ["timeline", "timeline_row"]

_LEAST, _MOST = 3.5, 8.0
"""Size of the mark of the lowest rung above restraint, and of war."""


@as_written
def timeline(trajectory: Trajectory, *, key: bool = True, fixed: bool = False, ax: Axes | None = None) -> Axes:
    """Draw one run: every act but restraint, a front a row, darker and larger the higher its rung.

    Squares are overt acts, diamonds covert ones and white circles conciliatory ones. A bar runs through the days on
    which a front is at war; a war that was there from the start has one row for both sides. Days on which the
    scenario had something said or happen that occurred in this run are numbered, with a key below.

    Parameters
    ----------
    trajectory
        The run.
    key
        Whether to number those days.
    fixed
        Whether rows, rungs in the legend and days are all that the scenario has, whatever the run made of it, so that a
        part of the figure tells nothing of the rest. No day is numbered then, and each mark and bar bears its period
        in SVG, as ``period:12:3.0``.
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
    >>> ax = timeline(path)
    >>> ax.get_xlabel().partition(" (")[0]
    'Days after 2000-01-01'
    >>> pyplot.close(ax.figure)
    """
    from matplotlib.transforms import ScaledTranslation

    run = _Run(trajectory, fixed=fixed)
    told = run.told() if key and not fixed else {}
    ax = axes(ax, height=1.5 + run.row(least=0.3) * max(len(run.fronts), 1) + key_height(told))
    for row, front in enumerate(run.fronts):
        _draw_front(ax, row, front, run)
    ax.set_xlim(0.0, float(trajectory.scenario.horizon) if fixed else run.end)
    ax.set_yticks(range(len(run.fronts)), [run.words(front) for front in run.fronts])
    ax.set_ylim(max(len(run.fronts), 1) - 0.4, -0.6)
    settled = trajectory.outcome["settled"]
    ending = "" if settled is None or fixed else f", settled on day {settled:g}"
    which = f"seed {trajectory.seed}, run {trajectory.run}{ending}"
    ax.set_xlabel(f"Days after {trajectory.scenario.start} ({which})", loc="right")
    entitle(ax, "What was done, day by day")
    dress(ax, guides="x")
    above = ax.transAxes + ScaledTranslation(0.0, (ABOVE if told else 2.0) / 72.0, ax.figure.dpi_scale_trans)
    ax.legend(
        handles=_legend(run), loc="lower right", bbox_to_anchor=(1.02, 1.0), bbox_transform=above, ncols=3,
        frameon=False, fontsize=FONT, handletextpad=0.2, columnspacing=1.0, borderpad=0.1,
    )  # fmt: skip
    number_days(ax, told)
    return ax


def timeline_row(trajectory: Trajectory, *, least: float) -> float:
    """Height of a row of the figure of all fronts, in inches: `least`, or more where names are long."""
    return _Run(trajectory, fixed=True).row(least=least)


class _Run:
    """A trajectory as the figure sees it."""

    def __init__(self, trajectory: Trajectory, *, fixed: bool) -> None:
        self.trajectory, self.fixed = trajectory, fixed
        self.end = float(trajectory.days[-1])
        self.named = with_short_names(trajectory.scenario)
        self.rungs = trajectory.rung_names
        self.colours = rung_colours(len(self.rungs))
        self.acts = [act for act in trajectory.acts if act["option"] > 0]

    def told(self) -> dict[float, list[str]]:
        """What the scenario had said or happen, by day."""
        from escalation.reports.event_table import event_rows

        told: dict[float, list[str]] = {}
        for row in event_rows(self.trajectory, scheduled=True):
            items = told.setdefault(row["day"], []) if row["scheduled"] else []
            if row["scheduled"] and row["item"] not in items:
                items.append(row["item"])
        return told

    @cached_property
    def fronts(self) -> list[int]:
        """Fronts on which anything was done, or which are at war; of a war that was there from the start, the first."""
        if self.fixed:
            return list(range(len(self.trajectory.front_ids)))
        acted = {int(act["front"]) for act in self.acts}
        fronts: list[int] = []
        for f in range(len(self.trajectory.front_ids)):
            back = self.reverse(f)
            idle = not {f, back} & acted and self.war(f) == self.war(back) == 0.0
            if f in acted or (self.war(f) is not None and not (idle and back in fronts)):
                fronts.append(f)
        return fronts

    def reverse(self, front: int) -> int:
        actor, target = actor_and_target(self.trajectory.front_ids[front])
        return self.trajectory.front_ids.index(f"{target}-{actor}")

    def war(self, front: int) -> float | None:
        """Day from which a front is at war, if it ever is."""
        known = self.trajectory.scenario.fronts.get(self.trajectory.front_ids[front])
        if known is not None and known.at_war:
            return 0.0
        period = int(self.trajectory.outcomes["crossed"][front][-1])
        return float(self.trajectory.days[period]) if period >= 0 else None

    def words(self, front: int) -> str:
        actor, target = actor_and_target(self.trajectory.front_ids[front])
        both = self.war(front) == 0.0 and self.reverse(front) not in self.fronts
        one, other = (actor_name(self.named, name) for name in (actor, target))
        return wrapped(f"{one} {'↔' if both else '→'} {other}", most=21)

    def row(self, *, least: float) -> float:
        """Height of a row, in inches: `least`, or more where names are long."""
        return row_height([self.words(front) for front in self.fronts], least=least)

    def look(self, rung: int) -> dict[str, Any]:
        """Size and colour of a rung's mark; a conciliatory act, which is no rung, has one as small as the lowest."""
        if rung == 0:
            return {"markersize": _LEAST, "color": "white", "markeredgecolor": DARK, "markeredgewidth": 0.6}
        size = _LEAST + (_MOST - _LEAST) * (rung - 1) / max(len(self.rungs) - 2, 1)
        return {"markersize": size, "color": self.colours[rung], "markeredgecolor": DARK, "markeredgewidth": 0.6}


def _draw_front(ax: Axes, row: int, front: int, run: _Run) -> None:
    war = run.war(front)
    named = itertools.count()

    def named_by(period: int) -> dict[str, Any]:
        return {"gid": f"period:{period}:{front}.{next(named)}"} if run.fixed else {}

    if war is not None:
        began = int(np.searchsorted(run.trajectory.days, war))
        ax.barh(row, run.end - war, left=war, height=0.28, color=run.colours[-1], zorder=1, **named_by(began))
    for act in run.acts:
        if act["front"] == front:
            look = run.look(int(act["rung"])) | named_by(int(act["period"]))
            day, rung = float(run.trajectory.days[act["period"]]), int(act["rung"])
            shape = "o" if rung == 0 else "D" if act["covert"] else "s"
            ax.plot([day], [row], linestyle="none", marker=shape, clip_on=False, zorder=2 + rung, **look)


def _legend(run: _Run) -> list[Line2D]:
    """The rungs that were used, and covert acts where there are any."""
    from matplotlib.lines import Line2D

    used = {int(act["rung"]) for act in run.acts} - {0}
    if any(run.war(f) is not None for f in run.fronts):
        used.add(len(run.rungs) - 1)
    if run.fixed:
        used = set(range(1, len(run.rungs)))
    handles = [
        Line2D([], [], linestyle="none", marker="s", label=rung_label(run.rungs[rung]), **run.look(rung))
        for rung in sorted(used)
    ]
    if run.fixed or any(act["rung"] == 0 for act in run.acts):
        handles.append(Line2D([], [], linestyle="none", marker="o", label="conciliation", **run.look(0)))
    if run.fixed or any(act["covert"] for act in run.acts):
        look: dict[str, Any] = {"marker": "D", "markersize": 4, "color": "white", "markeredgecolor": DARK}
        handles.append(Line2D([], [], linestyle="none", label="covert", **look))
    return handles
