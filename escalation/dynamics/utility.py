"""Expected utility of every act on a front, for both private types.

EU(ℓ) = Σ_k P̂(k|ℓ)·u(ℓ, k) + act(ℓ). Utility is linear in the cost of war c and in honour ρ, so both types come from
one pass: a part free of type, a coefficient of c and a coefficient of ρ.

Scratch rows hold the acts on offer alone, in their places: the first place is restraint, and place n is act
``crisis.offered[f][n]``.
"""

from __future__ import annotations

from escalation.arithmetic.bounded import positive_part
from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.acting import (
    PATRONS_WAR,
    TERMS,
    UNAVAILABLE,
    act_value,
    net_destruction,
    net_gain,
)
from escalation.dynamics.attribution import amends, hostility, injuries
from escalation.dynamics.roles import CONCILIATION, FORCE, RESTRAINT, WAR
from escalation.dynamics.state import ActorState, Crisis, FrontState, RulesState
from escalation.dynamics.support import expected_victory
from escalation.mechanisms.beliefs_and_signals import covert_blame
from escalation.mechanisms.conciliation import assured_reply, forgiven, reply_value, sincere_reply
from escalation.mechanisms.injury_and_honour import exposure, retaliation_cost, unanswered
from escalation.mechanisms.time_and_chance import logit_weights, score
from escalation.mechanisms.war_and_contest import destruction_value, exchange_value, feared_reply, war_value

__all__ = [
    "EXPECTED_REPLY",
    "OWN_INJURY",
    "WORK_ROWS",
    "exchange_terms",
    "expected_utilities",
    "expected_utility",
    "look_ahead",
]

OWN_FREE, OWN_WAR, OWN_INJURY, OWN_GAIN, OWN_LOSS = 0, 1, 2, 3, 4
OTHER_FREE, OTHER_WAR, OTHER_INJURY, OTHER_GAIN, OTHER_LOSS = 5, 6, 7, 8, 9
REPLY_RESOLUTE, REPLY_IRRESOLUTE, LIKELY_RESOLUTE, LIKELY_IRRESOLUTE = 10, 11, 12, 13
SUM_OF_TERMS, PRINCIPAL_RESOLUTE, PRINCIPAL_IRRESOLUTE, EXPECTED_REPLY = 14, 15, 16, 17
WORK_ROWS = 18

FREE, WAR_COST, INJURY, GAIN, LOSS = 0, 1, 2, 3, 4
OWN_ROWS = (OWN_FREE, OWN_WAR, OWN_INJURY, OWN_GAIN, OWN_LOSS)
"""Scratch rows of what the actor's own acts are worth in themselves, by the places above."""
OTHER_ROWS = (OTHER_FREE, OTHER_WAR, OTHER_INJURY, OTHER_GAIN, OTHER_LOSS)
"""Scratch rows of what its target's acts are worth to the target."""

Odds = tuple[float, float, float]
Rows = tuple[int, int, int, int, int]

FIXED_POINT = 3
"""Depth at which replies and counter-replies agree."""
MOST_ROUNDS = 100
AGREED = 1e-9


@shared
def _act_values(crisis: Crisis, f: int, observer: int, free: list[float], war: list[float]) -> None:
    terms = crisis.work[SUM_OF_TERMS]
    for place in range(crisis.fronts[f].offers):
        act_value(crisis, f, crisis.offered[f][place], observer, terms)
        total = 0.0
        for term in range(TERMS):
            if term != PATRONS_WAR:
                total += terms[term]
        free[place] = total
        war[place] = terms[PATRONS_WAR]


@inlined
def _felt(crisis: Crisis, f: int, o: int) -> float:
    option = crisis.options[o]
    if option.role <= RESTRAINT:
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


@inlined
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


