"""Signals: what is said reaches its receivers, may leak, and moves beliefs."""

from __future__ import annotations

import math

from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.attribution import deny, forgive
from escalation.dynamics.prompting import prompt
from escalation.dynamics.roles import (
    APPEAL,
    AUTHORISATION,
    CONCESSION,
    DEMAND,
    DENIAL,
    DISCLOSURE,
    HEARD,
    NEVER_SAID,
    PUBLIC,
    REASSURANCE,
    REFUSAL,
    THREAT_SIGNAL,
    VOW,
    WARNING,
    WITHDRAWAL,
)
from escalation.dynamics.state import Crisis, FrontState, SignalState
from escalation.dynamics.utility import weigh_acts
from escalation.dynamics.words import (
    assures,
    demand_is_conceded,
    earlier_concessions_count,
    make_vow,
    threat_falls_due,
    ultimatums_are_refused,
    word_is_taken_back,
    word_weight,
)
from escalation.mechanisms.beliefs_and_signals import (
    likelihood_if_false,
    likelihood_if_true,
    resolve_likelihood,
    updated,
)
from escalation.mechanisms.conciliation import amends_share, appeal_cost
from escalation.mechanisms.war_and_contest import reassured

__all__ = ["reveal_resolve", "signal_arrives", "signals_arrive"]

BY_LAW = 0.999999
"""Bound of belief in a pledge, so that no warning makes it certain."""


@shared
def reveal_resolve(crisis: Crisis, own: int, o: int, mask: int, weight: float) -> None:
    """Let the actors in a mask learn about the type of the actor of front `own`, which binds itself to act `o` there.

    A type would bind itself to rung b with probability σ(λ_s·[EU(b) − EU(restraint)]). What ongoing hostilities do
    already tells nothing.

    Parameters
    ----------
    crisis
        The crisis; its scratch tables are overwritten.
    own, o
        Front of whoever is learnt about, and the act that it vows, threatens or is seen to do there.
    mask
        Bit mask of those who learn.
    weight
        How far the observation is believed, ω in [0, 1].
    """
    if crisis.options[o].intensity <= crisis.fronts[own].baseline:
        return
    weigh_acts(crisis, own)
    resolute, irresolute = crisis.weighed_resolute, crisis.weighed_irresolute
    precision = crisis.rules[0].signal_precision
    if_resolute = resolve_likelihood(precision, resolute[o], resolute[0])
    if_irresolute = resolve_likelihood(precision, irresolute[o], irresolute[0])
    for i in range(len(crisis.actors)):
        f = crisis.front_of[i][crisis.fronts[own].actor]
        if (mask >> i) & 1 == 1 and f >= 0:
            front = crisis.fronts[f]
            front.resolve = updated(front.resolve, if_resolute, if_irresolute, weight)


@shared
def _reveal_resolve(crisis: Crisis, s: int, mask: int, weight: float) -> None:
    """Let the actors in a mask learn from a vow, threat, demand or refusal about the type of its sender."""
    signal = crisis.signals[s]
    own = crisis.front_of[signal.sender][signal.target]
    if own >= 0 and signal.option >= 0:
        reveal_resolve(crisis, own, signal.option, mask, weight)


@shared
def _bind(crisis: Crisis, s: int) -> None:
    """Bind a sender to its vow or threat; what is public costs an audience."""
    signal = crisis.signals[s]
    own = crisis.front_of[signal.sender][signal.target]
    if own < 0 or signal.option < 0 or crisis.options[signal.option].intensity <= crisis.fronts[own].baseline:
        return  # ongoing hostilities do as much already
    front = crisis.fronts[own]
    publicity = 1.0 - signal.private
    promised = crisis.options[signal.option].intensity
    if signal.kind == VOW:
        if front.vow_standing > 0:  # also one that is overdue and fades
            publicity = max(publicity, front.vow_publicity)
        make_vow(crisis, own, promised, publicity, signal.day, signal.due, signal.key)
    else:
        front.threat = promised
        front.threat_trigger = signal.trigger
        front.threat_due = signal.due
        front.threat_until = signal.day + signal.due
        front.threat_publicity = publicity
        front.threat_by = signal.key


