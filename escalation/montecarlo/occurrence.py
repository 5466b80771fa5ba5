"""Whether a signal or an event came in each run, told from its keyed draws: nothing is played for it.

Every draw of a run is a function of seed, run, purpose and key. So the draws with which a run begins can be made again
for all runs at once, by the same arithmetic as in `escalation.dynamics.beginning`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError
from escalation.world.near import near, short

if TYPE_CHECKING:
    from escalation.engines.lower import Lowered
    from escalation.world.scenario import Scenario

__all__ = ["came", "day_of", "signals_of"]


def signals_of(scenario: Scenario, name: str) -> tuple[str, ...]:
    """Signals of an occasion, or the one signal of that id; none where there is neither.

    Examples
    --------
    >>> import escalation as esc
    >>> signals_of(esc.load("haniyeh-2024"), "us-visit")
    ('us-private-warning', 'us-reassurance', 'us-denial', 'us-disclosure')
    """
    if name in scenario.signals:
        return (name,)
    return tuple(key for key, signal in scenario.signals.items() if signal.occasion == name)


def day_of(lowered: Lowered, item: str, *, seed: int, runs: NDArray[np.int64]) -> NDArray[np.float64]:
    """Day on which a signal, an event or the first signal of an occasion comes in each run, if the run lasts till then.

    Parameters
    ----------
    lowered
        The scenario as arrays.
    item
        Id of a signal, an occasion or an event.
    seed
        Seed of the runs.
    runs
        Their numbers; shape (runs,).

    Returns
    -------
    ndarray of float64, shape (runs,)
        Days after the start; infinite where it was not said or did not happen.

    Raises
    ------
    StudyError
        If there is no such signal, occasion or event.
    """
    from escalation.arithmetic.keys import EVENT_DAY, OCCURRENCE
    from escalation.engines.tables import views

    scenario = lowered.scenario
    crisis: Any = views(lowered.template, lowered)
    if signals := signals_of(scenario, item):
        place = list(scenario.signals)
        row = min((place.index(name) for name in signals), key=lambda k: float(crisis.signals[k]["day"]))
        signal = crisis.signals[row]
        day, key, table = np.full(len(runs), signal["day"]), int(signal["occasion"]), "signals"
    elif item in scenario.events:
        row, table = list(scenario.events).index(item), "events"
        event = crisis.events[row]
        day, key = np.full(len(runs), event["day"]), int(event["key"])
        if event["days"] > 0.0:
            day += event["days"] * _uniform(seed, runs, EVENT_DAY, key)
    else:
        occasions = [signal.occasion for signal in scenario.signals.values() if signal.occasion]
        known = [*scenario.signals, *occasions, *scenario.events]
        raise StudyError(f"no signal, occasion or event {short(item)} in {scenario.name!r}{near(item, known)}")
    happens = _uniform(seed, runs, OCCURRENCE, key) < _probability(lowered, table, row, seed, runs)
    return np.where(happens, day, np.inf)


def came(lowered: Lowered, item: str, *, seed: int, runs: NDArray[np.int64], ended: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether a signal, an occasion or an event came in each run before the run ended.

    Parameters
    ----------
    lowered, item, seed, runs
        As for `day_of`.
    ended
        Last period of each run; shape (runs,).

    Returns
    -------
    ndarray of bool, shape (runs,)
        Whether it came.

    Raises
    ------
    StudyError
        If there is no such signal, occasion or event.
    """
    from escalation.engines.days import latest

    reach: NDArray[np.bool_] = day_of(lowered, item, seed=seed, runs=runs) < latest(lowered.scenario)[ended]
    return reach


def _uniform(seed: int, runs: NDArray[np.int64], purpose: int, key: int) -> NDArray[np.float64]:
    """Uniform number of each run; the scalar function takes whole arrays too, since it has no branch."""
    from escalation.arithmetic.draws import SeededRun, halves, uniform

    each = SeededRun(*halves(seed), runs.astype(np.uint64))  # type: ignore[arg-type]
    drawn: Any = uniform(each, purpose, key, 0)
    return np.asarray(drawn, dtype=np.float64)


def _probability(
    lowered: Lowered, table: str, row: int, seed: int, runs: NDArray[np.int64]
) -> NDArray[np.float64] | float:
    """Probability that something was said or happened; one a run, where the scenario states a distribution."""
    from escalation.arithmetic.draws import quantile
    from escalation.arithmetic.keys import PARAMETER
    from escalation.engines.tables import views

    for parameter, state in zip(lowered.parameters, lowered.draws, strict=True):
        if (parameter.table, parameter.row, parameter.field) == (table, row, "probability"):
            drawn = _uniform(seed, runs, PARAMETER, state.key)
            return np.array([quantile(state, lowered.table_lists, u) for u in drawn.tolist()])
    return float(getattr(views(lowered.template, lowered), table)[row]["probability"])
