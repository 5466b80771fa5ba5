"""War on a front: absorbing, and reached by choice, by brinkmanship, by accident or by commitment."""

from __future__ import annotations

import math

from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.commitments import answer_calls, call_patrons
from escalation.dynamics.roles import BY_COMMITMENT
from escalation.dynamics.state import Crisis

__all__ = ["allies_go_to_war", "start_war"]


@shared
def start_war(crisis: Crisis, f: int, cause: int) -> None:
    """Bring both sides of front `f` to war, and call on the patrons of both."""
    clock = crisis.clock[0]
    clock.escalated = 1
    clock.calls = 1
    clock.force_changes = -math.inf
    top = len(crisis.crossed[f]) - 1
    for side in (f, crisis.fronts[f].reverse):
        front = crisis.fronts[side]
        if front.at_war == 1:
            continue
        front.at_war = 1
        front.agreed = 0
        front.war_period = clock.period
        front.war_cause = cause
        if crisis.crossed[side][top] < 0:  # lower rungs are for acts that were chosen
            crisis.crossed[side][top] = clock.period
    call_patrons(crisis, f, 1.0, 1.0)
    call_patrons(crisis, crisis.fronts[f].reverse, 1.0, 1.0)


@shared
def _widen(crisis: Crisis) -> bool:
    """Bring to war each patron that joined a protégé which came to war in this run; whether any front came to war.

    Once is not enough: the war of one ally may be what brings the next to war, in whatever order they are listed.
    """
    anybody = False
    for p in range(len(crisis.pledges)):
        pledge = crisis.pledges[p]
        if pledge.joined == 0 or crisis.fronts[pledge.protege_front].war_period < 0:
            continue
        if crisis.fronts[pledge.patron_front].at_war == 0:
            start_war(crisis, pledge.patron_front, BY_COMMITMENT)
            anybody = True
    return anybody


@shared
def _go_through_pledges(crisis: Crisis) -> None:
    crisis.clock[0].calls = 0
    if crisis.rules[0].belligerency == 0:
        if crisis.rules[0].promises_shared == 1:
            answer_calls(crisis)
        return
    goes_on = True
    while goes_on:  # somebody joins in every round but the last
        widened = True
        while widened:
            widened = _widen(crisis)
        goes_on = answer_calls(crisis)


@inlined
def allies_go_to_war(crisis: Crisis) -> None:
    """Answer the calls of this period, and those that the wars of allies bring, until there are no new ones.

    A pledge that is honoured while its protégé is at war, or whose protégé comes to war later, makes its patron a
    belligerent, and a war calls on the patrons of both sides: so a chain of alliances turns one war into several
    [ChristensenSnyder1990]_. In each round all wars that follow from pledges kept so far begin before anybody answers,
    and all answer before anybody joins, so that the numbering of actors does not matter.
    """
    if crisis.clock[0].calls == 1:
        _go_through_pledges(crisis)
