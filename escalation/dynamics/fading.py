"""Fading: injuries, overdue vows, pressure, fear and shocks decay by their half-lives; vows fall due."""

from __future__ import annotations

from escalation.arithmetic.bounded import positive_part
from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.roles import OVERDUE, STANDING
from escalation.dynamics.state import Crisis
from escalation.mechanisms.beliefs_and_signals import after_broken_word
from escalation.mechanisms.time_and_chance import kept_share, relaxed
from escalation.mechanisms.war_and_contest import exposure_hazard, probability

__all__ = ["fade", "set_kept", "vows_fall_due"]

FORGOTTEN = 0.05
"""Publicity below which an overdue vow no longer counts."""
HEALED = 1e-3
"""Level below which an injury, or a weakness, is over."""


@shared
def set_kept(crisis: Crisis, days: float) -> None:
    """Set for a period of so many days the shares that are left of all that fades, and the probability of accidents."""
    rules = crisis.rules[0]
    rules.injury_kept = kept_share(days, rules.injury_half_life)
    rules.vow_kept = kept_share(days, rules.vow_half_life)
    rules.pressure_kept = kept_share(days, rules.pressure_half_life)
    rules.fear_kept = kept_share(days, rules.fear_half_life)
    rules.accident_probability = probability(exposure_hazard(positive_part(rules.accident_hazard), days))


@shared
def _vow_stands_against_a_suspect(crisis: Crisis, n: int) -> bool:
    """Whether the victim of incident `n` has a vow standing against anybody whom it blames."""
    victim = crisis.incidents[n].victim
    for j in range(len(crisis.actors)):
        f = crisis.front_of[victim][j]
        if f >= 0 and crisis.blame[n][j] > 0.0 and crisis.fronts[f].vow_standing == STANDING:
            return True
    return False


@inlined
def _fade_front(crisis: Crisis, f: int) -> None:
    """Let the injury and an overdue vow on a front fade, and fear return to where it began."""
    front = crisis.fronts[f]
    rules = crisis.rules[0]
    if front.vow_standing != STANDING and front.injury > 0.0:
        front.injury = front.injury * rules.injury_kept
        if front.injury < HEALED:
            front.injury = 0.0
    if front.vow_standing == OVERDUE:
        front.vow_publicity = front.vow_publicity * rules.vow_kept
        if front.vow_publicity < FORGOTTEN:
            front.vow_standing = 0
    front.fear = relaxed(front.fear, front.fear_baseline, rules.fear_kept)


@shared
def fade(crisis: Crisis) -> None:
    """Let one period's fading pass; an injury does not fade while a vow about it stands."""
    rules = crisis.rules[0]
    vowing = 0  # bit mask of the actors with a vow that stands: few, and the rest need no closer look
    for f in range(len(crisis.fronts)):
        if crisis.fronts[f].active == 1:
            _fade_front(crisis, f)
        if crisis.fronts[f].vow_standing == STANDING:
            vowing |= 1 << crisis.fronts[f].actor
    for n in range(len(crisis.incidents)):
        incident = crisis.incidents[n]
        if incident.level <= 0.0:
            continue
        if (vowing >> incident.victim) & 1 == 0 or not _vow_stands_against_a_suspect(crisis, n):
            incident.level = incident.level * rules.injury_kept
            if incident.level < HEALED:
                incident.level = 0.0
    for i in range(len(crisis.actors)):
        actor = crisis.actors[i]
        actor.pressure = relaxed(actor.pressure, actor.pressure_baseline, rules.pressure_kept)
        if actor.weakness > 0.0:
            actor.weakness = actor.weakness * kept_share(crisis.clock[0].elapsed, actor.weakness_half_life)
            if actor.weakness < HEALED:
                actor.weakness = 0.0


@shared
def _go_through_vows(crisis: Crisis) -> None:
    clock = crisis.clock[0]
    clock.vows = 0
    for f in range(len(crisis.fronts)):
        front = crisis.fronts[f]
        if front.vow_standing != STANDING:
            continue
        actor = crisis.actors[front.actor]
        if front.at_war == 1:
            front.vow_standing = 0
            if front.war_period >= 0:
                actor.vows_kept += 1
        elif front.vow_due < clock.latest and clock.now >= clock.first_choice:
            front.vow_standing = OVERDUE
            actor.vows_broken += 1
            actor.honesty = after_broken_word(actor.honesty, crisis.rules[0].honesty_loss)
        else:
            clock.vows = 1


@inlined
def vows_fall_due(crisis: Crisis) -> None:
    """Break the vows that were due in this period and not kept; a war keeps them."""
    if crisis.clock[0].vows == 1:
        _go_through_vows(crisis)