@inlined
def _war_values(crisis: Crisis, f: int, o: int, front: FrontState, odds: Odds) -> tuple[float, float]:
    """Value to the actor of `front`, before its cost, of a war that comes of act `o` on front `f`.

    Where the reply is no force, and where it is: whoever uses force first loses support on condition. The odds are
    those of `look_ahead` for that actor: as things are, if the actor of front `f` strikes first, if its target does.
    """
    quiet = odds[0]
    answered = odds[0]
    if crisis.options[o].role >= FORCE:
        if crisis.fronts[crisis.fronts[f].reverse].used_force == 0:
            quiet = odds[1]
            answered = odds[1]
    elif crisis.fronts[f].used_force == 0:
        answered = odds[2]
    return war_value(front.stake, front.revisionism, quiet), war_value(front.stake, front.revisionism, answered)


@inlined
def _payoff(
    rules: RulesState,
    front: FrontState,
    risk: float,
    war: float,
    own: tuple[float, float],
    other: tuple[float, float],
) -> tuple[float, float]:
    """Value of an exchange of acts: the part free of type, and the coefficient of the cost of war.

    Each side's act is given by its gain and its destruction, above those of ongoing hostilities; `war` is the value of
    war before its cost.
    """
    free = (1.0 - risk) * exchange_value(front.stake, front.revisionism, own[0], other[0])
    free += risk * war
    if rules.destruction_priced == 1:
        free += (1.0 - risk) * destruction_value(rules.destruction_cost, own[1], other[1])
        return free, -risk
    return free, -((1.0 - risk) * max(own[1], other[1]) + risk)


@inlined
def _by_conciliation(rules: RulesState, front: FrontState, own: int, other: int, other_gain: float) -> float:
    """What conciliation by either side adds, short of war, for the actor of a front; acts are given by their roles."""
    taken = 0.0
    if other >= FORCE:
        taken = other_gain
    return reply_value(
        front.stake,
        front.revisionism,
        rules.concession,
        rules.peace,
        rules.exploited,
        own == CONCILIATION,
        other == CONCILIATION,
        taken,
    )


@inlined
def _left_unanswered(crisis: Crisis, f: int, k: int, injury: float) -> float:
    """Injury that the target of front `f` still feels after conciliation and its reply `k`: amends make it good."""
    if crisis.options[k].role == CONCILIATION:
        return 0.0
    return forgiven(injury, amends(crisis, f), 1.0)


@shared
def _foreseen(crisis: Crisis, f: int, place: int, odds: Odds, rows: Rows, counter: list[float]) -> tuple[float, float]:
    """Value to the target of a reply, by its place on offer, over the counter-replies that it expects."""
    rules = crisis.rules[0]
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    k = crisis.offered[front.reverse][place]
    answer = crisis.options[k].role
    work = crisis.work
    reply = (work[rows[GAIN]][place], work[rows[LOSS]][place])
    free = 0.0
    war = 0.0
    for other in range(front.offers):
        if counter[other] <= 0.0:
            continue
        m = crisis.offered[f][other]
        risk = crisis.risk[m][k]
        act = (positive_part(net_gain(crisis, f, m)), positive_part(net_destruction(crisis, f, m)))
        quiet, answered = _war_values(crisis, f, m, back, odds)
        value, cost = _payoff(rules, back, risk, answered if answer >= FORCE else quiet, reply, act)
        role = crisis.options[m].role
        if answer == CONCILIATION or role == CONCILIATION:
            value += (1.0 - risk) * _by_conciliation(rules, back, answer, role, act[0])
        free += counter[other] * value
        war += counter[other] * cost
    return free, war


