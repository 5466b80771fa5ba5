"""Forecasts of crises out of sample: the model and its rivals, on the same folds and rows.

Every competitor sees the covariates of `escalation.data.covariates` and nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from escalation.analysis.fit.crises.pieces import FitPieces
from escalation.analysis.score.forecasts.competitors import (
    COMPETITORS,
    COURSE_RUNS,
    model_forecasts,
    rival_forecast,
)
from escalation.analysis.score.forecasts.folds import Split, grouped_folds, together
from escalation.analysis.score.forecasts.tasks import MODEL, TASKS, Forecast, TaskScores, scored
from escalation.data.rows import Rows
from escalation.errors import StudyError
from escalation.estimates.html import table as html_table
from escalation.files.study_key import forecast_key
from escalation.montecarlo.pool import Crew
from escalation.montecarlo.progress import Hook
from escalation.whole_numbers import whole, whole_seed
from escalation.world.near import near

__all__ = ["Forecasts", "forecast", "over_seeds"]

_OfSplit = dict[str, dict[str, Forecast]]
"""What competitors forecast of one split, by task and name."""


@dataclass(frozen=True)
class Forecasts:
    """Scores of the model and its rivals.

    Parameters
    ----------
    source
        File that the rows come from; two, where those that are scored come from another.
    version
        Name and version of the data in it.
    designs
        Scores by design (``folds``, ``out-of-time`` or ``held-out``) and task.
    notes
        What a reader should be told of how the rows were read.

    Examples
    --------
    >>> half = {"climatology": dict.fromkeys(("brier", "log", "rps", "discrimination"), 0.5)}
    >>> found = Forecasts(
    ...     "crises.csv", "made up", {"folds": {"violent-response": TaskScores("violent-response", 200, 100, half)}}
    ... )
    >>> found.designs["folds"]["violent-response"].title
    'whether the response is violent (200 cases of 100 crises)'
    """

    source: str
    version: str
    designs: dict[str, dict[str, TaskScores]]
    notes: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        return "".join(
            html_table(*scores.table(), caption=f"{design}: {scores.title}")
            for design, tasks in self.designs.items()
            for scores in tasks.values()
        )

    def summary(self) -> dict[str, object]:
        """Plain data, as ``--json`` prints it.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        designs = {
            design: {task: scores.summary() for task, scores in tasks.items()} for design, tasks in self.designs.items()
        }
        return {"table": self.source, "data": self.version, "notes": list(self.notes), "designs": designs}


