"""What an act is worth in itself, whatever the reply: act(ℓ), and the injury x(ℓ) that it leaves unanswered.

Both enter the expected utility of the actor i of a front for an act ℓ against its target j:

    EU(ℓ) = Σ_k P̂(k|ℓ)·u(ℓ, k) + act(ℓ) − (ρ_θ + δD)·x(ℓ)

`escalation.dynamics.utility` has the rest of the sum.
"""

from __future__ import annotations

from typing import NamedTuple

from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.roles import CONCILIATION, FORCE, MAJOR, OVERDUE, RESTRAINT, STANDING, THREAT, WAR
from escalation.dynamics.state import Crisis
from escalation.dynamics.support import credence_where
from escalation.mechanisms.alliances import leash_cost, reply_cost_free, reply_cost_of_war
from escalation.mechanisms.conciliation import bait_cost, concession_value, spoiler_gain
from escalation.mechanisms.honour_and_audiences import (
    audience_cost,
    belligerence_cost,
    elapsed_share,
    exposure,
    face_cost,
    felt_at_home,
    unanswered,
)
from escalation.mechanisms.war_and_contest import first_strike_gain

__all__ = [
    "UNAVAILABLE",
    "ActTerms",
    "act_terms",
    "amends",
    "available",
    "hostility",
    "injuries",
    "net_destruction",
    "net_gain",
    "net_intensity",
    "open_injury",
    "sum_of_terms",
]

NO_ACT = -2
"""A role that no act has."""
UNAVAILABLE = -1e60
"""Utility of an act that is not on offer, far below any that the numbers allowed in a scenario can come to."""


# ---------------------------------------------------------------------------------- above ongoing hostilities


@inlined
def available(crisis: Crisis, f: int, o: int) -> bool:
    """Whether an act is on offer on a front: restraint, or a rung above ongoing hostilities, covertly if deniable."""
    option = crisis.options[o]
    front = crisis.fronts[f]
    return option.role <= RESTRAINT or (option.intensity > front.baseline and option.covert <= front.deniable)


@inlined
def net_intensity(crisis: Crisis, f: int, o: int) -> float:
    """Intensity g(ℓ) = g_ℓ − g_0 of an act above that of ongoing hostilities; 0 for restraint."""
    if crisis.options[o].role <= RESTRAINT:
        return 0.0
    return crisis.options[o].intensity - crisis.fronts[f].baseline


@inlined
def net_gain(crisis: Crisis, f: int, o: int) -> float:
    """Gain y(ℓ) = y_ℓ − y_0 of an act above that of ongoing hostilities; 0 for restraint."""
    if crisis.options[o].role <= RESTRAINT:
        return 0.0
    return crisis.options[o].gain - crisis.fronts[f].baseline_gain


@inlined
def net_destruction(crisis: Crisis, f: int, o: int) -> float:
    """Destruction d(ℓ) = d_ℓ − d_0 of an act above that of ongoing hostilities; 0 for restraint."""
    if crisis.options[o].role <= RESTRAINT:
        return 0.0
    return crisis.options[o].destruction - crisis.fronts[f].baseline_destruction


@inlined
def hostility(crisis: Crisis, f: int) -> float:
    """Intensity g_0 of ongoing hostilities between a pair, the higher of both sides.

    Both are used to it. So no act, restraint included, counts as a lesser answer to an injury than this.
    """
    front = crisis.fronts[f]
    return max(front.baseline, crisis.fronts[front.reverse].baseline)


# ---------------------------------------------------------------------------------- the injury left unanswered


@shared
def injuries(crisis: Crisis, f: int, left: list[float]) -> None:
    """Write the injury x(ℓ) that each act on offer on front `f` would leave unanswered, by their places on offer.

    x(ℓ) = max over j's open acts of (e − g)⁺ and over i's open incidents of μ_j·π·(e − g)⁺, with g = max(g_ℓ, g_0).
    """
    front = crisis.fronts[f]
    offered = crisis.offered[f]
    floor = hostility(crisis, f)
    for place in range(front.offers):
        answer = max(crisis.options[offered[place]].credit, floor)
        left[place] = unanswered(1.0, 1.0, front.injury, answer)
    n = crisis.actors[front.actor].first_incident
    while n >= 0:
        incident = crisis.incidents[n]
        blame = crisis.blame[n][front.target]
        if incident.level > 0.0 and blame > 0.0:
            exposed = exposure(crisis.rules[0].covert_discount, incident.publicity)
            for place in range(front.offers):
                answer = max(crisis.options[offered[place]].credit, floor)
                injury = unanswered(blame, exposed, incident.level, answer)
                if injury > left[place]:
                    left[place] = injury
        n = incident.next


@shared
def open_injury(crisis: Crisis, f: int) -> float:
    """Injury x(restraint) on front `f` that restraint would leave unanswered."""
    front = crisis.fronts[f]
    floor = hostility(crisis, f)
    most = unanswered(1.0, 1.0, front.injury, floor)
    n = crisis.actors[front.actor].first_incident
    while n >= 0:
        incident = crisis.incidents[n]
        if incident.level > 0.0:
            exposed = exposure(crisis.rules[0].covert_discount, incident.publicity)
            injury = unanswered(crisis.blame[n][front.target], exposed, incident.level, floor)
            if injury > most:
                most = injury
        n = incident.next
    return most


@inlined
def amends(crisis: Crisis, f: int) -> float:
    """Share of the target's injury that conciliation on front `f` makes good: all, where it is what was demanded."""
    front = crisis.fronts[f]
    if front.demand_direct == 1 and crisis.clock[0].now <= front.demand_until:
        return 1.0
    return crisis.rules[0].amends


