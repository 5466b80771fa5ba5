"""Prompts: what calls for a decision, and when it will fall."""

from __future__ import annotations

import math

from escalation.arithmetic.draws import uniform
from escalation.arithmetic.keys import DELAY
from escalation.arithmetic.shared import shared
from escalation.dynamics.roles import FORCE, PROMPTED, STANDING
from escalation.dynamics.state import Crisis, FrontState
from escalation.mechanisms.time_and_chance import response_delay, slowed

__all__ = ["prepare", "prompt"]


@shared
def prompt(crisis: Crisis, f: int, at: float, cause: int, severe: bool = False) -> None:
    """Call for a decision on front `f`.

    Of several calls the earliest decision stands. Where a front has one deliberation, the one that the first call
    opened stands, and only a severe call can bring it forward; of calls at one moment the earliest decision stands, so
    that the order in which they are listed does not matter.

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
    rules = crisis.rules[0]
    # Before the way out below: any call lets the background clock count again, also one that leaves the decision as it
    # is.
    front.rested = 0
    if rules.one_deliberation == 1 and not severe and front.due < math.inf and at > front.opened:
        return  # the deliberation that is pending stands, whatever delay would be drawn
    actor = crisis.actors[front.actor]
    clock = crisis.clock[0]
    # That nothing was decided by the information date is known. So the delay is drawn given that it is longer.
    known_quiet = clock.as_of - at
    u = uniform(clock, DELAY, front.key, cause)
    delay = response_delay(actor.response_delay, actor.response_spread, known_quiet, rules.least_delay, u)
    due = at + slowed(delay, actor.weakness)
    if rules.one_deliberation == 1:
        _deliberate(front, at, due, severe)
    elif due < front.due:
        front.due = due
    clock.next_decision = min(clock.next_decision, front.due)


@shared
def _deliberate(front: FrontState, at: float, due: float, severe: bool) -> None:
    """Open a deliberation, or let a call bear on the one that is pending."""
    if front.due == math.inf:
        front.opened = at
        front.hastened = math.inf
        front.due = due
    elif at < front.opened:  # listed later, but it came first
        front.opened = at
        front.due = min(due, front.hastened)
    elif (severe or at == front.opened) and due < front.due:
        front.due = due
    if severe and due < front.hastened:
        front.hastened = due


@shared
def prepare(crisis: Crisis, f: int, o: int) -> bool:
    """Whether the act that the actor of front `f` prefers has to be prepared first; if so, put its decision off.

    Force against a target that has used none takes r times as long as other acts, of the time since the call that it
    answers: r·(now − opened). Until then nothing is done, and then the actor chooses again: what it has heard meanwhile
    may call the force off. Force by the target, or an injury, brings the decision forward as any other.
    """
    ratio = crisis.rules[0].force_preparation
    front = crisis.fronts[f]
    clock = crisis.clock[0]
    if ratio == 1.0 or crisis.options[o].role < FORCE or _ready(crisis, f):
        return False
    actor = crisis.actors[front.actor]
    since = slowed(actor.response_delay, actor.weakness)
    if front.deciding == PROMPTED and crisis.rules[0].one_deliberation == 1:
        since = clock.now - max(front.opened, clock.as_of)
    until = clock.now + (ratio - 1.0) * since
    # It would be prepared within this very period.
    if until < clock.latest:
        return False
    front.prepared = 1
    front.deciding = 0
    front.due = until
    clock.next_decision = min(clock.next_decision, until)
    # Severe calls so far are answered by this decision. Only those that are still to come bring the next one forward.
    front.hastened = math.inf
    return True


@shared
def _ready(crisis: Crisis, f: int) -> bool:
    """Whether the actor of front `f` can use force at once: it has prepared, fights already, or its vow falls due."""
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    if front.prepared == 1 or front.used_force == 1 or back.used_force == 1 or front.baseline > 0.0:
        return True
    return front.vow_standing == STANDING and front.vow_due < crisis.clock[0].latest
