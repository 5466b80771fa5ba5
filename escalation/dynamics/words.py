"""Words: how far they are believed, what they bind to, and how they are taken back or met.

A threat becomes a vow once what it threatened for has come, and so does a demand with an "or else" that is not met by
its day. A vow, threat or demand can be taken back; a demand can be granted, in part or in whole.
"""

from __future__ import annotations

from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.attribution import forgive
from escalation.dynamics.prompting import prompt
from escalation.dynamics.roles import (
    CONCESSION,
    DEMAND,
    HEARD,
    OVERDUE,
    PUBLIC,
    REFUSAL,
    STANDING,
    THREAT,
    THREAT_SIGNAL,
    VOW,
)
from escalation.dynamics.state import Crisis, FrontState, RulesState
from escalation.mechanisms.beliefs_and_signals import weight as message_weight
from escalation.mechanisms.conciliation import amends_share, conceded_amends
from escalation.mechanisms.honour_and_audiences import elapsed_share, publicity_left

__all__ = [
    "assures",
    "demand_is_conceded",
    "earlier_concessions_count",
    "end_what_is_done",
    "make_vow",
    "threat_falls_due",
    "ultimatums_are_carried_out",
    "ultimatums_are_refused",
    "ultimatums_fall_due",
    "word_is_taken_back",
    "word_weight",
]


# ---------------------------------------------------------------------------------- how far a word is believed


@inlined
def _of_class(rules: RulesState, private: int) -> float:
    """Weight of words of a class: what is said in public, or in private."""
    return rules.private_word if private == 1 else rules.public_word


@shared
def word_weight(crisis: Crisis, s: int) -> float:
    """Weight ω = class·credence·honesty·alignment of a signal, or the weight of its class alone.

    The latter holds where the sender ties its hands in public: what binds it need not be trusted.
    """
    signal = crisis.signals[s]
    rules = crisis.rules[0]
    ties_hands = signal.kind == VOW or signal.kind == THREAT_SIGNAL or signal.kind == DEMAND or signal.kind == REFUSAL
    if ties_hands and signal.private == 0:
        return rules.public_word
    credible = message_weight(signal.credence, crisis.actors[signal.sender].honesty, signal.alignment)
    return _of_class(rules, signal.private) * credible


@shared
def assures(crisis: Crisis, s: int) -> float:
    """How surely a demand is taken to promise an answer in kind, s·class·credence·honesty·alignment.

    Also in public: what is demanded ties the sender's hands, and what it promises in return does not.
    """
    signal = crisis.signals[s]
    rules = crisis.rules[0]
    credible = message_weight(signal.credence, crisis.actors[signal.sender].honesty, signal.alignment)
    return rules.assurance * _of_class(rules, signal.private) * credible


# ---------------------------------------------------------------------------------- threats that become vows


@shared
def make_vow(crisis: Crisis, f: int, promised: float, publicity: float, made: float, within: float, by: int) -> None:
    """Let a vow stand on a front; where one stood already, the higher act holds."""
    clock = crisis.clock[0]
    clock.vows = 1
    front = crisis.fronts[f]
    if front.vow_standing == 0:
        front.vow_since = made
    front.vow = max(promised, front.vow) if front.vow_standing == STANDING else promised
    front.vow_publicity = publicity
    front.vow_made = made
    front.vow_due = made + within
    clock.next_decision = min(clock.next_decision, front.vow_due)
    front.vow_standing = STANDING
    front.vow_by = by


@shared
def _become_vow(crisis: Crisis, f: int, promised: float, publicity: float, made: float, within: float, by: int) -> None:
    """Let a threat or demand become a vow; where a vow stood already, the wider public holds."""
    if crisis.fronts[f].vow_standing == STANDING:
        publicity = max(publicity, crisis.fronts[f].vow_publicity)
    make_vow(crisis, f, promised, publicity, made, within, by)


