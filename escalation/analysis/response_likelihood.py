"""How likely each response is: exact, since the response is an actor's first decision."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from escalation.data.covariates import Covariates
from escalation.data.generic_crisis import FRONT, frames_of, quantities
from escalation.engines.lower import Lowered, lower_once
from escalation.engines.responses import respond
from escalation.world.ladder import Role
from escalation.world.scenario import Scenario

__all__ = ["LEVELS", "response_probabilities"]

LEVELS = ("none, verbal or political", "military without violence", "violent")


def _levels(scenario: Scenario, lowered: Lowered) -> list[int]:
    """Response level of each act: by its rung's role."""
    roles = [scenario.ladder.rung(name.removesuffix(" (covert)")).role.order for name in lowered.option_names]
    return [int(role >= Role.DISPLAY.order) + int(role >= Role.FORCE.order) for role in roles]


def response_probabilities(parameters: Mapping[str, float], rows: Covariates) -> NDArray[np.float64]:
    """Probability of each of the three levels of response; shape (rows, 3).

    Parameters
    ----------
    parameters
        Values of the global parameters, by name.
    rows
        Covariates of the crisis actors.
    """
    everywhere = quantities(parameters, rows)
    found = np.zeros((len(rows), len(LEVELS)))
    for scenario, places in frames_of(rows):
        lowered = lower_once(scenario)
        open_paths = {parameter.path for parameter in lowered.parameters}
        values = {path: column[places] for path, column in everywhere.items() if path in open_paths}
        acts = respond(lowered, values, front=FRONT)
        for act, level in enumerate(_levels(scenario, lowered)):
            found[places, level] += acts[:, act]
    return found
