"""Commitments: an act calls on its target's patrons, who join or stand aside; a war calls on those of both sides.

War on a front is absorbing. It is reached by choice, by brinkmanship, by accident or by commitment: a patron that has
joined goes to war with its protégé. Whether allies use force together is noted here, too.
"""

from __future__ import annotations

import math

from escalation.arithmetic.draws import ticks, uniform, uniform_pair
from escalation.arithmetic.keys import JOINING
from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.prompting import prompt
from escalation.dynamics.roles import BY_COMMITMENT
from escalation.dynamics.state import Crisis
from escalation.dynamics.support import actual_victory, capability_of
from escalation.mechanisms.alliances import (
    credence_after,
    joining_by_credence,
    joining_probability,
    joining_utility,
)
from escalation.mechanisms.beliefs_and_signals import after_broken_word
from escalation.mechanisms.honour_and_audiences import injury_by_act
from escalation.mechanisms.war_and_contest import hazard, probability, risk_at_stake

__all__ = [
    "allies_go_to_war",
    "answer_calls",
    "call_patrons",
    "forfeit",
    "note_joint_force",
    "pledges_change",
    "risk_of_exchange",
    "start_war",
]

ALWAYS = 2
"""Value of `PledgeState.in_force` of a pledge that neither begins nor lapses in a run."""
ALLOWANCE = 1e-9
"""Days by which two acts may lie further apart than an act window through rounding: 0.4 - 0.1 is more than 0.3."""


# ---------------------------------------------------------------------------------- which pledges are in force


@shared
def pledges_change(crisis: Crisis) -> None:
    """See which pledges are in force in this period: begun, not lapsed, and not forfeited.

    Whatever falls before `Clock.latest` belongs to the period, as for events and signals.
    """
    if crisis.rules[0].pledges_change == 0:
        return
    latest = crisis.clock[0].latest
    for p in range(len(crisis.pledges)):
        pledge = crisis.pledges[p]
        if pledge.in_force == ALWAYS:
            continue
        pledge.in_force = 0
        if pledge.begins < latest <= pledge.lapses and pledge.forfeited == 0:
            pledge.in_force = 1


@shared
def forfeit(crisis: Crisis, f: int, intensity: float) -> None:
    """End the pledges to the actor of front `f` that hold only while its own acts stay below this intensity.

    A patron that has joined stays. The act may be covert: the patron of whoever did it knows.

    Parameters
    ----------
    intensity
        Intensity of the act that was done on the front.
    """
    front = crisis.fronts[f]
    for p in range(front.support_first, front.support_last):
        pledge = crisis.pledges[p]
        if intensity >= pledge.while_below:
            pledge.forfeited = 1
            pledge.in_force = 0


# ---------------------------------------------------------------------------------- how a patron answers a call


@shared
def _join(crisis: Crisis, p: int, intensity: float) -> None:
    """Let the patron of pledge `p` join: its front opens with fear and an injury, and both sides are called on."""
    pledge = crisis.pledges[p]
    front = crisis.fronts[pledge.patron_front]
    back = crisis.fronts[front.reverse]
    pledge.joined = 1
    # Its protégé may be at war already, and then this period brings the patron to war.
    crisis.clock[0].calls = 1
    pledge.joined_period = crisis.clock[0].period
    if front.active == 0:
        front.active = 1
        back.active = 1
        front.fear = crisis.rules[0].fear_on_joining
        back.fear = crisis.rules[0].fear_on_joining
    level = injury_by_act(crisis.rules[0].act_injury, front.baseline, back.baseline, intensity)
    front.injury = max(front.injury, level)
    now = crisis.clock[0].now
    prompt(crisis, pledge.patron_front, now, pledge.key)
    prompt(crisis, front.reverse, now, pledge.key)


@shared
def _utility_of_joining(crisis: Crisis, p: int, intensity: float, destruction: float) -> float:
    """Utility stake·ΔW − c·d + A·(a·publicity + reputation) to the patron of pledge `p` of joining, in stakes.

    ΔW is what its help adds to the protégé's probability of victory beside the patrons that have joined. c is its own
    cost of war, or ψ below war where destruction has a price of its own. A counts 0 where the protégé struck first
    and the pledge is on condition.
    """
    pledge = crisis.pledges[p]
    patron = crisis.actors[pledge.patron]
    war_cost = patron.war_cost_irresolute
    if patron.resolute == 1:
        war_cost = patron.war_cost_resolute
    if crisis.rules[0].destruction_priced == 1 and intensity < 1.0:
        war_cost = crisis.rules[0].destruction_cost
    help_given = capability_of(crisis, pledge.patron)
    gained = actual_victory(crisis, pledge.protege_front, help_given) - actual_victory(
        crisis, pledge.protege_front, 0.0
    )
    strength = pledge.strength
    if pledge.conditional == 1 and crisis.fronts[pledge.protege_front].struck_first == 1:
        strength = 0.0
    return joining_utility(
        pledge.stake,
        gained,
        war_cost,
        destruction,
        strength,
        patron.audience_cost,
        pledge.publicity,
        crisis.rules[0].reputation,
    )


