"""What an exchange of acts is worth to either side, and so the reply that an actor expects.

The value u(ℓ, k) of an exchange is in `escalation.dynamics.utility`, as the actor i of a front has it. Its target j
weighs each reply k to an act ℓ by the same exchange from its own side, where primes are j's and W is still i's
probability of winning:

    U'(k|ℓ) = (1 − f)·{v'·[rev'·y(k) − y(ℓ)] − ψ·max} + f·{v'·[rev'·(1 − W) − W] − c'}
              + act'(k) − (ρ' + δD')·max(x'(k), felt(ℓ)·(g_ℓ − g_k)⁺)

Its reply by each type is a logit choice of precision λ' over U', and i expects

    P̂(k|ℓ) = (1 − h)·[r·P_resolute + (1 − r)·P_irresolute] + h·[k is the attack that is feared]

Tables of the crisis are in the places of the acts on offer: place 0 is restraint, and place n on front f is act
``crisis.offered[f][n]``.
"""

from __future__ import annotations

from escalation.arithmetic.bounded import positive_part
from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.acting import amends, hostility, net_destruction, net_gain
from escalation.dynamics.roles import CONCILIATION, FORCE, RESTRAINT
from escalation.dynamics.state import ActorState, Crisis, FrontState, RulesState
from escalation.dynamics.support import Victory
from escalation.mechanisms.beliefs_and_signals import covert_blame
from escalation.mechanisms.conciliation import assured_reply, forgiven, reply_value, sincere_reply
from escalation.mechanisms.honour_and_audiences import exposure, retaliation_cost, unanswered
from escalation.mechanisms.time_and_chance import logit_weights, score
from escalation.mechanisms.war_and_contest import destruction_value, exchange_value, feared_reply, war_value

__all__ = ["by_conciliation", "by_type", "expect_reply", "victory_after"]


# ---------------------------------------------------------------------------------- u(ℓ, k), for either side


@inlined
def by_type(
    actor: ActorState, pressure_weight: float, value: float, war_share: float, injury: float
) -> tuple[float, float]:
    """Utility value − c_θ·share − (ρ_θ + δD)·injury of an actor if it is resolute, and if it is irresolute."""
    return (
        value
        - actor.war_cost_resolute * war_share
        - retaliation_cost(actor.honour_resolute, pressure_weight, actor.pressure, injury),
        value
        - actor.war_cost_irresolute * war_share
        - retaliation_cost(actor.honour_irresolute, pressure_weight, actor.pressure, injury),
    )


@inlined
def victory_after(crisis: Crisis, f: int, o: int, victory: Victory) -> tuple[float, float]:
    """Probability W that the actor of front `f` wins a war that comes of its act `o`.

    Where the reply is no force, and where it is: whoever uses force first loses support on condition.
    """
    unanswered_by_force = victory.as_things_are
    answered_by_force = victory.as_things_are
    if crisis.options[o].role >= FORCE:
        if crisis.fronts[crisis.fronts[f].reverse].used_force == 0:
            unanswered_by_force = victory.own_first
            answered_by_force = victory.own_first
    elif crisis.fronts[f].used_force == 0:
        answered_by_force = victory.other_first
    return unanswered_by_force, answered_by_force


@inlined
def _exchange(
    rules: RulesState,
    front: FrontState,
    risk: float,
    war: float,
    own: tuple[float, float],
    other: tuple[float, float],
) -> tuple[float, float]:
    """Value of an exchange of acts to the actor of a front, and the share of its cost of war that it bears.

    (1 − f)·{v·[rev·y − y'] − ψ·max(d, d')} + f·war, and the share f. Where destruction has no price of its own it is
    (1 − f)·max(d, d') + f instead.

    Parameters
    ----------
    rules, front
        The rules, and the front.
    risk
        Probability f of war in the exchange.
    war
        Value v·[rev·W − (1 − W)] of war before its cost.
    own, other
        Gain y and destruction d of either side's act, above those of ongoing hostilities.
    """
    value = (1.0 - risk) * exchange_value(front.stake, front.revisionism, own[0], other[0])
    value += risk * war
    if rules.destruction_priced == 1:
        value += (1.0 - risk) * destruction_value(rules.destruction_cost, own[1], other[1])
        return value, risk
    return value, (1.0 - risk) * max(own[1], other[1]) + risk


