"""Expected utility of every act on a front, for both private types of its actor.

The actor i of a front weighs each act ℓ on offer to it against each reply k on offer to its target j:

    EU(ℓ) = Σ_k P̂(k|ℓ)·u(ℓ, k) + act(ℓ) − (ρ_θ + δD)·x(ℓ)

    u(ℓ, k) = (1 − f)·{v·[rev·y(ℓ) − y(k)] − ψ·max(d(ℓ), d(k))} + f·{v·[rev·W − (1 − W)] − c_θ}

P̂(k|ℓ) is in `escalation.dynamics.replies`, act(ℓ) and x(ℓ) are in `escalation.dynamics.acting`. f is the probability of
war in the pair of acts, `Crisis.risk`, and W that of winning it, see `escalation.dynamics.support`. Destruction short
of war costs ψ·max(d(ℓ), d(k)), or c_θ·max(d(ℓ), d(k)) where it has no price of its own. Where either side conciliates,
u has one more term.

Utility is linear in the cost of war c and in honour ρ, and the types of an actor differ in nothing else. So both types
come from one pass over three numbers: a value that is the same for both, a share of the cost of war, and an injury.
"""

from __future__ import annotations

from typing import NamedTuple

from escalation.arithmetic.bounded import positive_part
from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.acting import (
    UNAVAILABLE,
    act_terms,
    available,
    injuries,
    net_destruction,
    net_gain,
    sum_of_terms,
)
from escalation.dynamics.replies import by_conciliation, by_type, expect_reply, victory_after
from escalation.dynamics.roles import CONCILIATION, FORCE, WAR
from escalation.dynamics.state import Crisis
from escalation.dynamics.support import Victory, expected_victory, turned
from escalation.mechanisms.alliances import mixed_utility
from escalation.mechanisms.war_and_contest import exchange_value, war_value

__all__ = [
    "ExchangeTerms",
    "exchange_terms",
    "expected_utilities",
    "expected_utility",
    "look_ahead",
    "principal_front",
    "principal_utilities",
    "weigh",
]

FIXED_POINT = 3
"""Depth at which replies and counter-replies agree."""
MOST_ROUNDS = 100
AGREED = 1e-9


# ---------------------------------------------------------------------------------- EU(ℓ)


class ExchangeTerms(NamedTuple):
    """Σ_k P̂(k|ℓ)·u(ℓ, k), term by term: four in stakes, then two shares of the actor's cost of war."""

    gain: float
    """From the act: (1 − f)·v·rev·y(ℓ)."""
    replies: float
    """Lost to the replies: −(1 − f)·v·y(k), and what conciliation by either side adds."""
    war: float
    """Outcome of war before its cost: f·v·[rev·W − (1 − W)]."""
    destruction: float
    """Destruction short of war where it has a price of its own: −(1 − f)·ψ·max(d(ℓ), d(k))."""
    destruction_share: float
    """Destruction short of war where it has none: (1 − f)·max(d(ℓ), d(k))."""
    war_probability: float
    """Probability of war: f."""


@inlined
def exchange_terms(crisis: Crisis, f: int, o: int, victory: Victory) -> ExchangeTerms:
    """Value of act `o` over the expected replies, term by term.

    Parameters
    ----------
    crisis
        The crisis, after `look_ahead`; the probability of each reply on offer is left in `Crisis.expected_reply`.
    f, o
        Front and act.
    victory
        What `look_ahead` returned.
    """
    rules = crisis.rules[0]
    front = crisis.fronts[f]
    b = front.reverse
    expected = crisis.expected_reply
    unanswered_by_force, answered_by_force = victory_after(crisis, f, o, victory)
    if_not_force = war_value(front.stake, front.revisionism, unanswered_by_force)
    if_force = war_value(front.stake, front.revisionism, answered_by_force)
    role = crisis.options[o].role
    if role == WAR:  # which is its own reply
        for place in range(crisis.fronts[b].offers):
            expected[place] = 0.0
        return ExchangeTerms(0.0, 0.0, if_force, 0.0, 0.0, 1.0)
    act_gain = exchange_value(front.stake, front.revisionism, net_gain(crisis, f, o), 0.0)
    act_destruction = net_destruction(crisis, f, o)
    expect_reply(crisis, f, o, victory, crisis.own_replies, rules.depth > 1, expected)
    gain = 0.0
    replies = 0.0
    war = 0.0
    destruction = 0.0
    war_probability = 0.0
    for place in range(crisis.fronts[b].offers):
        probability = expected[place]
        if probability <= 0.0:
            continue
        k = crisis.offered[b][place]
        answer = crisis.options[k].role
        to_war = probability * crisis.risk[o][k]
        short_of_war = probability - to_war
        gain += short_of_war * act_gain
        replies += short_of_war * exchange_value(front.stake, front.revisionism, 0.0, crisis.gain[b][place])
        if role == CONCILIATION or answer == CONCILIATION:
            replies += short_of_war * by_conciliation(rules, front, role, answer, crisis.gain[b][place])
        war += to_war * (if_force if answer >= FORCE else if_not_force)
        destruction += short_of_war * max(act_destruction, crisis.destruction[b][place])
        war_probability += to_war
    if rules.destruction_priced == 1:
        return ExchangeTerms(gain, replies, war, -rules.destruction_cost * destruction, 0.0, war_probability)
    return ExchangeTerms(gain, replies, war, 0.0, destruction, war_probability)


