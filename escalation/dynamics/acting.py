"""What an act is worth in itself, whatever the reply: act(ℓ), and the injury x(ℓ) that it leaves unanswered.

Both enter the expected utility of the actor i of a front for an act ℓ against its target j:

    EU(ℓ) = Σ_k P̂(k|ℓ)·u(ℓ, k) + act(ℓ) − v^ν·(ρ_θ + δD)·x(ℓ)

`escalation.dynamics.utility` has the rest of the sum. Eight acts are worked out at once, in lanes: those of the ladder
from `first` on.
"""

from __future__ import annotations

from typing import NamedTuple

from escalation.arithmetic.elementary import Lanes, at_least, greater, lanes_at, positive_part, splat, where
from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.roles import OVERDUE, RESTRAINT, STANDING
from escalation.dynamics.state import Crisis
from escalation.dynamics.support import credence_where
from escalation.mechanisms.alliances import leash_cost, leash_left, reply_cost_free, reply_cost_of_war
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
    "injury_left",
    "net_destruction",
    "net_gain",
    "net_intensity",
    "open_injury",
    "sum_of_terms",
]

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
def _above_baseline(crisis: Crisis, row: list[float], baseline: float, first: int) -> Lanes:
    """What a row has of eight acts above that of ongoing hostilities; 0 for restraint."""
    return where(lanes_at(crisis.is_above_restraint, first), lanes_at(row, first) - baseline, 0.0)


@inlined
def net_intensity(crisis: Crisis, f: int, first: int) -> Lanes:
    """Intensity g(ℓ) = g_ℓ − g_0 of eight acts above that of ongoing hostilities; 0 for restraint."""
    return _above_baseline(crisis, crisis.intensities, crisis.fronts[f].baseline, first)


@inlined
def net_gain(crisis: Crisis, f: int, first: int) -> Lanes:
    """Gain y(ℓ) = y_ℓ − y_0 of eight acts above that of ongoing hostilities; 0 for restraint."""
    return _above_baseline(crisis, crisis.gains, crisis.fronts[f].baseline_gain, first)


@inlined
def net_destruction(crisis: Crisis, f: int, first: int) -> Lanes:
    """Destruction d(ℓ) = d_ℓ − d_0 of eight acts above that of ongoing hostilities; 0 for restraint."""
    return _above_baseline(crisis, crisis.destructions, crisis.fronts[f].baseline_destruction, first)


@inlined
def hostility(crisis: Crisis, f: int) -> float:
    """Intensity g_0 of ongoing hostilities between a pair, the higher of both sides.

    Both are used to it. So no act, restraint included, counts as a lesser answer to an injury than this.
    """
    front = crisis.fronts[f]
    return max(front.baseline, crisis.fronts[front.reverse].baseline)


# ---------------------------------------------------------------------------------- the injury left unanswered


@shared
def injury_left(crisis: Crisis, f: int, first: int) -> Lanes:
    """Injury x(ℓ) that eight acts on front `f` would leave unanswered.

    x(ℓ) = max over j's open acts of (e − g)⁺ and over i's open incidents of μ_j·π·(e − g)⁺, with g = max(a_ℓ, g_0) and
    a_ℓ the intensity with which the act answers, `Crisis.credits`.
    """
    front = crisis.fronts[f]
    answer = greater(lanes_at(crisis.credits, first), hostility(crisis, f))
    most = unanswered(1.0, 1.0, front.injury, answer)
    n = crisis.actors[front.actor].open_incident
    while n >= 0:
        incident = crisis.incidents[n]
        blame = crisis.blame[n][front.target]
        if incident.level > 0.0 and blame > 0.0:
            exposed = exposure(crisis.rules[0].covert_discount, incident.publicity)
            most = greater(most, unanswered(blame, exposed, incident.level, answer))
        n = incident.next
    return most