@inlined
def by_conciliation(rules: RulesState, front: FrontState, own: int, other: int, other_gain: float) -> float:
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


# ---------------------------------------------------------------------------------- P̂(k|ℓ), the expected reply


@inlined
def _felt(crisis: Crisis, f: int, o: int) -> float:
    """How far the target of front `f` feels act `o`: 1 for an open act, blame × exposure for a covert one, else 0."""
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
def _value_replies(crisis: Crisis, f: int, o: int, victory: Victory) -> None:
    """Write the exchange of act `o` for each reply, as the target of front `f` values it."""
    # Nothing in this loop is called that could change the crisis, so that the compiler reads once what is the same for
    # all replies. That is why `_foresee_counter_replies` has a loop of its own.
    rules = crisis.rules[0]
    b = crisis.fronts[f].reverse
    back = crisis.fronts[b]
    role = crisis.options[o].role
    act = (net_gain(crisis, f, o), net_destruction(crisis, f, o))
    taken = positive_part(act[0])
    unanswered_by_force, answered_by_force = victory_after(crisis, f, o, victory)
    if_not_force = war_value(back.stake, back.revisionism, 1.0 - unanswered_by_force)
    if_force = war_value(back.stake, back.revisionism, 1.0 - answered_by_force)
    for place in range(back.offers):
        k = crisis.offered[b][place]
        answer = crisis.options[k].role
        reply = (crisis.gain[b][place], crisis.destruction[b][place])
        war = if_force if answer >= FORCE else if_not_force
        value, war_share = _exchange(rules, back, crisis.risk[o][k], war, reply, act)
        if answer == CONCILIATION or role == CONCILIATION:
            value += (1.0 - crisis.risk[o][k]) * by_conciliation(rules, back, answer, role, taken)
        crisis.reply_value[place] = value
        crisis.reply_war_share[place] = war_share


@shared
def _foreseen(crisis: Crisis, f: int, place: int, victory: Victory, counter: list[float]) -> tuple[float, float]:
    """Value to the target of front `f` of a reply, by its place on offer, over the counter-replies that it expects.

    And the share of its cost of war. The probability of each counter-reply is given by its place on offer.
    """
    rules = crisis.rules[0]
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    k = crisis.offered[front.reverse][place]
    answer = crisis.options[k].role
    reply = (crisis.gain[front.reverse][place], crisis.destruction[front.reverse][place])
    total = 0.0
    total_share = 0.0
    for other in range(front.offers):
        if counter[other] <= 0.0:
            continue
        m = crisis.offered[f][other]
        risk = crisis.risk[m][k]
        act = (positive_part(net_gain(crisis, f, m)), positive_part(net_destruction(crisis, f, m)))
        unanswered_by_force, answered_by_force = victory_after(crisis, f, m, victory)
        wins = 1.0 - (answered_by_force if answer >= FORCE else unanswered_by_force)
        war = war_value(back.stake, back.revisionism, wins)
        value, war_share = _exchange(rules, back, risk, war, reply, act)
        role = crisis.options[m].role
        if answer == CONCILIATION or role == CONCILIATION:
            value += (1.0 - risk) * by_conciliation(rules, back, answer, role, act[0])
        total += counter[other] * value
        total_share += counter[other] * war_share
    return total, total_share


@inlined
def _foresee_counter_replies(crisis: Crisis, f: int, victory: Victory, counters: list[list[float]]) -> None:
    """Write what each reply is worth to the target of front `f` over what may follow it, whatever came before."""
    b = crisis.fronts[f].reverse
    for place in range(crisis.fronts[b].offers):
        counter = counters[crisis.offered[b][place]]
        value, war_share = _foreseen(crisis, f, place, victory, counter)
        crisis.reply_value[place] = value
        crisis.reply_war_share[place] = war_share


