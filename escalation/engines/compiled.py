"""The compiled engine: the same periods as the readable one, as machine code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from escalation.arithmetic.draws import halves
from escalation.dynamics.outcomes import Outcomes
from escalation.dynamics.record import Log
from escalation.engines.buffers import empty_log, empty_outcomes, filled
from escalation.engines.entry import AS_STATED, NOTHING, Given, play_runs
from escalation.engines.kept_code import Entry, cache_folder
from escalation.engines.lower import NOTHING_DRAWN, Lowered
from escalation.engines.memory import aligned
from escalation.engines.values import words_of
from escalation.errors import StudyError
from escalation.files.study_key import source_hash

__all__ = [
    "advance",
    "at_hand",
    "begin_states",
    "cache_folder",
    "run_block",
    "run_drawn",
    "run_recorded",
    "run_rows",
    "source_hash",
    "weigh_state",
    "weigh_states",
]


_ONE_RUN = np.zeros(1, np.int64)


_PLAYING = Entry(play_runs)


class _Call(NamedTuple):
    """A call of the entry point: its arguments, and those of them that receive the outcomes."""

    arguments: tuple[Any, ...]
    outcomes: Outcomes

    def play(self) -> Outcomes:
        """Make the call, and return the outcomes."""
        _PLAYING(*self.arguments)
        return self.outcomes


def _call(
    lowered: Lowered,
    starts: NDArray[np.float64],
    *,
    seed: int,
    runs: NDArray[np.int64],
    periods: int,
    fresh: bool = True,
    keep: bool = False,
    until_war: bool = False,
    log: Log | None = None,
    given: Given = AS_STATED,
    draws: NDArray[Any] | None = None,
    drawn_before: NDArray[np.float64] = NOTHING_DRAWN,
    weighed: int = -1,
) -> _Call:
    block = aligned(lowered.template.size)
    block[:] = lowered.template
    header = lowered.header(block, draws=draws, drawn_before=drawn_before)
    outcomes = empty_outcomes(lowered, len(runs))
    entry_log = empty_log(lowered, periods=0) if log is None else log
    ends = (outcomes, entry_log, log is not None, weighed)
    limits = (periods, lowered.periods, until_war)
    return _Call((block, starts, header, halves(seed), runs, given, limits, fresh, keep, *ends), outcomes)


def run_block(
    lowered: Lowered, *, seed: int, first: int, count: int, until_war: bool = False
) -> dict[str, NDArray[Any]]:
    """Play consecutive runs and return their outcomes.

    Parameters
    ----------
    lowered
        Lowered scenario.
    seed
        Seed of the study, below 2**64.
    first, count
        First run, and how many; runs are below 2**40.
    until_war
        As of `run_rows`.

    Returns
    -------
    dict
        Arrays as in `escalation.dynamics.outcomes.Outcomes`, by name; first axis is the run.
    """
    runs = np.arange(first, first + count, dtype=np.int64)
    limits: dict[str, Any] = {"periods": lowered.periods, "until_war": until_war}
    return _call(lowered, lowered.start, seed=seed, runs=runs, **limits).play()._asdict()


def run_drawn(
    lowered: Lowered,
    uniforms: NDArray[np.float64],
    *,
    seed: int,
    runs: NDArray[np.int64],
    until_war: bool = False,
) -> dict[str, NDArray[Any]]:
    """Play runs whose scenario's distributions are drawn at given probabilities.

    Parameters
    ----------
    lowered
        Lowered scenario.
    uniforms
        Probability at which to draw each distribution, in the order of `lowered.distributions`, strictly between 0
        and 1; shape (runs, distributions).
    seed
        Seed of the study.
    runs
        Numbers of the runs, which key chance within them; the same number twice is the same chance. Shape (runs,).
    until_war
        As of `run_rows`.
    """
    limits: dict[str, Any] = {"periods": lowered.periods, "until_war": until_war}
    given = AS_STATED._replace(uniforms=np.ascontiguousarray(uniforms))
    return _call(lowered, lowered.start, seed=seed, runs=runs, **limits, given=given).play()._asdict()


def run_rows(
    lowered: Lowered,
    values: Mapping[str, Sequence[float] | NDArray[np.float64]],
    *,
    spread: Mapping[str, float | NDArray[np.float64]] | None = None,
    seed: int,
    runs: NDArray[np.int64],
    until_war: bool = False,
) -> dict[str, NDArray[Any]]:
    """Play runs of many crises that differ in their numbers alone, in one call.

    Parameters
    ----------
    lowered
        Scenario that states what differs between the crises as distributions. Those that are given no value are drawn
        in each run as it states them.
    values
        What each crisis has there, by path; each of shape (rows,).
    spread
        Paths that stay lognormal distributions, with the crises' values for medians: the standard deviation of their
        logarithm, one for all crises or of shape (rows,).
    seed
        Seed of the study.
    runs
        Numbers of the runs of each crisis, which key their draws; shape (rows, runs). Crises that have numbers in
        common are played faster: what these runs draw alike is drawn once.
    until_war
        Whether a run ends with the period in which a war begins, as where nothing after it is looked at.

    Returns
    -------
    dict
        Arrays as in `escalation.dynamics.outcomes.Outcomes`, by name; first axes are the row and the run.

    Raises
    ------
    StudyError
        If a path is not a distribution of the scenario, or a path of `spread` is given no median.
    """
    sigmas = spread or {}
    left = sorted(set(sigmas) - set(values))
    if left:
        raise StudyError(f"no medians for {', '.join(left)}; give them among the values")
    rows, each = runs.shape
    places, paths = words_of(lowered, (path for path in values if path not in sigmas))
    of_path = {path: np.asarray(column, np.float64) for path, column in values.items()}
    held = set(paths)
    open_ones = [n for n, parameter in enumerate(lowered.parameters) if parameter.path not in held]
    numbers = np.ascontiguousarray(runs, np.int64).ravel()
    order = np.argsort(numbers, kind="stable")
    in_common = bool((np.diff(numbers[order]) == 0).any())
    before = lowered.drawn_before() if in_common else NOTHING_DRAWN
    # By their places among the distributions that stay open, since these alone are handed to the machine code.
    moved = [(k, lowered.parameters[n].path) for k, n in enumerate(open_ones) if lowered.parameters[n].path in sigmas]
    given = Given(
        NOTHING,
        each,
        np.array(places, np.int64),
        np.array([of_path[path] for path in paths]).reshape(len(paths), rows).T.copy(),
        np.array([k for k, _ in moved], np.int64),
        np.array([of_path[path] for _, path in moved]).reshape(len(moved), rows).T.copy(),
        np.array([np.broadcast_to(sigmas[path], rows) for _, path in moved]).reshape(len(moved), rows).T.copy(),
        order if in_common else order[:0],
    )
    draws = lowered.draw_records[open_ones]  # a copy, which the runs change
    limits: dict[str, Any] = {"periods": lowered.periods, "until_war": until_war, "drawn_before": before}
    played = _call(lowered, lowered.start, seed=seed, runs=numbers, **limits, given=given, draws=draws).play()
    return {name: array.reshape(rows, each, *array.shape[1:]) for name, array in played._asdict().items()}


def run_recorded(lowered: Lowered, *, seed: int, run: int) -> tuple[Outcomes, Log]:
    """Play one run and return its outcomes and its record."""
    log = empty_log(lowered)
    runs = np.array([run], np.int64)
    outcomes = _call(lowered, lowered.start, seed=seed, runs=runs, periods=lowered.periods, log=log).play()
    return outcomes, filled(log, int(outcomes.ended[0]))


def begin_states(lowered: Lowered, *, seed: int, runs: NDArray[np.int64]) -> NDArray[np.float64]:
    """Memory of runs that have been set up and not yet played.

    Parameters
    ----------
    lowered
        Lowered scenario.
    seed
        Seed of the study.
    runs
        Numbers of the runs; shape (runs,).

    Returns
    -------
    ndarray of float64, shape (runs, words)
        The memory of each run; `escalation.engines.tables.views` of a row reads it.
    """
    states = np.repeat(lowered.template[np.newaxis], len(runs), axis=0)
    _call(lowered, states, seed=seed, runs=runs, periods=0, keep=True).play()
    return states


def advance(
    lowered: Lowered, states: NDArray[np.float64], *, seed: int, runs: NDArray[np.int64], periods: int
) -> dict[str, NDArray[Any]]:
    """Play runs on from where they stand, changing `states` in place, and return their outcomes so far.

    Parameters
    ----------
    lowered
        Lowered scenario.
    states
        Memory of each run; shape (runs, words).
    seed
        Seed of the study.
    runs
        Numbers that key all draws from here on: a copy of a state that goes on under another number has another
        future. Shape (runs,).
    periods
        How many periods to play, at most.
    """
    return _call(lowered, states, seed=seed, runs=runs, periods=periods, fresh=False, keep=True).play()._asdict()


def weigh_state(lowered: Lowered, state: NDArray[np.float64], *, front: int) -> NDArray[np.float64]:
    """Weigh the acts on a front as a run stands.

    Parameters
    ----------
    lowered
        Lowered scenario.
    state
        Memory of the run, which is left as it is; shape (words,).
    front
        Row of the front.

    Returns
    -------
    ndarray
        Expected utility of every act by the actor's own type, in stakes; shape (acts,).
    """
    utility: NDArray[np.float64] = weigh_states(lowered, state[np.newaxis], front=front)[0]
    return utility


def weigh_states(lowered: Lowered, states: NDArray[np.float64], *, front: int) -> NDArray[np.float64]:
    """Weigh the acts on a front as each of several runs stands.

    Parameters
    ----------
    lowered
        Lowered scenario.
    states
        Memory of the runs, which is left as it is; shape (runs, words).
    front
        Row of the front.

    Returns
    -------
    ndarray
        Expected utility of every act by the actor's own type, in stakes; shape (runs, acts).
    """
    weighed, runs = states.copy(), np.zeros(len(states), np.int64)
    _call(lowered, weighed, seed=0, runs=runs, periods=0, fresh=False, keep=True, weighed=front).play()
    place = lowered.places["value"]
    first = place.start + front * place.shape[1]
    found: NDArray[np.float64] = weighed[:, first : first + place.shape[1]]
    return found


def at_hand(lowered: Lowered) -> bool:
    """Whether the model has been compiled on this machine, so that a call does not wait for that."""
    # The call is never made: machine code is kept by the kinds of its arguments, and these are those of any call.
    call = _call(lowered, lowered.start, seed=0, runs=_ONE_RUN, periods=0)
    return _PLAYING.at_hand(call.arguments)
