"""How likely each response is: exact, since the response is an actor's first decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.fit.crises.batches import RowBatches
from escalation.data.covariates import Covariates
from escalation.data.generic_crisis import DRAWN, FRONT
from escalation.engines.lower import Lowered
from escalation.engines.responses import respond
from escalation.world.ladder import Role
from escalation.world.scenario import Scenario

__all__ = ["LEVELS", "ResponseBatches", "response_probabilities"]

LEVELS = ("none, verbal or political", "military without violence", "violent")
WITHOUT_BEARING = frozenset(
    {DRAWN, "rules.injury_half_life", "rules.shock_persistence", "actors.actor.tempo", "actors.adversary.tempo"}
)
"""Paths that a first decision does not depend on: what has to do with time after it."""


def _levels(scenario: Scenario, lowered: Lowered) -> list[int]:
    """Response level of each act: by its rung's role; conciliation is no force."""
    roles = [scenario.ladder.rungs[rung].role.order for rung in lowered.option_rungs]
    return [int(role >= Role.DISPLAY.order) + int(role >= Role.FORCE.order) for role in roles]


class ResponseBatches:
    """First responses of some rows, at any parameters.

    Parameters
    ----------
    rows
        Covariates of the crisis actors.
    """

    def __init__(self, rows: Covariates) -> None:
        self._batches = RowBatches(rows, _levels_of_responses, without=WITHOUT_BEARING)

    def __call__(self, sets: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """Probability of each of the three levels of response; shape (sets, rows, 3), not to be written to."""
        found: tuple[NDArray[np.float64], ...] = self._batches(sets)
        return found[0] if found else np.zeros((len(sets), 0, len(LEVELS)))


def _levels_of_responses(
    lowered: Lowered,
    values: Mapping[str, NDArray[np.float64]],
    places: NDArray[np.int64],
    of_all: Mapping[str, NDArray[np.float64]],
) -> tuple[NDArray[np.float64]]:
    del of_all
    acts = respond(lowered, values, front=FRONT)
    found = np.zeros((len(places), len(LEVELS)))
    for act, level in enumerate(_levels(lowered.scenario, lowered)):
        found[:, level] += acts[:, act]
    return (found,)


def response_probabilities(parameters: Mapping[str, float], rows: Covariates) -> NDArray[np.float64]:
    """Probability of each of the three levels of response; shape (rows, 3).

    Parameters
    ----------
    parameters
        Values of the global parameters, by name.
    rows
        Covariates of the crisis actors.
    """
    return np.asarray(ResponseBatches(rows)([parameters])[0])
