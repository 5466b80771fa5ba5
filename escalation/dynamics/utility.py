"""Expected utility of every act on a front, for both private types of its actor.

The actor i of a front weighs each act ℓ on offer to it against each reply k on offer to its target j:

    EU(ℓ) = Σ_k P̂(k|ℓ)·u(ℓ, k) + act(ℓ) − v^ν·(ρ_θ + δD)·x(ℓ)

    u(ℓ, k) = (1 − f)·{v·[rev·y(ℓ) − y(k)] − ψ·max(d(ℓ), d(k))} + f·{v·[rev·W − (1 − W)] − c_θ}

P̂(k|ℓ) is in `escalation.dynamics.replies`, act(ℓ) and x(ℓ) are in `escalation.dynamics.acting`. f is the probability of
war in the pair of acts, `Crisis.risk_between`, and W that of winning it, see `escalation.dynamics.support`. v^ν is what
the stake makes of an injury, `FrontState.injury_weight`. Destruction short of war costs ψ·max(d(ℓ), d(k)), or
c_θ·max(d(ℓ), d(k)) where it has no price of its own. Where either side conciliates, u has one more term.

Utility is linear in the cost of war c and in honour ρ, and the types of an actor differ in nothing else. So both types
come from one pass over three numbers: a value that is the same for both, a share of the cost of war, and an injury.
Eight acts are weighed in one pass, in lanes: those of the ladder from `first` on.
"""

from __future__ import annotations

from typing import NamedTuple

from escalation.arithmetic.elementary import Lanes, greater, lanes_at, positive_part, put_lanes, splat, where, width
from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.acting import (
    UNAVAILABLE,
    act_terms,
    available,
    injury_left,
    net_destruction,
    net_gain,
    sum_of_terms,
)
from escalation.dynamics.replies import (
    by_conciliation,
    by_type,
    expect_replies,
    foresee_counter_replies,
    victory_after,
)
from escalation.dynamics.state import Crisis
from escalation.dynamics.support import Victory, expected_victory, turned
from escalation.mechanisms.alliances import mixed_utility
from escalation.mechanisms.honour_and_audiences import injury_weight
from escalation.mechanisms.war_and_contest import exchange_value, risk_at_stake, stakes_odds, war_value

__all__ = [
    "ExchangeTerms",
    "exchange_terms",
    "expected_utilities",
    "look_ahead",
    "principal_front",
    "principal_utilities",
    "weigh",
    "weigh_acts",
    "weigh_stakes",
]

FIXED_POINT = 3
"""Depth at which replies and counter-replies agree."""
MOST_ROUNDS = 100
AGREED = 1e-9


# ---------------------------------------------------------------------------------- EU(ℓ)


class ExchangeTerms(NamedTuple):
    """Σ_k P̂(k|ℓ)·u(ℓ, k) of eight acts, term by term: four in stakes, then two shares of the actor's cost of war."""

    gain: Lanes
    """From the act: (1 − f)·v·rev·y(ℓ)."""
    replies: Lanes
    """Lost to the replies: −(1 − f)·v·y(k), and what conciliation by either side adds."""
    war: Lanes
    """Outcome of war before its cost: f·v·[rev·W − (1 − W)]."""
    destruction: Lanes
    """Destruction short of war where it has a price of its own: −(1 − f)·ψ·max(d(ℓ), d(k))."""
    destruction_share: Lanes
    """Destruction short of war where it has none: (1 − f)·max(d(ℓ), d(k))."""
    war_probability: Lanes
    """Probability of war: f."""


