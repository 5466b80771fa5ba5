"""The fit to crisis-actor rows: exact likelihood of responses, simulated moments of whole crises, lags read off."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.fit.crises.courses import VIOLENCE, CourseBatches
from escalation.analysis.fit.crises.responses import LEVELS, ResponseBatches
from escalation.analysis.fit.crises.signals import FittedSignals
from escalation.analysis.fit.fisher_scoring import Mode, fisher_scoring
from escalation.data.covariates import Covariates, covariates, kind_shares
from escalation.data.crisis_actors import TRIGGER_GROUPS, first_actors, response_level, violence_level
from escalation.data.parameters import informed_by, moved, prior_means
from escalation.data.rows import Rows
from escalation.errors import StudyError
from escalation.whole_numbers import whole, whole_seed

__all__ = ["FITTED", "STEPS", "IcbFit", "crisis_lengths", "fit_icb", "fit_lags", "fit_responses"]

Floats = NDArray[np.float64]
Values = dict[str, float]

LENGTH_ENDS = (20.0, 45.0, 90.0, 180.0)
"""Elapsed days at which the lengths of crises are cut into classes."""
LENGTH_WEIGHT = 0.5
"""Weight of a crisis's length beside its violence: its end is coded less surely than how violent it was."""
SMOOTHING = 0.5
"""Cases added to the counts of simulated runs, so that none is held impossible."""
SOONEST = 1e-9
"""Days for the logarithm of none."""
LEAST_LIKELY = 1e-300
LEAST_ROWS = 50
STEPS = 8
"""Most steps of a fit, by default."""
STARTS_KEY = 20_130
"""Keeps the draws of starts apart from all others of the same numbers."""


FITTED = (*informed_by("response"), *informed_by("course"), *informed_by("signal"))
"""Parameters that are fitted together."""


@dataclass(frozen=True)
class IcbFit:
    """What a fit to crisis-actor rows found.

    Parameters
    ----------
    parameters
        Every parameter's value.
    mode
        Mode of the posterior over `names`, in prior standard deviations.
    names
        Parameters that were fitted.
    rows, crises
        Number of rows and crises fitted.
    """

    parameters: Values
    mode: Mode
    names: tuple[str, ...]
    rows: int
    crises: int

    @classmethod
    def at(cls, rows: Rows, mode: Mode) -> IcbFit:
        """Return the fit to rows whose mode is known."""
        parameters = moved(prior_means() | fit_lags(rows), FITTED, mode.z)
        return cls(parameters, mode, FITTED, len(rows), first_actors(rows).size)


def fit_responses(rows: Covariates, levels: NDArray[np.int64], parameters: Mapping[str, float]) -> Mode:
    """Fit the parameters of first responses by their exact likelihood, the others held."""
    names, responses = informed_by("response"), ResponseBatches(rows)
    return fisher_scoring(
        lambda sets: responses([moved(parameters, names, z) for z in sets]),
        np.eye(len(LEVELS))[levels],
        np.zeros(len(names)),
    )


def crisis_lengths(rows: Rows, places: NDArray[np.int64]) -> Floats:
    """Elapsed days from trigger to end, the longest of any actor; NaN where not known. Shape (crises,).

    A simulated crisis is as long as the day on which it settled, its trigger being on day 0, so both mean the same.
    """
    longest: dict[float, float] = {}
    for crisis, days in zip(rows["crisno"].tolist(), rows["dur_days"].tolist(), strict=True):
        if math.isfinite(days):
            longest[crisis] = max(days, longest.get(crisis, 0.0))
    return np.array([longest.get(crisis, np.nan) for crisis in rows["crisno"][places].tolist()])


def _length_counts(violence: NDArray[np.int64], length: Floats) -> Floats:
    """Crises by violence short of war (rows) and class of length (cells)."""
    # A length that is not known would be put into the last class, as one without end rightly is.
    known = np.isfinite(length) | np.isposinf(length)
    classes = np.digitize(length, LENGTH_ENDS)
    cells = len(LENGTH_ENDS) + 1
    return np.array(
        [np.bincount(classes[known & (violence == v)], minlength=cells) for v in range(len(VIOLENCE) - 1)], float
    )


def _moments(group: NDArray[np.int64], violence: NDArray[np.int64], length: Floats) -> Floats:
    """Two tables as one: violence by trigger group, and length by violence; shape (groups + levels, cells)."""
    lengths = _length_counts(violence, length)
    table = np.zeros((len(TRIGGER_GROUPS) + len(lengths), lengths.shape[1]))
    for place in range(len(TRIGGER_GROUPS)):
        table[place, : len(VIOLENCE)] = np.bincount(violence[group == place], minlength=len(VIOLENCE))
    table[len(TRIGGER_GROUPS) :] = lengths
    return table


def _simulated_moments(rows: Covariates, violence: NDArray[np.int64], length: Floats) -> Floats:
    table = _moments(np.repeat(rows.group, violence.shape[1]), violence.ravel(), length.ravel())
    groups = len(TRIGGER_GROUPS)
    table[:groups, : len(VIOLENCE)] += SMOOTHING
    table[groups:] += SMOOTHING
    return np.asarray(table / table.sum(axis=1, keepdims=True))


@dataclass(frozen=True, slots=True)
class _Observed:
    """What the rows and pairs say, in the form in which it is fitted."""

    everyone: Covariates
    levels: NDArray[np.int64]
    crises: Covariates
    moments: Floats
    signals: FittedSignals

    @classmethod
    def of(cls, rows: Rows, pairs: Rows | None) -> _Observed:
        places = first_actors(rows)
        everyone = covariates(rows)
        crises = everyone.take(places)
        moments = _moments(crises.group, violence_level(rows, places), crisis_lengths(rows, places))
        moments[len(TRIGGER_GROUPS) :] *= LENGTH_WEIGHT
        return cls(everyone, response_level(rows), crises, moments, FittedSignals(pairs, kind_shares(everyone)))