@shared
def threat_falls_due(crisis: Crisis, f: int, now: float) -> None:
    """Turn the threat that the actor of front `f` has made into a vow, since what it threatened for has come.

    Parameters
    ----------
    crisis
        The crisis.
    f
        Row of the front on which the threat stands.
    now
        When it came, in days.
    """
    front = crisis.fronts[f]
    _become_vow(crisis, f, front.threat, front.threat_publicity, now, front.threat_due, front.threat_by)
    front.threat_until = -1.0


# ---------------------------------------------------------------------------------- demands with an "or else"


@shared
def end_what_is_done(crisis: Crisis, f: int, s: int) -> None:
    """End the ultimatum `s`, whose sender does on front `f` what it had threatened."""
    front = crisis.fronts[f]
    signal = crisis.signals[s]
    for g in range(len(crisis.fronts)):
        # It stands where restraint is asked for, which may be on a front to a third actor.
        if crisis.fronts[g].actor == front.target and crisis.fronts[g].ultimatum == signal.key:
            crisis.fronts[g].ultimatum = -1


@shared
def _carry_out(crisis: Crisis, f: int) -> None:
    front = crisis.fronts[f]
    option = crisis.options[front.chosen]
    shown = option.intensity * option.publicity
    for s in range(len(crisis.signals)):
        signal = crisis.signals[s]
        own = signal.or_else > 0.0 and signal.sender == front.actor
        if own and shown >= crisis.options[signal.option].intensity:
            end_what_is_done(crisis, f, s)


@shared
def _go_through_acts(crisis: Crisis) -> None:
    for f in range(len(crisis.fronts)):
        chosen = crisis.fronts[f].chosen
        if chosen >= 0 and crisis.options[chosen].role >= THREAT:
            _carry_out(crisis, f)


@inlined
def ultimatums_are_carried_out(crisis: Crisis) -> None:
    """End the ultimatums whose senders do in this period what they had threatened, without waiting for their day."""
    if crisis.rules[0].ultimatums == 1 and crisis.clock[0].chosen == 1:
        _go_through_acts(crisis)


@shared
def _bind_sender(crisis: Crisis, s: int, g: int, at: float) -> None:
    """Bind the sender of the ultimatum `s`, which was not met on front `g`, to act; and call on it for a decision."""
    signal = crisis.signals[s]
    crisis.fronts[g].ultimatum = -1
    own = crisis.front_of[signal.sender][crisis.fronts[g].actor]
    if own < 0:
        return
    front = crisis.fronts[own]
    promised = crisis.options[signal.option].intensity
    if front.active == 0 or front.at_war == 1 or promised <= front.baseline:
        return
    publicity = 1.0 if signal.status == PUBLIC else 0.0
    _become_vow(crisis, own, promised, publicity, at, signal.or_else, signal.key)
    prompt(crisis, own, at, signal.key)


@shared
def _obeyed(crisis: Crisis, s: int, g: int) -> bool:
    """Whether restraint has met an ultimatum: where nobody can conciliate, it is all that can."""
    return crisis.rules[0].conciliation == 0 and crisis.fronts[g].last_open_day < crisis.signals[s].heard


@shared
def _go_through_signals(crisis: Crisis) -> None:
    for s in range(len(crisis.signals)):
        signal = crisis.signals[s]
        ends = signal.day + signal.due
        if signal.or_else <= 0.0 or signal.status < HEARD or ends >= crisis.clock[0].latest:
            continue
        for g in range(len(crisis.fronts)):
            if crisis.fronts[g].ultimatum != signal.key:
                continue
            if _obeyed(crisis, s, g):
                crisis.fronts[g].ultimatum = -1
            else:
                _bind_sender(crisis, s, g, ends)


@inlined
def ultimatums_fall_due(crisis: Crisis) -> None:
    """Bind the senders of the ultimatums whose days end in this period without their having been met.

    Conciliation and agreement have ended those that were met. Where actors cannot conciliate, a demand is met by
    restraint: by no open act above ongoing hostilities since it was made.
    """
    if crisis.rules[0].ultimatums == 1:
        _go_through_signals(crisis)


