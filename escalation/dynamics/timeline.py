"""Events: what the timeline brings, and incidents that nobody chose."""

from __future__ import annotations

import math

from escalation.arithmetic.draws import quantile, uniform, uniform_pair
from escalation.arithmetic.keys import BRINKMANSHIP, INCIDENT_SEVERITY, INCIDENT_TIME
from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.attribution import blame_author, suffer, weigh_evidence
from escalation.dynamics.commitments import risk_of_exchange, start_war
from escalation.dynamics.prompting import prompt
from escalation.dynamics.roles import ACCIDENT_EVENT, BY_ACCIDENT, DISPLAY, PROVOCATION_EVENT, SHOCK_EVENT
from escalation.dynamics.scheduled_acts import (
    bear_on_own_pledges,
    call_on_pledges,
    cross_threats,
    run_the_risk_by_event,
    settle_by_event,
    use_force_by_event,
)
from escalation.dynamics.signals import reveal_resolve
from escalation.dynamics.state import Crisis
from escalation.mechanisms.honour_and_audiences import exposure, pressed
from escalation.mechanisms.time_and_chance import kept_share
from escalation.mechanisms.war_and_contest import (
    alarmed,
    excitation_after,
    waiting_time,
)

__all__ = [
    "await_incident",
    "earliest_event",
    "event_happens",
    "events_happen",
    "incidents_happen",
]

OF_THIS_DATE = 2
"""What `EventState.pending` is of an event that has happened, until all events of its date have."""
MOST_INCIDENTS = 200
"""Most incidents on a front in one period: a process that feeds itself without end is cut off here."""


@shared
def _injure(crisis: Crisis, n: int, level: float, at: float, cause: int) -> None:
    """Let an incident injure its victim, raise the pressure on it, and call on it to answer whom it blames."""
    incident = crisis.incidents[n]
    victim = crisis.actors[incident.victim]
    rules = crisis.rules[0]
    exposed = exposure(rules.covert_discount, incident.publicity)
    suffer(crisis, n, level, at)
    victim.pressure = pressed(victim.pressure, rules.pressure_gain * exposed, level)
    for j in range(len(crisis.actors)):
        injury = crisis.blame[n][j] * exposed * level
        if injury >= rules.half_rung:
            prompt(crisis, crisis.front_of[incident.victim][j], at, cause, True)


@shared
def _reveal(crisis: Crisis, e: int) -> None:
    """Let all who face the author of an event learn about its type from the act that it openly did.

    The file says that the author did this rather than nothing. It does not say that the author could have done any
    other act on that day. So the act is compared with restraint alone, as a vow is, and not with all acts on offer.
    """
    event = crisis.events[e]
    if crisis.fronts[event.front].at_war == 0:
        everybody = (1 << len(crisis.actors)) - 1
        reveal_resolve(crisis, event.front, event.option, everybody, crisis.rules[0].public_act)


@shared
def _alarm(crisis: Crisis, e: int) -> None:
    """Put the author of an event on alert by the act that it openly did, and alarm the victims that it faces.

    As where an act is chosen, only a display alarms: whoever uses force has no need to be feared any more.
    """
    event = crisis.events[e]
    option = crisis.options[event.option]
    if option.role < DISPLAY:
        return
    author = crisis.fronts[event.front].actor
    clock = crisis.clock[0]
    for n in range(event.incident_first, event.incident_last):
        f = crisis.front_of[author][crisis.incidents[n].victim]
        if f < 0:
            continue
        front = crisis.fronts[f]
        if front.active == 0 or front.at_war == 1 or option.intensity <= front.baseline:
            continue
        # At the end of the period, when acts that are chosen take effect.
        front.last_alert = clock.now
        clock.alert = clock.now
        if option.role == DISPLAY:
            back = crisis.fronts[front.reverse]
            back.fear = alarmed(back.fear, crisis.rules[0].mobilisation_strength, front.fear)


