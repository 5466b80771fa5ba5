"""First responses: the probability of each act right after a trigger, for many crises that differ in their numbers.

Nothing is drawn that bears on it: the probability follows from the same steps of a period, and the same weighing of
acts, as a run takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from escalation.dynamics.beginning import begin
from escalation.dynamics.period import open_period
from escalation.dynamics.state import Crisis
from escalation.dynamics.utility import weigh
from escalation.engines.kept_code import Entry
from escalation.engines.lower import Lowered
from escalation.engines.memory import crisis_at
from escalation.engines.values import words_of
from escalation.errors import StudyError
from escalation.mechanisms.time_and_chance import logit_choice

__all__ = ["respond", "respond_rows"]


def respond_rows(
    block: NDArray[np.float64],
    start: NDArray[np.float64],
    header: NDArray[np.int64],
    places: NDArray[np.int64],
    values: NDArray[np.float64],
    front: int,
    probabilities: NDArray[np.float64],
) -> None:
    """Write the probability of every act on a front in the first period; the compiled entry point.

    Parameters
    ----------
    block, start
        Memory of the crisis, and the first words of it, with which each row begins; shape (words,).
    header
        Where each table of the crisis lies.
    places
        Words of memory that differ between rows; shape (places,).
    values
        What they hold; shape (rows, places).
    front
        Row of the front that responds.
    probabilities
        Receives the probabilities, over both types of its actor; shape (rows, acts).
    """
    crisis: Crisis = crisis_at(header)
    acts = len(crisis.options)
    for n in range(len(values)):
        for word in range(len(start)):
            block[word] = start[word]
        for k in range(len(places)):
            block[places[k]] = values[n, k]
        begin(crisis)
        open_period(crisis)
        weigh(crisis, front)
        actor = crisis.actors[crisis.fronts[front].actor]
        probability = crisis.probability
        logit_choice(actor.precision, crisis.utility_resolute[front], crisis.crowding, probability)
        for o in range(acts):
            probabilities[n, o] = actor.resolve * probability[o]
        logit_choice(actor.precision, crisis.utility_irresolute[front], crisis.crowding, probability)
        for o in range(acts):
            probabilities[n, o] += (1.0 - actor.resolve) * probability[o]


_RESPONDING = Entry(respond_rows)


def respond(
    lowered: Lowered, values: Mapping[str, Sequence[float] | NDArray[np.float64]], *, front: str
) -> NDArray[np.float64]:
    """Probability of every act in the first decision on a front, a day after the start, for many crises.

    Parameters
    ----------
    lowered
        Scenario that states all that differs between the crises, and nothing else, as distributions.
    values
        What each crisis has there, by path; each of shape (rows,).
    front
        Id of the front that responds.

    Returns
    -------
    ndarray
        Probabilities, in the order of `Lowered.option_names`; shape (rows, acts).

    Raises
    ------
    StudyError
        If a path is not a distribution of the scenario, or a distribution is given no value.
    """
    left = sorted(lowered.addresses.keys() - values.keys())
    if left:
        raise StudyError(f"no values for {', '.join(left)}; every distribution of the scenario needs them")
    places, paths = words_of(lowered, values)
    numbers = np.array([values[path] for path in paths], np.float64).T.copy()
    block = lowered.template.copy()
    header = lowered.header(block, draws=lowered.draw_records[:0])
    probabilities = np.zeros((len(numbers), len(lowered.option_names)))
    row = lowered.front_ids.index(front)
    _RESPONDING(block, lowered.start[0], header, np.array(places, np.int64), numbers, row, probabilities)
    return probabilities
