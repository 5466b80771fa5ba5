"""What an exchange of acts is worth to either side, and so the reply that an actor expects.

The value u(ℓ, k) of an exchange is in `escalation.dynamics.utility`, as the actor i of a front has it. Its target j
weighs each reply k to an act ℓ by the same exchange from its own side, where primes are j's and W is still i's
probability of winning:

    U'(k|ℓ) = (1 − f)·{v'·[rev'·y(k) − y(ℓ)] − ψ·max} + f·{v'·[rev'·(1 − W) − W] − c'}
              + act'(k) − word(ℓ, k) − v'^ν·(ρ' + δD')·max(x'(k), felt(ℓ)·(e_ℓ − max(a_k, g_0))⁺)

An act injures j at e_ℓ = γ·g_ℓ + (1 − γ)·g_0, with γ = `act_injury` and hostilities of intensity g_0 going on. The
reply k answers with intensity a_k, `Crisis.credits`. What j pays at home if k falls short of a word of its own is
word(ℓ, k), see below.

Its reply by each type is a logit choice of precision λ' over U', and i expects

    P̂(k|ℓ) = (1 − h)·[r·P_resolute + (1 − r)·P_irresolute] + h·[k is the attack that is feared]

Eight acts ℓ are worked out at once, in lanes: those of the ladder from `first` on. Replies are gone through one by one,
by their places on offer: place 0 is restraint, and place n on front f is act ``crisis.offered[f][n]``.
"""

from __future__ import annotations

from escalation.arithmetic.elementary import Lanes, at_least, greater, lanes_at, positive_part, put_lanes, splat, where
from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.acting import amends, hostility, net_destruction, net_gain
from escalation.dynamics.roles import OVERDUE, PUBLIC, STANDING
from escalation.dynamics.state import ActorState, Crisis, FrontState, RulesState
from escalation.dynamics.support import Victory
from escalation.mechanisms.conciliation import assured_reply, forgiven, reply_value, sincere_reply
from escalation.mechanisms.honour_and_audiences import (
    audience_cost,
    covert_blame,
    elapsed_share,
    exposure,
    injury_by_act,
    retaliation_cost,
    unanswered,
)
from escalation.mechanisms.time_and_chance import logit_weight, score
from escalation.mechanisms.war_and_contest import destruction_value, exchange_value, feared_reply, war_value

__all__ = ["by_conciliation", "by_type", "expect_replies", "foresee_counter_replies", "victory_after"]

LOWEST = -1e300
"""Below every score."""


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
def victory_after(crisis: Crisis, f: int, is_force: float, victory: Victory) -> tuple[float, float]:
    """Probability W that the actor of front `f` wins a war that comes of its act.

    Where the reply is no force, and where it is: whoever uses force first loses support on condition. Of the act it
    matters whether it is force, 1 or 0, for one act or in lanes.
    """
    own_first = victory.as_things_are
    other_first = victory.as_things_are
    if crisis.fronts[crisis.fronts[f].reverse].used_force == 0:
        own_first = victory.own_first
    if crisis.fronts[f].used_force == 0:
        other_first = victory.other_first
    return where(is_force, own_first, victory.as_things_are), where(is_force, own_first, other_first)


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
    value = (1.0 - risk) * exchange_value(front.stake, front.revisionism, own[0], other[0]) + risk * war
    if rules.destruction_priced == 1:
        return value + (1.0 - risk) * destruction_value(rules.destruction_cost, own[1], other[1]), risk
    return value, (1.0 - risk) * greater(own[1], other[1]) + risk


@inlined
def by_conciliation(
    rules: RulesState, front: FrontState, conciliates: float, met: float, is_force: float, other_gain: float
) -> float:
    """What conciliation by either side adds, short of war, for the actor of a front.

    Parameters
    ----------
    rules, front
        The rules, and the front.
    conciliates, met
        1 if the actor conciliates, and 1 if the other side does; else 0.
    is_force, other_gain
        1 if the other side's act is force, else 0; and its gain y.
    """
    taken = is_force * other_gain
    return reply_value(
        front.stake, front.revisionism, rules.concession, rules.peace, rules.exploited, conciliates, met, taken
    )


# ---------------------------------------------------------------------------------- P̂(k|ℓ), the expected reply


