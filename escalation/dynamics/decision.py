"""Decisions: what is chosen of the acts that were weighed, and which fronts decide in a period.

What the acts are worth is in `escalation.dynamics.utility`.
"""

from __future__ import annotations

import math

from escalation.arithmetic.draws import exponential, gumbel, uniforms, uniforms_by_part
from escalation.arithmetic.elementary import counted, put_lanes, whole, width
from escalation.arithmetic.keys import BACKGROUND, SHOCK, SHOCK_TIME
from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.acting import open_injury
from escalation.dynamics.drawn_before import drawn_before, keep_drawn
from escalation.dynamics.prompting import prepare
from escalation.dynamics.roles import BACKGROUND_CLOCK, PROMPTED, STANDING
from escalation.dynamics.state import Crisis, FrontState
from escalation.mechanisms.time_and_chance import background_gap, score, slowed

__all__ = [
    "account_open",
    "choose",
    "find_deciding",
    "note_choice",
    "prefer",
    "renew_shocks",
    "schedule_background",
]

REVISIONIST = 0.5
"""Revisionism from which an actor's account is always open."""


# ---------------------------------------------------------------------------------- what is chosen


@shared
def _draw_gaps(crisis: Crisis, purpose: int, row: int, key: int, index: int, gaps: list[float]) -> None:
    """Draw exponential gaps of mean 1 for an index and those that follow it, as many as lanes hold."""
    if not drawn_before(crisis, purpose, row, index, gaps):
        put_lanes(gaps, 0, exponential(uniforms(crisis.clock[0], purpose, whole(key), counted(index))))
        keep_drawn(crisis, purpose, row, index, gaps)


@shared
def _draw_reasons(crisis: Crisis, row: int, epoch: int, reasons: list[float]) -> None:
    """Draw private reasons ε for all acts, in lanes."""
    if not drawn_before(crisis, SHOCK, row, epoch, reasons):
        for first in range(0, len(crisis.options), width()):
            u = uniforms_by_part(crisis.clock[0], SHOCK, crisis.reasons[row].key, epoch, counted(first))
            put_lanes(reasons, first, gumbel(u))
        keep_drawn(crisis, SHOCK, row, epoch, reasons)


@shared
def renew_shocks(crisis: Crisis, f: int) -> None:
    """Bring the private reasons ε on a front up to now: all are redrawn at keyed points of a Poisson process.

    Were they drawn at every decision, the probability of war would be a matter of how often an actor is asked.
    """
    row = crisis.fronts[f].reasons
    reasons = crisis.reasons[row]
    now = crisis.clock[0].now
    if reasons.next > now:
        return
    while reasons.next <= now:
        reasons.epoch += 1
        # Each gap has its own number in the draw. So it is the same whether lanes hold one, as in Python, or eight.
        if reasons.epoch >= reasons.ahead:
            _draw_gaps(crisis, SHOCK_TIME, row, reasons.key, reasons.epoch, crisis.shock_gaps[row])
            reasons.ahead = reasons.epoch + width()
        gap = crisis.shock_gaps[row][reasons.epoch - reasons.ahead + width()]
        reasons.next += background_gap(crisis.rules[0].shock_persistence, gap)
    # By way of a row that is as long as lanes: those of `shocks` end with the last act, and lanes would write beyond
    # it.
    _draw_reasons(crisis, row, reasons.epoch, crisis.probability)
    for o in range(len(crisis.options)):
        crisis.shocks[row][o] = crisis.probability[o]


@shared
def prefer(crisis: Crisis, f: int) -> int:
    """Act with the greatest λ·EU(ℓ) − ln n(ℓ) + ε(ℓ): a logit choice whose private reasons ε persist."""
    renew_shocks(crisis, f)
    row = crisis.fronts[f].reasons
    precision = crisis.actors[crisis.fronts[f].actor].precision
    best = 0
    most = score(precision, crisis.value[f][0], crisis.crowding[0]) + crisis.shocks[row][0]
    for n in range(1, crisis.fronts[f].offers):
        o = crisis.offered[f][n]
        likely = score(precision, crisis.value[f][o], crisis.crowding[o]) + crisis.shocks[row][o]
        if likely > most:
            most = likely
            best = o
    return best


@shared
def note_choice(crisis: Crisis, f: int, o: int) -> None:
    """Note the act chosen on a front, by whatever rule; whoever has chosen prepares no more."""
    crisis.fronts[f].chosen = o
    crisis.fronts[f].prepared = 0
    crisis.clock[0].chosen = 1


