"""Replay: a run played again in the readable engine, stopping after every step that can move a belief."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from escalation.dynamics.commitments import allies_go_to_war
from escalation.dynamics.consequences import accidents_happen, acts_lead_to_war
from escalation.dynamics.decision import choose, find_deciding, note_choice, prefer
from escalation.dynamics.fading import fade
from escalation.dynamics.period import CLOSING, OPENING, PeriodStep, move_clock, note_settling, over
from escalation.dynamics.prompting import prepare
from escalation.dynamics.signals import signal_arrives, signals_arrive
from escalation.dynamics.state import Crisis
from escalation.dynamics.timeline import earliest_event, event_happens, events_happen, incidents_happen
from escalation.dynamics.utility import weigh
from escalation.engines.compiled import advance, at_hand, begin_states
from escalation.engines.lower import Lowered
from escalation.engines.readable import begin_run, readable_crisis
from escalation.errors import StudyError

__all__ = ["Step", "begun", "play_to", "steps", "unlike"]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a period that has just been played.

    Parameters
    ----------
    kind
        ``"term"`` (pledges begin and lapse), ``"fading"``, ``"event"``, ``"incidents"``, ``"signal"``, ``"deciding"``
        (decisions are due, none is taken yet), ``"acts"``, ``"accidents"``, ``"allies"`` (patrons that were called have
        answered, and their wars have widened) or ``"end"``.
    name
        Id of the event or signal.
    """

    kind: str
    name: str = ""


def begun(lowered: Lowered, *, seed: int, run: int) -> Crisis:
    """Tables of a run that has been set up and not yet played."""
    crisis = readable_crisis(lowered)
    begin_run(crisis, lowered, seed, run)
    return crisis


def unlike(period: int) -> StudyError:
    """Error of a trajectory whose decisions are not those of its replay."""
    return StudyError(
        f"trajectory and replay differ in the decisions of period {period}: the trajectory was played by another "
        "version of the model, or changed since; simulate it again"
    )


_STOPS: dict[PeriodStep, str] = {
    move_clock: "term",
    fade: "fading",
    incidents_happen: "incidents",
    find_deciding: "deciding",
    acts_lead_to_war: "acts",
    accidents_happen: "accidents",
    allies_go_to_war: "allies",
    note_settling: "end",
}
"""Steps of a period after which a replay stops, and how the stop is called."""


def _events(crisis: Crisis, lowered: Lowered) -> Iterator[Step]:
    """`escalation.dynamics.timeline.events_happen`, with a stop after every event that happens."""
    names = list(lowered.scenario.events)
    e = earliest_event(crisis)
    while e >= 0:
        event_happens(crisis, e)
        yield Step("event", names[e])
        e = earliest_event(crisis)


def _signals(crisis: Crisis, lowered: Lowered) -> Iterator[Step]:
    """`escalation.dynamics.signals.signals_arrive`, with a stop after every signal that is heard, or leaks."""
    for s, name in enumerate(lowered.scenario.signals):
        status = crisis.signals[s].status
        signal_arrives(crisis, s)
        if crisis.signals[s].status != status:
            yield Step("signal", name)


def _through(part: tuple[PeriodStep, ...], crisis: Crisis, lowered: Lowered) -> Iterator[Step]:
    """Go through the steps of one part of a period, and stop where a belief can have moved."""
    for step in part:
        if step is events_happen:
            yield from _events(crisis, lowered)
        elif step is signals_arrive:
            yield from _signals(crisis, lowered)
        else:
            step(crisis)
            # The clock moves in every period, and a belief with it only where pledges begin or lapse.
            if step in _STOPS and (step is not move_clock or crisis.rules[0].pledges_change == 1):
                yield Step(_STOPS[step])


def _decide(crisis: Crisis, acts: Mapping[tuple[int, int], int] | None) -> None:
    period = crisis.clock[0].period
    for f, front in enumerate(crisis.fronts):
        if front.deciding == 0:
            continue
        weigh(crisis, f)
        if acts is None:
            choose(crisis, f)
        elif (period, f) in acts:
            note_choice(crisis, f, acts[period, f])
        # No act is recorded where the one preferred had to be prepared first. The replay puts the decision off too.
        elif not prepare(crisis, f, prefer(crisis, f)):
            raise unlike(period)


def steps(crisis: Crisis, lowered: Lowered, *, acts: Mapping[tuple[int, int], int] | None = None) -> Iterator[Step]:
    """Play a run from where it stands to its end, and stop after every step.

    Parameters
    ----------
    crisis
        Tables of the run, which are written to.
    lowered
        The scenario that is played.
    acts
        The act that was chosen, by period and front; by default every actor chooses by the model's own rule.
    """
    while crisis.clock[0].period < lowered.periods and not over(crisis):
        yield from _through(OPENING, crisis, lowered)
        _decide(crisis, acts)
        yield from _through(CLOSING, crisis, lowered)


def play_to(lowered: Lowered, *, seed: int, run: int, period: int) -> Crisis | None:
    """Play a run by the model's own rule until decisions are due in a period; None where it ends before."""
    crisis = _begun_or_played(lowered, seed=seed, run=run, periods=period - 1)
    for step in steps(crisis, lowered):
        if step.kind == "deciding" and crisis.clock[0].period == period:
            return crisis
    return None


def _begun_or_played(lowered: Lowered, *, seed: int, run: int, periods: int) -> Crisis:
    """Tables of a run after some periods, if the compiled engine is at hand to play them; else of one set up."""
    if not at_hand(lowered):
        return begun(lowered, seed=seed, run=run)
    runs = np.array([run], np.int64)
    states = begin_states(lowered, seed=seed, runs=runs)
    advance(lowered, states, seed=seed, runs=runs, periods=periods)
    return readable_crisis(lowered, states[0])