@inlined
def _injury_after(crisis: Crisis, f: int, o: int, k: int, before: float, felt: float, floor: float) -> float:
    """Injury max(x'(k), felt(ℓ)·(g_ℓ − g_k)⁺) that the target of front `f` leaves unanswered by its reply `k`.

    Conciliation makes good a share of it, and all if it is answered in kind.

    Parameters
    ----------
    crisis
        The crisis.
    f, o, k
        Front, act on it and reply.
    before
        Injury x'(k) from what was suffered before.
    felt
        How far the target feels the act.
    floor
        Intensity of ongoing hostilities, and so the least of any answer.
    """
    answer = max(crisis.options[k].credit, floor)
    injury = max(before, unanswered(felt, 1.0, crisis.options[o].intensity, answer))
    if crisis.options[o].role != CONCILIATION:
        return injury
    if crisis.options[k].role == CONCILIATION:
        return 0.0
    return forgiven(injury, amends(crisis, f), 1.0)


@inlined
def _score_replies(crisis: Crisis, f: int, o: int) -> tuple[float, float]:
    """Write the score λ'·U'(k|ℓ) − ln n of each reply to act `o` by either type of the target of front `f`.

    U'(k|ℓ) = [the exchange as it values it] + act'(k) − (ρ' + δD')·max(x'(k), felt(ℓ)·(g_ℓ − g_k)⁺)

    Returns
    -------
    tuple of float
        The highest score by a resolute and by an irresolute target.
    """
    b = crisis.fronts[f].reverse
    back = crisis.fronts[b]
    target = crisis.actors[back.actor]
    felt = _felt(crisis, f, o)
    floor = hostility(crisis, f)
    best_resolute = 0.0
    best_irresolute = 0.0
    for place in range(back.offers):
        k = crisis.offered[b][place]
        value = crisis.reply_value[place] + crisis.act_value[b][place]
        war_share = crisis.reply_war_share[place] + crisis.act_war_share[b][place]
        injury = _injury_after(crisis, f, o, k, crisis.injury_left[b][place], felt, floor)
        resolute, irresolute = by_type(target, crisis.rules[0].pressure_weight, value, war_share, injury)
        resolute = score(target.precision, resolute, crisis.crowded[b][place])
        irresolute = score(target.precision, irresolute, crisis.crowded[b][place])
        crisis.reply_resolute[place] = resolute
        crisis.reply_irresolute[place] = irresolute
        if place == 0 or resolute > best_resolute:
            best_resolute = resolute
        if place == 0 or irresolute > best_irresolute:
            best_irresolute = irresolute
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
def expect_reply(
    crisis: Crisis, f: int, o: int, victory: Victory, counters: list[list[float]], deep: bool, expected: list[float]
) -> None:
    """Write the probability P̂(k|ℓ) with which the actor of front `f` expects each reply to act `o`.

    P̂(k|ℓ) = (1 − h)·[r·P_resolute + (1 − r)·P_irresolute] + h·[k is the attack that is feared]

    Of a conciliatory reply only the share 1 − w is sincere; the rest goes to restraint.

    Parameters
    ----------
    crisis
        The crisis.
    f, o
        Front and act.
    victory
        Probability of winning, as the actor that weighs believes, from the side of front `f`.
    counters, deep
        Probability of each act on front `f` after each reply, and whether the target looks ahead to them.
    expected
        Receives the probabilities, by the replies' places on offer.
    """
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    if crisis.rules[0].depth == 0:
        for place in range(back.offers):
            expected[place] = 0.0
        expected[0] = 1.0
        return
    if deep:
        _foresee_counter_replies(crisis, f, victory, counters)
    else:
        _value_replies(crisis, f, o, victory)
    best_resolute, best_irresolute = _score_replies(crisis, f, o)
    resolute = crisis.reply_resolute
    irresolute = crisis.reply_irresolute
    all_resolute = logit_weights(back.offers, best_resolute, resolute, resolute)  # the scores give way to weights
    all_irresolute = logit_weights(back.offers, best_irresolute, irresolute, irresolute)
    assured = _assured(crisis, f, o)
    for place in range(back.offers):
        probability = front.resolve * (resolute[place] / all_resolute)
        probability += (1.0 - front.resolve) * (irresolute[place] / all_irresolute)
        if assured > 0.0:
            probability = assured_reply(probability, assured, place == back.offers - 1)
        expected[place] = feared_reply(probability, front.fear, place == back.attack)
    if crisis.rules[0].conciliation == 1:
        last = back.offers - 1  # the conciliatory act stands in the last place
        sincere = sincere_reply(expected[last], front.motive, crisis.clock[0].now <= back.refused_until)
        expected[0] += expected[last] - sincere
        expected[last] = sincere