@shared
def _probability_of_joining(crisis: Crisis, p: int, intensity: float, destruction: float) -> float:
    """Probability that the patron of pledge `p` joins upon a call.

    σ(logit q₀ + λ·(c̄ − c)/2 − 2·[on condition, and the protégé struck first]), or σ(λ·U) where patrons join by utility.
    """
    pledge = crisis.pledges[p]
    patron = crisis.actors[pledge.patron]
    if crisis.rules[0].joins_by_credence == 0:
        return joining_probability(patron.precision, _utility_of_joining(crisis, p, intensity, destruction))
    mean_cost = patron.resolve * patron.war_cost_resolute + (1.0 - patron.resolve) * patron.war_cost_irresolute
    cost = patron.war_cost_irresolute
    if patron.resolute == 1:
        cost = patron.war_cost_resolute
    undeserved = pledge.conditional == 1 and crisis.fronts[pledge.protege_front].struck_first == 1
    # By what the scenario states: what others have come to believe of the patron does not change what it does.
    return joining_by_credence(pledge.credence_prior, patron.precision, mean_cost, cost, undeserved)


@shared
def _loss_of_name(crisis: Crisis, p: int) -> float:
    """Share of its honesty that a patron loses by breaking a pledge of which it had warned.

    Where a patron joins by credence, the strength A of the pledge does not weigh in its choice; it weighs here.
    """
    if crisis.rules[0].joins_by_credence == 1:
        return crisis.rules[0].honesty_loss * crisis.pledges[p].strength
    return crisis.rules[0].honesty_loss


@shared
def _answer_draw(crisis: Crisis, p: int, intensity: float) -> float:
    """Uniform number by which a patron answers a call.

    One promise to several protégés has one for each period and rung, whoever calls.
    """
    pledge = crisis.pledges[p]
    # By the rung and not by the day: the same attack meets the same answer, whenever it comes.
    if pledge.shared == 0:
        return uniform(crisis.clock[0], JOINING, pledge.promise, ticks(intensity))
    return uniform_pair(crisis.clock[0], JOINING, pledge.promise, ticks(intensity), crisis.clock[0].period)[0]


@shared
def _lose_name(crisis: Crisis, p: int) -> None:
    """Take from a patron's honesty what it costs to break a pledge of which it had warned."""
    pledge = crisis.pledges[p]
    patron = crisis.actors[pledge.patron]
    if pledge.warned == 1:
        patron.honesty = after_broken_word(patron.honesty, _loss_of_name(crisis, p))


@shared
def _learn(crisis: Crisis, p: int, kept: int) -> None:
    """Let protégé and adversary learn from one case in which a pledge was kept, or broken."""
    pledge = crisis.pledges[p]
    pledge.credence_protege = credence_after(pledge.credence_protege, pledge.weight, kept)
    pledge.credence_adversary = credence_after(pledge.credence_adversary, pledge.weight, kept)
    pledge.weight += 1.0


@shared
def _decide_to_join(crisis: Crisis, p: int, intensity: float, destruction: float) -> None:
    """Let a patron that is called decide, and let all learn how it answered."""
    pledge = crisis.pledges[p]
    pledge.asked = intensity
    pledge.answer = 0
    if _answer_draw(crisis, p, intensity) < _probability_of_joining(crisis, p, intensity, destruction):
        pledge.answer = 1
        pledge.kept += 1
    else:
        pledge.broken += 1
    if pledge.shared == 1:
        pledge.answering = 1  # what is learnt of the whole promise waits until all have been answered
        return
    if pledge.answer == 0:
        _lose_name(crisis, p)
    _learn(crisis, p, pledge.answer)


@shared
def _learn_together(crisis: Crisis) -> None:
    """Let all whom one promise to several is for or against learn how the calls of this round were answered.

    They are one case: the promise was broken if it was to any of those that called, and else kept. The honesty of the
    patron falls once.
    """
    pledges = len(crisis.pledges)
    for p in range(pledges):
        promise = crisis.pledges[p]
        if promise.answering == 0:
            continue
        kept = 1
        # Pledges before this one have had their turn, and answer no more.
        for q in range(p, pledges):
            pledge = crisis.pledges[q]
            if pledge.answering == 1 and pledge.commitment == promise.commitment:
                pledge.answering = 0
                if pledge.answer == 0:
                    kept = 0
        if kept == 0:
            _lose_name(crisis, p)
        for q in range(pledges):
            if crisis.pledges[q].commitment == promise.commitment:
                _learn(crisis, q, kept)