@shared
def _demand(crisis: Crisis, s: int, i: int, publicity: float) -> None:
    """Let a demand stand against receiver `i`, on its front to whom the demand serves."""
    signal = crisis.signals[s]
    f = crisis.front_of[i][signal.about_actor]
    if f >= 0:
        crisis.fronts[f].demand_until = signal.day + signal.due
        crisis.fronts[f].demand_publicity = publicity
        crisis.fronts[f].demand_by = signal.key
        crisis.fronts[f].demand_left = 1.0
        crisis.fronts[f].demand_direct = 0
        if signal.sender == signal.about_actor:
            crisis.fronts[f].demand_direct = 1
            crisis.fronts[f].demand_assurance = assures(crisis, s)


@shared
def _set_ultimatum(crisis: Crisis, s: int, i: int) -> None:
    """Note that the sender of a demand will be bound to act against receiver `i`, unless it meets the demand."""
    signal = crisis.signals[s]
    f = crisis.front_of[i][signal.about_actor]
    if f >= 0 and crisis.front_of[signal.sender][i] >= 0:
        crisis.fronts[f].ultimatum = signal.key


@shared
def _appeal(crisis: Crisis, s: int) -> None:
    """Make force dearer, for the days of an appeal, on the receivers' fronts that it names.

    A weaker appeal does not end a stronger one.
    """
    signal = crisis.signals[s]
    added = appeal_cost(crisis.rules[0].appeal, word_weight(crisis, s))
    for f in range(len(crisis.fronts)):
        front = crisis.fronts[f]
        named = signal.about_actor < 0 or front.target == signal.about_actor
        if named and front.target != signal.sender and (signal.receivers >> front.actor) & 1 == 1:
            if front.appeal > added and crisis.clock[0].now <= front.appeal_until:
                continue
            front.appeal = added
            front.appeal_until = signal.day + signal.due


@shared
def _refuse(crisis: Crisis, s: int) -> None:
    """Take from the receivers of a refusal, for its days, the hope that its sender yields.

    Whoever threatened it for the case that it does not do what was demanded is then bound to act.
    """
    signal = crisis.signals[s]
    for i in range(len(crisis.actors)):
        f = crisis.front_of[signal.sender][i]
        if f >= 0 and (signal.receivers >> i) & 1 == 1:
            front = crisis.fronts[f]
            threatened = signal.day <= crisis.fronts[front.reverse].threat_until
            # Seen before the demand lapses below: the threat was for the case that the demand is not met.
            if threatened and front.demand_direct == 1 and signal.day <= front.demand_until:
                threat_falls_due(crisis, front.reverse, signal.day)
            front.refused_until = signal.day + signal.due
            front.demand_until = -1.0
    ultimatums_are_refused(crisis, s)


@shared
def _commit(crisis: Crisis, s: int) -> None:
    """Bind those whom a signal binds: its sender to a vow, threat or warning, its receivers to a demand."""
    signal = crisis.signals[s]
    if signal.withdrawn == 1:  # in the period in which it was said
        return
    if signal.kind == WITHDRAWAL:
        word_is_taken_back(crisis, s)
    if signal.kind == CONCESSION:
        demand_is_conceded(crisis, s)
    if signal.kind == APPEAL:
        _appeal(crisis, s)
    if signal.kind == REFUSAL:
        _refuse(crisis, s)
    if signal.kind == VOW or signal.kind == THREAT_SIGNAL:
        _bind(crisis, s)
    for p in range(len(crisis.pledges)):
        pledge = crisis.pledges[p]
        if signal.kind == WARNING and pledge.commitment == signal.about_commitment:
            pledge.warned = 1
            pledge.publicity = max(pledge.publicity, 1.0 - signal.private)
    for i in range(len(crisis.actors)):
        if signal.kind == DEMAND and (signal.receivers >> i) & 1 == 1:
            _demand(crisis, s, i, 1.0 - signal.private)
            if signal.or_else > 0.0:
                _set_ultimatum(crisis, s, i)
    if signal.kind == DEMAND:
        earlier_concessions_count(crisis, s)


@shared
def _expose_threat(front: FrontState, key: int) -> None:
    """Make a threat public, unless another has taken its place, and the vow that it has become."""
    if front.threat_by == key:
        front.threat_publicity = 1.0
    if front.vow_standing > 0 and front.vow_by == key:
        front.vow_publicity = 1.0


@shared
def _expose_demand(crisis: Crisis, s: int, i: int) -> None:
    """Make public what a demand binds its receiver `i` to, if it stands, and its sender, if it has become a vow."""
    signal = crisis.signals[s]
    f = crisis.front_of[i][signal.about_actor]
    if f >= 0 and crisis.fronts[f].demand_by == signal.key and crisis.fronts[f].demand_until >= 0.0:
        crisis.fronts[f].demand_publicity = 1.0
        if crisis.fronts[f].demand_direct == 1:
            crisis.fronts[f].demand_assurance = assures(crisis, s)
    bound = crisis.front_of[signal.sender][i]
    if bound >= 0 and crisis.fronts[bound].vow_standing > 0 and crisis.fronts[bound].vow_by == signal.key:
        crisis.fronts[bound].vow_publicity = 1.0


