"""Crises with a past, and runs of them that are written down instead of played."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from escalation.montecarlo.axes import Axes
from escalation.montecarlo.ensemble import Ensemble
from escalation.world.scenario import Scenario

RESTRAINT, THREAT, DISPLAY, LIMITED, MAJOR, WAR = range(6)
FRONTS = ("ara-bor", "bor-ara", "cal-bor", "bor-cal")
HORIZON = 30


def crisis(observed: Sequence[tuple[int, str, str, str]], **changes: Any) -> Scenario:
    """Three actors, thirty days from 1 January 2000, information date on the fifth day after it.

    Observed acts are (day of January, actor, target, rung).
    """
    acts = [
        {"date": date(2000, 1, day), "actor": actor, "target": target, "rung": rung}
        for day, actor, target, rung in observed
    ]
    fields: dict[str, Any] = {
        "name": "past",
        "start": date(2000, 1, 1),
        "as_of": date(2000, 1, 6),
        "horizon": HORIZON,
        "actors": {"ara": {}, "bor": {}, "cal": {}},
        "fronts": {"ara-bor": {}, "bor-ara": {}, "cal-bor": {"baseline": "limited-strike"}, "bor-cal": {}},
        "observed": acts,
    }
    return Scenario.from_dict(fields | changes)


def written(scenario: Scenario, runs: Sequence[Mapping[str, tuple[int, int]]], *, repeated: int = 1) -> Ensemble:
    """Runs given by front: the highest rung that was chosen, and the day of it; each so many times.

    War is noted for both sides of a front, as the engine does.
    """
    count = len(runs) * repeated
    crossed = np.full((count, len(FRONTS), 6), -1, np.int16)
    cause = np.zeros((count, len(FRONTS)), np.int8)
    for number in range(count):
        for front, (rung, day) in runs[number % len(runs)].items():
            place = FRONTS.index(front)
            crossed[number, place, 1 : rung + 1] = day
            if rung == WAR:
                reverse = FRONTS.index("-".join(reversed(front.split("-"))))
                crossed[number, reverse, WAR] = day
                cause[number, [place, reverse]] = 1
    outcomes = {
        "crossed": crossed,
        "war_cause": cause,
        "agreed": np.full((count, len(FRONTS)), -1, np.int16),
        "conceded": np.full((count, len(FRONTS)), -1, np.int16),
        "joined": np.full((count, 0), -1, np.int16),
        "kept": np.zeros((count, 0), np.int16),
        "broken": np.zeros((count, 0), np.int16),
        "vows_kept": np.zeros((count, 3), np.int16),
        "vows_broken": np.zeros((count, 3), np.int16),
        "settled": np.full(count, -1, np.int16),
        "ended": np.full(count, HORIZON, np.int16),
    }
    axes = Axes.named(scenario, front_ids=FRONTS, actor_ids=("ara", "bor", "cal"), commitment_rows=())
    return Ensemble(scenario, 1, outcomes, axes)
