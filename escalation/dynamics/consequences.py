"""Consequences: what the acts of a period do to those they hit and to those who watch."""

from __future__ import annotations

import math

from escalation.arithmetic.draws import ticks, uniform
from escalation.arithmetic.keys import ACCIDENT, BRINKMANSHIP
from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.attribution import blame_covertly, suffer
from escalation.dynamics.commitments import call_patrons, forfeit, note_joint_force, risk_of_exchange, start_war
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
    THREAT,
    WAR,
)
from escalation.dynamics.state import Crisis
from escalation.dynamics.words import threat_falls_due
from escalation.mechanisms.beliefs_and_signals import updated
from escalation.mechanisms.honour_and_audiences import discharged, exposure, injury_by_act, pressed
from escalation.mechanisms.time_and_chance import information_weight, logit_weights, shock_correlation
from escalation.mechanisms.war_and_contest import alarmed

__all__ = [
    "accidents_happen",
    "acts_lead_to_war",
    "acts_take_effect",
    "end_agreement",
    "likelihoods",
    "reaches",
    "sign",
]


# The fingerprint is a rolling hash below 2**31 - 1. All products stay below 2**63, so that machine code and Python,
# whose whole numbers have no bound, give the same one.
SPREAD, PRIME, WORD = 1_000_003, 2_147_483_647, 4_294_967_296


@inlined
def reaches(crisis: Crisis, f: int, role: int) -> bool:
    """Whether the act chosen on front `f` has at least a role."""
    chosen = crisis.fronts[f].chosen
    return chosen >= 0 and crisis.options[chosen].role >= role


# -------------------------------------------------------------- first strike, alarm and revelation


@shared
def _note_first_strike(crisis: Crisis, f: int) -> None:
    """Note who uses force where neither side has; both do where they strike in the same period."""
    front = crisis.fronts[f]
    if reaches(crisis, f, FORCE) and front.used_force == 0 and crisis.fronts[front.reverse].used_force == 0:
        front.struck_first = 1


@shared
def _forfeit_pledges(crisis: Crisis, f: int) -> None:
    """End the pledges that the act chosen on front `f` forfeits, before anybody calls on them in this period."""
    if crisis.rules[0].pledges_change == 1 and reaches(crisis, f, THREAT):
        forfeit(crisis, f, crisis.options[crisis.fronts[f].chosen].intensity)


@inlined
def _displays(crisis: Crisis, f: int) -> bool:
    """Whether the act chosen on front `f` is an open display."""
    front = crisis.fronts[f]
    return (
        front.chosen >= 0 and crisis.options[front.chosen].role == DISPLAY and crisis.options[front.chosen].covert == 0
    )


@shared
def _alarm(crisis: Crisis, f: int) -> None:
    """Raise the fear of either side by the other's open display.

    An attacker mobilises with Λ/(1 + Λ), and so does, with probability h', one that is itself afraid; others do so with
    1/(1 + Λ).
    """
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    strength = crisis.rules[0].mobilisation_strength
    # Where both display, each is alarmed as the other was afraid before either did.
    mine = front.fear
    theirs = back.fear
    if _displays(crisis, f):
        back.fear = alarmed(theirs, strength, mine)
    if _displays(crisis, front.reverse):
        front.fear = alarmed(mine, strength, theirs)


@shared
def likelihoods(crisis: Crisis, f: int) -> tuple[float, float]:
    """Probability of the act chosen on a front if its actor were resolute, and if it were irresolute."""
    front = crisis.fronts[f]
    precision = crisis.actors[front.actor].precision
    weights = crisis.probability
    total = logit_weights(precision, crisis.utility_resolute[f], crisis.crowding, weights)
    if_resolute = weights[front.chosen] / total
    total = logit_weights(precision, crisis.utility_irresolute[f], crisis.crowding, weights)
    return if_resolute, weights[front.chosen] / total


@shared
def _reveal(crisis: Crisis, f: int) -> None:
    """Let all who watch learn from a decision about the type of its actor.

    r is updated by the probabilities with which either type would have chosen the act, with the weight
    ω = public_act·√(1 − e^(−Δ/τ)), Δ days after its last decision on the front that was seen: private reasons that
    persist tell nothing new. Nobody sees a covert act. Restraint is seen where a decision was awaited.
    """
    front = crisis.fronts[f]
    now = crisis.clock[0].now
    option = crisis.options[front.chosen]
    hidden = option.covert == 1 or (option.role == RESTRAINT and front.deciding != PROMPTED)
    if hidden:
        return
    correlation = shock_correlation(now - front.last_seen, crisis.rules[0].shock_persistence)
    weight = crisis.rules[0].public_act * information_weight(correlation)
    front.last_seen = now
    if_resolute, if_irresolute = likelihoods(crisis, f)
    for i in range(len(crisis.actors)):
        g = crisis.front_of[i][front.actor]
        if g >= 0:
            observer = crisis.fronts[g]
            observer.resolve = updated(observer.resolve, if_resolute, if_irresolute, weight)


