"""Competitors: the model and its rivals, each taught some rows and asked about others."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from escalation.analysis.fit.crises.courses import simulate_courses
from escalation.analysis.fit.crises.icb import IcbFit, fit_icb
from escalation.analysis.fit.crises.pieces import FitPieces, rows_hash
from escalation.analysis.fit.crises.responses import response_probabilities
from escalation.analysis.score.forecasts.folds import Split
from escalation.analysis.score.forecasts.rivals import RIVALS
from escalation.analysis.score.forecasts.tasks import MODEL, TASKS, Forecast, levels_of
from escalation.data.covariates import covariates
from escalation.data.crisis_actors import first_actors
from escalation.data.rows import Rows

__all__ = ["COMPETITORS", "COURSE_RUNS", "model_forecasts", "rival_forecast"]

COMPETITORS = (MODEL, *RIVALS)
COURSE_RUNS, FORECAST_RUNS = 5, 1000
"""Runs of each crisis while fitting in a fold, and when forecasting.

The noise of n runs adds a mean of p·(1 − p)/n over thresholds to a ranked probability score: at 60 runs 0.003, which is
more than what competitors differ by.
"""


def rival_forecast(name: str, task: str, rows: Rows, split: Split) -> Forecast:
    """Teach a rival, and forecast one task."""
    known, asked = np.flatnonzero(split[0]), np.flatnonzero(split[1])
    count = TASKS[task][1]
    if task == "violence":
        first = first_actors(rows)
        # Violence is that of a whole crisis, which counts once: by the row of its first actor.
        known, asked = np.intersect1d(known, first), np.intersect1d(asked, first)
    everyone = covariates(rows)
    levels = levels_of(task, rows, known)
    return asked, RIVALS[name](everyone.take(known), levels, everyone.take(asked), count)


def _fit(
    rows: Rows, pairs: Rows | None, *, seed: int, kept: FitPieces | None, told: Callable[[], object] | None
) -> IcbFit:
    """Fit the model, or take the fit to these rows and pairs from where fits are kept."""
    learnt = [rows_hash(table) for table in (rows, pairs) if table is not None]
    name = f"rows-{''.join(learnt)}-seed-{seed}"
    if kept is not None and (mode := kept.get(name)) is not None:
        return IcbFit.at(rows, mode)
    # From the mode of these rows' responses: the mode of the fit to all rows would know of those that are asked for.
    fit = fit_icb(rows, pairs=pairs, seed=seed, runs=COURSE_RUNS, both_ways=False, told=told)
    if kept is not None:
        kept.keep(name, fit.mode)
    return fit


def model_forecasts(
    rows: Rows,
    split: Split,
    tasks: Iterable[str],
    *,
    seed: int,
    pairs: Rows | None = None,
    kept: FitPieces | None = None,
    told: Callable[[], object] | None = None,
) -> dict[str, Forecast]:
    """Fit the model once to what may be learnt from, and forecast every task.

    Parameters
    ----------
    rows
        Crisis-actor rows.
    split
        Which of them may be learnt from, and which are asked for.
    tasks
        Names of what is forecast.
    seed
        Seed of simulated crises.
    pairs
        Signal pairs; those of the crises that may be learnt from are.
    kept
        Where finished fits are kept.
    told
        Called before each simulation of a fit; what it raises ends the fit.
    """
    wanted = set(tasks)
    learnt = rows.take(split[0])
    if pairs is not None:
        # Whole crises alone: a pair of a crisis that is asked about would tell how it went.
        pairs = pairs.take(np.isin(pairs["crisno"], learnt["crisno"]))
    fit = _fit(learnt, pairs, seed=seed, kept=kept, told=told)
    asked = np.flatnonzero(split[1])
    everyone = covariates(rows)
    found: dict[str, Forecast] = {}
    if wanted - {"violence"}:
        likely = response_probabilities(fit.parameters, everyone.take(asked))
        found["response"] = (asked, likely)
        found["violent-response"] = (asked, np.column_stack([likely[:, :-1].sum(axis=1), likely[:, -1]]))
    if "violence" in wanted:
        crises = np.intersect1d(asked, first_actors(rows))
        taken = everyone.take(crises)
        courses = simulate_courses(fit.parameters, taken, runs=FORECAST_RUNS, seed=seed, past_war=False)
        shares = courses.violence_probabilities()
        # A run in the place of each level's share overall keeps a level that no run reached from being impossible.
        found["violence"] = (crises, (FORECAST_RUNS * shares + shares.mean(axis=0)) / (FORECAST_RUNS + 1.0))
    return {task: found[task] for task in wanted}