# ---------------------------------------------------------------------------------- act(ℓ), term by term


class ActTerms(NamedTuple):
    """The terms of act(ℓ), in stakes; what costs the actor is below 0."""

    audience: float
    belligerence: float
    spoiler: float
    bait: float
    first_strike: float
    face: float
    leash: float
    patrons: float
    """What the reply of the target's patrons costs whatever the actor's type."""
    concession: float
    threatening: float
    war_share: float
    """What it costs beside as a share of the actor's cost of war c, where destruction has no price of its own."""


@inlined
def sum_of_terms(terms: ActTerms) -> float:
    """Sum of the terms of act(ℓ), but for the share of the cost of war."""
    # Beginning with 0.0 keeps a minus zero out of the sum. Another order would round otherwise.
    return (
        0.0
        + terms.audience
        + terms.belligerence
        + terms.spoiler
        + terms.bait
        + terms.first_strike
        + terms.face
        + terms.leash
        + terms.patrons
        + terms.concession
        + terms.threatening
    )


@inlined
def _audience(crisis: Crisis, f: int, o: int) -> float:
    """−a·publicity·(elapsed/due)·(b − max(g_ℓ·[open], g_0))⁺ while a vow of rung b stands or fades."""
    front = crisis.fronts[f]
    if front.vow_standing != STANDING and front.vow_standing != OVERDUE:
        return 0.0
    option = crisis.options[o]
    shown = max(option.intensity * option.publicity, front.baseline)
    elapsed = elapsed_share(crisis.clock[0].now, front.vow_made, front.vow_due)
    return -audience_cost(crisis.actors[front.actor].audience_cost, front.vow_publicity, elapsed, front.vow, shown)


@inlined
def _mediation(crisis: Crisis, f: int) -> float:
    """Added cost M of force per unit of intensity, by mediation and by appeals for restraint."""
    front = crisis.fronts[f]
    now = crisis.clock[0].now
    added = 0.0
    if now <= front.mediation_until:
        added = front.mediation
    if now <= front.appeal_until:
        added += front.appeal
    return added


@inlined
def _belligerence(crisis: Crisis, f: int, o: int, g: float, mediation: float) -> float:
    """−[belligerence·(1 − D) + M]·u·π(ℓ), where u is (1 − η)·g(ℓ) for open limited force and else g(ℓ)."""
    rules = crisis.rules[0]
    option = crisis.options[o]
    actor = crisis.actors[crisis.fronts[f].actor]
    at_home = felt_at_home(g, rules.limited_force_discount, option.role == FORCE and option.covert == 0)
    at_home *= exposure(rules.covert_discount, option.publicity)
    return -belligerence_cost(actor.belligerence_cost, actor.pressure, mediation, at_home)


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
def _face(crisis: Crisis, f: int, o: int) -> float:
    """−face·publicity·n for the act that yields to a demand of which the share n is left."""
    front = crisis.fronts[f]
    if crisis.options[o].role == _yields(crisis, f) and crisis.clock[0].now <= front.demand_until:
        return -face_cost(crisis.rules[0].face, front.demand_publicity, front.demand_left)
    return 0.0


@inlined
def _leash(crisis: Crisis, f: int, g: float) -> float:
    """−leash·ΣA·g(ℓ) over the actor's own patrons against the target that hold it back.

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
        total -= leash_cost(crisis.rules[0].leash, crisis.pledges[p].strength, g)
    return total


@inlined
def _patrons_credence(crisis: Crisis, f: int, o: int, observer: int) -> float:
    """Σq over the target's patrons whose trigger the act reaches, as an observer believes; 0 for a covert act.

    A warning in a pledge's name bears here, by the credence of the target's pledge; it bears on the probability of
    victory, too, in `escalation.dynamics.support`.
    """
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
def act_terms(crisis: Crisis, f: int, o: int, observer: int) -> ActTerms:
    """Terms of act(ℓ), which need no reply.

    The injury left unanswered is not among them, since what it costs depends on the actor's honour.

    Parameters
    ----------
    crisis
        The crisis.
    f, o
        Front and act.
    observer
        Whose beliefs about patrons are used: the actor's own, or those of a target that thinks ahead.
    """
    rules = crisis.rules[0]
    option = crisis.options[o]
    front = crisis.fronts[f]
    g = net_intensity(crisis, f, o)
    mediation = _mediation(crisis, f)
    first_strike = 0.0
    if option.role >= MAJOR:
        first_strike = first_strike_gain(front.first_strike_advantage, front.fear)
    credence = _patrons_credence(crisis, f, o, observer)
    patrons = -reply_cost_free(rules.patron_reply, credence, front.stake, net_gain(crisis, f, o))
    war_share = reply_cost_of_war(rules.patron_reply, credence, net_destruction(crisis, f, o))
    if rules.destruction_priced == 1 and option.role < WAR:
        patrons -= rules.destruction_cost * war_share
        war_share = 0.0
    concession = 0.0
    if option.role == CONCILIATION:
        concession = mediation + concession_value(front.stake, front.revisionism, rules.concession)
    threatening = 0.0
    if option.role == THREAT:
        threatening = -rules.threat_cost
    return ActTerms(
        audience=_audience(crisis, f, o),
        belligerence=_belligerence(crisis, f, o, g, mediation),
        spoiler=spoiler_gain(front.spoiler, g),
        bait=-bait_cost(rules.bait, front.motive, g),
        first_strike=first_strike,
        face=_face(crisis, f, o),
        leash=_leash(crisis, f, g),
        patrons=patrons,
        concession=concession,
        threatening=threatening,
        war_share=war_share,
    )