@shared
def open_injury(crisis: Crisis, f: int) -> float:
    """Injury x(restraint) on front `f` that restraint would leave unanswered."""
    front = crisis.fronts[f]
    floor = hostility(crisis, f)
    most = unanswered(1.0, 1.0, front.injury, floor)
    n = crisis.actors[front.actor].open_incident
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
    """The terms of act(ℓ) of eight acts, in stakes; what costs the actor is below 0."""

    audience: Lanes
    belligerence: Lanes
    spoiler: Lanes
    bait: Lanes
    first_strike: Lanes
    face: Lanes
    leash: Lanes
    patrons: Lanes
    """What the reply of the target's patrons costs whatever the actor's type."""
    concession: Lanes
    threatening: Lanes
    war_share: Lanes
    """What it costs beside as a share of the actor's cost of war c, where destruction has no price of its own."""


@inlined
def sum_of_terms(terms: ActTerms) -> Lanes:
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
def _audience(crisis: Crisis, f: int, first: int) -> Lanes:
    """−a·publicity·(elapsed/due)·(b − max(g_ℓ·[open], g_0))⁺ while a vow of rung b stands or fades."""
    front = crisis.fronts[f]
    if front.vow_standing != STANDING and front.vow_standing != OVERDUE:
        return splat(0.0)
    shown = greater(lanes_at(crisis.intensities, first) * lanes_at(crisis.publicities, first), front.baseline)
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
def _belligerence(crisis: Crisis, f: int, first: int, mediation: float) -> Lanes:
    """−[belligerence·(1 − D) + M]·(u_ℓ − u_0)⁺·π(ℓ), where u is (1 − η)·g for open limited force and else g.

    u_0 is that of ongoing hostilities, which the public bears already.
    """
    rules = crisis.rules[0]
    front = crisis.fronts[f]
    actor = crisis.actors[front.actor]
    discount = rules.limited_force_discount
    limited = lanes_at(crisis.is_limited_force, first)
    at_home = felt_at_home(lanes_at(crisis.intensities, first), discount, limited)
    borne = felt_at_home(front.baseline, discount, front.baseline_limited)
    # Limited force can weigh less at home than displays that go on already. It is no relief from them, and so costs 0.
    added = where(lanes_at(crisis.is_above_restraint, first), positive_part(at_home - borne), 0.0)
    added = added * exposure(rules.covert_discount, lanes_at(crisis.publicities, first))
    return -belligerence_cost(actor.belligerence_cost, actor.pressure, mediation, added)


@inlined
def _yielding(crisis: Crisis, f: int, first: int) -> Lanes:
    """1 for the act that yields to a demand in public: restraint, or conciliation where there is such an act.

    Where actors can conciliate, restraint costs no face, and neither does meeting the adversary's own demand; only to
    give in to a third party does.
    """
    if crisis.rules[0].conciliation == 0:
        return lanes_at(crisis.is_restraint, first)
    if crisis.fronts[f].demand_direct == 0:
        return lanes_at(crisis.is_conciliation, first)
    return splat(0.0)


@inlined
def _face(crisis: Crisis, f: int, first: int) -> Lanes:
    """−face·publicity·n for the act that yields to a demand of which the share n is left."""
    front = crisis.fronts[f]
    if crisis.clock[0].now > front.demand_until:
        return splat(0.0)
    return -face_cost(crisis.rules[0].face, front.demand_publicity, front.demand_left) * _yielding(crisis, f, first)


@inlined
def _leave(crisis: Crisis, s: int, weight: float, first: int) -> Lanes:
    """Share 1 − ω·[g_ℓ ≤ b] of a patron's leash that its authorisation `s` leaves while it stands; else 1."""
    signal = crisis.signals[s]
    if signal.withdrawn == 1 or crisis.clock[0].now > signal.day + signal.due:
        return splat(1.0)
    if signal.option < 0:
        return splat(leash_left(weight, 1.0))
    highest = splat(crisis.options[signal.option].intensity)
    return leash_left(weight, at_least(highest, lanes_at(crisis.intensities, first)))


