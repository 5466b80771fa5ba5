"""What an act is worth in itself, whatever the reply: the sum act(ℓ), term by term."""

from __future__ import annotations

from escalation.arithmetic.shared import inlined
from escalation.dynamics.roles import CONCILIATION, FORCE, MAJOR, OVERDUE, RESTRAINT, STANDING, THREAT, WAR
from escalation.dynamics.state import Crisis
from escalation.dynamics.support import credence_where
from escalation.mechanisms.alliances import leash_cost, reply_cost_free, reply_cost_of_war
from escalation.mechanisms.audiences import audience_cost, belligerence_cost, elapsed_share, felt_at_home
from escalation.mechanisms.conciliation import bait_cost, concession_value, spoiler_gain
from escalation.mechanisms.injury_and_honour import exposure, face_cost
from escalation.mechanisms.war_and_contest import first_strike_gain

__all__ = [
    "AUDIENCE",
    "BAIT",
    "BELLIGERENCE",
    "CONCESSION",
    "FACE",
    "FIRST_STRIKE",
    "LEASH",
    "PATRONS",
    "PATRONS_WAR",
    "SPOILER",
    "TERMS",
    "THREATENING",
    "UNAVAILABLE",
    "act_value",
    "available",
    "net_destruction",
    "net_gain",
    "net_intensity",
]

NO_ACT = -2
"""A role that no act has."""
UNAVAILABLE = -1e60
"""Utility of an act that is not on offer, far below any that the numbers allowed in a scenario can come to."""

AUDIENCE, BELLIGERENCE, SPOILER, BAIT, FIRST_STRIKE, FACE, LEASH, PATRONS, PATRONS_WAR = 0, 1, 2, 3, 4, 5, 6, 7, 8
CONCESSION, THREATENING = 9, 10
TERMS = 11


@inlined
def available(crisis: Crisis, f: int, o: int) -> bool:
    """Whether an act is on offer on a front: restraint, or a rung above ongoing hostilities, covertly if deniable."""
    option = crisis.options[o]
    front = crisis.fronts[f]
    return option.role <= RESTRAINT or (option.intensity > front.baseline and option.covert <= front.deniable)


@inlined
def net_intensity(crisis: Crisis, f: int, o: int) -> float:
    """Intensity of an act above that of ongoing hostilities."""
    if crisis.options[o].role <= RESTRAINT:
        return 0.0
    return crisis.options[o].intensity - crisis.fronts[f].baseline


@inlined
def net_gain(crisis: Crisis, f: int, o: int) -> float:
    """Gain y of an act above that of ongoing hostilities."""
    if crisis.options[o].role <= RESTRAINT:
        return 0.0
    return crisis.options[o].gain - crisis.fronts[f].baseline_gain


@inlined
def net_destruction(crisis: Crisis, f: int, o: int) -> float:
    """Destruction d of an act above that of ongoing hostilities."""
    if crisis.options[o].role <= RESTRAINT:
        return 0.0
    return crisis.options[o].destruction - crisis.fronts[f].baseline_destruction


@inlined
def _audience_term(crisis: Crisis, f: int, o: int) -> float:
    front = crisis.fronts[f]
    if front.vow_standing != STANDING and front.vow_standing != OVERDUE:
        return 0.0
    option = crisis.options[o]
    shown = max(option.intensity * option.publicity, front.baseline)
    elapsed = elapsed_share(crisis.clock[0].now, front.vow_made, front.vow_due)
    return -audience_cost(crisis.actors[front.actor].audience_cost, front.vow_publicity, elapsed, front.vow, shown)


@inlined
def _leash_term(crisis: Crisis, f: int, intensity: float) -> float:
    """Cost of straining the patrons of the actor of front `f`.

    A patron holds back by what it could withdraw: where it has pledged help whatever happens, or where the adversary
    has used force and help is due, there is nothing that it could.
    """
    front = crisis.fronts[f]
    total = 0.0
    if crisis.rules[0].leash_on_condition == 1 and crisis.fronts[front.reverse].used_force == 1:
        return total
    for p in range(front.support_first, front.support_last):
        if crisis.pledges[p].in_force == 0 or crisis.pledges[p].restrains == 0:
            continue
        total -= leash_cost(crisis.rules[0].leash, crisis.pledges[p].strength, intensity)
    return total