@shared
def _run_the_risk_of_accident(crisis: Crisis, e: int) -> None:
    """Draw whether an accident brings war between its author and a victim that has just used force against it.

    What came by the information date is known not to have.
    """
    event = crisis.events[e]
    if event.day <= crisis.clock[0].as_of:
        return
    for n in range(event.incident_first, event.incident_last):
        incident = crisis.incidents[n]
        f = crisis.front_of[incident.victim][event.actor]
        if f < 0 or crisis.fronts[f].active == 0:
            continue
        risk = risk_of_exchange(crisis, f, incident.severity, event.day)
        if risk > 0.0 and uniform(crisis.clock[0], BRINKMANSHIP, event.key, n - event.incident_first) < risk:
            start_war(crisis, f, BY_ACCIDENT)


@shared
def _mediate(crisis: Crisis, e: int) -> None:
    """Make force dearer for every two of the parties of a mediation that face each other, and call on both."""
    event = crisis.events[e]
    for f in range(len(crisis.fronts)):
        front = crisis.fronts[f]
        if (event.parties >> front.actor) & 1 == 1 and (event.parties >> front.target) & 1 == 1:
            going_on = event.day <= front.mediation_until
            front.mediation = max(event.strength, front.mediation) if going_on else event.strength
            front.mediation_until = max(event.day + event.duration, front.mediation_until)
            prompt(crisis, f, event.day, event.key)


@shared
def _happen(crisis: Crisis, e: int) -> None:
    """Let event `e` do what events of its kind do."""
    event = crisis.events[e]
    if event.kind == PROVOCATION_EVENT or event.kind == ACCIDENT_EVENT:
        crisis.clock[0].last_act = max(crisis.clock[0].last_act, event.day)
        if event.option >= 0:
            _reveal(crisis, e)  # before it injures: the act was chosen as things stood
            _alarm(crisis, e)
        for n in range(event.incident_first, event.incident_last):
            if event.kind == PROVOCATION_EVENT:
                weigh_evidence(crisis, n)
            else:
                blame_author(crisis, n, event.actor, event.strength)
        if event.kind == PROVOCATION_EVENT and crisis.rules[0].scheduled_answers == 1:
            # Before it injures: it answers what its author had suffered by then. After the evidence: how far it answers
            # is a matter of who is held to have done it.
            settle_by_event(crisis, e)
        for n in range(event.incident_first, event.incident_last):
            _injure(crisis, n, crisis.incidents[n].severity, event.day, event.key)
        if event.kind == ACCIDENT_EVENT:
            _run_the_risk_of_accident(crisis, e)
    elif event.kind == SHOCK_EVENT:
        actor = crisis.actors[event.actor]
        actor.weakness = 1.0 - (1.0 - actor.weakness) * (1.0 - event.severity)
        actor.weakness_half_life = event.duration
        actor.weakness_kept = kept_share(crisis.clock[0].elapsed, event.duration)
    else:
        _mediate(crisis, e)


@shared
def earliest_event(crisis: Crisis) -> int:
    """Row of the event of this period that is the next to happen, by days and then as listed; -1 if there is none."""
    first = -1
    for e in range(len(crisis.events)):
        event = crisis.events[e]
        due = event.pending == 1 and event.day < crisis.clock[0].latest
        if due and (first < 0 or event.day < crisis.events[first].day):
            first = e
    return first


@inlined
def _ended(crisis: Crisis, e: int) -> bool:
    """Whether event `e` is an act of the date that ends."""
    event = crisis.events[e]
    return event.pending == OF_THIS_DATE and event.kind == PROVOCATION_EVENT and crisis.rules[0].scheduled_answers == 1


@shared
def _highest_of_date(crisis: Crisis, e: int) -> bool:
    """Whether no other act of the date states a higher rung on the same front."""
    event = crisis.events[e]
    for other in range(len(crisis.events)):
        same = _ended(crisis, other) and crisis.events[other].front == event.front
        if same and crisis.events[other].option > event.option:
            return False
    return True