def _fit_together(
    observed: _Observed,
    parameters: Mapping[str, float],
    start: Floats,
    *,
    runs: int,
    seed: int,
    steps: int,
    both_ways: bool,
    told: Callable[[], object],
) -> Mode:
    width = observed.moments.shape[1]
    # All tables are padded to the width of the widest; a cell that cannot come has the count 0 and bears on nothing.
    chosen = np.eye(width)[observed.levels]
    play = CourseBatches(observed.crises, runs=runs, seed=seed, past_war=False)
    respond = ResponseBatches(observed.everyone)

    def cells_of_some(places: Floats) -> Floats:
        for _ in places:
            told()
        sets = [moved(parameters, FITTED, z) for z in places]
        courses = play(sets)
        moments = [
            _simulated_moments(observed.crises, *of_set)
            for of_set in zip(courses.violence, courses.length, strict=True)
        ]
        responses = np.zeros((len(sets), observed.levels.size, width))
        responses[..., : len(LEVELS)] = respond(sets)
        return np.concatenate([np.stack(moments), responses, observed.signals.likely(sets, width)], axis=1)

    def cells(places: Floats) -> Floats:
        some = range(0, len(places), play.at_once)
        return np.concatenate([cells_of_some(places[first : first + play.at_once]) for first in some])

    counts = np.concatenate([observed.moments, chosen, observed.signals.counts(width)])
    return fisher_scoring(cells, counts, start, step=0.25, both_ways=both_ways, steps=steps, tolerance=0.3)


def fit_lags(rows: Rows) -> Values:
    """Medians and spread of the delay from trigger to response, by maximum likelihood.

    Delays are lognormal, and a response stands in the data on the nearest whole day: on the trigger's own day, those
    that took less than half of one. Read as days their logarithm has no value there, and as one day it loses the
    shortest. On the crises of 1918-1994 this gives medians of 5.2 days and, after violence, 2.6, and a spread of 1.9.
    """
    from scipy.optimize import minimize
    from scipy.special import ndtr

    days, violent = rows["resp_days"], rows["trigger"] == 9
    known = np.isfinite(days)
    # One delay gives no spread, and none no median.
    if (known & violent).sum() < 2 or (known & ~violent).sum() < 2:
        return {name: prior_means()[name] for name in informed_by("lag")}
    elapsed, after_violence = days[known], violent[known]
    ends = np.log(np.stack([np.maximum(elapsed - 0.5, SOONEST), elapsed + 0.5]))

    def unlikely(at: Floats) -> float:
        below, above = ndtr((ends - np.where(after_violence, at[1], at[0])) / math.exp(at[2]))
        # On the day of the trigger there is no lower end: all delays of less than half a day stand there.
        likely = np.where(elapsed > 0.0, above - below, above)
        return -float(np.log(np.maximum(likely, LEAST_LIKELY)).sum())

    begin = [math.log(prior_means()[name]) for name in informed_by("lag")]
    found = minimize(unlikely, begin, method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-8, "maxiter": 5000}).x
    return {name: math.exp(value) for name, value in zip(informed_by("lag"), found.tolist(), strict=True)}


def _starting_point(observed: _Observed, values: Values, start: int) -> Floats:
    """Place from which a fit starts; shape (parameters,)."""
    if start == 0:
        others = np.zeros(len(FITTED) - len(informed_by("response")))
        return np.concatenate([fit_responses(observed.everyone, observed.levels, values).z, others])
    return np.random.default_rng([STARTS_KEY, start]).normal(size=len(FITTED))


def fit_icb(
    rows: Rows,
    *,
    pairs: Rows | None = None,
    seed: int = 0,
    runs: int = 10,
    steps: int = STEPS,
    both_ways: bool = True,
    start: int = 0,
    told: Callable[[], object] | None = None,
) -> IcbFit:
    """Fit all parameters to crisis-actor rows, and to what followed signals.

    Responses by their exact likelihood, and whole crises by simulated moments on common random numbers
    [McFadden1989]_: two tables of counts, violence by trigger group and length by violence, whose distance is the
    likelihood of the counts. What followed signals counts by its exact likelihood, too. All are maximised together.

    Parameters
    ----------
    rows
        Crisis-actor rows.
    pairs
        Signal pairs; without them, what only signals tell stays at its prior.
    seed
        Seed of the simulated crises.
    runs
        Runs of each crisis in a simulation.
    steps
        Most steps of the fit; 0 for the responses alone.
    both_ways
        Whether slopes are differences to both sides.
    start
        Number of the place to start from: 0 is the mode of the responses alone; every other number is another draw from
        the prior.
    told
        Called before each simulation of the crises; what it raises ends the fit.

    Raises
    ------
    StudyError
        If there are too few rows.
    """
    if len(rows) < LEAST_ROWS or not first_actors(rows).size:
        raise StudyError(f"{rows.source}: {len(rows)} rows are too few to fit; {LEAST_ROWS} or more are needed")
    seed, runs, steps = whole_seed(seed), whole("runs", runs, least=1), whole("steps", steps)
    observed, start = _Observed.of(rows, pairs), whole("start", start)
    values = prior_means() | fit_lags(rows)
    begin = _starting_point(observed, values, start)
    how: dict[str, Any] = {"seed": seed, "runs": runs, "steps": steps, "both_ways": both_ways}
    return IcbFit.at(rows, _fit_together(observed, values, begin, **how, told=told or (lambda: None)))