# ---------------------------------------------------------------------------------- joint force


@inlined
def _latest_force(crisis: Crisis, f: int) -> float:
    """When force was last used on front `f`: today, where a war came about in the run, else when it was last chosen."""
    if crisis.fronts[f].war_period >= 0:
        return crisis.clock[0].now
    return crisis.fronts[f].chosen_force


@shared
def note_joint_force(crisis: Crisis) -> None:
    """Note of any two fronts on one target that force has now been used on both within an act window.

    Force is an act that was chosen, or a war that came about in the run, in which both sides use force every day. It is
    enough to look when force has just been used or a war has begun: where one front goes on with a war, the other's
    last act lies further back from day to day.
    """
    now = crisis.clock[0].now
    window = crisis.rules[0].act_window + ALLOWANCE
    for k in range(len(crisis.pairs)):
        pair = crisis.pairs[k]
        if pair.joint_period >= 0:
            continue
        one = _latest_force(crisis, pair.one)
        two = _latest_force(crisis, pair.two)
        if max(one, two) == now and now - min(one, two) <= window:
            pair.joint_period = crisis.clock[0].period


# ---------------------------------------------------------------------------------- what a patron takes up


@shared
def _forget_weights(crisis: Crisis, p: int) -> None:
    """Forget how stakes weigh on the front that a pledge opens."""
    front = crisis.fronts[crisis.pledges[p].patron_front]
    back = crisis.fronts[front.reverse]
    front.injury_weight = 0.0
    back.injury_weight = 0.0
    front.war_odds = 0.0


@shared
def _take_up_weights(crisis: Crisis, p: int) -> None:
    """Let stakes weigh on the front that a pledge opens at least as in the quarrel that the patron joins.

    What it fights about is that quarrel, whatever its protégé is worth to it.
    """
    front = crisis.fronts[crisis.pledges[p].patron_front]
    back = crisis.fronts[front.reverse]
    helped = crisis.fronts[crisis.pledges[p].protege_front]
    against = crisis.fronts[helped.reverse]
    front.injury_weight = max(front.injury_weight, helped.injury_weight)
    back.injury_weight = max(back.injury_weight, against.injury_weight)
    front.war_odds = max(front.war_odds, helped.war_odds)
    back.war_odds = front.war_odds


# ---------------------------------------------------------------------------------- calls, and the wars that call


@shared
def call_patrons(crisis: Crisis, f: int, intensity: float, destruction: float) -> None:
    """Call on the patrons of the target of an act on front `f`, once, and again for a higher act.

    Where allies of allies can be called, and for one promise to several protégés, answers wait for the end of the
    period, so that the order in which actors are listed does not matter; else each patron decides at once.

    Parameters
    ----------
    intensity, destruction
        Intensity and destruction of the act that was done on the front.
    """
    back = crisis.fronts[crisis.fronts[f].reverse]
    for p in range(back.support_first, back.support_last):
        pledge = crisis.pledges[p]
        if pledge.joined == 1 or intensity < pledge.trigger or intensity <= pledge.asked or pledge.in_force == 0:
            continue
        if crisis.rules[0].belligerency == 1 or pledge.shared == 1:
            if intensity > pledge.called:
                pledge.called = intensity
                crisis.clock[0].calls = 1
                pledge.called_destruction = destruction
            continue
        _decide_to_join(crisis, p, intensity, destruction)
        if pledge.answer == 1:
            # When the run began, stakes of its own gave the closed front its weights. Those of the quarrel take their
            # place.
            if crisis.fronts[pledge.patron_front].active == 0:
                _forget_weights(crisis, p)
                _take_up_weights(crisis, p)
            _join(crisis, p, intensity)


@shared
def risk_of_exchange(crisis: Crisis, f: int, intensity: float, at: float) -> float:
    """Probability that what is done at an intensity gets out of hand, against the latest force on front `f`.

    It is 0 where that lies further back than the act window. The odds are (v·v')^(ζ/2) times those of a probability of
    1 − exp(−f0·e^(f1·5·(g + g' − 0.8))).
    """
    front = crisis.fronts[f]
    rules = crisis.rules[0]
    if at - front.last_force > rules.act_window:
        return 0.0
    total = hazard(rules.brinkmanship_scale, rules.brinkmanship_slope, intensity, front.force_intensity)
    return risk_at_stake(probability(total), front.war_odds)