@shared
def _felt(crisis: Crisis, f: int, first: int) -> Lanes:
    """How far the target of front `f` feels acts: 1 for an open act, blame × exposure for a covert one, else 0."""
    rules = crisis.rules[0]
    suspects = 0
    target = crisis.fronts[f].target
    for j in range(len(crisis.actors)):
        facing = crisis.front_of[target][j]  # a front is open where that from the other side is
        if facing >= 0 and crisis.fronts[facing].active == 1:
            suspects += 1
    exposed = exposure(rules.covert_discount, lanes_at(crisis.publicities, first))
    covertly = covert_blame(rules.covert_detection, suspects) * exposed
    return lanes_at(crisis.is_above_restraint, first) * where(lanes_at(crisis.is_covert, first), covertly, 1.0)


@inlined
def _value_replies(crisis: Crisis, f: int, first: int, victory: Victory) -> None:
    """Write the exchange of acts for each reply, as the target of front `f` values it."""
    # Nothing in this loop is called that could change the crisis, so that the compiler reads once what is the same for
    # all replies. That is why `foresee_counter_replies` has a loop of its own.
    rules = crisis.rules[0]
    b = crisis.fronts[f].reverse
    back = crisis.fronts[b]
    act = (net_gain(crisis, f, first), net_destruction(crisis, f, first))
    is_force = lanes_at(crisis.is_force, first)
    conciliates = lanes_at(crisis.is_conciliation, first)
    unanswered_by_force, answered_by_force = victory_after(crisis, f, is_force, victory)
    if_not_force = war_value(back.stake, back.revisionism, 1.0 - unanswered_by_force)
    if_force = war_value(back.stake, back.revisionism, 1.0 - answered_by_force)
    taken = positive_part(act[0])
    if_conciliates = by_conciliation(rules, back, 1.0, conciliates, is_force, taken)
    if_not = by_conciliation(rules, back, 0.0, conciliates, is_force, taken)
    for place in range(back.offers):
        k = crisis.offered[b][place]
        reply = (crisis.gain[b][k], crisis.destruction[b][k])
        war = where(crisis.is_force[k], if_force, if_not_force)
        risk = lanes_at(crisis.risk_between[k], first)
        value, war_share = _exchange(rules, back, risk, war, reply, act)
        if rules.conciliation == 1:
            value = value + (1.0 - risk) * where(crisis.is_conciliation[k], if_conciliates, if_not)
        put_lanes(crisis.reply_value[place], first, value)
        put_lanes(crisis.reply_war_share[place], first, war_share)


@shared
def foresee_counter_replies(crisis: Crisis, f: int, victory: Victory, counters: list[list[float]], first: int) -> None:
    """Write what replies, in lanes, are worth to the target of front `f` over what may follow, whatever came before."""
    rules = crisis.rules[0]
    front = crisis.fronts[f]
    b = front.reverse
    back = crisis.fronts[b]
    reply = (lanes_at(crisis.gain[b], first), lanes_at(crisis.destruction[b], first))
    is_force = lanes_at(crisis.is_force, first)
    conciliates = lanes_at(crisis.is_conciliation, first)
    total = splat(0.0)
    total_share = splat(0.0)
    for place in range(front.offers):
        m = crisis.offered[f][place]
        counter = lanes_at(counters[place], first)
        act = (crisis.gain[f][m], crisis.destruction[f][m])
        unanswered_by_force, answered_by_force = victory_after(crisis, f, crisis.is_force[m], victory)
        wins = 1.0 - where(is_force, answered_by_force, unanswered_by_force)
        war = war_value(back.stake, back.revisionism, wins)
        risk = lanes_at(crisis.risk_between[m], first)
        value, war_share = _exchange(rules, back, risk, war, reply, act)
        if rules.conciliation == 1:
            met = crisis.is_conciliation[m]
            value = value + (1.0 - risk) * by_conciliation(rules, back, conciliates, met, crisis.is_force[m], act[0])
        total = total + counter * value
        total_share = total_share + counter * war_share
    put_lanes(crisis.foreseen_value, first, total)
    put_lanes(crisis.foreseen_war_share, first, total_share)


