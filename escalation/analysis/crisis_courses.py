"""How whole crises go, by simulation on common random numbers: highest violence, length, and who was drawn in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalation.data.covariates import Covariates
from escalation.data.generic_crisis import DRAWN, FRONT, frames_of, quantities
from escalation.engines.compiled import run_block
from escalation.engines.lower import Lowered, lower_once
from escalation.engines.responses import with_values
from escalation.world.ladder import Role

__all__ = ["VIOLENCE", "Courses", "simulate_courses"]

VIOLENCE = ("none", "minor clashes", "serious clashes", "war")
"""Levels of violence of a crisis. Minor: one side used force; serious: both did, or one struck in a major way."""
VIOLENT_TRIGGER = 4
"""First trigger group in which the adversary has used force: indirect violence, then violence."""


@dataclass(frozen=True, slots=True)
class Courses:
    """What happened in simulated crises; arrays of shape (rows, runs).

    Parameters
    ----------
    violence
        Highest violence, as a place in `VIOLENCE`.
    length
        Days until the crisis settled; infinite where it had not within the horizon.
    drawn_in
        Whether an ally of either side joined.
    """

    violence: NDArray[np.int64]
    length: NDArray[np.float64]
    drawn_in: NDArray[np.bool_]

    def violence_probabilities(self) -> NDArray[np.float64]:
        """Share of runs at each level of violence; shape (rows, 4)."""
        return np.stack([(self.violence == level).mean(axis=1) for level in range(len(VIOLENCE))], axis=1)


def _violence(
    lowered: Lowered, crossed: NDArray[np.int16], war: NDArray[np.bool_], triggered: bool
) -> NDArray[np.int64]:
    """Level of violence of each run; violence that triggered it counts as force by the adversary."""
    rungs = lowered.scenario.ladder.rungs
    force = next(n for n, rung in enumerate(rungs) if rung.role.order >= Role.FORCE.order)
    major = next(n for n, rung in enumerate(rungs) if rung.role.order >= Role.MAJOR.order)
    own = crossed[:, lowered.front_ids.index(FRONT)]
    their = crossed[:, lowered.front_ids.index("adversary-actor")]
    by_actor, by_adversary = own[:, force] > 0, (their[:, force] > 0) | triggered
    struck_hard = (own[:, major] > 0) | (their[:, major] > 0)
    level = (by_actor | by_adversary).astype(np.int64) + ((by_actor & by_adversary) | struck_hard)
    return np.where(war, len(VIOLENCE) - 1, level)


def simulate_courses(parameters: Mapping[str, float], rows: Covariates, *, runs: int, seed: int) -> Courses:
    """Play the crisis of every row a number of times.

    Parameters
    ----------
    parameters
        Values of the global parameters, by name.
    rows
        Covariates of the crises.
    runs
        Runs of each row.
    seed
        The same seed gives the same draws whatever the parameters.
    """
    violence = np.zeros((len(rows), runs), np.int64)
    length = np.full((len(rows), runs), np.inf)
    drawn_in = np.zeros((len(rows), runs), np.bool_)
    everywhere = quantities(parameters, rows)
    for scenario, places in frames_of(rows):
        lowered = lower_once(scenario)
        open_paths = {parameter.path for parameter in lowered.parameters}
        for place in places.tolist():
            values = {path: float(column[place]) for path, column in everywhere.items() if path in open_paths}
            crisis = with_values(lowered, values, spread={DRAWN: parameters["settle_spread"]})
            played = run_block(crisis, seed=seed, first=place * runs, count=runs)
            war = np.asarray((played["war_cause"] > 0).any(axis=1))
            triggered = bool(rows.group[place] >= VIOLENT_TRIGGER)
            violence[place] = _violence(lowered, played["crossed"], war, triggered)
            settled = played["settled"]
            length[place, settled >= 0] = settled[settled >= 0]
            drawn_in[place] = (played["joined"] >= 0).any(axis=1)
    return Courses(violence, length, drawn_in)
