"""Prompts: what calls for a decision, and when it will fall."""

from __future__ import annotations

import math

from escalation.arithmetic.keys import DELAY
from escalation.arithmetic.shared import shared
from escalation.dynamics.keyed import draw
from escalation.dynamics.state import Crisis
from escalation.mechanisms.clock import response_delay
from escalation.mechanisms.internal_shock import slowed

__all__ = ["prompt"]


@shared
def prompt(crisis: Crisis, f: int, at: float, cause: int, severe: bool = False) -> None:
    """Call for a decision on front `f`.

    Of several calls the earliest decision stands; where a front has one deliberation, the pending one stands, and only
    a severe call can bring it forward.

    Parameters
    ----------
    at
        When the prompt came, in days after the start.
    cause
        Key of what prompted it: the same cause gives the same delay in every variant of a scenario.
    severe
        Whether it was force by the target, or an injury.
    """
    if f < 0:
        return
    front = crisis.fronts[f]
    if front.active == 0 or front.at_war == 1:
        return
    actor = crisis.actors[front.actor]
    known_quiet = crisis.clock[0].as_of - at
    rules = crisis.rules[0]
    u = draw(crisis, DELAY, front.key, cause)
    delay = response_delay(actor.response_delay, actor.response_spread, known_quiet, rules.least_delay, u)
    due = at + slowed(delay, actor.weakness)
    stands = rules.one_deliberation == 1 and front.due < math.inf and not severe
    if due < front.due and not stands:
        front.due = due
    front.rested = 0