@shared
def _take_foreseen(crisis: Crisis, f: int, first: int) -> None:
    """Take for the exchange of acts for each reply what is foreseen of the reply."""
    b = crisis.fronts[f].reverse
    for place in range(crisis.fronts[b].offers):
        k = crisis.offered[b][place]
        put_lanes(crisis.reply_value[place], first, splat(crisis.foreseen_value[k]))
        put_lanes(crisis.reply_war_share[place], first, splat(crisis.foreseen_war_share[k]))


@inlined
def _injury_after(
    crisis: Crisis, f: int, first: int, k: int, before: float, felt: Lanes, level: Lanes, floor: float
) -> Lanes:
    """Injury max(x'(k), felt(ℓ)·(e_ℓ − max(a_k, g_0))⁺) that the target of front `f` leaves unanswered by reply `k`.

    Conciliation makes good a share of it, and all if it is answered in kind.

    Parameters
    ----------
    crisis
        The crisis.
    f, first, k
        Front, first of the acts on it, and reply.
    before
        Injury x'(k) from what was suffered before, as it is weighed.
    felt, level
        How far the target feels each act, likewise, and at what level it injures.
    floor
        Intensity of ongoing hostilities, and so the least of any answer.
    """
    answer = greater(crisis.credits[k], floor)
    injury = greater(before, unanswered(felt, 1.0, level, answer))
    if crisis.rules[0].conciliation == 0:
        return injury
    left = forgiven(1.0, amends(crisis, f), 1.0) * (1.0 - crisis.is_conciliation[k])
    return injury * where(lanes_at(crisis.is_conciliation, first), left, 1.0)


# --------------------------------------------------------------------- word(ℓ, k), by a vow, a threat or an ultimatum
# Whoever has bound itself in public pays at home for falling short of it [Fearon1994]_. What that costs grows with the
# days of its vow. But a reply comes later, and so others reckon with the share ξ of the whole, `threat_credibility`,
# even where less has run by now: of a vow, whatever they do; of a threat, after an act ℓ that crosses it; of an
# ultimatum, after an act that does not meet it. A reply k below what was promised is dearer by ξ·a'·pub·(b − g_k)⁺,
# less what act'(k) has of it already. The sender itself chooses by what its vow costs on the day.


@shared
def _by_vow(crisis: Crisis, b: int) -> tuple[float, float]:
    """What the vow on front `b` costs its actor per unit of intensity: as is expected, and as of now."""
    front = crisis.fronts[b]
    if front.vow_standing != STANDING and front.vow_standing != OVERDUE:
        return 0.0, 0.0
    cost = crisis.actors[front.actor].audience_cost
    elapsed = elapsed_share(crisis.clock[0].now, front.vow_made, front.vow_due)
    expected = elapsed
    if front.vow_standing == STANDING:
        expected = max(elapsed, crisis.rules[0].threat_credibility)
    return (
        # Of a vow of 1 and an act of 0, and so per unit of intensity.
        audience_cost(cost, front.vow_publicity, expected, 1.0, 0.0),
        audience_cost(cost, front.vow_publicity, elapsed, 1.0, 0.0),
    )


@shared
def _by_threat(crisis: Crisis, b: int) -> float:
    """What the threat on front `b` is expected to cost its actor per unit of intensity, once it is crossed."""
    front = crisis.fronts[b]
    if crisis.clock[0].now > front.threat_until:
        return 0.0
    cost = crisis.actors[front.actor].audience_cost
    return audience_cost(cost, front.threat_publicity, crisis.rules[0].threat_credibility, 1.0, 0.0)


@shared
def _by_ultimatum(crisis: Crisis, f: int) -> tuple[float, float, bool]:
    """What an ultimatum to the actor of front `f` is expected to cost its sender likewise, if it is not met.

    And what it threatens, and whether restraint can meet it: where nobody can conciliate, unless the actor has acted
    openly since it heard of it. Whoever speaks for somebody else would reply on another front.
    """
    front = crisis.fronts[f]
    if front.ultimatum == -1:
        return 0.0, 0.0, False
    for s in range(len(crisis.signals)):
        signal = crisis.signals[s]
        if signal.key == front.ultimatum and signal.sender == front.target and signal.status == PUBLIC:
            cost = crisis.actors[signal.sender].audience_cost
            by_restraint = crisis.rules[0].conciliation == 0 and front.last_open_day < signal.heard
            expected = audience_cost(cost, 1.0, crisis.rules[0].threat_credibility, 1.0, 0.0)
            return expected, crisis.options[signal.option].intensity, by_restraint
    return 0.0, 0.0, False