# -------------------------------------------------------------- the record, and the actor's own account


@shared
def sign(crisis: Crisis, f: int) -> None:
    """Enter the act chosen on front `f` into the fingerprint of the run."""
    front = crisis.fronts[f]
    clock = crisis.clock[0]
    what = (clock.period * 256 + front.chosen) * WORD + front.key
    clock.signature = (clock.signature * SPREAD + what) % PRIME


@shared
def end_agreement(crisis: Crisis, f: int) -> None:
    """End by force what was agreed on front `f`, and take from either side the answer to what it offered before."""
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    front.agreed = 0
    back.agreed = 0
    front.conciliated = -math.inf
    back.conciliated = -math.inf


@shared
def _carry_out(crisis: Crisis, f: int) -> None:
    """Enter an act above ongoing hostilities into the record of its front."""
    front = crisis.fronts[f]
    clock = crisis.clock[0]
    option = crisis.options[front.chosen]
    clock.last_act = clock.now
    if option.role >= FORCE:
        end_agreement(crisis, f)
    sign(crisis, f)
    # Whoever acts on a rung has reached all rungs below it.
    for rung in range(1, option.rung + 1):
        if crisis.crossed[f][rung] < 0:
            crisis.crossed[f][rung] = clock.period
    if option.covert == 0:
        front.last_open_day = clock.now
        front.last_open_option = front.chosen
    if option.role >= DISPLAY:
        front.last_alert = clock.now
        clock.alert = clock.now
    if option.role >= FORCE:
        front.used_force = 1
        front.last_force = clock.now
        front.chosen_force = clock.now
        clock.force_changes = -math.inf
        front.force_intensity = option.intensity
        front.rested = 1
        note_joint_force(crisis)


@shared
def _settle_own_account(crisis: Crisis, f: int) -> None:
    """Discharge by an act what its actor had suffered, (e − μ·a)⁺, and the vow that it fulfils."""
    front = crisis.fronts[f]
    option = crisis.options[front.chosen]
    answer = crisis.credits[front.chosen]
    front.injury = discharged(front.injury, 1.0, answer)
    n = crisis.actors[front.actor].open_incident
    while n >= 0:
        incident = crisis.incidents[n]
        incident.level = discharged(incident.level, crisis.blame[n][front.target], answer)
        n = incident.next
    if front.vow_standing > 0 and option.intensity * option.publicity >= front.vow:
        if front.vow_standing == STANDING:
            crisis.actors[front.actor].vows_kept += 1
        front.vow_standing = 0


# -------------------------------------------------------------- what the target suffers


@shared
def _injure_target(crisis: Crisis, f: int) -> None:
    """Injure the target by an act, raise the pressure on it, D' = D + (1 − D)·ΔD·π·g(ℓ), and call on it to decide.

    An open act injures at once. A covert one opens an incident, for which all who face the target are blamed.
    """
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    rules = crisis.rules[0]
    now = crisis.clock[0].now
    option = crisis.options[front.chosen]
    target = crisis.actors[front.target]
    exposed = exposure(rules.covert_discount, option.publicity)
    target.pressure = pressed(target.pressure, rules.pressure_gain * exposed, option.intensity - front.baseline)
    level = injury_by_act(rules.act_injury, front.baseline, back.baseline, option.intensity)
    if option.covert == 0:
        back.injury = max(back.injury, level)
        if option.role >= DISPLAY:
            prompt(crisis, front.reverse, now, ticks(now), option.role >= FORCE)
    else:
        # The last rows of incidents are those of covert acts by each front, then those of unintended ones.
        n = len(crisis.incidents) - 2 * len(crisis.fronts) + f
        incident = crisis.incidents[n]
        suffer(crisis, n, max(incident.level, level), now)
        blame_covertly(crisis, n, front.actor, front.target)
        for j in range(len(crisis.actors)):
            if crisis.blame[n][j] * exposed * incident.level >= rules.half_rung:
                prompt(crisis, crisis.front_of[front.target][j], now, ticks(now), True)


@shared
def _cross_threat(crisis: Crisis, f: int) -> None:
    """Turn a threat by the target that this act crosses into a vow."""
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    now = crisis.clock[0].now
    option = crisis.options[front.chosen]
    if now <= back.threat_until and option.covert == 0 and option.intensity >= back.threat_trigger:
        threat_falls_due(crisis, front.reverse, now)