@inlined
def _patrons_credence(crisis: Crisis, f: int, o: int, observer: int) -> float:
    option = crisis.options[o]
    if option.covert == 1 or option.role <= RESTRAINT:
        return 0.0
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    total = 0.0
    for p in range(back.support_first, back.support_last):
        pledge = crisis.pledges[p]
        hidden = pledge.known == 0  # and the protégé knows that it is
        if pledge.joined == 1 or hidden or option.intensity < pledge.trigger:
            continue
        total += credence_where(crisis, p, observer, back.struck_first == 1)
    return total


@inlined
def _yields(crisis: Crisis, f: int) -> int:
    """Role of the act that yields to a demand in public: restraint, or conciliation where there is such an act.

    Where actors can conciliate, restraint costs no face, and neither does meeting the adversary's own demand; only to
    give in to a third party does.
    """
    if crisis.rules[0].conciliation == 0:
        return RESTRAINT
    if crisis.fronts[f].demand_direct == 0:
        return CONCILIATION
    return NO_ACT


@inlined
def act_value(crisis: Crisis, f: int, o: int, observer: int, terms: list[float]) -> None:
    """Write the terms of act(ℓ) that need no reply, in stakes.

    Parameters
    ----------
    f, o
        Front and act.
    observer
        Whose beliefs about patrons are used: the actor's own, or those of a target that thinks ahead.
    terms
        Receives the terms, in the order of the constants of this module; shape (TERMS,). `PATRONS_WAR` is the
        coefficient of the actor's cost of war; the injury left unanswered, which depends on the actor's honour,
        is added by the caller.
    """
    rules = crisis.rules[0]
    option = crisis.options[o]
    front = crisis.fronts[f]
    actor = crisis.actors[front.actor]
    g = net_intensity(crisis, f, o)
    seen = felt_at_home(g, rules.limited_force_discount, option.role == FORCE and option.covert == 0)
    seen *= exposure(rules.covert_discount, option.publicity)
    mediation = 0.0
    if crisis.clock[0].now <= front.mediation_until:
        mediation = front.mediation
    if crisis.clock[0].now <= front.appeal_until:
        mediation += front.appeal
    terms[AUDIENCE] = _audience_term(crisis, f, o)
    terms[BELLIGERENCE] = -belligerence_cost(actor.belligerence_cost, actor.pressure, mediation, seen)
    terms[SPOILER] = spoiler_gain(front.spoiler, g)
    terms[BAIT] = -bait_cost(rules.bait, front.motive, g)
    terms[FIRST_STRIKE] = 0.0
    if option.role >= MAJOR:
        terms[FIRST_STRIKE] = first_strike_gain(front.first_strike_advantage, front.fear)
    terms[FACE] = 0.0
    if option.role == _yields(crisis, f) and crisis.clock[0].now <= front.demand_until:
        terms[FACE] = -face_cost(rules.face, front.demand_publicity, front.demand_left)
    terms[LEASH] = _leash_term(crisis, f, g)
    credence = _patrons_credence(crisis, f, o, observer)
    terms[PATRONS] = -reply_cost_free(rules.patron_reply, credence, front.stake, net_gain(crisis, f, o))
    ruin = reply_cost_of_war(rules.patron_reply, credence, net_destruction(crisis, f, o))
    terms[PATRONS_WAR] = -ruin
    if rules.destruction_priced == 1 and option.role < WAR:
        terms[PATRONS] -= rules.destruction_cost * ruin
        terms[PATRONS_WAR] = 0.0
    terms[CONCESSION] = 0.0
    if option.role == CONCILIATION:
        terms[CONCESSION] = mediation + concession_value(front.stake, front.revisionism, rules.concession)
    terms[THREATENING] = 0.0
    if option.role == THREAT:
        terms[THREATENING] = -rules.threat_cost
