"""The entry of the compiled engine: the text that becomes machine code and plays runs, one after the other."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from escalation.arithmetic.draws import TABLE, quantile, tabulated, uniforms
from escalation.arithmetic.elementary import greater, lesser, put_lanes, whole, whole_at, width
from escalation.arithmetic.keys import PARAMETER
from escalation.arithmetic.shared import shared
from escalation.dynamics.beginning import begin, forget_ahead
from escalation.dynamics.outcomes import Outcomes, note_outcomes
from escalation.dynamics.period import over, play_period
from escalation.dynamics.record import Log, record
from escalation.dynamics.state import Crisis
from escalation.dynamics.utility import weigh
from escalation.engines.memory import crisis_at

__all__ = ["AS_STATED", "NOTHING", "Given", "play_runs"]


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
    order
        Places of the runs in the order in which they are played; shape (runs,), or empty for as they come. It changes
        no result. Runs of the same number have draws in common, which are made once where they follow each other. With
        an order, `starts` is one row and leaves these draws alone.
    """

    uniforms: NDArray[np.float64]
    each: int
    places: NDArray[np.int64]
    values: NDArray[np.float64]
    drawn: NDArray[np.int64]
    medians: NDArray[np.float64]
    sigmas: NDArray[np.float64]
    order: NDArray[np.int64]


NOTHING = np.empty((0, 0))
_NONE = np.empty(0, np.int64)
AS_STATED = Given(NOTHING, 1, _NONE, NOTHING, _NONE, NOTHING, NOTHING, _NONE)


@shared
def _draw_parameters(crisis: Crisis, block: NDArray[np.float64], given: Given, n: int, again: bool) -> None:
    """Draw the scenario's distributions for a run, each into the words of memory that hold it.

    The probabilities come first, in lanes. Then there are three turns, since the tables of quantiles are too many for
    the nearest caches: in a short loop of nothing else the processor fetches from several of them at a time. If the run
    before had the same number (`again`), its probabilities still stand there.
    """
    if len(given.uniforms) == 0 and not again:
        for first in range(0, len(crisis.drawn), width()):
            keys = whole_at(crisis.parameter_keys[0], first)
            u = uniforms(crisis.clock[0], PARAMETER, keys, whole(0))
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
            block[parameter.address] = quantile(parameter, crisis.tables, block[parameter.address])


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
        First words of the memory with which each run begins, or one row for all; shape (runs, words) or (1, words).
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
    crisis: Crisis = crisis_at(header)
    before = -1
    for place in range(len(runs)):
        n = place
        again = False
        if len(given.order) > 0:
            n = given.order[place]
            again = runs[n] == before
            before = runs[n]
        row = min(n, len(starts) - 1)
        for word in range(starts.shape[1]):  # a slice could fail, and its error message takes long to compile
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
            _draw_parameters(crisis, block, given, n, again)
            begin(crisis)
            if recording:
                record(crisis, log)
        else:
            # The run may go on under another number than it began with, and what was drawn ahead was drawn by that.
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
            for word in range(starts.shape[1]):
                starts[row, word] = block[word]
