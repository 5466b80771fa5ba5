"""What an act of the timeline settles between its author and its victims, and whom it calls on.

The file says who may have done it, and with which probability. So an act answers injuries as far as its victims hold an
actor to have done it. Words and agreements it settles only if they hold that more likely than not. Pledges are about
what was done, and not about how grave it was felt to be. So only an act whose rung is stated bears on them.
"""

from __future__ import annotations

import math

from escalation.arithmetic.draws import uniform
from escalation.arithmetic.keys import BRINKMANSHIP
from escalation.arithmetic.shared import shared
from escalation.dynamics.commitments import call_patrons, forfeit, risk_of_exchange, start_war
from escalation.dynamics.consequences import end_agreement
from escalation.dynamics.roles import BY_BRINKMANSHIP, FORCE, WAR
from escalation.dynamics.state import Crisis
from escalation.dynamics.words import end_what_is_done, threat_falls_due
from escalation.mechanisms.honour_and_audiences import discharged, exposure

__all__ = [
    "bear_on_own_pledges",
    "call_on_pledges",
    "cross_threats",
    "run_the_risk_by_event",
    "settle_by_event",
    "use_force_by_event",
]


@shared
def _has_rung(crisis: Crisis, e: int, n: int) -> bool:
    """Whether an event's rung is stated for the victim of incident `n`: for the first whom its author faces."""
    event = crisis.events[e]
    return event.option >= 0 and crisis.fronts[event.front].target == crisis.incidents[n].victim


@shared
def _intensity(crisis: Crisis, e: int, n: int) -> float:
    """Intensity of what an event did by its incident `n`: that of its rung, or how grave it was to the victim."""
    if _has_rung(crisis, e, n):
        return crisis.options[crisis.events[e].option].intensity
    return crisis.incidents[n].severity


@shared
def _front_of_act(crisis: Crisis, e: int, n: int, author: int) -> int:
    """Front on which an author of event `e` acted by its incident `n`.

    -1 where the act is not above what goes on there, and where the front is closed or at war.
    """
    f = crisis.front_of[author][crisis.incidents[n].victim]
    if f < 0 or crisis.fronts[f].active == 0 or crisis.fronts[f].at_war == 1:
        return -1
    if _intensity(crisis, e, n) <= crisis.fronts[f].baseline:
        return -1
    return f


# ---------------------------------------------------------------------------------- what it answers


@shared
def _credit_between_rungs(crisis: Crisis, severity: float) -> float:
    """Intensity with which an open act of a severity answers: of the rungs on either side of it, in proportion."""
    below = 0.0
    above = math.inf
    least = 0.0
    most = 0.0
    for o in range(len(crisis.options)):
        option = crisis.options[o]
        if option.covert == 1:
            continue
        if below <= option.intensity <= severity:
            below = option.intensity
            least = crisis.credits[o]
        if severity <= option.intensity < above:
            above = option.intensity
            most = crisis.credits[o]
    if above == math.inf:
        return least
    if above <= below:
        return most
    return least + (most - least) * ((severity - below) / (above - below))


@shared
def _answer(crisis: Crisis, e: int, n: int, author: int) -> float:
    """Intensity with which an event answers by its incident `n`, as far as an actor is held to have done it."""
    blame = crisis.blame[n][author]
    if _has_rung(crisis, e, n):
        return blame * crisis.credits[crisis.events[e].option]
    incident = crisis.incidents[n]
    answer = blame * _credit_between_rungs(crisis, incident.severity)
    if crisis.rules[0].covert_credit == 1:
        answer = answer * exposure(crisis.rules[0].covert_discount, incident.publicity)
    return answer


@shared
def _discharge_incidents(crisis: Crisis, e: int, author: int) -> None:
    """Let an event answer what its author had suffered before its date.

    An event with several victims is one act. So it answers an injury once: as an act against the one victim by which it
    answers most.
    """
    event = crisis.events[e]
    suffered = crisis.actors[author].open_incident
    while suffered >= 0:
        incident = crisis.incidents[suffered]
        most = 0.0
        if incident.day < event.day:
            for n in range(event.incident_first, event.incident_last):
                if _front_of_act(crisis, e, n, author) >= 0:
                    blame = crisis.blame[suffered][crisis.incidents[n].victim]
                    most = max(most, blame * _answer(crisis, e, n, author))
        incident.level = discharged(incident.level, 1.0, most)
        suffered = incident.next


# ---------------------------------------------------------------------------------- what it reaches


@shared
def _reaches(crisis: Crisis, e: int, n: int, author: int, intensity: float) -> bool:
    """Whether an event openly reaches a rung of an intensity, by the hand of an actor that more likely than not did it.

    A severity says how grave an act was felt to be, and is not as exact as a rung. So it may fall short of the rung by
    less than half a rung. Where the rung is stated, it is of the act toward one victim. The others felt the act, and
    nothing was done to them: an attack on an ally is no attack on its patron.
    """
    if crisis.blame[n][author] <= 0.5:
        return False
    if crisis.events[e].option >= 0:
        return _has_rung(crisis, e, n) and crisis.options[crisis.events[e].option].intensity >= intensity
    incident = crisis.incidents[n]
    return incident.severity * incident.publicity + crisis.rules[0].half_rung > intensity


