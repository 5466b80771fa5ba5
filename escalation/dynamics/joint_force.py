"""Joint force: two actors use force on one and the same target within an act window of each other."""

from __future__ import annotations

from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.state import Crisis

__all__ = ["note_joint_force"]

ALLOWANCE = 1e-9
"""Days by which two acts may lie further apart than an act window through rounding: 0.4 - 0.1 is more than 0.3."""


@inlined
def _latest_force(crisis: Crisis, f: int) -> float:
    """When force was last used on front `f`: today, where a war came about in the run, else when it was last chosen."""
    if crisis.fronts[f].war_period >= 0:
        return crisis.clock[0].now
    return crisis.fronts[f].last_force


@shared
def note_joint_force(crisis: Crisis) -> None:
    """Note of any two fronts on one target that force has now been used on both within an act window.

    Force is an act that was chosen, or a war that came about in the run, in which both sides use force every day. It is
    enough to look when force has just been used or a war has begun: where one front goes on with a war, the other's
    last act lies further back from day to day.
    """
    now = crisis.clock[0].now
    window = crisis.rules[0].act_window + ALLOWANCE
    for k in range(len(crisis.pairs)):
        pair = crisis.pairs[k]
        if pair.joint_period >= 0:
            continue
        one = _latest_force(crisis, pair.one)
        two = _latest_force(crisis, pair.two)
        if max(one, two) == now and now - min(one, two) <= window:
            pair.joint_period = crisis.clock[0].period
