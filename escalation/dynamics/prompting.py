"""Prompts: what calls for a decision, and when it will fall."""

from __future__ import annotations

from escalation.arithmetic.keys import DELAY
from escalation.arithmetic.shared import shared
from escalation.dynamics.keyed import draw
from escalation.dynamics.state import Crisis
from escalation.mechanisms.clock import response_delay
from escalation.mechanisms.internal_shock import slowed

__all__ = ["prompt"]


@shared
def prompt(crisis: Crisis, f: int, at: float, cause: int) -> None:
    """Call for a decision on front `f`; the earliest pending one stands for all.

    Parameters
    ----------
    at
        When the prompt came, in days after the start.
    cause
        Key of what prompted it: the same cause gives the same delay in every variant of a scenario.
    """
    if f < 0:
        return
    front = crisis.fronts[f]
    if front.active == 0 or front.at_war == 1:
        return
    actor = crisis.actors[front.actor]
    known_quiet = crisis.clock[0].as_of - at
    u = draw(crisis, DELAY, front.key, cause)
    delay = response_delay(actor.response_delay, actor.response_spread, known_quiet, u)
    due = at + slowed(delay, actor.weakness)
    if due < front.due:
        front.due = due
    front.rested = 0