@inlined
def exchange_terms(crisis: Crisis, f: int, first: int, victory: Victory) -> ExchangeTerms:
    """Value of eight acts over the expected replies, term by term.

    Parameters
    ----------
    crisis
        The crisis, after `look_ahead`; the probability of each reply on offer is left in `Crisis.expected_reply`.
    f, first
        Front, and the first of the acts.
    victory
        What `look_ahead` returned.
    """
    rules = crisis.rules[0]
    front = crisis.fronts[f]
    b = front.reverse
    expected = crisis.expected_reply
    conciliates = lanes_at(crisis.is_conciliation, first)
    unanswered_by_force, answered_by_force = victory_after(crisis, f, lanes_at(crisis.is_force, first), victory)
    if_not_force = war_value(front.stake, front.revisionism, unanswered_by_force)
    if_force = war_value(front.stake, front.revisionism, answered_by_force)
    act_gain = exchange_value(front.stake, front.revisionism, net_gain(crisis, f, first), 0.0)
    act_destruction = net_destruction(crisis, f, first)
    expect_replies(crisis, f, first, victory, rules.depth > 1, expected)
    gain = splat(0.0)
    replies = splat(0.0)
    war = splat(0.0)
    destruction = splat(0.0)
    war_probability = splat(0.0)
    for place in range(crisis.fronts[b].offers):
        k = crisis.offered[b][place]
        probability = lanes_at(expected[place], first)
        to_war = probability * lanes_at(crisis.risk_between[k], first)
        short_of_war = probability - to_war
        gain = gain + short_of_war * act_gain
        replies = replies + short_of_war * exchange_value(front.stake, front.revisionism, 0.0, crisis.gain[b][k])
        if rules.conciliation == 1:
            met, is_force = crisis.is_conciliation[k], crisis.is_force[k]
            answer = by_conciliation(rules, front, conciliates, met, is_force, crisis.gain[b][k])
            replies = replies + short_of_war * answer
        war = war + to_war * where(crisis.is_force[k], if_force, if_not_force)
        destruction = destruction + short_of_war * greater(act_destruction, crisis.destruction[b][k])
        war_probability = war_probability + to_war
    is_war = lanes_at(crisis.is_war, first)  # which is its own reply
    destruction = where(is_war, 0.0, destruction)
    priced = splat(0.0)
    if rules.destruction_priced == 1:
        priced = -rules.destruction_cost * destruction
        destruction = splat(0.0)
    return ExchangeTerms(
        gain=where(is_war, 0.0, gain),
        replies=where(is_war, 0.0, replies),
        war=where(is_war, if_force, war),
        destruction=priced,
        destruction_share=destruction,
        war_probability=where(is_war, 1.0, war_probability),
    )


@shared
def _look_at_side(crisis: Crisis, f: int, observer: int) -> None:
    """Write what the acts on front `f` are worth in themselves, gain and destroy, and leave unanswered."""
    for first in range(0, len(crisis.options), width()):
        terms = act_terms(crisis, f, first, observer)
        put_lanes(crisis.act_value[f], first, sum_of_terms(terms))
        put_lanes(crisis.act_war_share[f], first, terms.war_share)
        put_lanes(crisis.gain[f], first, positive_part(net_gain(crisis, f, first)))
        put_lanes(crisis.destruction[f], first, positive_part(net_destruction(crisis, f, first)))
        put_lanes(crisis.injury_left[f], first, crisis.fronts[f].injury_weight * injury_left(crisis, f, first))


@shared
def weigh_stakes(crisis: Crisis, f: int) -> None:
    """Set what follows from the stakes on a front and its reverse: weights of injuries, and the odds of war."""
    rules = crisis.rules[0]
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    front.injury_weight = injury_weight(front.stake, rules.injury_stakes)
    back.injury_weight = injury_weight(back.stake, rules.injury_stakes)
    front.war_odds = stakes_odds(front.stake, back.stake, rules.brinkmanship_stakes)
    back.war_odds = front.war_odds


@shared
def _look_at_risks(crisis: Crisis, odds: float) -> None:
    """Write the probability f of war in every pair of acts, unless the front that was weighed last had the same odds.

    Stakes raise the odds where both acts are force.
    """
    if crisis.odds_of[0] == odds:
        return
    crisis.odds_of[0] = odds
    for o in range(len(crisis.options)):
        for first in range(0, len(crisis.options), width()):
            risk = lanes_at(crisis.risk[o], first)
            both_force = crisis.is_force[o] * lanes_at(crisis.is_force, first)
            put_lanes(crisis.risk_between[o], first, where(both_force, risk_at_stake(risk, odds), risk))