@inlined
def _weigh_payoffs(crisis: Crisis, f: int, o: int, odds: Odds, rows: Rows, free: list[float], war: list[float]) -> None:
    """Write what act `o` and each reply are worth to the target of front `f`, and the coefficients of its cost of war.

    Nothing in this loop is called that could change the crisis, so what is the same for all replies is read once.
    """
    rules = crisis.rules[0]
    back_row = crisis.fronts[f].reverse
    back = crisis.fronts[back_row]
    gains = crisis.work[rows[GAIN]]
    losses = crisis.work[rows[LOSS]]
    risks = crisis.risk[o]
    role = crisis.options[o].role
    act = (net_gain(crisis, f, o), net_destruction(crisis, f, o))
    taken = positive_part(act[0])
    quiet, answered = _war_values(crisis, f, o, back, odds)
    for place in range(back.offers):
        k = crisis.offered[back_row][place]
        answer = crisis.options[k].role
        value = answered if answer >= FORCE else quiet
        free[place], war[place] = _payoff(rules, back, risks[k], value, (gains[place], losses[place]), act)
        if answer == CONCILIATION or role == CONCILIATION:
            free[place] += (1.0 - risks[k]) * _by_conciliation(rules, back, answer, role, taken)


@inlined
def _weigh_replies(crisis: Crisis, f: int, o: int, odds: Odds, rows: Rows, deep: bool) -> tuple[float, float]:
    """Write the score λ·EU − ln n of each reply to act `o` by a resolute and by an irresolute target of front `f`.

    Returns
    -------
    tuple of float
        The highest score by either.
    """
    back_row = crisis.fronts[f].reverse
    back = crisis.fronts[back_row]
    other = crisis.actors[back.actor]
    resolute = crisis.work[REPLY_RESOLUTE]
    irresolute = crisis.work[REPLY_IRRESOLUTE]
    swapped = (1.0 - odds[0], 1.0 - odds[1], 1.0 - odds[2])
    if deep:
        for place in range(back.offers):
            k = crisis.offered[back_row][place]
            counter = crisis.own_replies[k]
            if rows[FREE] == OWN_FREE:
                counter = crisis.other_replies[k]
            resolute[place], irresolute[place] = _foreseen(crisis, f, place, swapped, rows, counter)
    else:
        _weigh_payoffs(crisis, f, o, swapped, rows, resolute, irresolute)
    frees = crisis.work[rows[FREE]]
    wars = crisis.work[rows[WAR_COST]]
    injuries_left = crisis.work[rows[INJURY]]
    crowding = crisis.crowded[back_row]
    weight = crisis.rules[0].pressure_weight
    precision = other.precision
    felt = _felt(crisis, f, o)
    level = crisis.options[o].intensity
    floor = hostility(crisis, f)
    best_resolute = 0.0
    best_irresolute = 0.0
    for place in range(back.offers):
        k = crisis.offered[back_row][place]
        answer = max(crisis.options[k].credit, floor)
        injury = max(injuries_left[place], unanswered(felt, 1.0, level, answer))
        if crisis.options[o].role == CONCILIATION:
            injury = _left_unanswered(crisis, f, k, injury)
        free = resolute[place] + frees[place]
        war = irresolute[place] + wars[place]
        resolute[place] = score(precision, _utility(other, True, free, war, injury, weight), crowding[place])
        irresolute[place] = score(precision, _utility(other, False, free, war, injury, weight), crowding[place])
        if place == 0 or resolute[place] > best_resolute:
            best_resolute = resolute[place]
        if place == 0 or irresolute[place] > best_irresolute:
            best_irresolute = irresolute[place]
    return best_resolute, best_irresolute


@inlined
def _assured(crisis: Crisis, f: int, o: int) -> float:
    """How surely the target of front `f` answers act `o` in kind: its demand or its own offer has said so."""
    rules = crisis.rules[0]
    if rules.conciliation == 0 or crisis.options[o].role != CONCILIATION:
        return 0.0
    front = crisis.fronts[f]
    now = crisis.clock[0].now
    if now - crisis.fronts[front.reverse].conciliated <= rules.act_window:
        return 1.0
    if front.demand_direct == 1 and now <= front.demand_until:
        return front.demand_assurance
    return 0.0


