"""War on a front: absorbing, and reached by choice, by brinkmanship or by accident."""

from __future__ import annotations

from escalation.arithmetic.shared import shared
from escalation.dynamics.commitments import call_patrons
from escalation.dynamics.state import Crisis

__all__ = ["start_war"]


@shared
def start_war(crisis: Crisis, f: int, cause: int) -> None:
    """Bring both sides of front `f` to war, and call on the patrons of both."""
    clock = crisis.clock[0]
    clock.escalated = 1
    top = len(crisis.crossed[f]) - 1
    for side in (f, crisis.fronts[f].reverse):
        front = crisis.fronts[side]
        if front.at_war == 1:
            continue
        front.at_war = 1
        front.war_period = clock.period
        front.war_cause = cause
        if crisis.crossed[side][top] < 0:  # lower rungs are for acts that were chosen
            crisis.crossed[side][top] = clock.period
    call_patrons(crisis, f, 1.0, 1.0)
    call_patrons(crisis, crisis.fronts[f].reverse, 1.0, 1.0)
