"""What an actor came to believe in one run, and what it was told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from escalation.errors import StudyError
from escalation.plotting.marks import label_right
from escalation.plotting.names import as_written, shortened
from escalation.plotting.numbered import key_height, number_days, settle
from escalation.plotting.style import DARK, FONT, axes, dress, entitle, on_lines, shades, wrapped
from escalation.whole_numbers import whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.engines.explaining.explanation import Move
    from escalation.engines.explaining.traces import Trace, Traces

__all__ = ["beliefs"]

_DASHES = ("-", "--", "-.", ":")
_LEAST = 0.01
"""Least move that is numbered."""
_MOST = 12
"""Most days that are numbered."""
_LETTERS = 18
"""Letters of a line beside the axes."""
_SOURCE, _ITEM = 100, 60
"""Letters of what moved a belief, and of the belief's name, in the key."""
_ACTED = "▵\u00a0moved by acts"


@as_written
def beliefs(
    through: Traces,
    *,
    names: Sequence[str] | None = None,
    most: int = 4,
    horizon: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw what the actor of a front believed and felt through a run, with the signals and events that moved it.

    Days on which a signal or an event moved one of the beliefs drawn are numbered, and the key below says what it was
    and by how much; at most twelve of them, those with the greatest moves. A triangle on the lower edge stands for
    acts that moved one. Between them beliefs fade.

    Parameters
    ----------
    through
        What `Trajectory.traces` returns.
    names
        Beliefs to draw, by their places, as ``fronts.irn-isr.fear``; by default those that went furthest.
    most
        How many of them to draw by default.
    horizon
        Last day shown, whatever the run's. Names then stand in a legend, no day is numbered and the height is that of
        the scale, so that a part of the figure tells nothing of the rest; name the beliefs, for the choice could too.
    ax
        Axes to draw in; a new figure one column wide by default.

    Returns
    -------
    Axes
        The axes drawn in.

    Raises
    ------
    StudyError
        If there is no such belief, or none is asked for.

    Examples
    --------
    >>> import escalation as esc
    >>> from matplotlib import pyplot
    >>> path = esc.simulate(esc.load("two-state-deterrence"), seed=1, run=17)
    >>> ax = beliefs(path.traces("challenger-defender"), most=2)
    >>> ax.get_ylabel()
    'Belief or feeling'
    >>> pyplot.close(ax.figure)
    """
    chosen = _chosen(through, names, most)
    acted = sorted({move.day for trace in chosen for move in trace.moves if move.kind == "acts" and _large(move)})
    acted, told = ([], {}) if horizon is not None else (acted, _told(chosen))
    note = _ACTED if acted else ""
    ax = axes(ax, height=2.7 + key_height(told, note=note))
    for k, (trace, colour) in enumerate(zip(chosen, shades(len(chosen), lightest=0.7), strict=True)):
        ax.step(
            through.days, trace.values, where="post", color=colour, linewidth=1.4, linestyle=_DASHES[k % len(_DASHES)],
            label=trace.name if horizon is None else shortened(trace.label, _ITEM),
        )  # fmt: skip
    ax.set_xlim(0.0, float(through.days[-1]) if horizon is None else horizon)
    ax.set_ylim(
        0.0, 1.0 if horizon is not None else max(1.0, 1.05 * max(float(trace.values.max()) for trace in chosen))
    )
    if acted:  # a line of no points that is not clipped has the layout make room for it at the figure's corner
        ax.plot(
            acted, [0.0] * len(acted), linestyle="none", marker="^", markersize=4, color="white", markeredgecolor=DARK,
            clip_on=False, zorder=4,
        )  # fmt: skip
    # Flush left, for names at the right can leave the axes narrower than this is.
    ax.set_xlabel(f"Days after {through.start} (seed {through.seed}, run {through.run})", loc="left")
    ax.set_ylabel("Belief or feeling")
    entitle(ax, f"What {shortened(through.actor_name)} believes of {shortened(through.target_name)}")
    dress(ax, guides="y")
    if horizon is not None:
        ax.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, frameon=False, fontsize=FONT, borderpad=0.1)
        return ax
    label_right(ax, [_beside(trace.label) for trace in chosen], [float(trace.values[-1]) for trace in chosen])
    number_days(ax, told, note=note)
    settle(ax)
    return ax


def _beside(label: str) -> str:
    """A belief's name to the right of the axes, which it leaves half of the width at least."""
    two = on_lines(label, most=12)
    return two if max(map(len, two.splitlines())) <= _LETTERS else wrapped(label, most=_LETTERS, lines=3)


def _chosen(through: Traces, names: Sequence[str] | None, most: int) -> list[Trace]:
    known = {trace.name: trace for trace in through.traces}
    if names is None:
        furthest = sorted(through.traces, key=lambda trace: -trace.reach)[: whole("most", most)]
        names = [trace.name for trace in furthest]
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise StudyError(f"no belief {', '.join(unknown) or 'asked for'}; allowed: {', '.join(known)}")
    return [known[name] for name in names]


def _large(move: Move) -> bool:
    return abs(move.after - move.before) >= _LEAST


def _told(chosen: Sequence[Trace]) -> dict[float, list[str]]:
    """What was said and done, by day: the days of the greatest moves, in order."""
    greatest: dict[float, float] = {}
    words: dict[float, dict[str, list[str]]] = {}
    for trace in chosen:
        for move in trace.moves:
            if move.kind in ("signal", "event") and _large(move):
                size = move.after - move.before
                greatest[move.day] = max(greatest.get(move.day, 0.0), abs(size))
                said = words.setdefault(move.day, {}).setdefault(shortened(move.words or move.source, _SOURCE), [])
                said.append(f"{shortened(trace.label, _ITEM)}\u00a0{size:+.2f}".replace("-0.", "−0."))
    kept = sorted(sorted(greatest, key=lambda day: -greatest[day])[:_MOST])
    return {day: [f"{source} ({', '.join(moves)})" for source, moves in words[day].items()] for day in kept}
