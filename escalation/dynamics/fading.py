"""Fading: injuries, overdue vows, pressure, fear and shocks decay by their half-lives; vows fall due."""

from __future__ import annotations

from escalation.arithmetic.elementary import positive_part
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
    for i in range(len(crisis.actors)):
        actor = crisis.actors[i]
        if actor.weakness > 0.0:
            actor.weakness_kept = kept_share(days, actor.weakness_half_life)


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
    """Let the injury and an overdue vow on a front fade, and fear return to where it began.

    An injury does not fade while a vow about it stands.
    """
    front = crisis.fronts[f]
    rules = crisis.rules[0]
    if front.vow_standing != STANDING:
        left = front.injury * rules.injury_kept
        front.injury = left if left >= HEALED else 0.0
    if front.vow_standing == OVERDUE:
        front.vow_publicity = front.vow_publicity * rules.vow_kept
        if front.vow_publicity < FORGOTTEN:
            front.vow_standing = 0
    front.fear = relaxed(front.fear, front.fear_baseline, rules.fear_kept)


@inlined
def _fade_incident(crisis: Crisis, n: int, vowed: int) -> None:
    """Let an incident fade, unless a vow about it stands."""
    incident = crisis.incidents[n]
    if incident.level <= 0.0 or (vowed == 1 and _vow_stands_against_a_suspect(crisis, n)):
        return
    incident.level = incident.level * crisis.rules[0].injury_kept
    if incident.level < HEALED:
        incident.level = 0.0


@shared
def _fade_incidents(crisis: Crisis, i: int, vowed: int) -> None:
    """Let the open incidents of an actor fade, and take those from its list that are over.

    Parameters
    ----------
    vowed
        1 if it has a vow standing against anybody, else 0.
    """
    actor = crisis.actors[i]
    before = -1
    n = actor.open_incident
    while n >= 0:
        incident = crisis.incidents[n]
        _fade_incident(crisis, n, vowed)
        if incident.level > 0.0:
            before = n
        else:
            incident.open = 0
            if before >= 0:
                crisis.incidents[before].next = incident.next
            else:
                actor.open_incident = incident.next
        n = incident.next


@shared
def fade(crisis: Crisis) -> None:
    """Let one period's fading pass."""
    vowed = 0  # bit mask of actors
    for f in range(len(crisis.fronts)):
        front = crisis.fronts[f]
        if front.active == 1:
            _fade_front(crisis, f)
        if front.vow_standing == STANDING:
            vowed |= 1 << front.actor
    for i in range(len(crisis.actors)):
        actor = crisis.actors[i]
        actor.pressure = relaxed(actor.pressure, actor.pressure_baseline, crisis.rules[0].pressure_kept)
        if actor.weakness > 0.0:
            actor.weakness = actor.weakness * actor.weakness_kept
            if actor.weakness < HEALED:
                actor.weakness = 0.0
        if actor.open_incident >= 0:
            _fade_incidents(crisis, i, (vowed >> i) & 1)


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
            # A war that was there from the start carries out no word that was given in it. The word ends all the same.
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
