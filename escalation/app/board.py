"""The board on a day: what is going on along each front."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from escalation.app.chronicle import Happening
from escalation.engines.lower import lower_once
from escalation.engines.medians import median
from escalation.world.front import actor_and_target
from escalation.world.scenario import Scenario

__all__ = ["Standing", "standings"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is going on along a front.

    Parameters
    ----------
    front
        The front, by its id.
    rung
        Highest rung of the acts that still go on, as a place on the ladder; 0 where none does.
    conciliatory
        Whether nothing goes on but a conciliatory move.
    """

    front: str
    rung: int
    conciliatory: bool = False


def standings(scenario: Scenario, happenings: Sequence[Happening], *, day: float) -> tuple[Standing, ...]:
    """What is going on along every front of a scenario on a day.

    An act goes on for as long as the scenario's rules have it count (`rules.act_window`, or its median where it is a
    distribution), a war to the end, and ongoing hostilities (`baseline`) all the time.

    Parameters
    ----------
    scenario
        The crisis.
    happenings
        Its chronicle, or as much of it as somebody knows.
    day
        Days after the start.
    """
    lasts = median(scenario.rules.act_window)
    names = [rung.name for rung in scenario.ladder.rungs]
    war = len(names) - 1
    rungs = dict.fromkeys(lower_once(scenario).front_ids, 0)
    conciliated = set()
    for front in scenario.fronts.values():
        rungs[front.id] = war if front.at_war else names.index(front.baseline) if front.baseline is not None else 0
    for happening in happenings:
        if happening.front not in rungs or happening.day > day:
            continue
        if happening.kind == "war":
            actor, target = actor_and_target(happening.front)
            rungs[happening.front] = rungs[f"{target}-{actor}"] = war
        elif happening.kind == "act" and day - happening.day <= lasts:
            rungs[happening.front] = max(rungs[happening.front], happening.rung)
            if happening.rung == 0:
                conciliated.add(happening.front)
    return tuple(Standing(front, rung, rung == 0 and front in conciliated) for front, rung in rungs.items())
