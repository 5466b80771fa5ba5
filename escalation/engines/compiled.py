"""The compiled engine: the same periods as the readable one, as machine code."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

import escalation.engines.vectors  # noqa: F401 - makes lanes known to the compiler
from escalation.arithmetic.compiling import TRIED, entry_options
from escalation.arithmetic.draws import TABLE, tabulated, uniforms
from escalation.arithmetic.elementary import greater, lesser, put_lanes, whole, whole_at, width
from escalation.arithmetic.keys import PARAMETER
from escalation.arithmetic.shared import shared
from escalation.dynamics.beginning import begin, forget_ahead
from escalation.dynamics.keyed import quantile_of
from escalation.dynamics.outcomes import Outcomes, note_outcomes
from escalation.dynamics.period import over, play_period
from escalation.dynamics.record import Log, record
from escalation.dynamics.state import Crisis
from escalation.dynamics.utility import weigh
from escalation.engines.buffers import empty_log, empty_outcomes, filled
from escalation.engines.kept_code import Entry, cache_folder
from escalation.engines.lower import Lowered
from escalation.engines.memory import aligned
from escalation.engines.pointers import crisis_at
from escalation.engines.values import words_of
from escalation.errors import StudyError
from escalation.files.study_key import source_hash

__all__ = [
    "AS_STATED",
    "Given",
    "advance",
    "at_hand",
    "begin_states",
    "cache_folder",
    "machine_code",
    "play_runs",
    "run_block",
    "run_drawn",
    "run_recorded",
    "run_rows",
    "source_hash",
    "weigh_state",
]

WORD = 0xFFFFFFFF


class Given(NamedTuple):
    """What runs begin with in place of what the scenario states, by rows of runs, one after the other.

    Parameters
    ----------
    uniforms
        Probabilities at which to draw the scenario's distributions in each run; shape (runs, distributions), or of
        no rows for keyed draws.
    each
        Number of runs of a row.
    places
        Words of memory that the rows put values into; shape (places,).
    values
        The values; shape (rows, places).
    drawn
        Rows of the table of parameters that are drawn around a median of the row's own; shape (drawn,).
    medians, sigmas
        Medians, and standard deviations of the logarithm; shape (rows, drawn).
    """

    uniforms: NDArray[np.float64]
    each: int
    places: NDArray[np.int64]
    values: NDArray[np.float64]
    drawn: NDArray[np.int64]
    medians: NDArray[np.float64]
    sigmas: NDArray[np.float64]


_NONE, _NOTHING, _ONE_RUN = np.empty(0, np.int64), np.empty((0, 0)), np.zeros(1, np.int64)
AS_STATED = Given(_NOTHING, 1, _NONE, _NOTHING, _NONE, _NOTHING, _NOTHING)


@shared
def _draw_parameters(crisis: Crisis, block: NDArray[np.float64], given: Given, n: int) -> None:
    """Draw the scenario's distributions for a run, each into the words of memory that hold it.

    The probabilities come first, in lanes. Then there are three turns, since the tables of quantiles are too many for
    the nearest caches: in a short loop of nothing else the processor fetches from several of them at a time.
    """
    clock = crisis.clock[0]
    if len(given.uniforms) == 0:
        for first in range(0, len(crisis.drawn), width()):
            keys = whole_at(crisis.parameter_keys[0], first)
            u = uniforms(clock.seed_low, clock.seed_high, clock.run, PARAMETER, keys, whole(0))
            put_lanes(crisis.drawn, first, u)
    for p in range(len(crisis.parameters)):
        parameter = crisis.parameters[p]
        if parameter.drawn >= 0:
            continue
        if len(given.uniforms) > 0:
            block[parameter.address] = given.uniforms[n][parameter.column]
        else:
            block[parameter.address] = crisis.drawn[parameter.number]
    for p in range(len(crisis.parameters)):
        parameter = crisis.parameters[p]
        if parameter.kind == TABLE and parameter.drawn < 0:
            probability = parameter.p_low + (parameter.p_high - parameter.p_low) * block[parameter.address]
            x = tabulated(crisis.tables[parameter.table], probability)
            block[parameter.address] = lesser(greater(x, parameter.low), parameter.high)
    for p in range(len(crisis.parameters)):
        parameter = crisis.parameters[p]
        if parameter.drawn >= 0:
            block[parameter.address] = block[parameter.drawn]
        elif parameter.kind != TABLE:
            block[parameter.address] = quantile_of(parameter, crisis.tables, block[parameter.address])


def play_runs(
    block: NDArray[np.float64],
    starts: NDArray[np.float64],
    header: NDArray[np.int64],
    seed: tuple[int, int],
    runs: NDArray[np.int64],
    given: Given,
    periods: tuple[int, int, bool],
    fresh: bool,
    keep: bool,
    outcomes: Outcomes,
    log: Log,
    recording: bool,
    weighed: int,
) -> None:
    """Play runs in one block of memory, or weigh a decision in them; the entry point of the compiled engine.

    Parameters
    ----------
    block
        Memory of the crisis that is played; shape (words,).
    starts
        Memory with which each run begins, or one row for all; shape (runs, words) or (1, words).
    header
        Where each table of the crisis lies.
    seed
        Lower and upper 32 bits of the seed.
    runs
        Numbers of the runs, which key their draws.
    given
        What the runs begin with in place of what the scenario states.
    periods
        Number of periods to play, the last period that there is, and whether a run ends also once there is war.
    fresh
        Whether the runs begin here: parameters are drawn and the run is set up.
    keep
        Whether to write the memory of each run back to its row of `starts`.
    outcomes
        Receives the outcomes; a row a run.
    log
        Receives the record of the last run, if `recording`.
    weighed
        Front on which acts are weighed once the periods have been played; below 0 for none.
    """
    crisis: Crisis = crisis_at(header)  # type: ignore[call-arg]
    for n in range(len(runs)):
        row = min(n, len(starts) - 1)
        for word in range(len(block)):  # a slice could fail by its length, and its error message takes long to compile
            block[word] = starts[row, word]
        clock = crisis.clock[0]
        clock.seed_low = seed[0]
        clock.seed_high = seed[1]
        clock.run = runs[n]
        if fresh:
            group = n // given.each
            for k in range(len(given.places)):
                block[given.places[k]] = given.values[group, k]
            for k in range(len(given.drawn)):
                parameter = crisis.parameters[given.drawn[k]]
                parameter.a = given.medians[group, k]
                parameter.b = given.sigmas[group, k]
            _draw_parameters(crisis, block, given, n)
            begin(crisis)
            if recording:
                record(crisis, log)
        else:
            forget_ahead(crisis)
        for _ in range(periods[0]):
            if over(crisis) or clock.period >= periods[1] or (periods[2] and clock.escalated == 1):
                break
            play_period(crisis)
            if recording:
                record(crisis, log)
        note_outcomes(crisis, outcomes, n)
        if weighed >= 0:
            weigh(crisis, weighed)
        if keep:
            for word in range(len(block)):
                starts[row, word] = block[word]


def machine_code(function: Callable[..., object]) -> Entry:
    """Entry point as machine code, to be read from the cache folder at its first call or compiled."""
    return Entry(function, entry_options(short=numba.version_info.short in TRIED))


@functools.cache
def _entry() -> Entry:
    return machine_code(play_runs)


def _arguments(
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
    weighed: int = -1,
) -> tuple[tuple[Any, ...], Outcomes]:
    """Arguments of the entry point, and the arrays among them that receive the outcomes."""
    block = aligned(lowered.template.size)
    header = lowered.header(block, draws)
    halves = (seed & WORD, seed >> 32)
    outcomes = empty_outcomes(lowered, len(runs))
    entry_log = empty_log(lowered, periods=0) if log is None else log
    ends = (outcomes, entry_log, log is not None, weighed)
    limits = (periods, lowered.periods, until_war)
    return (block, starts, header, halves, runs, given, limits, fresh, keep, *ends), outcomes


def _play(lowered: Lowered, starts: NDArray[np.float64], **asked: Any) -> Outcomes:
    arguments, outcomes = _arguments(lowered, starts, **asked)
    _entry()(*arguments)
    return outcomes


def run_block(lowered: Lowered, *, seed: int, first: int, count: int) -> dict[str, NDArray[Any]]:
    """Play consecutive runs and return their outcomes.

    Parameters
    ----------
    lowered
        Lowered scenario.
    seed
        Seed of the study, below 2**64.
    first, count
        First run, and how many; runs are below 2**40.

    Returns
    -------
    dict
        Arrays as in `escalation.dynamics.outcomes.Outcomes`, by name; first axis is the run.
    """
    runs = np.arange(first, first + count, dtype=np.int64)
    return _play(lowered, lowered.template[np.newaxis], seed=seed, runs=runs, periods=lowered.periods)._asdict()


def run_drawn(
    lowered: Lowered, uniforms: NDArray[np.float64], *, seed: int, runs: NDArray[np.int64]
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
    """
    template = lowered.template[np.newaxis]
    given = AS_STATED._replace(uniforms=np.ascontiguousarray(uniforms))
    return _play(lowered, template, seed=seed, runs=runs, periods=lowered.periods, given=given)._asdict()