@shared
def _reckon_with_words(crisis: Crisis, f: int, first: int) -> None:
    """Take off what replies are worth to the target of front `f` what falling short of its word by them will cost it.

    Of several words the one counts that costs most; what its vow costs it now, it counts itself.
    """
    # A loop of its own costs nothing where no word stands.
    b = crisis.fronts[f].reverse
    back = crisis.fronts[b]
    vow, vow_now = _by_vow(crisis, b)
    ultimatum, promised, by_restraint = _by_ultimatum(crisis, f)
    is_open = lanes_at(crisis.is_above_restraint, first) * (1.0 - lanes_at(crisis.is_covert, first))
    crossed = is_open * at_least(lanes_at(crisis.intensities, first), back.threat_trigger) * _by_threat(crisis, b)
    unmet = ultimatum * (1.0 - lanes_at(crisis.is_conciliation, first))
    if by_restraint:
        unmet = ultimatum * is_open
    for place in range(back.offers):
        k = crisis.offered[b][place]
        shown = max(crisis.intensities[k] * crisis.publicities[k], back.baseline)
        short_of_vow = max(back.vow - shown, 0.0)
        by_words = greater(crossed * max(back.threat - shown, 0.0), unmet * max(promised - shown, 0.0))
        costs = greater(by_words, splat(vow * short_of_vow)) - vow_now * short_of_vow
        put_lanes(crisis.reply_value[place], first, lanes_at(crisis.reply_value[place], first) - costs)


@inlined
def _has_given_its_word(crisis: Crisis, f: int) -> bool:
    """Whether a vow, a threat or an ultimatum stands, by which to expect something of the target of front `f`."""
    back = crisis.fronts[crisis.fronts[f].reverse]
    threatens = crisis.clock[0].now <= back.threat_until or crisis.fronts[f].ultimatum != -1
    return threatens or back.vow_standing == STANDING


# ------------------------------------------------------------------------------------------ the logit choice of a reply


@inlined
def _score_replies(crisis: Crisis, f: int, first: int) -> tuple[Lanes, Lanes]:
    """Write the score λ'·U'(k|ℓ) − ln n of each reply to acts by either type of the target of front `f`.

    U'(k|ℓ) = [the exchange as it values it] + act'(k) − word(ℓ, k) − v'^ν·(ρ' + δD')·max(x'(k), …)

    Returns
    -------
    tuple
        The highest score by a resolute and by an irresolute target.
    """
    b = crisis.fronts[f].reverse
    back = crisis.fronts[b]
    target = crisis.actors[back.actor]
    felt = back.injury_weight * _felt(crisis, f, first)
    floor = hostility(crisis, f)
    baseline = crisis.fronts[f].baseline
    level = injury_by_act(crisis.rules[0].act_injury, baseline, back.baseline, lanes_at(crisis.intensities, first))
    best_resolute = splat(LOWEST)
    best_irresolute = splat(LOWEST)
    for place in range(back.offers):
        k = crisis.offered[b][place]
        value = lanes_at(crisis.reply_value[place], first) + crisis.act_value[b][k]
        war_share = lanes_at(crisis.reply_war_share[place], first) + crisis.act_war_share[b][k]
        injury = _injury_after(crisis, f, first, k, crisis.injury_left[b][k], felt, level, floor)
        resolute, irresolute = by_type(target, crisis.rules[0].pressure_weight, value, war_share, injury)
        resolute = score(target.precision, resolute, crisis.crowding[k])
        irresolute = score(target.precision, irresolute, crisis.crowding[k])
        put_lanes(crisis.reply_resolute[place], first, resolute)
        put_lanes(crisis.reply_irresolute[place], first, irresolute)
        best_resolute = greater(best_resolute, resolute)
        best_irresolute = greater(best_irresolute, irresolute)
    return best_resolute, best_irresolute