@inlined
def _leash(crisis: Crisis, f: int, first: int, g: Lanes, observer: int) -> Lanes:
    """−leash·ΣA·(1 − ω·[g_ℓ ≤ b])·g(ℓ) over the actor's own patrons against the target that hold it back.

    A patron holds back by what it could withdraw: where it has pledged help whatever happens, or where the adversary
    has used force and help is due, there is nothing that it could. It holds back from force alone, since only force
    forfeits what is promised on condition. Leave to act that was given in private is unknown to a target which reckons
    with the leash.
    """
    front = crisis.fronts[f]
    total = splat(0.0)
    held_from = g
    if crisis.rules[0].leash_on_condition == 1:
        if crisis.fronts[front.reverse].used_force == 1:
            return total
        held_from = g * lanes_at(crisis.is_force, first)
    for p in range(front.support_first, front.support_last):
        if crisis.pledges[p].in_force == 0 or crisis.pledges[p].restrains == 0:
            continue
        held = leash_cost(crisis.rules[0].leash, crisis.pledges[p].strength, held_from)
        s, weight = crisis.pledges[p].leave, crisis.pledges[p].leave_weight
        if observer != front.actor:
            s, weight = crisis.pledges[p].leave_adversary, crisis.pledges[p].leave_weight_adversary
        if s >= 0:
            held = held * _leave(crisis, s, weight, first)
        total = total - held
    return total


@inlined
def _patrons_credence(crisis: Crisis, f: int, first: int, observer: int) -> Lanes:
    """Σq over the target's patrons whose trigger an act reaches, as an observer believes; 0 for a covert act.

    A warning in a pledge's name bears here, by the credence of the target's pledge; it bears on the probability of
    victory, too, in `escalation.dynamics.support`.
    """
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    intensity = lanes_at(crisis.intensities, first)
    seen = lanes_at(crisis.is_above_restraint, first) * (1.0 - lanes_at(crisis.is_covert, first))
    total = splat(0.0)
    for p in range(back.support_first, back.support_last):
        pledge = crisis.pledges[p]
        hidden = pledge.known == 0  # and the protégé knows that it is
        # A patron that has joined is called no more: it counts with certainty in the probability of victory.
        if pledge.joined == 1 or hidden:
            continue
        called = seen * at_least(intensity, pledge.trigger)
        total = total + called * credence_where(crisis, p, observer, back.struck_first == 1)
    return total


@inlined
def act_terms(crisis: Crisis, f: int, first: int, observer: int) -> ActTerms:
    """Terms of act(ℓ) of eight acts, which need no reply.

    The injury left unanswered is not among them, since what it costs depends on the actor's honour.

    Parameters
    ----------
    crisis
        The crisis.
    f, first
        Front, and the first of the acts.
    observer
        Whose beliefs about patrons are used: the actor's own, or those of a target that thinks ahead.
    """
    rules = crisis.rules[0]
    front = crisis.fronts[f]
    g = net_intensity(crisis, f, first)
    mediation = _mediation(crisis, f)
    first_strike = first_strike_gain(front.first_strike_advantage, front.fear) * lanes_at(crisis.is_major, first)
    credence = _patrons_credence(crisis, f, first, observer)
    patrons = -reply_cost_free(rules.patron_reply, credence, front.stake, net_gain(crisis, f, first))
    war_share = reply_cost_of_war(rules.patron_reply, credence, net_destruction(crisis, f, first))
    if rules.destruction_priced == 1:
        is_war = lanes_at(crisis.is_war, first)
        patrons = patrons - rules.destruction_cost * where(is_war, 0.0, war_share)
        war_share = where(is_war, war_share, 0.0)
    conceded = mediation + concession_value(front.stake, front.revisionism, rules.concession)
    return ActTerms(
        audience=_audience(crisis, f, first),
        belligerence=_belligerence(crisis, f, first, mediation),
        spoiler=spoiler_gain(front.spoiler, g),
        bait=-bait_cost(rules.bait, front.motive, g),
        first_strike=first_strike,
        face=_face(crisis, f, first),
        leash=_leash(crisis, f, first, g, observer),
        patrons=patrons,
        concession=conceded * lanes_at(crisis.is_conciliation, first),
        threatening=-rules.threat_cost * lanes_at(crisis.is_threat, first),
        war_share=war_share,
    )
