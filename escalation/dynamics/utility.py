"""Expected utility of every act on a front, for both private types.

EU(ℓ) = Σ_k P̂(k|ℓ)·u(ℓ, k) + act(ℓ). Utility is linear in the cost of war c and in honour ρ, so both types come from
one pass: a part free of type, a coefficient of c and a coefficient of ρ.
"""

from __future__ import annotations

from escalation.arithmetic.bounded import positive_part
from escalation.arithmetic.shared import shared
from escalation.dynamics.acting import (
    PATRONS_WAR,
    TERMS,
    UNAVAILABLE,
    act_value,
    available,
    net_destruction,
    net_gain,
)
from escalation.dynamics.attribution import injuries
from escalation.dynamics.roles import FORCE, RESTRAINT, WAR
from escalation.dynamics.state import ActorState, Crisis
from escalation.dynamics.support import expected_victory
from escalation.mechanisms.attribution import covert_blame
from escalation.mechanisms.bargaining import exchange_value, war_value
from escalation.mechanisms.fear import feared_reply
from escalation.mechanisms.injury import exposure, retaliation_cost, unanswered
from escalation.mechanisms.quantal_response import logit_choice

__all__ = ["EXPECTED_REPLY", "OWN_INJURY", "WORK_ROWS", "exchange_terms", "expected_utilities", "look_ahead"]

OWN_FREE, OWN_WAR, OWN_INJURY, OTHER_FREE, OTHER_WAR, OTHER_INJURY = 0, 1, 2, 3, 4, 5
REPLY_RESOLUTE, REPLY_IRRESOLUTE, LIKELY_RESOLUTE, LIKELY_IRRESOLUTE, OTHER_GAIN, OTHER_LOSS = (
    6,
    7,
    8,
    9,
    10,
    11,
)
SUM_OF_TERMS = 12
PRINCIPAL_RESOLUTE, PRINCIPAL_IRRESOLUTE = 13, 14
EXPECTED_REPLY = 15
WORK_ROWS = 16


@shared
def _act_values(crisis: Crisis, f: int, observer: int, free: list[float], war: list[float]) -> None:
    terms = crisis.work[SUM_OF_TERMS]
    for o in range(len(crisis.options)):
        if not available(crisis, f, o):
            free[o] = UNAVAILABLE
            war[o] = 0.0
            continue
        act_value(crisis, f, o, observer, terms)
        total = 0.0
        for term in range(TERMS):
            if term != PATRONS_WAR:
                total += terms[term]
        free[o] = total
        war[o] = terms[PATRONS_WAR]


@shared
def _felt(crisis: Crisis, f: int, o: int) -> float:
    option = crisis.options[o]
    if option.role == RESTRAINT:
        return 0.0
    if option.covert == 0:
        return 1.0
    rules = crisis.rules[0]
    suspects = 0
    target = crisis.fronts[f].target
    for j in range(len(crisis.actors)):
        facing = crisis.front_of[j][target]
        if facing >= 0 and crisis.fronts[facing].active == 1:
            suspects += 1
    return covert_blame(rules.covert_detection, suspects) * exposure(rules.covert_discount, option.publicity)


@shared
def _utility(actor: ActorState, resolute: bool, free: float, war: float, injury: float, weight: float) -> float:
    if resolute:
        return (
            free
            + actor.war_cost_resolute * war
            - retaliation_cost(actor.honour_resolute, weight, actor.pressure, injury)
        )
    return (
        free
        + actor.war_cost_irresolute * war
        - retaliation_cost(actor.honour_irresolute, weight, actor.pressure, injury)
    )


@shared
def _victory(crisis: Crisis, f: int, o: int, k: int, odds: tuple[float, float, float]) -> float:
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    own_force = crisis.options[o].role >= FORCE
    if own_force and back.used_force == 0:
        return odds[1]
    if crisis.options[k].role >= FORCE and not own_force and front.used_force == 0:
        return odds[2]
    return odds[0]


@shared
def _replies_by_type(crisis: Crisis, f: int, o: int, odds: tuple[float, float, float]) -> None:
    """Write the probability of each reply to act `o` by a resolute and by an irresolute target."""
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    other = crisis.actors[front.target]
    work = crisis.work
    weight = crisis.rules[0].pressure_weight
    gain = net_gain(crisis, f, o)
    loss = net_destruction(crisis, f, o)
    felt = _felt(crisis, f, o)
    level = crisis.options[o].intensity
    for k in range(len(crisis.options)):
        if not available(crisis, front.reverse, k):
            work[REPLY_RESOLUTE][k] = UNAVAILABLE
            work[REPLY_IRRESOLUTE][k] = UNAVAILABLE
            continue
        answer = max(crisis.options[k].intensity, back.baseline)
        injury = max(work[OTHER_INJURY][k], unanswered(felt, 1.0, level, answer))
        risk = crisis.risk[o][k]
        won = 1.0 - _victory(crisis, f, o, k, odds)
        free = work[OTHER_FREE][k] + (1.0 - risk) * exchange_value(
            back.stake, back.revisionism, work[OTHER_GAIN][k], gain
        )
        free += risk * war_value(back.stake, back.revisionism, won)
        war = work[OTHER_WAR][k] - ((1.0 - risk) * max(loss, work[OTHER_LOSS][k]) + risk)
        work[REPLY_RESOLUTE][k] = _utility(other, True, free, war, injury, weight)
        work[REPLY_IRRESOLUTE][k] = _utility(other, False, free, war, injury, weight)
    logit_choice(other.precision, work[REPLY_RESOLUTE], crisis.crowding, work[LIKELY_RESOLUTE])
    logit_choice(other.precision, work[REPLY_IRRESOLUTE], crisis.crowding, work[LIKELY_IRRESOLUTE])