@inlined
def _weigh_replies(crisis: Crisis, f: int, first: int, best: tuple[Lanes, Lanes]) -> Lanes:
    """Let scores of replies give way to their shares P_resolute, and to their weights where the target is irresolute.

    Returns
    -------
    Lanes
        Sum of the weights where it is irresolute.
    """
    offers = crisis.fronts[crisis.fronts[f].reverse].offers
    all_resolute = splat(0.0)
    for place in range(offers):
        resolute = logit_weight(lanes_at(crisis.reply_resolute[place], first), best[0])
        put_lanes(crisis.reply_resolute[place], first, resolute)
        all_resolute = all_resolute + resolute
    all_irresolute = splat(0.0)
    for place in range(offers):
        irresolute = logit_weight(lanes_at(crisis.reply_irresolute[place], first), best[1])
        put_lanes(crisis.reply_irresolute[place], first, irresolute)
        all_irresolute = all_irresolute + irresolute
        # The processor divides here beside the exponentials, and in the last loop it would wait.
        put_lanes(crisis.reply_resolute[place], first, lanes_at(crisis.reply_resolute[place], first) / all_resolute)
    return all_irresolute


@inlined
def _assured(crisis: Crisis, f: int) -> float:
    """How surely the target of front `f` answers conciliation in kind: its demand or its own offer has said so."""
    rules = crisis.rules[0]
    front = crisis.fronts[f]
    now = crisis.clock[0].now
    if now - crisis.fronts[front.reverse].conciliated <= rules.act_window:
        return 1.0
    if front.demand_direct == 1 and now <= front.demand_until:
        return front.demand_assurance
    return 0.0


@inlined
def _expect_none(crisis: Crisis, f: int, first: int, expected: list[list[float]]) -> None:
    """Expect restraint for certain, as whoever expects no reply does."""
    for place in range(crisis.fronts[crisis.fronts[f].reverse].offers):
        put_lanes(expected[place], first, splat(0.0))
    put_lanes(expected[0], first, splat(1.0))


@shared
def expect_replies(
    crisis: Crisis, f: int, first: int, victory: Victory, ahead: bool, expected: list[list[float]]
) -> None:
    """Write the probability P̂(k|ℓ) with which the actor of front `f` expects each reply to eight acts.

    P̂(k|ℓ) = (1 − h)·[r·P_resolute + (1 − r)·P_irresolute] + h·[k is the attack that is feared]

    Of a conciliatory reply only the share 1 − w is sincere; the rest goes to restraint.

    Parameters
    ----------
    crisis
        The crisis.
    f, first
        Front, and the first of the acts.
    victory
        Probability of winning, as the actor that weighs believes, from the side of front `f`.
    ahead
        Whether the target looks ahead: what it foresees is then in `Crisis.foreseen_value`.
    expected
        Receives the probabilities, by the replies' places on offer and the act.
    """
    rules = crisis.rules[0]
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    if rules.depth == 0:
        _expect_none(crisis, f, first, expected)
        return
    if ahead:
        _take_foreseen(crisis, f, first)
    else:
        _value_replies(crisis, f, first, victory)
    if _has_given_its_word(crisis, f):
        _reckon_with_words(crisis, f, first)
    all_irresolute = _weigh_replies(crisis, f, first, _score_replies(crisis, f, first))
    assured = splat(0.0)
    if rules.conciliation == 1:
        assured = _assured(crisis, f) * lanes_at(crisis.is_conciliation, first)
    for place in range(back.offers):
        k = crisis.offered[front.reverse][place]
        if_resolute = lanes_at(crisis.reply_resolute[place], first)
        if_irresolute = lanes_at(crisis.reply_irresolute[place], first) / all_irresolute
        probability = front.resolve * if_resolute + (1.0 - front.resolve) * if_irresolute
        # An assurance holds if the target does not attack whatever is done. So fear takes its share of what is assured,
        # too.
        probability = assured_reply(probability, assured, crisis.is_conciliation[k])
        put_lanes(expected[place], first, feared_reply(probability, front.fear, place == back.attack))
    if rules.conciliation == 1:
        last = back.offers - 1  # the conciliatory act stands in the last place
        likely = lanes_at(expected[last], first)
        sincere = sincere_reply(likely, front.motive, crisis.clock[0].now <= back.refused_until)
        put_lanes(expected[0], first, lanes_at(expected[0], first) + (likely - sincere))
        put_lanes(expected[last], first, sincere)