@shared
def _expose(crisis: Crisis, s: int) -> None:
    """Make public, by a leak, what a sender is bound to."""
    signal = crisis.signals[s]
    if signal.withdrawn == 1:
        return
    own = crisis.front_of[signal.sender][signal.target]
    if own >= 0 and signal.kind == VOW and crisis.fronts[own].vow_standing > 0:
        stands = signal.day >= crisis.fronts[own].vow_since  # else it was fulfilled, and a later vow stands
        if stands:
            crisis.fronts[own].vow_publicity = 1.0
    if own >= 0 and signal.kind == THREAT_SIGNAL:
        _expose_threat(crisis.fronts[own], signal.key)
    for p in range(len(crisis.pledges)):
        if signal.kind == WARNING and crisis.pledges[p].commitment == signal.about_commitment:
            crisis.pledges[p].publicity = 1.0
    for i in range(len(crisis.actors)):
        if signal.kind == DEMAND and (signal.receivers >> i) & 1 == 1:
            _expose_demand(crisis, s, i)


@shared
def _warn(crisis: Crisis, s: int, mask: int, weight: float) -> None:
    """Raise the credence q of the actors in a mask in the pledges that a warning is about."""
    signal = crisis.signals[s]
    if_kept = likelihood_if_true(signal.strength)
    if_not = likelihood_if_false(signal.strength)
    for p in range(len(crisis.pledges)):
        pledge = crisis.pledges[p]
        if pledge.commitment != signal.about_commitment:
            continue
        if (mask >> pledge.adversary) & 1 == 1:
            pledge.known = 1
            credence = updated(pledge.credence_adversary, if_kept, if_not, weight)
            pledge.credence_adversary = min(credence, BY_LAW)
        if (mask >> pledge.protege) & 1 == 1:
            pledge.credence_protege = min(updated(pledge.credence_protege, if_kept, if_not, weight), BY_LAW)


@shared
def _deny(crisis: Crisis, s: int, mask: int, weight: float) -> None:
    """Let the actors in a mask learn from a denial whom to blame for an event, or whether to believe a signal."""
    signal = crisis.signals[s]
    if_innocent = likelihood_if_true(signal.strength)
    if_guilty = likelihood_if_false(signal.strength)
    if signal.about_signal >= 0:
        denied = crisis.signals[signal.about_signal]
        denied.credence = updated(denied.credence, if_guilty, if_innocent, weight)
        return
    event = crisis.events[signal.about_event]
    # The evidence is weighed when the event happens, and would undo what is denied before.
    if event.pending == 1:
        return
    for n in range(event.incident_first, event.incident_last):
        if (mask >> crisis.incidents[n].victim) & 1 == 1:
            deny(crisis, n, signal.sender, if_guilty, if_innocent, weight)


@shared
def _move_front_belief(crisis: Crisis, s: int, i: int, weight: float) -> None:
    """Move what receiver `i` believes of the subject of a reassurance or disclosure."""
    signal = crisis.signals[s]
    f = crisis.front_of[i][signal.about_actor]
    if f < 0:
        return
    front = crisis.fronts[f]
    if signal.kind == REASSURANCE:
        front.fear = reassured(front.fear, signal.strength, weight)
        if signal.sender == signal.about_actor:
            forgive(crisis, f, amends_share(crisis.rules[0].amends_in_words, weight))
    else:
        if_true = likelihood_if_true(signal.strength)
        front.motive = updated(front.motive, if_true, likelihood_if_false(signal.strength), weight)


@shared
def _replaces(crisis: Crisis, s: int, other: int) -> bool:
    """Whether authorisation `s` takes the place of another, or of none: of several the one said last holds."""
    return other < 0 or crisis.signals[s].day >= crisis.signals[other].day