@shared
def look_ahead(crisis: Crisis, f: int) -> Victory:
    """Prepare to weigh the acts on front `f`: look at the acts of both sides, and foresee counter-replies.

    Returns
    -------
    Victory
        Probability of winning a war as the actor believes.
    """
    front = crisis.fronts[f]
    _look_at_risks(crisis, front.war_odds)
    _look_at_side(crisis, f, front.actor)
    _look_at_side(crisis, front.reverse, front.actor)
    victory = expected_victory(crisis, f)
    if crisis.rules[0].depth > 1:
        _foresee(crisis, f, victory)
        _look_at_counters(crisis, f, victory, crisis.own_replies)
    return victory


@shared
def weigh_acts(crisis: Crisis, f: int) -> None:
    """Write EU(ℓ) of every act on front `f` for both types of its actor, into `Crisis.weighed_resolute` and its like.

    Acts that are not on offer get numbers, too, which mean nothing.
    """
    victory = look_ahead(crisis, f)
    actor = crisis.actors[crisis.fronts[f].actor]
    for first in range(0, len(crisis.options), width()):
        terms = exchange_terms(crisis, f, first, victory)
        value = lanes_at(crisis.act_value[f], first) + terms.gain + terms.replies + terms.war + terms.destruction
        war_share = lanes_at(crisis.act_war_share[f], first) + terms.destruction_share + terms.war_probability
        injury = lanes_at(crisis.injury_left[f], first)
        resolute, irresolute = by_type(actor, crisis.rules[0].pressure_weight, value, war_share, injury)
        put_lanes(crisis.weighed_resolute, first, resolute)
        put_lanes(crisis.weighed_irresolute, first, irresolute)


@shared
def expected_utilities(crisis: Crisis, f: int, resolute: list[float], irresolute: list[float]) -> None:
    """Write EU(ℓ) of every act on front `f`, in stakes, if its actor is resolute and if it is irresolute.

    Parameters
    ----------
    crisis
        The crisis; its scratch tables are overwritten.
    f
        Row of the front.
    resolute, irresolute
        Receive the utilities; shape (options,).
    """
    weigh_acts(crisis, f)
    for o in range(len(crisis.options)):
        resolute[o] = UNAVAILABLE
        irresolute[o] = UNAVAILABLE
    for place in range(crisis.fronts[f].offers):
        o = crisis.offered[f][place]
        resolute[o] = crisis.weighed_resolute[o]
        irresolute[o] = crisis.weighed_irresolute[o]


# ---------------------------------------------------------------------------------- counter-replies, from depth 2 on


@shared
def _look_at_counters(crisis: Crisis, f: int, victory: Victory, counters: list[list[float]]) -> None:
    """Write what each reply to the actor of front `f` is worth over the counter-replies that are expected to it."""
    for first in range(0, len(crisis.options), width()):
        foresee_counter_replies(crisis, f, victory, counters, first)


@shared
def _approach(
    crisis: Crisis, f: int, victory: Victory, counters: list[list[float]], replies: list[list[float]]
) -> float:
    """Move the expected replies to all acts half-way to what they would be, and return the greatest step."""
    offers = crisis.fronts[crisis.fronts[f].reverse].offers
    _look_at_counters(crisis, f, victory, counters)
    for first in range(0, len(crisis.options), width()):
        expect_replies(crisis, f, first, victory, True, crisis.expected_reply)
        greatest = splat(0.0)
        for place in range(offers):
            before = lanes_at(replies[place], first)
            step = 0.5 * (lanes_at(crisis.expected_reply[place], first) - before)
            put_lanes(replies[place], first, before + step)
            greatest = greater(greatest, greater(step, -step))
        put_lanes(crisis.steps, first, greatest)
    most = 0.0
    for o in range(len(crisis.options)):
        most = max(most, crisis.steps[o])
    return most


