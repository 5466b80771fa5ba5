"""What the timeline has actors do in a run, as deeds that words can be held against.

As in `escalation.dynamics.scheduled_acts`: an act counts as its author's if the evidence has it that the author more
likely than not did it, on the front to each victim that the author faces, by its rung or by the highest short of war
that its severity reaches.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.dynamics.roles import PROVOCATION_EVENT, WAR

__all__ = ["ScheduledDeed", "scheduled_deeds"]


@dataclass(frozen=True, slots=True)
class ScheduledDeed:
    """An act of the timeline.

    Parameters
    ----------
    day
        When, in days after the start.
    front, option
        Rows of its front and of the act.
    stated
        Whether its rung is stated on that front, so that pledges know of it.
    known
        Whether its victim holds the author to have done it.
    """

    day: float
    front: int
    option: int
    stated: bool
    known: bool


def scheduled_deeds(crisis: Any) -> list[ScheduledDeed]:
    """Acts of the timeline in a run, in the order of the file; none where the timeline settles nothing.

    Parameters
    ----------
    crisis
        Tables with which the run begins, as `escalation.engines.tables.views` gives them.
    """
    if crisis.rules[0]["scheduled_answers"] == 0:
        return []
    happens = (crisis.events["kind"] == PROVOCATION_EVENT) & (crisis.events["pending"] == 1)
    return [deed for event in crisis.events[happens] for deed in _of_event(crisis, event)]


def _of_event(crisis: Any, event: Any) -> Iterator[ScheduledDeed]:
    for n in range(event["incident_first"], event["incident_last"]):
        incident = crisis.incidents[n]
        blame = _blame(crisis, incident)
        if event["option"] >= 0:
            front = crisis.fronts[event["front"]]
            if front["target"] == incident["victim"] and _above_what_goes_on(crisis, front, event["option"]):
                known = bool(blame[front["actor"]] > 0.5)
                yield ScheduledDeed(float(event["day"]), int(event["front"]), int(event["option"]), True, known)
            continue  # what was done to one is not done to the others, whatever they felt
        option = _highest_reached(crisis, incident)
        for author in np.flatnonzero(blame > 0.5):
            f = int(crisis.front_of[author][incident["victim"]])
            if f >= 0 and _above_what_goes_on(crisis, crisis.fronts[f], option):
                yield ScheduledDeed(float(event["day"]), f, option, False, True)


def _above_what_goes_on(crisis: Any, front: Any, option: int) -> bool:
    """Whether an act is one on a front: that is open, is not at war from the start, and does not see as much daily."""
    above = crisis.options[option]["intensity"] > front["baseline"]
    return bool(front["active"] == 1 and front["at_war"] == 0 and above)


def _blame(crisis: Any, incident: Any) -> NDArray[np.float64]:
    """Blame of each actor for an incident by the evidence, before anybody denies anything."""
    hypotheses = crisis.hypotheses[incident["first"] : incident["last"]]
    weights = hypotheses["prior"] * hypotheses["likelihood"]
    members = hypotheses["members"][:, np.newaxis] >> np.arange(len(crisis.actors)) & 1
    blame: NDArray[np.float64] = weights @ members / weights.sum()
    return blame


def _highest_reached(crisis: Any, incident: Any) -> int:
    """Row of the highest open act short of war that a severity reaches; 0, which is restraint, for none."""
    options = crisis.options
    reached = incident["severity"] * incident["publicity"] + crisis.rules[0]["half_rung"] > options["intensity"]
    reached &= (options["covert"] == 0) & (options["role"] < WAR)
    return int(np.argmax(np.where(reached, options["intensity"], -1.0)))