def run_rows(
    lowered: Lowered,
    values: Mapping[str, Sequence[float] | NDArray[np.float64]],
    *,
    spread: Mapping[str, float] | None = None,
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
        logarithm.
    seed
        Seed of the study.
    runs
        Numbers of the runs of each crisis, which key their draws; shape (rows, runs).
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
    moved = [(k, lowered.parameters[n].path) for k, n in enumerate(open_ones) if lowered.parameters[n].path in sigmas]
    given = Given(
        _NOTHING,
        each,
        np.array(places, np.int64),
        np.array([of_path[path] for path in paths]).reshape(len(paths), rows).T.copy(),
        np.array([k for k, _ in moved], np.int64),
        np.array([of_path[path] for _, path in moved]).reshape(len(moved), rows).T.copy(),
        np.tile([sigmas[path] for _, path in moved], (rows, 1)),
    )
    draws = lowered.draw_records[open_ones]  # a copy, which the runs change
    template = lowered.template[np.newaxis]
    numbers = np.ascontiguousarray(runs, np.int64).ravel()
    limits: dict[str, Any] = {"periods": lowered.periods, "until_war": until_war}
    played = _play(lowered, template, seed=seed, runs=numbers, **limits, given=given, draws=draws)
    return {name: array.reshape(rows, each, *array.shape[1:]) for name, array in played._asdict().items()}


def run_recorded(lowered: Lowered, *, seed: int, run: int) -> tuple[Outcomes, Log]:
    """Play one run and return its outcomes and its record."""
    log = empty_log(lowered)
    runs = np.array([run], np.int64)
    outcomes = _play(lowered, lowered.template[np.newaxis], seed=seed, runs=runs, periods=lowered.periods, log=log)
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
    _play(lowered, states, seed=seed, runs=runs, periods=0, keep=True)
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
    return _play(lowered, states, seed=seed, runs=runs, periods=periods, fresh=False, keep=True)._asdict()


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
    states = state[np.newaxis].copy()
    _play(lowered, states, seed=0, runs=_ONE_RUN, periods=0, fresh=False, keep=True, weighed=front)
    place = lowered.places["value"]
    first = place.start + front * place.shape[1]
    return states[0, first : first + place.shape[1]]


def at_hand(lowered: Lowered) -> bool:
    """Whether the model has been compiled on this machine, so that a call does not wait for that."""
    return _entry().at_hand(_arguments(lowered, lowered.template[np.newaxis], seed=0, runs=_ONE_RUN, periods=0)[0])