@shared
def _foresee(crisis: Crisis, f: int, victory: Victory) -> None:
    """Expect counter-replies: one ply more, or until replies and counter-replies agree."""
    own, other = crisis.own_replies, crisis.other_replies
    back = crisis.fronts[f].reverse
    # All of this is foresight of the actor of front `f`. So its target goes by the same odds, and not by its own
    # beliefs.
    theirs = turned(victory)
    for first in range(0, len(crisis.options), width()):
        expect_replies(crisis, back, first, theirs, False, own)
        expect_replies(crisis, f, first, victory, False, other)
    if crisis.rules[0].depth < FIXED_POINT:
        return
    for _ in range(MOST_ROUNDS):
        greatest = _approach(crisis, f, victory, own, other)
        greatest = max(greatest, _approach(crisis, back, theirs, other, own))
        if greatest < AGREED:
            break


# ---------------------------------------------------------------------------------- proxies


@shared
def principal_front(crisis: Crisis, f: int) -> int:
    """Front of a proxy's principal to the target of front `f`; -1 where no principal has a say."""
    front = crisis.fronts[f]
    actor = crisis.actors[front.actor]
    if actor.principal < 0 or actor.control <= 0.0:
        return -1
    p = crisis.front_of[actor.principal][front.target]
    if p >= 0 and crisis.fronts[p].active == 0:
        return -1
    return p


@shared
def principal_utilities(crisis: Crisis, f: int) -> bool:
    """Write into `Crisis.principal_value` what each act on front `f` is worth to its actor's principal.

    It is what the same act would be worth to the principal, of its own type, on its own front to the same target.
    False, and nothing written, where no principal has a say.
    """
    p = principal_front(crisis, f)
    if p < 0:
        return False
    theirs = crisis.principal_value
    if crisis.fronts[p].weighed == crisis.clock[0].period:  # nothing that it weighs has changed since
        for o in range(len(crisis.options)):
            theirs[o] = crisis.value[p][o]
    else:
        weigh_acts(crisis, p)
        own = crisis.weighed_irresolute
        if crisis.actors[crisis.fronts[p].actor].resolute == 1:
            own = crisis.weighed_resolute
        for o in range(len(crisis.options)):
            theirs[o] = own[o]
    for o in range(len(crisis.options)):
        if not available(crisis, p, o):
            theirs[o] = theirs[0]  # what is below a principal's ongoing hostilities changes nothing for it
    return True


@shared
def _heed_principal(crisis: Crisis, f: int) -> None:
    """Mix into the utilities on front `f` those of a principal: (1 − κ)·EU_own + κ·EU_principal."""
    if not principal_utilities(crisis, f):
        return
    control = crisis.actors[crisis.fronts[f].actor].control
    theirs = crisis.principal_value
    for n in range(crisis.fronts[f].offers):
        o = crisis.offered[f][n]
        crisis.utility_resolute[f][o] = mixed_utility(control, crisis.utility_resolute[f][o], theirs[o])
        crisis.utility_irresolute[f][o] = mixed_utility(control, crisis.utility_irresolute[f][o], theirs[o])


# ---------------------------------------------------------------------------------- all of it


@shared
def weigh(crisis: Crisis, f: int) -> None:
    """Weigh every act on front `f`: EU(ℓ) for both types of its actor and for its own, its principal heeded."""
    front = crisis.fronts[f]
    expected_utilities(crisis, f, crisis.utility_resolute[f], crisis.utility_irresolute[f])
    # After the own utilities are written: to weigh acts for the principal overwrites the scratch tables.
    _heed_principal(crisis, f)
    own = crisis.utility_irresolute[f]
    if crisis.actors[front.actor].resolute == 1:
        own = crisis.utility_resolute[f]
    for o in range(len(crisis.options)):
        crisis.value[f][o] = own[o]
    # A proxy that decides in this period, too, takes the numbers of its principal from here.
    front.weighed = crisis.clock[0].period
