"""Consequences: what the acts of a period do to those they hit and to those who watch."""

from __future__ import annotations

from escalation.arithmetic.bounded import positive_part
from escalation.arithmetic.draws import ticks
from escalation.arithmetic.keys import ACCIDENT, BRINKMANSHIP
from escalation.arithmetic.shared import shared
from escalation.dynamics.attribution import blame_covertly
from escalation.dynamics.commitments import call_patrons
from escalation.dynamics.keyed import draw
from escalation.dynamics.prompting import prompt
from escalation.dynamics.roles import (
    BY_ACCIDENT,
    BY_BRINKMANSHIP,
    BY_CHOICE,
    DISPLAY,
    FORCE,
    PROMPTED,
    RESTRAINT,
    STANDING,
    WAR,
)
from escalation.dynamics.state import Crisis
from escalation.dynamics.war import start_war
from escalation.mechanisms.accident import exposure_hazard
from escalation.mechanisms.bayes import updated
from escalation.mechanisms.brinkmanship import hazard, probability
from escalation.mechanisms.domestic_pressure import pressed
from escalation.mechanisms.fear import alarmed
from escalation.mechanisms.injury import discharged, exposure
from escalation.mechanisms.persistence import information_weight, shock_correlation

__all__ = ["accidents_happen", "acts_take_effect"]


SPREAD, PRIME = 1_000_003, 2_147_483_647


@shared
def _carry_out(crisis: Crisis, f: int) -> None:
    """Enter an act above ongoing hostilities into the record of its front."""
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    clock = crisis.clock[0]
    option = crisis.options[front.chosen]
    clock.last_act = clock.now
    place = (clock.period * len(crisis.fronts) + f) * len(crisis.options) + front.chosen
    clock.signature = (clock.signature * SPREAD + place) % PRIME
    for rung in range(1, option.rung + 1):
        if crisis.crossed[f][rung] < 0:
            crisis.crossed[f][rung] = clock.period
    if option.covert == 0:
        front.last_open_day = clock.now
        front.last_open_option = front.chosen
    if option.role >= DISPLAY:
        front.last_alert = clock.now
    if option.role >= FORCE:
        struck_back = back.used_force == 1 and back.last_force < clock.now
        if front.used_force == 0 and not struck_back:
            front.struck_first = 1
        front.used_force = 1
        front.last_force = clock.now
        front.force_intensity = option.intensity
        front.rested = 1


@shared
def _settle_own_account(crisis: Crisis, f: int) -> None:
    """Discharge by an act what its actor had suffered, and the vow that it fulfils."""
    front = crisis.fronts[f]
    option = crisis.options[front.chosen]
    front.injury = discharged(front.injury, 1.0, option.intensity)
    n = crisis.actors[front.actor].first_incident
    while n >= 0:
        incident = crisis.incidents[n]
        incident.level = discharged(incident.level, crisis.blame[n][front.target], option.intensity)
        n = incident.next
    if front.vow_standing > 0 and option.intensity * option.publicity >= front.vow:
        if front.vow_standing == STANDING:
            crisis.actors[front.actor].vows_kept += 1
        front.vow_standing = 0


@shared
def _injure_target(crisis: Crisis, f: int) -> None:
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    rules = crisis.rules[0]
    now = crisis.clock[0].now
    option = crisis.options[front.chosen]
    target = crisis.actors[front.target]
    felt = exposure(rules.covert_discount, option.publicity)
    target.pressure = pressed(target.pressure, rules.pressure_gain * felt, option.intensity - front.baseline)
    if option.covert == 0:
        back.injury = max(back.injury, option.intensity)
        if option.role >= DISPLAY:
            prompt(crisis, front.reverse, now, ticks(now))
    else:
        n = len(crisis.incidents) - 2 * len(crisis.fronts) + f
        incident = crisis.incidents[n]
        incident.level = max(incident.level, option.intensity)
        blame_covertly(crisis, n, front.actor, front.target)
        for j in range(len(crisis.actors)):
            if crisis.blame[n][j] * felt * incident.level >= rules.half_rung:
                prompt(crisis, crisis.front_of[front.target][j], now, ticks(now))


