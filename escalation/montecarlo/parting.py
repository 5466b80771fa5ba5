"""Where two worlds part: the first decision that differs in the same run of both."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from escalation.engines.days import days_of
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    from escalation.engines.trajectory import Trajectory

__all__ = ["Parting", "first_parting"]

Act = tuple[str, bool]
"""Rung of an act, and whether it was covert."""


@dataclass(frozen=True, slots=True)
class Parting:
    """A decision that went one way in one world, another way in the other.

    Parameters
    ----------
    run
        Number of the run.
    day
        Day after the start.
    date
        Date of that day.
    front
        Front it fell on.
    first, second
        Rung chosen in the unchanged and in the changed world, and whether covertly; none where no decision fell.
    """

    run: int
    day: float
    date: datetime.date
    front: str
    first: Act | None
    second: Act | None

    def __str__(self) -> str:
        one, two = _act_text(self.first), _act_text(self.second)
        when = f"run {self.run}, day {self.day:g} ({self.date}), {self.front}"
        return f"{when}: {one} in the unchanged world, {two} in the changed"


def first_parting(first: Scenario, second: Scenario, *, seed: int, run: int) -> Parting | None:
    """Replay a run in two worlds, and find the first decision that differs.

    Parameters
    ----------
    first, second
        The two worlds.
    seed, run
        Which run.

    Returns
    -------
    Parting or None
        The first decision that differs; of several in one period, the first in the order of fronts.
    """
    from escalation.engines.simulate import simulate

    here_path, there_path = (simulate(world, seed=seed, run=run) for world in (first, second))
    one, two = _decisions(here_path, days_of(first)), _decisions(there_path, days_of(second))
    place = {front: n for n, front in enumerate(dict.fromkeys((*here_path.front_ids, *there_path.front_ids)))}
    for day, front in sorted({**one, **two}, key=lambda decision: (decision[0], place[decision[1]])):
        here, there = one.get((day, front)), two.get((day, front))
        if here != there:
            return Parting(run, day, first.date(day), front, here, there)
    return None


def _decisions(path: Trajectory, days: NDArray[np.float64]) -> dict[tuple[float, str], Act]:
    # Rounded, so that days agree between worlds whose periods differ in length.
    return {
        (round(float(days[act["period"]]), 9), path.front_ids[act["front"]]): (
            path.rung_names[act["rung"]] if act["rung"] > 0 else path.option_names[act["option"]],
            bool(act["covert"]),
        )
        for act in path.acts
    }


def _act_text(act: Act | None) -> str:
    if act is None:
        return "no decision"
    return f"{act[0]} (covert)" if act[1] else act[0]
