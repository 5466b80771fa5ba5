"""Carrying a run over to a changed scenario: what happened stays, what was changed takes its new value."""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.columns import column
from escalation.dynamics.state import QUIET
from escalation.engines.lower import Lowered
from escalation.engines.memory import RECORDS
from escalation.world.event import Accident, Provocation
from escalation.world.front import fronts_on_one_target

__all__ = ["carry_over"]

_BY_ROW = {
    "actors": "actors",
    "fronts": "fronts",
    "pledges": "pledges",
    "pairs": "pairs",
    "signals": "signals",
    "events": "events",
    "incidents": "incidents",
    "hypotheses": "hypotheses",
    "blame": "incidents",
    "reasons": "reasons",
    "shocks": "reasons",
    "value": "fronts",
    "utility_resolute": "fronts",
    "utility_irresolute": "fronts",
    "crossed": "fronts",
}
"""Tables whose rows have names, and whose names those are."""
_ALONE = ("rules", "clock", "risk")
"""Tables that are laid out alike in every scenario on the same ladder."""


def _names(lowered: Lowered) -> dict[str, list[Hashable]]:
    """Names of the rows of each kind, in their order."""
    scenario = lowered.scenario
    struck = {key: event for key, event in scenario.events.items() if isinstance(event, (Provocation, Accident))}
    incidents: list[Hashable] = [(key, n) for key, event in struck.items() for n in range(len(event.victims))]
    own: list[Hashable] = [(kind, front) for kind in ("covert", "unintended") for front in lowered.front_ids]
    hypotheses: list[Hashable] = [
        (key, n, h)
        for key, event in struck.items()
        if isinstance(event, Provocation)
        for n in range(len(event.victims))
        for h in (*range(len(event.suspects)), "other")
    ]
    return {
        "actors": list(lowered.actor_ids),
        "fronts": list(lowered.front_ids),
        "reasons": [*lowered.front_ids, *(("all", actor) for actor in lowered.actor_ids)],
        "pledges": list(lowered.commitment_rows),
        "pairs": [
            frozenset((lowered.front_ids[one], lowered.front_ids[two]))
            for one, two in fronts_on_one_target(lowered.front_ids)
        ],
        "signals": list(scenario.signals),
        "events": list(scenario.events),
        "incidents": incidents + own,
        "hypotheses": hypotheses,
    }


def _words(state: NDArray[np.float64], lowered: Lowered, table: str) -> NDArray[np.int64]:
    """Words of a table, a row of words for each of its rows; a view, to be compared bit by bit."""
    place = lowered.places[table]
    rows = place.shape[0]
    width = len(dataclasses.fields(RECORDS[place.kind])) if place.kind in RECORDS else math.prod(place.shape[1:])
    return state[place.start : place.start + rows * width].view(np.int64).reshape(rows, width)


def carry_over(
    now: NDArray[np.float64],
    begun: tuple[NDArray[np.float64], NDArray[np.float64]],
    lowered: tuple[Lowered, Lowered],
) -> NDArray[np.float64]:
    """State of a run in a changed scenario: as history left it, but for what the change altered.

    Actors, fronts, pledges, signals, events and incidents are matched by name. A quantity with which the run would
    have begun otherwise takes that other value, now; every other one stays as it is.

    Parameters
    ----------
    now
        State of the run in the scenario as it was; shape (words,).
    begun
        State with which the run began, and with which it would have begun in the changed scenario.
    lowered
        The scenario as it was, and changed; both on one ladder and of the same actors.

    Returns
    -------
    ndarray of float64, shape (words of the changed scenario,)
        State of the run in the changed scenario.
    """
    (old_begun, new_begun), (old, new) = begun, lowered
    state = new_begun.copy()
    old_names, new_names = _names(old), _names(new)
    for table in (*_BY_ROW, *_ALONE):
        mine, theirs, later = (
            _words(now, old, table),
            _words(old_begun, old, table),
            _words(state, new, table),
        )
        if table in _ALONE:
            pairs = [(row, row) for row in range(len(mine))]
        else:
            places = {name: row for row, name in enumerate(old_names[_BY_ROW[table]])}
            pairs = [(places[name], row) for row, name in enumerate(new_names[_BY_ROW[table]]) if name in places]
        if pairs:
            before, after = np.array(pairs).T
            # As words: a number of the kind int may be a NaN if it is read as a float, and a NaN equals nothing.
            unaltered = theirs[before] == later[after]
            later[after] = np.where(unaltered, mine[before], later[after])
    # These say when there is next something to do, which the change may have altered. With their values of the start it
    # is looked for anew.
    for field in QUIET:
        column(state[np.newaxis], new, "clock", field)[:] = column(new_begun[np.newaxis], new, "clock", field)
    _refer_anew(state, now, lowered)
    _wait_anew(state, now, begun, lowered)
    _weigh_opened_anew(state, now, lowered)
    return state