@shared
def _expect_reply(crisis: Crisis, f: int, o: int, odds: Odds, rows: Rows, deep: bool, expected: list[float]) -> None:
    """Write what the actor of front `f` expects its target to do upon act `o`: (1 − h)·P̂ + h·[attack]."""
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    work = crisis.work
    if crisis.rules[0].depth == 0:
        for place in range(back.offers):
            expected[place] = 0.0
        expected[0] = 1.0
        return
    best_resolute, best_irresolute = _weigh_replies(crisis, f, o, odds, rows, deep)
    resolute = work[LIKELY_RESOLUTE]
    irresolute = work[LIKELY_IRRESOLUTE]
    all_resolute = logit_weights(back.offers, best_resolute, work[REPLY_RESOLUTE], resolute)
    all_irresolute = logit_weights(back.offers, best_irresolute, work[REPLY_IRRESOLUTE], irresolute)
    assured = _assured(crisis, f, o)
    for place in range(back.offers):
        likely = front.resolve * (resolute[place] / all_resolute)
        likely += (1.0 - front.resolve) * (irresolute[place] / all_irresolute)
        if assured > 0.0:
            likely = assured_reply(likely, assured, place == back.offers - 1)
        expected[place] = feared_reply(likely, front.fear, place == back.attack)
    if crisis.rules[0].conciliation == 1:
        last = back.offers - 1  # the conciliatory act stands in the last place
        sincere = sincere_reply(expected[last], front.motive, crisis.clock[0].now <= back.refused_until)
        expected[0] += expected[last] - sincere
        expected[last] = sincere


@shared
def _approach(crisis: Crisis, f: int, o: int, odds: Odds, rows: Rows, replies: list[float]) -> float:
    """Move the expected replies to act `o` half-way to what they would be, and return the greatest step."""
    expected = crisis.work[EXPECTED_REPLY]
    _expect_reply(crisis, f, o, odds, rows, True, expected)
    greatest = 0.0
    for place in range(crisis.fronts[crisis.fronts[f].reverse].offers):
        step = 0.5 * (expected[place] - replies[place])
        replies[place] += step
        greatest = max(greatest, abs(step))
    return greatest


@shared
def _foresee(crisis: Crisis, f: int, odds: Odds) -> None:
    """Expect counter-replies: one ply more, or until replies and counter-replies agree."""
    back = crisis.fronts[f].reverse
    swapped = (1.0 - odds[0], 1.0 - odds[2], 1.0 - odds[1])
    acts = len(crisis.options)
    for k in range(acts):
        _expect_reply(crisis, back, k, swapped, OWN_ROWS, False, crisis.own_replies[k])
        _expect_reply(crisis, f, k, odds, OTHER_ROWS, False, crisis.other_replies[k])
    if crisis.rules[0].depth < FIXED_POINT:
        return
    for _ in range(MOST_ROUNDS):
        greatest = 0.0
        for o in range(acts):
            greatest = max(greatest, _approach(crisis, f, o, odds, OTHER_ROWS, crisis.other_replies[o]))
        for k in range(acts):
            greatest = max(greatest, _approach(crisis, back, k, swapped, OWN_ROWS, crisis.own_replies[k]))
        if greatest < AGREED:
            break


