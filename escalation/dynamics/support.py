"""Support: whose capability an actor expects beside its own, and so its probability of winning a war.

    W = Sᵐ / (Sᵐ + S'ᵐ),   S = K·(1 − weakness)/n + Σ q·K_patron·(1 − weakness_patron)

n is the number of the actor's fronts on which force is in use, q its credence in each patron.
"""

from __future__ import annotations

from typing import NamedTuple

from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.state import Crisis
from escalation.mechanisms.alliances import doubted
from escalation.mechanisms.time_and_chance import shaken
from escalation.mechanisms.war_and_contest import strength, success

__all__ = [
    "Victory",
    "actual_victory",
    "believed_credence",
    "capability_of",
    "credence_where",
    "expected_victory",
    "turned",
]


@inlined
def capability_of(crisis: Crisis, i: int) -> float:
    """Capability of an actor after internal shocks."""
    actor = crisis.actors[i]
    return shaken(actor.capability, actor.weakness)


@shared
def fronts_of_force(crisis: Crisis, f: int) -> int:
    """Number of the actor's fronts on which force is in use, if force is used on front `f`."""
    front = crisis.fronts[f]
    clock = crisis.clock[0]
    count = crisis.actors[front.actor].fronts_in_force
    latest = max(front.last_force, crisis.fronts[front.reverse].last_force)
    if front.at_war == 1 or clock.now - latest <= crisis.rules[0].act_window:
        # An event of this period may have used force after fronts were counted, so that the count can be 0.
        return max(count, 1)
    return count + 1


@inlined
def believed_credence(crisis: Crisis, p: int, observer: int) -> float:
    """Credence that an observer gives to pledge `p`: 1 once the patron joined, 0 while it is hidden or not in force."""
    pledge = crisis.pledges[p]
    if pledge.joined == 1:
        return 1.0
    if pledge.in_force == 0:
        return 0.0
    if observer == pledge.adversary:
        if pledge.known == 0:
            return 0.0
        return pledge.credence_adversary
    return pledge.credence_protege


@inlined
def credence_where(crisis: Crisis, p: int, observer: int, undeserved: bool) -> float:
    """Credence that an observer gives to pledge `p` where the protégé has, or has not, struck first.

    If it has, a pledge on condition counts for nothing. Where patrons join by the credence of their pledges, it is only
    doubted.
    """
    pledge = crisis.pledges[p]
    if pledge.joined == 1 or pledge.conditional == 0 or not undeserved:
        return believed_credence(crisis, p, observer)
    if crisis.rules[0].joins_by_credence == 0:
        return 0.0
    return doubted(believed_credence(crisis, p, observer))


class Victory(NamedTuple):
    """Probability W with which the actor of a front wins a war on it, by who is the first of the two to use force.

    Whoever is first loses support that was pledged on condition, or some of it.
    """

    as_things_are: float
    own_first: float
    other_first: float


@shared
def _expected_support(crisis: Crisis, f: int, observer: int, strikes_first: bool) -> float:
    """Σ q·K_patron·(1 − weakness_patron) over the patrons of the actor of front `f`, as an observer believes."""
    front = crisis.fronts[f]
    total = 0.0
    for p in range(front.support_first, front.support_last):
        credence = credence_where(crisis, p, observer, strikes_first or front.struck_first == 1)
        if credence > 0.0:
            total += credence * capability_of(crisis, crisis.pledges[p].patron)
    return total


@shared
def _success(crisis: Crisis, f: int, own_support: float, other_support: float) -> float:
    """Probability W = Sᵐ / (Sᵐ + S'ᵐ) of winning on front `f`, with S = K·(1 − weakness)/n + support."""
    front = crisis.fronts[f]
    own = strength(capability_of(crisis, front.actor), fronts_of_force(crisis, f), own_support)
    other = strength(capability_of(crisis, front.target), fronts_of_force(crisis, front.reverse), other_support)
    return success(own, other, crisis.rules[0].contest_exponent)


@inlined
def turned(victory: Victory) -> Victory:
    """The same war as the other side of the front has it: 1 − W, and each is first where the other was."""
    return Victory(1.0 - victory.as_things_are, 1.0 - victory.other_first, 1.0 - victory.own_first)


@shared
def expected_victory(crisis: Crisis, f: int) -> Victory:
    """Probability of winning a war on front `f`, as its actor believes.

    A warning in a pledge's name bears here, by the credence of the target's pledge; it bears on what the patrons'
    reply costs, too, in `escalation.dynamics.acting`.
    """
    actor = crisis.fronts[f].actor
    back = crisis.fronts[f].reverse
    own = _expected_support(crisis, f, actor, False)
    other = _expected_support(crisis, back, actor, False)
    own_provoking = _expected_support(crisis, f, actor, True)
    other_provoking = _expected_support(crisis, back, actor, True)
    as_things_are = _success(crisis, f, own, other)
    own_first = as_things_are
    other_first = as_things_are
    # Where no support lapses the probability is the same. To compute it again would take time, for it takes powers.
    if own_provoking != own:
        own_first = _success(crisis, f, own_provoking, other)
    if other_provoking != other:
        other_first = _success(crisis, f, own, other_provoking)
    return Victory(as_things_are, own_first, other_first)


@shared
def _support_that_came(crisis: Crisis, f: int, extra: float) -> float:
    """Some extra capability, and that of the patrons that have joined the actor of front `f` against its target."""
    front = crisis.fronts[f]
    total = extra
    for p in range(front.support_first, front.support_last):
        if crisis.pledges[p].joined == 1:
            total += capability_of(crisis, crisis.pledges[p].patron)
    return total


@shared
def actual_victory(crisis: Crisis, f: int, extra: float) -> float:
    """Probability of winning on front `f` with the patrons that joined and some extra capability."""
    own = _support_that_came(crisis, f, extra)
    return _success(crisis, f, own, _support_that_came(crisis, crisis.fronts[f].reverse, 0.0))