@shared
def _look_at_side(crisis: Crisis, f: int, observer: int) -> None:
    """Write what the acts on offer on front `f` are worth in themselves, gain and destroy, and leave unanswered."""
    for place in range(crisis.fronts[f].offers):
        o = crisis.offered[f][place]
        terms = act_terms(crisis, f, o, observer)
        crisis.act_value[f][place] = sum_of_terms(terms)
        crisis.act_war_share[f][place] = terms.war_share
        crisis.gain[f][place] = positive_part(net_gain(crisis, f, o))
        crisis.destruction[f][place] = positive_part(net_destruction(crisis, f, o))
    injuries(crisis, f, crisis.injury_left[f])


@shared
def look_ahead(crisis: Crisis, f: int) -> Victory:
    """Prepare to weigh the acts on front `f`: look at the acts of both sides, and foresee counter-replies.

    Returns
    -------
    Victory
        Probability of winning a war as the actor believes.
    """
    front = crisis.fronts[f]
    _look_at_side(crisis, f, front.actor)
    _look_at_side(crisis, front.reverse, front.actor)
    victory = expected_victory(crisis, f)
    if crisis.rules[0].depth > 1:
        _foresee(crisis, f, victory)
    return victory


@shared
def expected_utility(crisis: Crisis, f: int, place: int, victory: Victory) -> tuple[float, float]:
    """EU(ℓ) of one act, by its place on offer, if the actor of front `f` is resolute and if it is irresolute.

    Parameters
    ----------
    crisis
        The crisis, after `look_ahead`.
    f, place
        Front, and place of the act.
    victory
        What `look_ahead` returned.
    """
    actor = crisis.actors[crisis.fronts[f].actor]
    terms = exchange_terms(crisis, f, crisis.offered[f][place], victory)
    value = crisis.act_value[f][place] + terms.gain + terms.replies + terms.war + terms.destruction
    war_share = crisis.act_war_share[f][place] + terms.destruction_share + terms.war_probability
    return by_type(actor, crisis.rules[0].pressure_weight, value, war_share, crisis.injury_left[f][place])


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
    victory = look_ahead(crisis, f)
    for o in range(len(crisis.options)):
        resolute[o] = UNAVAILABLE
        irresolute[o] = UNAVAILABLE
    for place in range(crisis.fronts[f].offers):
        o = crisis.offered[f][place]
        resolute[o], irresolute[o] = expected_utility(crisis, f, place, victory)


# ---------------------------------------------------------------------------------- counter-replies, from depth 2 on


@shared
def _approach(
    crisis: Crisis, f: int, o: int, victory: Victory, counters: list[list[float]], replies: list[float]
) -> float:
    """Move the expected replies to act `o` half-way to what they would be, and return the greatest step."""
    expected = crisis.expected_reply
    expect_reply(crisis, f, o, victory, counters, True, expected)
    greatest = 0.0
    for place in range(crisis.fronts[crisis.fronts[f].reverse].offers):
        step = 0.5 * (expected[place] - replies[place])
        replies[place] += step
        greatest = max(greatest, abs(step))
    return greatest


@shared
def _foresee(crisis: Crisis, f: int, victory: Victory) -> None:
    """Expect counter-replies: one ply more, or until replies and counter-replies agree."""
    own, other = crisis.own_replies, crisis.other_replies
    back = crisis.fronts[f].reverse
    theirs = turned(victory)
    acts = len(crisis.options)
    for k in range(acts):
        expect_reply(crisis, back, k, theirs, other, False, own[k])
        expect_reply(crisis, f, k, victory, own, False, other[k])
    if crisis.rules[0].depth < FIXED_POINT:
        return
    for _ in range(MOST_ROUNDS):
        greatest = 0.0
        for o in range(acts):
            greatest = max(greatest, _approach(crisis, f, o, victory, own, other[o]))
        for k in range(acts):
            greatest = max(greatest, _approach(crisis, back, k, theirs, other, own[k]))
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
    elif crisis.actors[crisis.fronts[p].actor].resolute == 1:
        expected_utilities(crisis, p, theirs, crisis.principal_otherwise)
    else:
        expected_utilities(crisis, p, crisis.principal_otherwise, theirs)
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
    _heed_principal(crisis, f)
    own = crisis.utility_irresolute[f]
    if crisis.actors[front.actor].resolute == 1:
        own = crisis.utility_resolute[f]
    for o in range(len(crisis.options)):
        crisis.value[f][o] = own[o]
    front.weighed = crisis.clock[0].period