@shared
def _carry_out(crisis: Crisis, e: int, n: int, f: int) -> None:
    """End by incident `n` of an event the vow and the ultimatums that its author carries out by it."""
    front = crisis.fronts[f]
    if front.vow_standing > 0 and _reaches(crisis, e, n, front.actor, front.vow):
        front.vow_standing = 0
    if crisis.rules[0].ultimatums == 0:
        return
    for s in range(len(crisis.signals)):
        signal = crisis.signals[s]
        own = signal.or_else > 0.0 and signal.sender == front.actor
        if own and _reaches(crisis, e, n, front.actor, crisis.options[signal.option].intensity):
            end_what_is_done(crisis, f, s)


@shared
def cross_threats(crisis: Crisis, e: int) -> None:
    """Turn the threats by its victims that an event crosses into vows."""
    event = crisis.events[e]
    for i in range(len(crisis.actors)):
        for n in range(event.incident_first, event.incident_last):
            f = _front_of_act(crisis, e, n, i)
            if f < 0:
                continue
            back = crisis.fronts[crisis.fronts[f].reverse]
            if event.day <= back.threat_until and _reaches(crisis, e, n, i, back.threat_trigger):
                threat_falls_due(crisis, crisis.fronts[f].reverse, event.day)


# ---------------------------------------------------------------------------------- what it leaves behind


@shared
def _enter(crisis: Crisis, e: int, n: int, f: int) -> None:
    """Enter incident `n` of an event as the latest act on front `f`, by the highest rung that it reaches.

    Force ends what was agreed there.
    """
    front = crisis.fronts[f]
    highest = front.baseline
    if front.last_open_day == crisis.events[e].day and front.last_open_option >= 0:  # another act of that date
        highest = max(highest, crisis.options[front.last_open_option].intensity)
    for o in range(len(crisis.options)):
        option = crisis.options[o]
        if option.covert == 1 or option.role == WAR or option.intensity <= highest:
            continue
        if _reaches(crisis, e, n, front.actor, option.intensity):
            highest = option.intensity
            front.last_open_day = crisis.events[e].day
            front.last_open_option = o
            if option.role >= FORCE:
                end_agreement(crisis, f)


# ---------------------------------------------------------------------------------- pledges


@shared
def _stated_front(crisis: Crisis, e: int) -> int:
    """Front on which an event is an act of a stated rung.

    -1 where no rung is stated, where the act is not above what goes on there, and where the front is closed or at war.
    """
    event = crisis.events[e]
    if event.option < 0:
        return -1
    front = crisis.fronts[event.front]
    if front.active == 0 or front.at_war == 1 or crisis.options[event.option].intensity <= front.baseline:
        return -1
    return event.front


@shared
def bear_on_own_pledges(crisis: Crisis, e: int) -> None:
    """Note whether an event is the first force between its author and its victim, and end the pledges it forfeits."""
    f = _stated_front(crisis, e)
    if f < 0:
        return
    front = crisis.fronts[f]
    option = crisis.options[crisis.events[e].option]
    # `used_force` changes only once all acts of the date have been gone through. So two that strike each other on one
    # date both strike first.
    if option.role >= FORCE and front.used_force == 0 and crisis.fronts[front.reverse].used_force == 0:
        front.struck_first = 1
    if crisis.rules[0].pledges_change == 1:
        forfeit(crisis, f, option.intensity)


@shared
def use_force_by_event(crisis: Crisis, e: int) -> None:
    """Note the force of an event whose rung is stated, so that an exchange with its victim may end in war."""
    f = _stated_front(crisis, e)
    if f < 0:
        return
    front = crisis.fronts[f]
    option = crisis.options[crisis.events[e].option]
    if option.role >= FORCE:
        front.used_force = 1
        front.last_force = crisis.events[e].day
        front.force_intensity = option.intensity
        crisis.clock[0].force_changes = -math.inf


@shared
def run_the_risk_by_event(crisis: Crisis, e: int) -> None:
    """Draw whether the force of an event gets out of hand, against the victim's latest in the act window.

    What came by the information date is known not to have.
    """
    f = _stated_front(crisis, e)
    if f < 0:
        return
    event = crisis.events[e]
    option = crisis.options[event.option]
    if option.role < FORCE or event.day <= crisis.clock[0].as_of:
        return
    risk = risk_of_exchange(crisis, crisis.fronts[f].reverse, option.intensity, event.day)
    if risk > 0.0 and uniform(crisis.clock[0], BRINKMANSHIP, event.key, 0) < risk:
        start_war(crisis, f, BY_BRINKMANSHIP)


@shared
def call_on_pledges(crisis: Crisis, e: int) -> None:
    """Call on the patrons of the victim for whom the rung of an event is stated."""
    f = _stated_front(crisis, e)
    if f >= 0:
        option = crisis.options[crisis.events[e].option]
        call_patrons(crisis, f, option.intensity, option.destruction)


# ---------------------------------------------------------------------------------- all of it


@shared
def settle_by_event(crisis: Crisis, e: int) -> None:
    """Let an act of the timeline answer what its author has suffered, and settle what was said and agreed."""
    event = crisis.events[e]
    for i in range(len(crisis.actors)):
        for n in range(event.incident_first, event.incident_last):
            f = _front_of_act(crisis, e, n, i)
            if f >= 0 and crisis.blame[n][i] > 0.0:
                crisis.fronts[f].injury = discharged(crisis.fronts[f].injury, 1.0, _answer(crisis, e, n, i))
                _carry_out(crisis, e, n, f)
                _enter(crisis, e, n, f)
        _discharge_incidents(crisis, e, i)