@shared
def ultimatums_are_refused(crisis: Crisis, r: int) -> None:
    """Bind those whose ultimatum the refusal `r` refuses, on its day: they need not wait any longer."""
    if crisis.rules[0].ultimatums == 0:
        return
    refusal = crisis.signals[r]
    for s in range(len(crisis.signals)):
        signal = crisis.signals[s]
        if signal.or_else <= 0.0 or (refusal.receivers >> signal.sender) & 1 == 0:
            continue
        for g in range(len(crisis.fronts)):
            if crisis.fronts[g].actor == refusal.sender and crisis.fronts[g].ultimatum == signal.key:
                _bind_sender(crisis, s, g, refusal.day)


# ---------------------------------------------------------------------------------- words taken back


@shared
def _take_back_vow(front: FrontState, day: float) -> None:
    """Let a vow lapse unbroken; what the audience has seen of it by then fades from now on."""
    front.vow_publicity = publicity_left(front.vow_publicity, elapsed_share(day, front.vow_made, front.vow_due))
    # With its day moved to today the share of its days that have run is 1 from now on. So nothing is added, and what is
    # left fades as after a vow that was broken.
    front.vow_due = day
    front.vow_standing = OVERDUE


@shared
def word_is_taken_back(crisis: Crisis, s: int) -> None:
    """End what the word binds that signal `s` takes back: a threat, vow or demand, and the vow that came of it.

    Leave to act that is taken back ends for all, also for an adversary that hears nothing of it.

    Where several words run together on a front, the one that was said last holds: to take back another changes nothing.
    """
    day = crisis.signals[s].day
    word = crisis.signals[crisis.signals[s].about_signal]
    word.withdrawn = 1
    for f in range(len(crisis.fronts)):
        front = crisis.fronts[f]
        if front.threat_by == word.key:
            front.threat_until = -1.0
        if front.demand_by == word.key:
            front.demand_until = -1.0
        if front.ultimatum == word.key:
            front.ultimatum = -1
        if front.vow_by == word.key and front.vow_standing == STANDING:
            _take_back_vow(front, day)


# ---------------------------------------------------------------------------------- demands that are granted


@shared
def demand_is_conceded(crisis: Crisis, s: int) -> None:
    """Take from a demand the share of it that concession `s` grants, and make amends in words to whoever made it.

    Where several demands run together on a front, the one that was said last is the one that costs face.
    """
    signal = crisis.signals[s]
    demand = crisis.signals[signal.about_signal]
    if demand.heard <= 0.0 or demand.withdrawn == 1:  # never said, or not yet; or taken back
        return
    f = crisis.front_of[signal.sender][demand.about_actor]
    front = crisis.fronts[f]
    if front.demand_by == demand.key and signal.day <= front.demand_until:
        front.demand_left *= 1.0 - signal.share
        if signal.share >= 1.0:
            front.demand_until = -1.0
    if front.ultimatum == demand.key and signal.share >= 1.0 and signal.day <= demand.day + demand.due:
        front.ultimatum = -1
    hurt = crisis.front_of[demand.sender][signal.sender]
    if hurt >= 0:
        in_words = amends_share(crisis.rules[0].amends_in_words, word_weight(crisis, s))
        forgive(crisis, hurt, conceded_amends(signal.share, in_words))


@shared
def earlier_concessions_count(crisis: Crisis, s: int) -> None:
    """Let the concessions count that stand before demand `s` in the scenario, and were made in its own period."""
    for c in range(len(crisis.signals)):
        earlier = crisis.signals[c]
        # Dated no earlier than its demand, a concession that has been heard already was heard in this period.
        if earlier.kind == CONCESSION and earlier.about_signal == s and earlier.heard > 0.0:
            demand_is_conceded(crisis, c)