@shared
def _attack(crisis: Crisis, f: int) -> int:
    """Act that is feared from the actor of front `f`: the highest below war that is on offer, else war."""
    attack = 0
    for o in range(len(crisis.options)):
        option = crisis.options[o]
        if option.covert == 1 or not available(crisis, f, o):
            continue
        if option.role < WAR or attack == 0:
            attack = o
    return attack


@shared
def exchange_terms(
    crisis: Crisis, f: int, o: int, odds: tuple[float, float, float]
) -> tuple[float, float, float, float, float]:
    """Value of act `o` over the expected replies, term by term.

    Parameters
    ----------
    crisis
        The crisis, after `look_ahead`; the probability of each reply is left in its scratch row `EXPECTED_REPLY`.
    f, o
        Front and act.
    odds
        What `look_ahead` returned.

    Returns
    -------
    tuple of float
        Gain from the act, loss to replies and outcome of war, in stakes; then two coefficients of the cost of war:
        destruction short of war, and probability of war.
    """
    front = crisis.fronts[f]
    work = crisis.work
    gain = 0.0
    loss = 0.0
    war = 0.0
    destruction = 0.0
    chance = 0.0
    if crisis.options[o].role == WAR:
        for k in range(len(crisis.options)):
            work[EXPECTED_REPLY][k] = 0.0
        return gain, loss, war_value(front.stake, front.revisionism, _victory(crisis, f, o, o, odds)), 0.0, -1.0
    own_gain = net_gain(crisis, f, o)
    own_loss = net_destruction(crisis, f, o)
    _replies_by_type(crisis, f, o, odds)
    attack = _attack(crisis, front.reverse)
    for k in range(len(crisis.options)):
        work[EXPECTED_REPLY][k] = 0.0
        if not available(crisis, front.reverse, k):
            continue
        likely = front.resolve * work[LIKELY_RESOLUTE][k] + (1.0 - front.resolve) * work[LIKELY_IRRESOLUTE][k]
        likely = feared_reply(likely, front.fear, k == attack)
        work[EXPECTED_REPLY][k] = likely
        risk = likely * crisis.risk[o][k]
        short = likely - risk
        gain += short * exchange_value(front.stake, front.revisionism, own_gain, 0.0)
        loss += short * exchange_value(front.stake, front.revisionism, 0.0, work[OTHER_GAIN][k])
        war += risk * war_value(front.stake, front.revisionism, _victory(crisis, f, o, k, odds))
        destruction -= short * max(own_loss, work[OTHER_LOSS][k])
        chance -= risk
    return gain, loss, war, destruction, chance


@shared
def look_ahead(crisis: Crisis, f: int) -> tuple[float, float, float]:
    """Prepare to weigh the acts on front `f`: what either side's acts are worth in themselves, and leave unanswered.

    Returns
    -------
    tuple of float
        Odds of winning a war as the actor believes: as things are, if it strikes first, if its target does.
    """
    front = crisis.fronts[f]
    back = front.reverse
    work = crisis.work
    _act_values(crisis, f, front.actor, work[OWN_FREE], work[OWN_WAR])
    _act_values(crisis, back, front.actor, work[OTHER_FREE], work[OTHER_WAR])
    injuries(crisis, f, work[OWN_INJURY])
    injuries(crisis, back, work[OTHER_INJURY])
    for k in range(len(crisis.options)):
        work[OTHER_GAIN][k] = positive_part(net_gain(crisis, back, k))
        work[OTHER_LOSS][k] = positive_part(net_destruction(crisis, back, k))
    return (
        expected_victory(crisis, f, False, False),
        expected_victory(crisis, f, True, False),
        expected_victory(crisis, f, False, True),
    )


@shared
def expected_utilities(crisis: Crisis, f: int, resolute: list[float], irresolute: list[float]) -> None:
    """Write EU(ℓ) of every act on front `f`, in stakes, if its actor is resolute and if it is irresolute.

    Parameters
    ----------
    crisis
        The crisis; its scratch rows are overwritten.
    f
        Row of the front.
    resolute, irresolute
        Receive the utilities; shape (options,).
    """
    actor = crisis.actors[crisis.fronts[f].actor]
    work = crisis.work
    weight = crisis.rules[0].pressure_weight
    odds = look_ahead(crisis, f)
    for o in range(len(crisis.options)):
        if not available(crisis, f, o):
            resolute[o] = UNAVAILABLE
            irresolute[o] = UNAVAILABLE
            continue
        gain, loss, war, destruction, chance = exchange_terms(crisis, f, o, odds)
        free = work[OWN_FREE][o] + gain + loss + war
        cost = work[OWN_WAR][o] + destruction + chance
        resolute[o] = _utility(actor, True, free, cost, work[OWN_INJURY][o], weight)
        irresolute[o] = _utility(actor, False, free, cost, work[OWN_INJURY][o], weight)
