"""Forecasts of crises out of sample: the model and its rivals, on the same folds and rows.

Every competitor sees the covariates of `escalation.data.covariates` and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from escalation.analysis.score.forecasts.competitors import COMPETITORS, model_forecasts, rival_forecast
from escalation.analysis.score.forecasts.folds import Split, grouped_folds, together
from escalation.analysis.score.forecasts.tasks import MODEL, TASKS, Forecast, TaskScores, scored
from escalation.data.rows import Rows
from escalation.errors import StudyError
from escalation.estimates.html import table as html_table
from escalation.whole_numbers import whole, whole_seed
from escalation.world.near import near

__all__ = ["Forecasts", "forecast", "over_seeds"]


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
    progress: bool | None = None,
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
    progress
        Whether to show a progress bar; by default on a terminal, once the work is long.

    Returns
    -------
    Forecasts
        Scores by design and task, with paired differences from the model where it takes part.

    Raises
    ------
    StudyError
        If a name is not known, or a design cannot be had from these rows.

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
    from escalation.montecarlo.progress import Progress

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
    total = sum(len(repeat) for _, splits in designs.values() for repeat in splits)
    with Progress(total, show=progress) as bar:
        found = {
            name: _design(
                table,
                splits,
                tasks,
                competitors,
                seed=seed,
                pairs=pairs,
                told=lambda: bar.advance(1),
            )
            for name, (table, splits) in designs.items()
        }
    read = next(iter(designs.values()))[0] if held_out is not None else rows
    return Forecasts(read.source, read.version, found, read.notes)


def _design(
    rows: Rows,
    splits: Sequence[Sequence[Split]],
    tasks: Sequence[str],
    competitors: Sequence[str],
    *,
    seed: int,
    pairs: Rows | None,
    told: Callable[[], None],
) -> dict[str, TaskScores]:
    forecasts: dict[str, dict[str, list[Forecast]]] = {task: {name: [] for name in competitors} for task in tasks}
    for repeat in splits:
        for split in repeat:
            for name in competitors:
                if name == MODEL:
                    for task, found in model_forecasts(rows, split, tasks, seed=seed, pairs=pairs).items():
                        forecasts[task][name].append(found)
                else:
                    for task in tasks:
                        forecasts[task][name].append(rival_forecast(name, task, rows, split))
            told()
    return {task: scored(task, rows, splits, forecasts[task]) for task in tasks}


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