@inlined
def exchange_terms(crisis: Crisis, f: int, o: int, odds: Odds) -> tuple[float, float, float, float, float, float]:
    """Value of act `o` over the expected replies, term by term.

    Parameters
    ----------
    crisis
        The crisis, after `look_ahead`; the probability of each reply on offer is left in its scratch row
        `EXPECTED_REPLY`.
    f, o
        Front and act.
    odds
        What `look_ahead` returned.

    Returns
    -------
    tuple of float
        Gain from the act, loss to replies, outcome of war, and destruction short of war where it has a price of its
        own, in stakes; then two coefficients of the cost of war: destruction short of war where it has none, and
        probability of war.
    """
    front = crisis.fronts[f]
    offers = crisis.fronts[front.reverse].offers
    quiet, answered = _war_values(crisis, f, o, front, odds)
    work = crisis.work
    gain = 0.0
    loss = 0.0
    war = 0.0
    destroyed = 0.0
    destruction = 0.0
    chance = 0.0
    rules = crisis.rules[0]
    if crisis.options[o].role == WAR:
        for place in range(offers):
            work[EXPECTED_REPLY][place] = 0.0
        return gain, loss, answered, 0.0, 0.0, -1.0
    role = crisis.options[o].role
    value = exchange_value(front.stake, front.revisionism, net_gain(crisis, f, o), 0.0)
    own_loss = net_destruction(crisis, f, o)
    _expect_reply(crisis, f, o, odds, OTHER_ROWS, crisis.rules[0].depth > 1, work[EXPECTED_REPLY])
    expected = work[EXPECTED_REPLY]
    gains = work[OTHER_GAIN]
    losses = work[OTHER_LOSS]
    for place in range(offers):
        likely = expected[place]
        if likely <= 0.0:
            continue
        k = crisis.offered[front.reverse][place]
        answer = crisis.options[k].role
        risk = likely * crisis.risk[o][k]
        short = likely - risk
        gain += short * value
        loss += short * exchange_value(front.stake, front.revisionism, 0.0, gains[place])
        if role == CONCILIATION or answer == CONCILIATION:
            loss += short * _by_conciliation(rules, front, role, answer, gains[place])
        war += risk * (answered if answer >= FORCE else quiet)
        destruction -= short * max(own_loss, losses[place])
        chance -= risk
    if rules.destruction_priced == 1:
        destroyed = rules.destruction_cost * destruction
        destruction = 0.0
    return gain, loss, war, destroyed, destruction, chance


@inlined
def _gains(crisis: Crisis, f: int, gain: list[float], loss: list[float]) -> None:
    for place in range(crisis.fronts[f].offers):
        o = crisis.offered[f][place]
        gain[place] = positive_part(net_gain(crisis, f, o))
        loss[place] = positive_part(net_destruction(crisis, f, o))


@shared
def look_ahead(crisis: Crisis, f: int) -> Odds:
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
    _gains(crisis, f, work[OWN_GAIN], work[OWN_LOSS])
    _gains(crisis, back, work[OTHER_GAIN], work[OTHER_LOSS])
    odds = expected_victory(crisis, f)
    if crisis.rules[0].depth > 1:
        _foresee(crisis, f, odds)
    return odds


@shared
def expected_utility(crisis: Crisis, f: int, place: int, odds: Odds) -> tuple[float, float]:
    """EU(ℓ) of one act, by its place on offer, if the actor of front `f` is resolute and if it is irresolute.

    Parameters
    ----------
    crisis
        The crisis, after `look_ahead`.
    f, place
        Front, and place of the act.
    odds
        What `look_ahead` returned.
    """
    actor = crisis.actors[crisis.fronts[f].actor]
    work = crisis.work
    weight = crisis.rules[0].pressure_weight
    gain, loss, war, destroyed, destruction, chance = exchange_terms(crisis, f, crisis.offered[f][place], odds)
    free = work[OWN_FREE][place] + gain + loss + war + destroyed
    cost = work[OWN_WAR][place] + destruction + chance
    injury = work[OWN_INJURY][place]
    return _utility(actor, True, free, cost, injury, weight), _utility(actor, False, free, cost, injury, weight)


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
    odds = look_ahead(crisis, f)
    for o in range(len(crisis.options)):
        resolute[o] = UNAVAILABLE
        irresolute[o] = UNAVAILABLE
    for place in range(crisis.fronts[f].offers):
        o = crisis.offered[f][place]
        resolute[o], irresolute[o] = expected_utility(crisis, f, place, odds)
