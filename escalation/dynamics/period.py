"""One period: what happens each day, written once.

Its steps are a list, which both engines and the replay of a run go through.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from escalation.arithmetic.shared import in_turn, inlined, shared
from escalation.dynamics.commitments import allies_go_to_war, pledges_change
from escalation.dynamics.conciliation import conciliators_are_heard
from escalation.dynamics.consequences import accidents_happen, acts_lead_to_war, acts_take_effect
from escalation.dynamics.decision import choose, find_deciding
from escalation.dynamics.fading import fade, set_kept, vows_fall_due
from escalation.dynamics.roles import STANDING
from escalation.dynamics.signals import signals_arrive
from escalation.dynamics.state import Crisis
from escalation.dynamics.timeline import events_happen, incidents_happen
from escalation.dynamics.utility import weigh
from escalation.dynamics.words import ultimatums_are_carried_out, ultimatums_fall_due

__all__ = [
    "CLOSING",
    "OPENING",
    "PeriodStep",
    "close_period",
    "count_fronts_in_force",
    "move_clock",
    "note_settling",
    "open_period",
    "over",
    "play_period",
]

PeriodStep = Callable[[Crisis], None]
"""A step of a period, which writes to the crisis."""
EARLY = 1e-6
"""Days by which fronts are counted anew before force lapses on one, so that rounding cannot make it too late."""
SLACK = 1e-9
"""Part of a period by which the end of one may miss the horizon through rounding, and still be it."""


@shared
def move_clock(crisis: Crisis) -> None:
    """Move the clock on by a period, in which pledges may begin and lapse.

    The last period ends at the horizon, and may be shorter.
    """
    clock = crisis.clock[0]
    clock.period += 1
    # A product and not a running sum: summed up, lengths such as 0.1 days would drift away from the days of the
    # timeline.
    clock.now = clock.period * clock.length
    clock.elapsed = clock.length
    if clock.now > clock.horizon - SLACK * clock.length:
        clock.elapsed = clock.horizon - (clock.period - 1) * clock.length
        clock.now = clock.horizon
        set_kept(crisis, clock.elapsed)
    clock.latest = clock.now + 0.5 * clock.elapsed
    pledges_change(crisis)


@shared
def _go_through_fronts(crisis: Crisis) -> None:
    clock = crisis.clock[0]
    changes = math.inf
    now = clock.now
    window = crisis.rules[0].act_window
    for i in range(len(crisis.actors)):
        crisis.actors[i].fronts_in_force = 0
    for f in range(len(crisis.fronts)):
        front = crisis.fronts[f]
        if front.reverse < f:  # both sides have been counted
            continue
        latest = max(front.last_force, crisis.fronts[front.reverse].last_force)
        if front.at_war == 1 or now - latest <= window:
            crisis.actors[front.actor].fronts_in_force += 1
            crisis.actors[front.target].fronts_in_force += 1
            if front.at_war == 0:
                changes = min(changes, latest + window - EARLY)
    clock.force_changes = changes


@inlined
def count_fronts_in_force(crisis: Crisis) -> None:
    """Count for each actor the fronts on which force is in use."""
    if crisis.clock[0].force_changes <= crisis.clock[0].now:
        _go_through_fronts(crisis)


@shared
def note_settling(crisis: Crisis) -> None:
    """Note that a period is over, and whether the crisis has settled."""
    clock = crisis.clock[0]
    clock.ended = clock.period
    if clock.settled >= 0 or clock.escalated == 1:
        return
    quiet = clock.now - clock.last_act >= crisis.rules[0].settle_days
    if not quiet and (crisis.rules[0].conciliation == 0 or not _all_agreed(crisis)):
        return
    for f in range(len(crisis.fronts)):
        # A word whose day is still to come will call for a decision, however quiet it is until then.
        if crisis.fronts[f].vow_standing == STANDING or crisis.fronts[f].ultimatum != -1:
            return
    clock.settled = clock.period


@shared
def _all_agreed(crisis: Crisis) -> bool:
    """Whether there is an agreement on every open front; a war that was there at the start leaves none to be made."""
    agreed = False
    for f in range(len(crisis.fronts)):
        front = crisis.fronts[f]
        if front.active == 1 and front.at_war == 0 and front.agreed == 0:
            return False
        agreed = agreed or front.agreed == 1
    return agreed


# Events come before fronts in force are counted, since an event can use force. Words come after, since what a word
# reveals depends on how many fronts either side fights on. Who decides is found last, since events and words call for
# decisions.
OPENING: tuple[PeriodStep, ...] = (
    move_clock,
    fade,
    events_happen,
    incidents_happen,
    count_fronts_in_force,
    signals_arrive,
    find_deciding,
)
"""What happens in a period before anybody chooses, in this order: time passes, the world acts, words are heard."""
# Amends come after injuries, so that they also make good what was suffered in this period. Wars come before words fall
# due, since a war keeps vows and ends ultimatums. Ultimatums fall due before vows, since an unmet one becomes a vow.
# Whether all has settled is seen last.
CLOSING: tuple[PeriodStep, ...] = (
    acts_take_effect,
    conciliators_are_heard,
    acts_lead_to_war,
    accidents_happen,
    allies_go_to_war,
    ultimatums_are_carried_out,
    ultimatums_fall_due,
    vows_fall_due,
    note_settling,
)
"""What happens once all have chosen, in this order."""

_open = in_turn(OPENING)
_close = in_turn(CLOSING)


@shared
def open_period(crisis: Crisis) -> None:
    """Go through the steps of `OPENING`: at the end the fronts are marked on which a decision falls."""
    _open(crisis)


@shared
def close_period(crisis: Crisis) -> None:
    """Go through the steps of `CLOSING`: the acts chosen take effect."""
    _close(crisis)


@shared
def over(crisis: Crisis) -> bool:
    """Whether the run ends before its horizon."""
    return crisis.rules[0].stop_when_settled == 1 and crisis.clock[0].settled >= 0


@shared
def play_period(crisis: Crisis) -> None:
    """Play one period in which every actor chooses by the model's own rule."""
    open_period(crisis)
    if crisis.clock[0].awaited > 0:
        for f in range(len(crisis.fronts)):
            if crisis.fronts[f].deciding > 0:
                weigh(crisis, f)
                choose(crisis, f)
    close_period(crisis)
