"""The record of a run: every decision, and what was believed at the end of each period."""

from __future__ import annotations

from typing import Any, NamedTuple

from escalation.arithmetic.shared import shared
from escalation.dynamics.acting import open_injury
from escalation.dynamics.consequences import likelihoods
from escalation.dynamics.state import Crisis

__all__ = ["ACTOR_FIELDS", "ACT_FIELDS", "FRONT_FIELDS", "PLEDGE_FIELDS", "Log", "record"]

ACT_FIELDS = ("period", "front", "option", "rung", "covert", "prompted")
FRONT_FIELDS = ("resolve", "fear", "motive", "injury", "vow", "vow_by", "vow_due")
PLEDGE_FIELDS = ("credence_protege", "credence_adversary")
ACTOR_FIELDS = ("honesty", "pressure", "weakness")


class Log(NamedTuple):
    """Arrays that receive the record of a run.

    Shapes: `count` (1,); `acts` (capacity, ACT_FIELDS); `likelihoods` (capacity, 2), of the chosen act for the
    resolute and the irresolute type; `values` (capacity, options), expected utility by the actor's own type;
    `fronts` (periods + 1, fronts, FRONT_FIELDS); `pledges` (periods + 1, pledges, PLEDGE_FIELDS); `actors`
    (periods + 1, actors, ACTOR_FIELDS).
    """

    count: Any
    acts: Any
    likelihoods: Any
    values: Any
    fronts: Any
    pledges: Any
    actors: Any


@shared
def _record_act(crisis: Crisis, log: Log, f: int) -> None:
    """Enter the decision that was taken on front `f`."""
    front = crisis.fronts[f]
    option = crisis.options[front.chosen]
    row = log.count[0]
    log.acts[row][0] = crisis.clock[0].period
    log.acts[row][1] = f
    log.acts[row][2] = front.chosen
    log.acts[row][3] = option.rung
    log.acts[row][4] = option.covert
    log.acts[row][5] = front.deciding - 1
    if_resolute, if_irresolute = likelihoods(crisis, f)
    log.likelihoods[row][0] = if_resolute
    log.likelihoods[row][1] = if_irresolute
    for o in range(len(crisis.options)):
        log.values[row][o] = crisis.value[f][o]
    log.count[0] = row + 1


@shared
def record(crisis: Crisis, log: Log) -> None:
    """Enter the period that was just played."""
    period = crisis.clock[0].period
    for f in range(len(crisis.fronts)):
        front = crisis.fronts[f]
        if front.chosen >= 0:
            _record_act(crisis, log, f)
        log.fronts[period][f][0] = front.resolve
        log.fronts[period][f][1] = front.fear
        log.fronts[period][f][2] = front.motive
        log.fronts[period][f][3] = open_injury(crisis, f)
        log.fronts[period][f][4] = front.vow_standing
        log.fronts[period][f][5] = front.vow_by
        log.fronts[period][f][6] = front.vow_due
    for p in range(len(crisis.pledges)):
        log.pledges[period][p][0] = crisis.pledges[p].credence_protege
        log.pledges[period][p][1] = crisis.pledges[p].credence_adversary
    for i in range(len(crisis.actors)):
        log.actors[period][i][0] = crisis.actors[i].honesty
        log.actors[period][i][1] = crisis.actors[i].pressure
        log.actors[period][i][2] = crisis.actors[i].weakness