@shared
def _give_leave(crisis: Crisis, s: int, mask: int, weight: float) -> None:
    """Let the actors in a mask hear that a patron gives its protégés leave to act.

    What a protégé has heard and what its adversary has are kept apart: leave that was given in private is unknown to
    the adversary.
    """
    signal = crisis.signals[s]
    for p in range(len(crisis.pledges)):
        pledge = crisis.pledges[p]
        against = signal.about_actor < 0 or signal.about_actor == pledge.adversary
        if pledge.patron != signal.sender or not against or (signal.receivers >> pledge.protege) & 1 == 0:
            continue
        if (mask >> pledge.protege) & 1 == 1 and _replaces(crisis, s, pledge.leave):
            pledge.leave = s
            pledge.leave_weight = weight
        if (mask >> pledge.adversary) & 1 == 1 and _replaces(crisis, s, pledge.leave_adversary):
            pledge.leave_adversary = s
            pledge.leave_weight_adversary = weight


@shared
def _prompt_receivers(crisis: Crisis, s: int) -> None:
    """Call on the receivers of a challenge for a decision.

    What only informs prompts nobody: it bears on the next decision, whenever that falls. Were it to prompt, a warning
    would bring about the very decision that it is meant to deter.
    """
    signal = crisis.signals[s]
    if signal.kind != THREAT_SIGNAL and signal.kind != VOW and signal.kind != DEMAND and signal.kind != REFUSAL:
        return
    if signal.withdrawn == 1:
        return
    facing = signal.about_actor if signal.kind == DEMAND else signal.sender
    for i in range(len(crisis.actors)):
        if (signal.receivers >> i) & 1 == 1:
            prompt(crisis, crisis.front_of[i][facing], signal.day, signal.key)


@shared
def _hear(crisis: Crisis, s: int, mask: int) -> None:
    """Move the beliefs of the actors in a mask by a signal that they hear."""
    signal = crisis.signals[s]
    weight = word_weight(crisis, s)
    if signal.kind == WARNING:
        _warn(crisis, s, mask, weight)
    elif signal.kind == DENIAL:
        _deny(crisis, s, mask, weight)
    elif signal.kind == REASSURANCE or signal.kind == DISCLOSURE:
        for i in range(len(crisis.actors)):
            if (mask >> i) & 1 == 1:
                _move_front_belief(crisis, s, i, weight)
    elif signal.kind == AUTHORISATION:
        _give_leave(crisis, s, mask, weight)
    elif signal.kind != APPEAL and signal.kind != WITHDRAWAL and signal.kind != CONCESSION:
        _reveal_resolve(crisis, s, mask, weight)


@shared
def _everybody_else(crisis: Crisis, s: int) -> int:
    """Bit mask of all actors but the sender."""
    return ((1 << len(crisis.actors)) - 1) & ~(1 << crisis.signals[s].sender)


@shared
def signal_arrives(crisis: Crisis, s: int) -> None:
    """Deliver a signal if it falls in this period, and let it out if it leaks or is reported in it.

    A report reaches all but the first receivers, and also where nothing was said: only they know better.
    """
    latest = crisis.clock[0].latest
    signal = crisis.signals[s]
    if signal.status == 0 and signal.day < latest:
        signal.heard = crisis.clock[0].now
        if signal.private == 0:
            signal.status = PUBLIC
            _hear(crisis, s, _everybody_else(crisis, s))
        else:
            signal.status = HEARD
            _hear(crisis, s, signal.receivers)
        # Heard before it binds: what it tells of its sender is what acts were worth while nothing bound it.
        _commit(crisis, s)
        _prompt_receivers(crisis, s)
    leaks = signal.status == HEARD and signal.leaks_at < latest
    reported = (signal.status == HEARD or signal.status == NEVER_SAID) and signal.reported < latest
    if leaks or reported:
        if signal.status == HEARD:
            _expose(crisis, s)
        signal.status = PUBLIC
        _hear(crisis, s, _everybody_else(crisis, s) & ~signal.receivers)


@inlined
def _stirs_at(signal: SignalState) -> float:
    """When a signal is said, leaks or is reported next."""
    if signal.status == 0:
        return signal.day
    if signal.status == PUBLIC:
        return math.inf
    if signal.status == HEARD:
        return min(signal.leaks_at, signal.reported)
    return signal.reported


@shared
def _go_through_signals(crisis: Crisis) -> None:
    clock = crisis.clock[0]
    clock.next_signal = math.inf
    for s in range(len(crisis.signals)):
        if _stirs_at(crisis.signals[s]) < clock.latest:
            signal_arrives(crisis, s)
        clock.next_signal = min(clock.next_signal, _stirs_at(crisis.signals[s]))


@inlined
def signals_arrive(crisis: Crisis) -> None:
    """Deliver the signals of this period, in the order of the scenario."""
    if crisis.clock[0].next_signal < crisis.clock[0].latest:
        _go_through_signals(crisis)