@shared
def _cross_threat(crisis: Crisis, f: int) -> None:
    """Turn a threat by the target that this act crosses into a vow."""
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    now = crisis.clock[0].now
    option = crisis.options[front.chosen]
    if now <= back.threat_until and option.covert == 0 and option.intensity >= back.threat_trigger:
        back.vow = back.threat
        back.vow_made = now
        back.vow_due = now + back.threat_due
        back.vow_publicity = back.threat_publicity
        back.vow_standing = STANDING
        back.threat_until = -1.0


@shared
def _reveal(crisis: Crisis, f: int) -> None:
    """Let all who watch learn from a decision about the type of its actor."""
    front = crisis.fronts[f]
    now = crisis.clock[0].now
    option = crisis.options[front.chosen]
    hidden = option.covert == 1 or (option.role == RESTRAINT and front.deciding != PROMPTED)
    if hidden:
        return
    correlation = shock_correlation(now - front.last_seen, crisis.rules[0].shock_persistence)
    weight = information_weight(correlation)
    front.last_seen = now
    for i in range(len(crisis.actors)):
        g = crisis.front_of[i][front.actor]
        if g >= 0:
            observer = crisis.fronts[g]
            observer.resolve = updated(observer.resolve, front.like_resolute, front.like_irresolute, weight)


@shared
def _run_the_risk(crisis: Crisis, f: int) -> None:
    """Draw whether an act of force gets out of hand, and call on the patrons of whom it hit."""
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    rules = crisis.rules[0]
    now = crisis.clock[0].now
    option = crisis.options[front.chosen]
    if option.role == WAR:
        start_war(crisis, f, BY_CHOICE)
    elif option.role >= FORCE and now - back.last_force <= rules.act_window and front.at_war == 0:
        total = hazard(rules.brinkmanship_scale, rules.brinkmanship_slope, option.intensity, back.force_intensity)
        if draw(crisis, BRINKMANSHIP, front.key, ticks(now)) < probability(total):
            start_war(crisis, f, BY_BRINKMANSHIP)
    if front.at_war == 1:
        call_patrons(crisis, f, 1.0, 1.0)
        call_patrons(crisis, front.reverse, 1.0, 1.0)
    elif option.covert == 0:
        call_patrons(crisis, f, option.intensity, option.destruction)


@shared
def acts_take_effect(crisis: Crisis) -> None:
    """Carry out all acts of the period, as if at one moment."""
    fronts = len(crisis.fronts)
    for f in range(fronts):
        front = crisis.fronts[f]
        if front.chosen >= 0:
            _reveal(crisis, f)
            if crisis.options[front.chosen].role > RESTRAINT:
                _carry_out(crisis, f)
                _settle_own_account(crisis, f)
    for f in range(fronts):
        front = crisis.fronts[f]
        if front.chosen >= 0 and crisis.options[front.chosen].role > RESTRAINT:
            _injure_target(crisis, f)
            _cross_threat(crisis, f)
            if crisis.options[front.chosen].role == DISPLAY:
                back = crisis.fronts[front.reverse]
                back.fear = alarmed(back.fear, crisis.rules[0].mobilisation_strength, front.fear)
    for f in range(fronts):
        front = crisis.fronts[f]
        if front.chosen >= 0 and crisis.options[front.chosen].role > RESTRAINT:
            _run_the_risk(crisis, f)


@shared
def accidents_happen(crisis: Crisis) -> None:
    """Draw war by accident on every front where both sides stand on alert."""
    rules = crisis.rules[0]
    clock = crisis.clock[0]
    for f in range(len(crisis.fronts)):
        front = crisis.fronts[f]
        if front.reverse < f or front.at_war == 1 or front.active == 0:
            continue
        since = min(front.last_alert, crisis.fronts[front.reverse].last_alert)
        if clock.now - since > rules.act_window:
            continue
        total = exposure_hazard(positive_part(rules.accident_hazard), clock.length)
        if draw(crisis, ACCIDENT, front.key, ticks(clock.now)) < probability(total):
            start_war(crisis, f, BY_ACCIDENT)
            call_patrons(crisis, f, 1.0, 1.0)
            call_patrons(crisis, front.reverse, 1.0, 1.0)
