"""Conciliation: amends that an actor makes of its own accord, and the agreement where both sides do."""

from __future__ import annotations

import math

from escalation.arithmetic.draws import ticks
from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.acting import amends
from escalation.dynamics.attribution import forgive
from escalation.dynamics.consequences import reaches, sign
from escalation.dynamics.prompting import prompt
from escalation.dynamics.roles import CONCILIATION, FORCE
from escalation.dynamics.state import Crisis
from escalation.mechanisms.war_and_contest import reassured

__all__ = ["conciliators_are_heard"]


@shared
def _make_amends(crisis: Crisis, f: int) -> None:
    """Let a conciliatory act make amends to the target and calm it, unless the target meets it with force."""
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    clock = crisis.clock[0]
    sign(crisis, f)
    if front.conceded_period < 0:
        front.conceded_period = clock.period
    front.last_open_day = clock.now
    front.last_open_option = front.chosen
    # It was made, and is seen and counted. It brings about nothing where the other struck at the same moment.
    if reaches(crisis, front.reverse, FORCE):
        return
    forgive(crisis, front.reverse, amends(crisis, f))
    front.demand_until = -1.0
    front.ultimatum = -1
    back.fear = reassured(back.fear, crisis.rules[0].conciliation_strength, 1.0)
    front.conciliated = clock.now


@shared
def _agree(crisis: Crisis, f: int) -> None:
    """Close the account of front `f` by an agreement: no vow, threat or demand against the target stands any more."""
    front = crisis.fronts[f]
    forgive(crisis, f, crisis.rules[0].amends)
    front.vow_standing = 0
    front.threat_until = -1.0
    front.demand_until = -1.0
    front.ultimatum = -1
    front.due = math.inf
    front.prepared = 0
    front.agreed = 1
    if front.agreed_period < 0:
        front.agreed_period = crisis.clock[0].period


@shared
def _answer_amends(crisis: Crisis, f: int) -> None:
    """Close an agreement where the target has just made amends, too; else call on it for a decision."""
    front = crisis.fronts[f]
    back = crisis.fronts[front.reverse]
    now = crisis.clock[0].now
    if front.conciliated < now:  # met with force
        return
    if now - back.conciliated > crisis.rules[0].act_window:
        prompt(crisis, front.reverse, now, ticks(now))
    elif f < front.reverse or back.conciliated < now:  # once where both did in this period
        _agree(crisis, f)
        _agree(crisis, front.reverse)


@inlined
def _conciliates(crisis: Crisis, f: int) -> bool:
    """Whether the act chosen on front `f` is conciliatory."""
    chosen = crisis.fronts[f].chosen
    return chosen >= 0 and crisis.options[chosen].role == CONCILIATION


@shared
def _go_through_acts(crisis: Crisis) -> None:
    for f in range(len(crisis.fronts)):
        if _conciliates(crisis, f):
            _make_amends(crisis, f)
    for f in range(len(crisis.fronts)):
        if _conciliates(crisis, f):
            _answer_amends(crisis, f)


@inlined
def conciliators_are_heard(crisis: Crisis) -> None:
    """Let the conciliatory acts of the period take effect, as if at one moment, once all others have injured."""
    if crisis.rules[0].conciliation == 1 and crisis.clock[0].chosen == 1:
        _go_through_acts(crisis)