@shared
def start_war(crisis: Crisis, f: int, cause: int) -> None:
    """Bring both sides of front `f` to war, and call on the patrons of both."""
    clock = crisis.clock[0]
    clock.escalated = 1
    clock.calls = 1
    clock.force_changes = -math.inf
    top = len(crisis.crossed[f]) - 1
    for side in (f, crisis.fronts[f].reverse):
        front = crisis.fronts[side]
        if front.at_war == 1:
            continue
        front.at_war = 1
        front.agreed = 0
        front.war_period = clock.period
        front.war_cause = cause
        if crisis.crossed[side][top] < 0:  # lower rungs are for acts that were chosen
            crisis.crossed[side][top] = clock.period
    note_joint_force(crisis)
    call_patrons(crisis, f, 1.0, 1.0)
    call_patrons(crisis, crisis.fronts[f].reverse, 1.0, 1.0)


# ---------------------------------------------------------------------------------- answers at the end of a period


@shared
def _set_stakes(crisis: Crisis) -> None:
    """Give each front that is about to open the greatest stake of those that open it, whatever their order."""
    for p in range(len(crisis.pledges)):
        front = crisis.fronts[crisis.pledges[p].patron_front]
        if crisis.pledges[p].answer == 1 and front.active == 0:
            front.stake = 0.0
            crisis.fronts[front.reverse].stake = 0.0
            _forget_weights(crisis, p)
    for p in range(len(crisis.pledges)):
        pledge = crisis.pledges[p]
        front = crisis.fronts[pledge.patron_front]
        if pledge.answer == 1 and front.active == 0:
            back = crisis.fronts[front.reverse]
            against = crisis.fronts[crisis.fronts[pledge.protege_front].reverse]
            front.stake = max(front.stake, pledge.stake)
            back.stake = max(back.stake, against.stake)
            _take_up_weights(crisis, p)


@shared
def answer_calls(crisis: Crisis) -> bool:
    """Let every patron that was called in this period decide, then let all those join that will; whether any did.

    All decide on what stood before any of them joined. A front that opens has the stake of the pledge that opens it,
    and for the adversary that of its front against the protégé.
    """
    pledges = len(crisis.pledges)
    for p in range(pledges):
        pledge = crisis.pledges[p]
        pledge.answer = 0
        if pledge.joined == 0 and pledge.called > 0.0 and pledge.in_force != 0:  # it may be forfeited since
            _decide_to_join(crisis, p, pledge.called, pledge.called_destruction)
    if crisis.rules[0].promises_shared == 1:
        _learn_together(crisis)
    _set_stakes(crisis)
    anybody = False
    for p in range(pledges):
        pledge = crisis.pledges[p]
        if pledge.answer == 1:
            _join(crisis, p, pledge.called)
            anybody = True
        pledge.answer = 0
        pledge.called = -1.0
    return anybody


@shared
def _widen(crisis: Crisis) -> bool:
    """Bring to war each patron that joined a protégé which came to war in this run; whether any front came to war.

    Once is not enough: the war of one ally may be what brings the next to war, in whatever order they are listed.
    """
    anybody = False
    for p in range(len(crisis.pledges)):
        pledge = crisis.pledges[p]
        if pledge.joined == 0 or crisis.fronts[pledge.protege_front].war_period < 0:
            continue
        if crisis.fronts[pledge.patron_front].at_war == 0:
            start_war(crisis, pledge.patron_front, BY_COMMITMENT)
            anybody = True
    return anybody


@shared
def _go_through_pledges(crisis: Crisis) -> None:
    crisis.clock[0].calls = 0
    if crisis.rules[0].belligerency == 0:
        if crisis.rules[0].promises_shared == 1:
            answer_calls(crisis)
        return
    goes_on = True
    while goes_on:  # somebody joins in every round but the last
        widened = True
        while widened:
            widened = _widen(crisis)
        goes_on = answer_calls(crisis)


@inlined
def allies_go_to_war(crisis: Crisis) -> None:
    """Answer the calls of this period, and those that the wars of allies bring, until there are no new ones.

    A pledge that is honoured while its protégé is at war, or whose protégé comes to war later, makes its patron a
    belligerent, and a war calls on the patrons of both sides: so a chain of alliances turns one war into several
    [ChristensenSnyder1990]_. In each round all wars that follow from pledges kept so far begin before anybody answers,
    and all answer before anybody joins, so that the numbering of actors does not matter.
    """
    if crisis.clock[0].calls == 1:
        _go_through_pledges(crisis)