@shared
def choose(crisis: Crisis, f: int) -> None:
    """Choose an act on a front by the model's own rule, unless the act preferred has to be prepared first."""
    o = prefer(crisis, f)
    if not prepare(crisis, f, o):
        note_choice(crisis, f, o)


# ---------------------------------------------------------------------------------- who decides, and when


@shared
def schedule_background(crisis: Crisis, f: int) -> None:
    """Draw the next tick of a front's background clock."""
    front = crisis.fronts[f]
    actor = crisis.actors[front.actor]
    if front.background_count >= front.background_ahead:
        _draw_gaps(crisis, BACKGROUND, f, front.key, front.background_count, crisis.background_gaps[f])
        front.background_ahead = front.background_count + width()
    gap = crisis.background_gaps[f][front.background_count - front.background_ahead + width()]
    front.background += slowed(background_gap(actor.tempo, gap), actor.weakness)
    front.background_count += 1


@shared
def account_open(crisis: Crisis, f: int) -> bool:
    """Whether there is something to decide: an injury, a vow outstanding, or a wish to change the status quo."""
    front = crisis.fronts[f]
    if front.vow_standing > 0 or front.revisionism >= REVISIONIST:
        return True
    return open_injury(crisis, f) >= crisis.rules[0].half_rung


@shared
def _falls_due(crisis: Crisis, f: int) -> int:
    """Whether and why a decision falls on front `f` in this period: PROMPTED, BACKGROUND_CLOCK, or 0 for none."""
    front = crisis.fronts[f]
    clock = crisis.clock[0]
    ticked = front.background < clock.latest
    while front.background < clock.latest:
        schedule_background(crisis, f)
    if front.active == 0 or front.at_war == 1 or clock.now < clock.first_choice:
        return 0
    vow_due = front.vow_standing == STANDING and front.vow_due < clock.latest
    if front.due < clock.latest or vow_due:
        return PROMPTED
    if ticked and front.rested == 0 and front.prepared == 0 and account_open(crisis, f):
        return BACKGROUND_CLOCK
    return 0


@shared
def _join_principal(crisis: Crisis, i: int, principal: int) -> None:
    """Let a proxy decide with its principal on each target on which the principal has an injury to answer."""
    for target in range(len(crisis.actors)):
        f = crisis.front_of[principal][target]
        g = crisis.front_of[i][target]
        if f < 0 or g < 0 or crisis.fronts[f].deciding == 0:
            continue
        if crisis.fronts[g].active == 0 or crisis.fronts[g].at_war == 1:
            continue
        if open_injury(crisis, f) >= crisis.rules[0].half_rung:
            crisis.fronts[g].deciding = PROMPTED


@inlined
def _next_decision(front: FrontState) -> float:
    """When a decision may fall next on a front."""
    if front.at_war == 1:  # nothing is decided any more, but the clock ticks on
        return front.background
    if front.vow_standing == STANDING:
        return min(front.background, front.due, front.vow_due)
    return min(front.background, front.due)


@shared
def _go_through_fronts(crisis: Crisis) -> None:
    clock = crisis.clock[0]
    latest = clock.latest
    following = math.inf
    for f in range(len(crisis.fronts)):
        front = crisis.fronts[f]
        if _next_decision(front) < latest:
            front.deciding = _falls_due(crisis, f)
            clock.awaited = max(clock.awaited, front.deciding)
        following = min(following, _next_decision(front))
    clock.next_decision = following
    if clock.awaited == 0:
        return
    for i in range(len(crisis.actors)):
        principal = crisis.actors[i].principal
        if principal >= 0:  # which has none itself: control goes one level deep
            _join_principal(crisis, i, principal)
    for f in range(len(crisis.fronts)):
        front = crisis.fronts[f]
        # A decision answers all calls that are pending, also where it came by a vow that falls due or by a principal.
        if front.deciding == PROMPTED:
            front.due = math.inf
            front.rested = 0


@shared
def _forget_choices(crisis: Crisis) -> None:
    """Forget who decided in the period before."""
    clock = crisis.clock[0]
    clock.awaited = 0
    clock.chosen = 0
    for f in range(len(crisis.fronts)):
        crisis.fronts[f].chosen = -1
        crisis.fronts[f].deciding = 0


@inlined
def find_deciding(crisis: Crisis) -> None:
    """Mark the fronts on which a decision falls in this period; a principal's proxies decide with it."""
    clock = crisis.clock[0]
    if clock.awaited > 0 or clock.chosen == 1:
        _forget_choices(crisis)
    if clock.next_decision < clock.latest:
        _go_through_fronts(crisis)
