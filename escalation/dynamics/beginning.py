"""The beginning of a run: types, private reasons, what occurred at all, and first dates."""

from __future__ import annotations

import math

from escalation.arithmetic.draws import uniform
from escalation.arithmetic.elementary import lanes_at, put_lanes, splat, where, width
from escalation.arithmetic.keys import EVENT_DAY, LEAK, OCCURRENCE, SHARING, TYPE
from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.decision import schedule_background
from escalation.dynamics.fading import set_kept
from escalation.dynamics.roles import CONCILIATION, DISPLAY, FORCE, MAJOR, NEVER_SAID, RESTRAINT, THREAT, WAR
from escalation.dynamics.state import Crisis, Option, RulesState
from escalation.dynamics.timeline import await_incident
from escalation.dynamics.utility import weigh_stakes
from escalation.mechanisms.beliefs_and_signals import days_until_leak
from escalation.mechanisms.honour_and_audiences import exposure
from escalation.mechanisms.time_and_chance import shares_reasons
from escalation.mechanisms.war_and_contest import exposure_hazard, hazard, probability

__all__ = ["begin", "forget_ahead", "look_anew"]


@shared
def _credit(rules: RulesState, option: Option) -> float:
    """Intensity with which an act answers an injury.

    Of a threat it is a share of its intensity. Where covert acts are declared, that of a covert act is π·g: what is let
    pass more easily by those it hits also counts for less at home. In the first version of the model every act counted
    in full.
    """
    if option.role == THREAT:
        return rules.threat_relief * option.intensity
    if rules.covert_credit == 1:
        return option.intensity * exposure(rules.covert_discount, option.publicity)
    return option.intensity


@inlined
def _one_if(holds: bool) -> float:
    """1 if it holds, else 0."""
    return 1.0 if holds else 0.0


@shared
def _set_acts(crisis: Crisis) -> None:
    """Enter what each act is into the rows of all acts."""
    for o in range(len(crisis.options)):
        option = crisis.options[o]
        crisis.intensities[o] = option.intensity
        crisis.gains[o] = option.gain
        crisis.destructions[o] = option.destruction
        crisis.publicities[o] = option.publicity
        crisis.credits[o] = _credit(crisis.rules[0], option)
        crisis.is_conciliation[o] = _one_if(option.role == CONCILIATION)
        crisis.is_restraint[o] = _one_if(option.role == RESTRAINT)
        crisis.is_above_restraint[o] = _one_if(option.role > RESTRAINT)
        crisis.is_threat[o] = _one_if(option.role == THREAT)
        crisis.is_display[o] = _one_if(option.role >= DISPLAY)
        crisis.is_force[o] = _one_if(option.role >= FORCE)
        crisis.is_limited_force[o] = _one_if(option.role == FORCE and option.covert == 0)
        crisis.is_major[o] = _one_if(option.role >= MAJOR)
        crisis.is_war[o] = _one_if(option.role == WAR)
        crisis.is_covert[o] = float(option.covert)


@shared
def _set_risks(crisis: Crisis) -> None:
    """Enter the probability of war in every pair of acts at stakes of 1, unless it stands there from an earlier run."""
    rules = crisis.rules[0]
    alert = exposure_hazard(rules.accident_hazard, rules.act_window)
    known = crisis.risk_of
    if known[0] == alert and known[1] == rules.brinkmanship_scale and known[2] == rules.brinkmanship_slope:
        return
    known[0] = alert
    known[1] = rules.brinkmanship_scale
    known[2] = rules.brinkmanship_slope
    crisis.odds_of[0] = -1.0  # so that those between two actors are worked out anew
    for o in range(len(crisis.options)):
        own = crisis.options[o]
        for first in range(0, len(crisis.options), width()):
            total = splat(0.0)
            if own.role >= DISPLAY:
                total = where(lanes_at(crisis.is_display, first), alert, 0.0)  # a hazard may be without bound
            if own.role >= FORCE:
                intensity = lanes_at(crisis.intensities, first)
                out_of_hand = hazard(rules.brinkmanship_scale, rules.brinkmanship_slope, own.intensity, intensity)
                total = total + where(lanes_at(crisis.is_force, first), out_of_hand, 0.0)
            risk = probability(total)
            if own.role == WAR:
                risk = splat(1.0)
            put_lanes(crisis.risk[o], first, where(lanes_at(crisis.is_war, first), 1.0, risk))


@shared
def _set_timeline(crisis: Crisis) -> None:
    """Draw what is said and happens at all, when a private word would leak, and the days that are not known."""
    for s in range(len(crisis.signals)):
        signal = crisis.signals[s]
        if uniform(crisis.clock[0], OCCURRENCE, signal.occasion, 0) >= signal.probability:
            signal.status = NEVER_SAID
        signal.leaks_at = math.inf
        if signal.private == 1:
            wait = days_until_leak(signal.leak, uniform(crisis.clock[0], LEAK, signal.key, 0))
            # That it had not leaked by the information date is known.
            signal.leaks_at = max(signal.day, crisis.clock[0].as_of) + wait
    for e in range(len(crisis.events)):
        event = crisis.events[e]
        if uniform(crisis.clock[0], OCCURRENCE, event.key, 0) >= event.probability:
            event.pending = 0
        if event.days > 0.0:
            event.day += event.days * uniform(crisis.clock[0], EVENT_DAY, event.key, 0)


@shared
def look_anew(crisis: Crisis) -> None:
    """Forget what is known of what there may be to do, so that the next period looks for it everywhere."""
    clock = crisis.clock[0]
    clock.next_event = -math.inf
    clock.next_incident = -math.inf
    clock.next_signal = -math.inf
    clock.next_decision = -math.inf
    clock.chosen = 1
    clock.vows = 1
    clock.force_changes = -math.inf
    clock.calls = 1
    clock.alert = math.inf


@shared
def forget_ahead(crisis: Crisis) -> None:
    """Forget what was drawn ahead of time, where a run goes on under another number."""
    for f in range(len(crisis.fronts)):
        crisis.fronts[f].background_ahead = 0
    for row in range(len(crisis.reasons)):
        crisis.reasons[row].ahead = 0


@shared
def _set_reasons(crisis: Crisis, f: int) -> None:
    """Let the actor of a front choose by private reasons of its own, or by those shared by all who face its target."""
    front = crisis.fronts[f]
    front.reasons = f
    share = crisis.rules[0].shared_reasons
    if share > 0.0 and shares_reasons(uniform(crisis.clock[0], SHARING, front.key, 0), share):
        front.reasons = len(crisis.fronts) + front.target


@shared
def begin(crisis: Crisis) -> None:
    """Set up a run whose parameters have been drawn."""
    look_anew(crisis)
    set_kept(crisis, crisis.clock[0].length)
    _set_acts(crisis)
    _set_risks(crisis)
    _set_timeline(crisis)
    for i in range(len(crisis.actors)):
        actor = crisis.actors[i]
        actor.pressure = actor.pressure_baseline
        actor.resolute = 0
        if uniform(crisis.clock[0], TYPE, actor.key, 0) < actor.resolve:
            actor.resolute = 1
    for p in range(len(crisis.pledges)):
        crisis.pledges[p].credence_prior = crisis.pledges[p].credence_protege
    for f in range(len(crisis.fronts)):
        front = crisis.fronts[f]
        front.fear_baseline = front.fear
        _set_reasons(crisis, f)
        if f < front.reverse:  # it is the same for both sides
            weigh_stakes(crisis, f)
        schedule_background(crisis, f)
        await_incident(crisis, f, max(crisis.clock[0].as_of, 0.0))
