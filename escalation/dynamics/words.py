"""Vows: how a threat becomes one, and a demand that is not met; and how words are taken back."""

from __future__ import annotations

from escalation.arithmetic.shared import shared
from escalation.dynamics.prompting import prompt
from escalation.dynamics.roles import HEARD, OVERDUE, PUBLIC, STANDING
from escalation.dynamics.state import Crisis, FrontState
from escalation.mechanisms.audiences import elapsed_share, publicity_left

__all__ = [
    "threat_falls_due",
    "ultimatums_are_carried_out",
    "ultimatums_are_refused",
    "ultimatums_fall_due",
    "word_is_taken_back",
]


@shared
def _vow(front: FrontState, promised: float, publicity: float, made: float, within: float, by: int) -> None:
    standing = front.vow_standing == STANDING
    if front.vow_standing == 0:
        front.vow_since = made
    front.vow = max(promised, front.vow) if standing else promised
    front.vow_publicity = max(publicity, front.vow_publicity) if standing else publicity
    front.vow_made = made
    front.vow_due = made + within
    front.vow_standing = STANDING
    front.vow_by = by


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
    _vow(front, front.threat, front.threat_publicity, now, front.threat_due, front.threat_by)
    front.threat_until = -1.0


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
    _vow(front, promised, publicity, at, signal.or_else, signal.key)
    prompt(crisis, own, at, signal.key)


@shared
def _obeyed(crisis: Crisis, s: int, g: int) -> bool:
    """Whether restraint has met an ultimatum: where nobody can conciliate, it is all that can."""
    return crisis.rules[0].conciliation == 0 and crisis.fronts[g].last_open_day < crisis.signals[s].heard


@shared
def ultimatums_fall_due(crisis: Crisis) -> None:
    """Bind the senders of the ultimatums whose days end in this period without their having been met.

    Conciliation and agreement have ended those that were met. Where actors cannot conciliate, a demand is met by
    restraint: by no open act above ongoing hostilities since it was made.
    """
    if crisis.rules[0].ultimatums == 0:
        return
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


@shared
def ultimatums_are_carried_out(crisis: Crisis, f: int) -> None:
    """End the ultimatums whose sender does, on front `f`, what it had threatened without waiting for their day."""
    if crisis.rules[0].ultimatums == 0:
        return
    front = crisis.fronts[f]
    option = crisis.options[front.chosen]
    shown = option.intensity * option.publicity
    for s in range(len(crisis.signals)):
        signal = crisis.signals[s]
        if signal.or_else <= 0.0 or signal.sender != front.actor or shown < crisis.options[signal.option].intensity:
            continue
        for g in range(len(crisis.fronts)):
            if crisis.fronts[g].actor == front.target and crisis.fronts[g].ultimatum == signal.key:
                crisis.fronts[g].ultimatum = -1


@shared
def _take_back_vow(front: FrontState, day: float) -> None:
    """Let a vow lapse unbroken; what the audience has seen of it by then fades from now on."""
    front.vow_publicity = publicity_left(front.vow_publicity, elapsed_share(day, front.vow_made, front.vow_due))
    front.vow_due = day
    front.vow_standing = OVERDUE


@shared
def word_is_taken_back(crisis: Crisis, s: int) -> None:
    """End what the word binds that signal `s` takes back: a threat, vow or demand, and the vow that came of it.

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
