"""Figures of a run as they are on a day: for a file, which must hold nothing of what comes later."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from escalation.app.board import Standing
from escalation.app.figures import CONCILIATORY, Look, looks, rung_colours
from escalation.plotting.style import FONT, entitle
from escalation.world.plain_words import rung_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.world.scenario import Scenario

__all__ = ["shaded", "until"]

Style = Literal["-", "--", ":"]


def until(day: float, period: int) -> Callable[[Axes], None]:
    """Take from a `timeline` or from `beliefs` what comes after a day, and draw a line there.

    Parameters
    ----------
    day
        Days after the start.
    period
        Period that ends on it.
    """

    def amend(ax: Axes) -> None:
        from matplotlib.patches import Rectangle

        for bar in list(ax.patches):
            if _period_of(bar.get_gid()) > period:
                bar.remove()
            elif isinstance(bar, Rectangle):  # a war that goes on, whose bar ends with the run
                bar.set_width(min(bar.get_width(), day - bar.get_x()))
        for line in list(ax.lines):
            if _period_of(line.get_gid()) > period:
                line.remove()
            elif line.get_gid() is None:
                x, y = np.asarray(line.get_xdata(), float), np.asarray(line.get_ydata(), float)
                past = x <= day
                if past.any():
                    line.set_data([*x[past], day], [*y[past], y[past][-1]])
        ax.axvline(day, color="#222222", linewidth=1.1)

    return amend


def _period_of(gid: str | None) -> int:
    """Period of a mark of a `timeline`; before all of them for any other."""
    kind, _, rest = str(gid).partition(":")
    return int(rest.partition(":")[0]) if kind == "period" else -1


def shaded(scenario: Scenario, standings: Sequence[Standing], day: float) -> Callable[[Axes], None]:
    """Give each front of a `board` the shade of what goes on along it, with a legend.

    Parameters
    ----------
    scenario
        The crisis.
    standings
        What goes on, by front.
    day
        Days after the start.
    """
    known = looks(scenario, standings)

    def amend(ax: Axes) -> None:
        from matplotlib.lines import Line2D

        entitle(ax, f"Who stands where on day {day:g}")
        for arrow in list(ax.patches):
            kind, _, front = str(arrow.get_gid()).partition(":")
            if kind != "front" or front not in known:
                continue
            look = known[front]
            if look is None:
                arrow.remove()
                continue
            arrow.set_color(look.colour)
            arrow.set_linewidth(look.width)
            if look.dashed:
                arrow.set_linestyle((0, (5, 3)))
        handles = [
            Line2D([], [], color=colour, linestyle=style, linewidth=2.0, label=words)
            for words, colour, style in _legend(scenario, standings, known)
        ]
        ax.legend(
            handles=handles, loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=2, frameon=False, fontsize=FONT,
        )  # fmt: skip

    return amend


def _legend(
    scenario: Scenario, standings: Sequence[Standing], known: dict[str, Look | None]
) -> Iterator[tuple[str, str, Style]]:
    """Words, colour and line style of what is on a board: its rungs from the lowest, and what binds actors."""
    colours = rung_colours(scenario)
    for rung in sorted({0, *(standing.rung for standing in standings)}):
        yield ("nothing goes on" if rung == 0 else rung_words(scenario.ladder.rungs[rung].name)), colours[rung], "-"
    if any(look is not None and look.dashed for look in known.values()):
        yield "conciliatory move", CONCILIATORY, "--"
    yield "commitment", "#222222", "--"
    yield "principal to proxy", "#222222", ":"
