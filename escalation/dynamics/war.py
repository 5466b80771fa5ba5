"""War on a front: absorbing, and reached by choice, by brinkmanship or by accident."""

from __future__ import annotations

from escalation.arithmetic.shared import shared
from escalation.dynamics.state import Crisis

__all__ = ["start_war"]


@shared
def start_war(crisis: Crisis, f: int, cause: int) -> None:
    """Bring both sides of front `f` to war."""
    clock = crisis.clock[0]
    clock.escalated = 1
    top = len(crisis.crossed[f])
    for side in (f, crisis.fronts[f].reverse):
        front = crisis.fronts[side]
        if front.at_war == 1:
            continue
        front.at_war = 1
        front.war_period = clock.period
        front.war_cause = cause
        for rung in range(1, top):
            if crisis.crossed[side][rung] < 0:
                crisis.crossed[side][rung] = clock.period