def _refer_anew(state: NDArray[np.float64], now: NDArray[np.float64], lowered: tuple[Lowered, Lowered]) -> None:
    """Let what refers to an incident or a signal by its row refer to its row in the changed scenario.

    What an actor has not answered is a chain of incidents. One that the change leaves out drops out of the chain.
    """
    old, new = lowered
    old_names, new_names = _names(old), _names(new)
    rows = {kind: {name: row for row, name in enumerate(new_names[kind])} for kind in ("incidents", "signals")}

    def values(which: NDArray[np.float64], layout: Lowered, table: str, field: str) -> NDArray[np.float64]:
        found: NDArray[np.float64] = column(which[np.newaxis], layout, table, field)[0]
        return found

    following = values(state, new, "incidents", "next")
    # The rows came over as they were numbered; all links are taken off first and made anew by name.
    following[:] = -1
    was_following = values(now, old, "incidents", "next")
    for actor, first in enumerate(values(now, old, "actors", "open_incident")):
        chain, n = [], int(first)
        while n >= 0:
            if (row := rows["incidents"].get(old_names["incidents"][n])) is not None:
                chain.append(row)
            n = int(was_following[n])
        values(state, new, "actors", "open_incident")[actor] = chain[0] if chain else -1
        for row, after in itertools.pairwise(chain):
            following[row] = after
    places = {name: row for row, name in enumerate(old_names["pledges"])}
    for field in ("leave", "leave_adversary"):
        given = values(now, old, "pledges", field)
        for row, name in enumerate(new_names["pledges"]):
            if name in places:
                signal = int(given[places[name]])
                kept = -1 if signal < 0 else rows["signals"].get(old_names["signals"][signal], -1)
                values(state, new, "pledges", field)[row] = kept


def _wait_anew(
    state: NDArray[np.float64],
    now: NDArray[np.float64],
    begun: tuple[NDArray[np.float64], NDArray[np.float64]],
    lowered: tuple[Lowered, Lowered],
) -> None:
    """Let dates that were drawn from the start on, and that the change altered, be counted from now on.

    The next tick of a background clock stays. The next incident, whose process has no memory but its excitation,
    is as far from now as it would have been from the start.
    """
    old, new = lowered
    clock = new.scenario.as_of
    start = 0.0 if clock is None else max(new.scenario.day(clock), 0.0)
    today = max(float(column(now[np.newaxis], old, "clock", "now")[0, 0]), start)

    def fronts(which: NDArray[np.float64], layout: Lowered, field: str) -> NDArray[np.float64]:
        values: NDArray[np.float64] = column(which[np.newaxis], layout, "fronts", field)[0]
        return values

    for row, front in enumerate(new.front_ids):
        if front not in old.front_ids:
            continue
        before = old.front_ids.index(front)
        fronts(state, new, "background")[row] = fronts(now, old, "background")[before]
        first = fronts(begun[1], new, "incident_next")[row]
        if first != fronts(begun[0], old, "incident_next")[before]:
            fronts(state, new, "incident_next")[row] = today + first - start


def _weigh_opened_anew(state: NDArray[np.float64], now: NDArray[np.float64], lowered: tuple[Lowered, Lowered]) -> None:
    """Let stakes weigh on a front that a patron opened as they now do in the quarrel that it joined.

    With what weight the run would have begun says nothing of it: until a patron joins, nobody had opened the front.
    """
    old, new = lowered

    def values(table: str, field: str) -> NDArray[np.float64]:
        found: NDArray[np.float64] = column(state[np.newaxis], new, table, field)[0]
        return found

    weight, odds, reverse = (values("fronts", field) for field in ("injury_weight", "war_odds", "reverse"))
    old_weight, old_odds = (column(now[np.newaxis], old, "fronts", field)[0] for field in ("injury_weight", "war_odds"))
    declared = new.scenario.fronts
    changed = False
    for row, front in enumerate(new.front_ids):
        if front not in old.front_ids:
            continue
        before = old.front_ids.index(front)
        if front in declared:
            changed |= bool(weight[row] != old_weight[before] or odds[row] != old_odds[before])
        else:
            weight[row] = old_weight[before]
            odds[row] = old_odds[before]
    if not changed:
        return
    joined, since = values("pledges", "joined"), values("pledges", "joined_period")
    helped, opened = values("pledges", "protege_front"), values("pledges", "patron_front")
    joining = [p for p in np.argsort(since, kind="stable").tolist() if joined[p] == 1]
    joining = [p for p in joining if new.front_ids[int(opened[p])] not in declared]
    first = {int(opened[p]): since[p] for p in reversed(joining)}
    # An ally's ally may have joined in the same period, on a front that is weighed only here.
    for _ in range(len(first)):
        for f, period in first.items():
            quarrels = [int(helped[p]) for p in joining if int(opened[p]) == f and since[p] == period]
            back = int(reverse[f])
            weight[f] = max(weight[quarrel] for quarrel in quarrels)
            weight[back] = max(weight[int(reverse[quarrel])] for quarrel in quarrels)
            odds[f] = odds[back] = max(odds[quarrel] for quarrel in quarrels)