# -------------------------------------------------------------- all of it


@shared
def _go_through_acts(crisis: Crisis) -> None:
    fronts = len(crisis.fronts)
    for f in range(fronts):
        if crisis.fronts[f].chosen >= 0:
            _note_first_strike(crisis, f)
            _forfeit_pledges(crisis, f)
    for f in range(fronts):
        b = crisis.fronts[f].reverse
        if f < b and (crisis.fronts[f].chosen >= 0 or crisis.fronts[b].chosen >= 0):
            _alarm(crisis, f)
    acted = False
    for f in range(fronts):
        if crisis.fronts[f].chosen >= 0:
            _reveal(crisis, f)
        if reaches(crisis, f, THREAT):
            acted = True
            _carry_out(crisis, f)
            _settle_own_account(crisis, f)
    if acted:
        for f in range(fronts):
            if reaches(crisis, f, THREAT):
                _injure_target(crisis, f)
                _cross_threat(crisis, f)


@inlined
def acts_take_effect(crisis: Crisis) -> None:
    """Carry out all acts of the period, as if at one moment.

    What acts tell is noted of all of them before any is entered into the record, and all are entered before any of them
    injures. So it does not matter in which order fronts are listed. What conciliatory acts bring about, and which acts
    lead to war, are the next steps of the period.
    """
    if crisis.clock[0].chosen == 1:  # as in few periods
        _go_through_acts(crisis)


# -------------------------------------------------------------- war by choice, by brinkmanship and by accident


@shared
def _run_the_risk(crisis: Crisis, f: int) -> None:
    """Draw whether an act of force gets out of hand, and call on the patrons of whom it hit."""
    front = crisis.fronts[f]
    now = crisis.clock[0].now
    option = crisis.options[front.chosen]
    if option.role >= FORCE and front.at_war == 0:
        risk = risk_of_exchange(crisis, front.reverse, option.intensity, now)
        # A uniform number is above 0. So where there is no risk the draw would change nothing, and is saved.
        if risk > 0.0 and uniform(crisis.clock[0], BRINKMANSHIP, front.key, ticks(now)) < risk:
            start_war(crisis, f, BY_BRINKMANSHIP)
    # Where it came to war, `start_war` has called already, at the intensity of war. Nobody is called by a covert act.
    if front.at_war == 0 and option.covert == 0:
        call_patrons(crisis, f, option.intensity, option.destruction)


@shared
def _go_to_war_or_risk_it(crisis: Crisis) -> None:
    fronts = len(crisis.fronts)
    for f in range(fronts):
        # First of all, so that on a front where war was chosen no act runs a risk of it, too.
        if reaches(crisis, f, WAR):
            start_war(crisis, f, BY_CHOICE)
    for f in range(fronts):
        if reaches(crisis, f, THREAT):
            _run_the_risk(crisis, f)


@inlined
def acts_lead_to_war(crisis: Crisis) -> None:
    """Begin the wars that were chosen, then draw which other acts get out of hand, and call on patrons."""
    if crisis.clock[0].last_act == crisis.clock[0].now:  # somebody did more than restrain itself
        _go_to_war_or_risk_it(crisis)


@inlined
def _key_of_pair(crisis: Crisis, f: int) -> int:
    """Key of what happens to both sides of a front: that of the side listed first.

    Where allies of allies can be called, no numbering may matter, and it is the lower of the two.
    """
    key = crisis.fronts[f].key
    if crisis.rules[0].belligerency == 1:
        return min(key, crisis.fronts[crisis.fronts[f].reverse].key)
    return key


@shared
def _go_through_fronts(crisis: Crisis) -> None:
    rules = crisis.rules[0]
    clock = crisis.clock[0]
    now = clock.now
    alert = -math.inf
    for f in range(len(crisis.fronts)):
        front = crisis.fronts[f]
        alert = max(alert, front.last_alert)
        if now - front.last_alert > rules.act_window:
            continue
        if front.reverse < f or front.at_war == 1 or front.active == 0:
            continue
        since = min(front.last_alert, crisis.fronts[front.reverse].last_alert)
        if now - since > rules.act_window:
            continue
        if uniform(clock, ACCIDENT, _key_of_pair(crisis, f), ticks(now)) < rules.accident_probability:
            start_war(crisis, f, BY_ACCIDENT)
    clock.alert = alert


@inlined
def accidents_happen(crisis: Crisis) -> None:
    """Draw war by accident on every front where both sides stand on alert."""
    if crisis.clock[0].now - crisis.clock[0].alert <= crisis.rules[0].act_window:
        _go_through_fronts(crisis)