def forecast(
    rows: Rows,
    *,
    folds: int = 5,
    repeats: int = 4,
    learn_until: int | None = 1979,
    held_out: Rows | None = None,
    pairs: Rows | None = None,
    tasks: Sequence[str] = tuple(TASKS),
    competitors: Sequence[str] = COMPETITORS,
    seed: int = 0,
    store: str | os.PathLike[str] | None = None,
    workers: int | None = None,
    progress: bool | Hook | None = None,
) -> Forecasts:
    """Refit the model and its rivals and score them on rows they have not seen.

    Each fit of the model begins at the mode of the responses that it may learn from: nothing of the rows that are
    scored can reach it.

    Parameters
    ----------
    rows
        Crisis-actor rows.
    folds, repeats
        Grouped folds, whole crises together, and how often to draw them anew; 0 folds to leave them out.
    learn_until
        Last year to learn from in the out-of-time design, which scores all later rows; None to leave it out.
    held_out
        Rows kept aside: everything is learnt from `rows` and scored on these alone.
    pairs
        Signal pairs: the model learns from those of the crises that it may learn from.
    tasks, competitors
        Names from `TASKS` and `COMPETITORS`.
    seed
        Seed of the folds and of simulated crises.
    store
        Folder that keeps each finished fit of the model; those that it has are not made again. After Ctrl-C, or
        whatever else ended the process, the same call goes on from it.
    workers
        Threads; by default one for each core. Never changes results.
    progress
        Whether to show a progress bar; by default on a terminal, once the work is long. Or a function that is told how
        many splits are done, and how many there are.

    Returns
    -------
    Forecasts
        Scores by design and task, with paired differences from the model where it takes part.

    Raises
    ------
    StudyError
        If a name is not known, a number is not allowed, or a design cannot be had from these rows.
    StoreError
        If the folder cannot be used, or holds fits of another study.

    Examples
    --------
    >>> from escalation.data.crisis_actors import INPUTS
    >>> rng, places = np.random.default_rng(1), np.arange(60.0)
    >>> crises = {name: rng.integers(1, 6, 60).astype(float) for name in (*INPUTS, "response")}
    >>> crises |= {
    ...     "crisno": places,
    ...     "year": 1950.0 + places,
    ...     "trig_entity": np.full(60, "state"),
    ...     "cap_share": rng.random(60),
    ... }
    >>> rows = Rows(crises, "crises.csv", "made up")
    >>> found = forecast(rows, tasks=["response"], competitors=["climatology", "trigger-rate"], progress=False)
    >>> list(found.designs)
    ['folds', 'out-of-time']
    """
    for given, known, what in ((tasks, TASKS, "task"), (competitors, COMPETITORS, "competitor")):
        strange = [name for name in given if name not in known]
        if strange or not given:
            unknown = f"there is no {what} {strange[0]!r}" if strange else f"no {what} is given"
            raise StudyError(f"{unknown}{near(strange[0] if strange else '', known)}")
    folds, repeats, seed = whole("folds", folds), whole("repeats", repeats, least=1), whole_seed(seed)
    designs: dict[str, tuple[Rows, list[list[Split]]]] = {}
    if held_out is not None:
        both = together(rows, held_out)
        learn = np.arange(len(both)) < len(rows)
        designs["held-out"] = (both, [[(learn, ~learn)]])
    else:
        if folds:
            designs["folds"] = (rows, grouped_folds(rows["crisno"], folds=folds, repeats=repeats, seed=seed))
        if learn_until is not None:
            early = rows["year"] <= learn_until
            if early.all() or not early.any():
                raise StudyError(f"{rows.source}: no rows before or no rows after {learn_until}; give another year")
            designs["out-of-time"] = (rows, [[(early, ~early)]])
    if not designs:
        raise StudyError("nothing is to be scored: give folds, a last year to learn from, or rows that were kept aside")
    kept = None if store is None else FitPieces(Path(store), forecast_key(runs=COURSE_RUNS))
    pieces = [(name, split) for name, (_, splits) in designs.items() for repeat in splits for split in repeat]

    def forecasts(piece: tuple[str, Split]) -> _OfSplit:
        design, split = piece
        return _forecasts(
            designs[design][0], split, tasks, competitors, seed=seed, pairs=pairs, kept=kept, told=crew.go_on
        )

    with Crew(len(pieces), workers=workers, progress=progress) as crew:
        made = zip(pieces, crew.play(forecasts, pieces, runs=lambda _: 1), strict=True)
    of_design: dict[str, list[_OfSplit]] = {name: [] for name in designs}
    for (name, _), of_split in made:
        of_design[name].append(of_split)
    found = {
        name: {
            task: scored(
                task, table, splits, {rival: [of[task][rival] for of in of_design[name]] for rival in competitors}
            )
            for task in tasks
        }
        for name, (table, splits) in designs.items()
    }
    read = next(iter(designs.values()))[0] if held_out is not None else rows
    return Forecasts(read.source, read.version, found, read.notes)


def _forecasts(
    rows: Rows,
    split: Split,
    tasks: Sequence[str],
    competitors: Sequence[str],
    *,
    seed: int,
    pairs: Rows | None,
    kept: FitPieces | None,
    told: Callable[[], object],
) -> _OfSplit:
    """Teach every competitor what may be learnt from, and let it forecast the rest."""
    found: _OfSplit = {task: {} for task in tasks}
    for name in competitors:
        if name == MODEL:
            of_model = model_forecasts(rows, split, tasks, seed=seed, pairs=pairs, kept=kept, told=told)
            for task in tasks:
                found[task][name] = of_model[task]
        else:
            told()
            for task in tasks:
                found[task][name] = rival_forecast(name, task, rows, split)
    return found


def over_seeds(every: Sequence[Forecasts]) -> dict[str, Any]:
    """Mean, least and greatest of each score over forecasts that differ in their seed.

    Parameters
    ----------
    every
        Forecasts of the same designs, tasks and competitors.

    Returns
    -------
    dict
        By design, task, competitor and score: ``mean``, ``least`` and ``greatest``.
    """
    first = every[0].designs
    return {
        design: {
            task: {
                name: {
                    score: _spread([one.designs[design][task].scores[name][score] for one in every])
                    for score in of_name
                }
                for name, of_name in scores.scores.items()
            }
            for task, scores in tasks.items()
        }
        for design, tasks in first.items()
    }


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {"mean": float(np.mean(values)), "least": min(values), "greatest": max(values)}