@shared
def _date_ends(crisis: Crisis) -> None:
    """Let threats bind, force get out of hand and patrons be called, after all acts of a date have settled words.

    So it does not matter for these in which order the acts of a date are listed. Two that strike each other on one
    date both strike first.
    """
    for e in range(len(crisis.events)):
        if _ended(crisis, e):
            bear_on_own_pledges(crisis, e)
    for e in range(len(crisis.events)):
        # Of several rungs the highest is the force that stands, and the one that calls. Else it would be the one listed
        # last.
        if _ended(crisis, e) and _highest_of_date(crisis, e):
            use_force_by_event(crisis, e)
    for e in range(len(crisis.events)):
        if _ended(crisis, e):
            cross_threats(crisis, e)
    for e in range(len(crisis.events)):
        if _ended(crisis, e):
            run_the_risk_by_event(crisis, e)
    for e in range(len(crisis.events)):
        if _ended(crisis, e) and _highest_of_date(crisis, e):
            call_on_pledges(crisis, e)
    for e in range(len(crisis.events)):
        if crisis.events[e].pending == OF_THIS_DATE:
            crisis.events[e].pending = 0


@shared
def event_happens(crisis: Crisis, e: int) -> None:
    """Let an event of the timeline happen; with the last of a date, also what follows from all acts of that date."""
    _happen(crisis, e)
    crisis.events[e].pending = OF_THIS_DATE
    following = earliest_event(crisis)
    if following < 0 or crisis.events[following].day > crisis.events[e].day:
        _date_ends(crisis)


@shared
def _go_through_events(crisis: Crisis) -> None:
    e = earliest_event(crisis)
    while e >= 0:
        event_happens(crisis, e)
        e = earliest_event(crisis)
    clock = crisis.clock[0]
    clock.next_event = math.inf
    for e in range(len(crisis.events)):
        if crisis.events[e].pending == 1:
            clock.next_event = min(clock.next_event, crisis.events[e].day)


@inlined
def events_happen(crisis: Crisis) -> None:
    """Let the events of the timeline that fall in this period happen."""
    if crisis.clock[0].next_event < crisis.clock[0].latest:
        _go_through_events(crisis)


@shared
def await_incident(crisis: Crisis, f: int, since: float) -> None:
    """Draw when the next incident on front `f` comes."""
    front = crisis.fronts[f]
    u, v = uniform_pair(crisis.clock[0], INCIDENT_TIME, front.key, front.incident_count, 0)
    wait = waiting_time(front.incident_rate, front.excitation, front.incident_decay, u, v)
    front.incident_next = since + wait


@shared
def _go_through_fronts(crisis: Crisis) -> None:
    clock = crisis.clock[0]
    clock.next_incident = math.inf
    fronts = len(crisis.fronts)
    timeline = len(crisis.incidents) - 2 * fronts
    for f in range(fronts):
        front = crisis.fronts[f]
        if front.active == 0 or front.at_war == 1:
            continue
        if front.incident_next >= clock.latest:
            clock.next_incident = min(clock.next_incident, front.incident_next)
            continue
        for _ in range(MOST_INCIDENTS):
            if front.incident_next >= crisis.clock[0].latest:
                break
            at = front.incident_next
            left = excitation_after(front.excitation, front.incident_decay, at - front.incident_last)
            front.excitation = left + front.incident_excitation
            front.incident_last = at
            front.incident_count += 1
            u = uniform(clock, INCIDENT_SEVERITY, front.key, front.incident_count)
            severity = quantile(crisis.severities[front.incident_severity], crisis.tables, u)
            n = timeline + fronts + f
            # A front has one row for all of its incidents: it holds the gravest of those that are open.
            if severity > front.baseline and severity > crisis.incidents[n].level:
                blame_author(crisis, n, front.actor, front.incident_blame)
                _injure(crisis, n, severity, at, front.incident_count)
            await_incident(crisis, f, at)
        clock.next_incident = min(clock.next_incident, front.incident_next)


@inlined
def incidents_happen(crisis: Crisis) -> None:
    """Let the unintended incidents of this period happen, each exciting the next."""
    if crisis.clock[0].next_incident < crisis.clock[0].latest:
        _go_through_fronts(crisis)
