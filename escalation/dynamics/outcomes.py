"""Outcomes: what is kept of every run."""

from __future__ import annotations

from typing import Any, NamedTuple

from escalation.arithmetic.shared import shared
from escalation.dynamics.state import Crisis

__all__ = ["Outcomes", "note_outcomes"]


class Outcomes(NamedTuple):
    """Arrays that receive the outcomes of runs; periods count from 1, and -1 means never.

    Shapes: `crossed` (runs, fronts, rungs), first period in which a chosen act was at or above a rung, and for the
    last rung also in which war came about; `war_cause`
    (runs, fronts), 0 none, 1 choice, 2 brinkmanship, 3 accident, 4 commitment; `agreed` (runs, fronts), first period
    with an agreement on a front; `conceded` (runs, fronts), first period with a conciliatory act; `joint`
    (runs, pairs), first period by which the actors of two fronts on one target have used force within an act window of
    each other; `joined`, `kept`, `broken` (runs, pledges);
    `vows_kept`, `vows_broken` (runs, actors); `settled`, `ended`, and
    `signature`, a fingerprint of all acts but restraint (runs,).
    """

    crossed: Any
    war_cause: Any
    agreed: Any
    conceded: Any
    joint: Any
    joined: Any
    kept: Any
    broken: Any
    vows_kept: Any
    vows_broken: Any
    settled: Any
    ended: Any
    signature: Any


@shared
def note_outcomes(crisis: Crisis, outcomes: Outcomes, n: int) -> None:
    """Enter the outcomes of a finished run in row `n`."""
    for f in range(len(crisis.fronts)):
        for rung in range(len(crisis.crossed[f])):
            outcomes.crossed[n][f][rung] = crisis.crossed[f][rung]
        outcomes.war_cause[n][f] = crisis.fronts[f].war_cause
        outcomes.agreed[n][f] = crisis.fronts[f].agreed_period
        outcomes.conceded[n][f] = crisis.fronts[f].conceded_period
    for k in range(len(crisis.pairs)):
        outcomes.joint[n][k] = crisis.pairs[k].joint_period
    for p in range(len(crisis.pledges)):
        outcomes.joined[n][p] = crisis.pledges[p].joined_period
        outcomes.kept[n][p] = crisis.pledges[p].kept
        outcomes.broken[n][p] = crisis.pledges[p].broken
    for i in range(len(crisis.actors)):
        outcomes.vows_kept[n][i] = crisis.actors[i].vows_kept
        outcomes.vows_broken[n][i] = crisis.actors[i].vows_broken
    outcomes.settled[n] = crisis.clock[0].settled
    outcomes.ended[n] = crisis.clock[0].ended
    outcomes.signature[n] = crisis.clock[0].signature
