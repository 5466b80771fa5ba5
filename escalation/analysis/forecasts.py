"""Forecasts of crises out of sample: the model and its rivals, on the same folds and rows.

Every competitor sees the covariates of `escalation.data.covariates` and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.calibration_icb import fit_icb
from escalation.analysis.crisis_courses import VIOLENCE, simulate_courses
from escalation.analysis.response_likelihood import LEVELS, response_probabilities
from escalation.analysis.rivals import RIVALS
from escalation.analysis.scores import SCORES, calibration_curve, cluster_difference, discrimination
from escalation.data.covariates import covariates
from escalation.data.crisis_actors import first_actors, response_level, violence_level
from escalation.data.rows import Rows
from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate
from escalation.estimates.html import table as html_table

__all__ = ["COMPETITORS", "TASKS", "Forecasts", "TaskScores", "forecast", "grouped_folds"]

Floats = NDArray[np.float64]
Levels = NDArray[np.int64]
Split = tuple[NDArray[np.bool_], NDArray[np.bool_]]

TASKS = {
    "response": ("level of the response: none or verbal, military, violent", len(LEVELS)),
    "violent-response": ("whether the response is violent", 2),
    "violence": ("highest violence of the crisis: none, minor, serious, war; crises not within a war", len(VIOLENCE)),
}
"""What is forecast, in words and in how many levels."""
MODEL = "model"
COMPETITORS = (MODEL, *RIVALS)
COURSE_RUNS, FORECAST_RUNS = 5, 1000
"""Runs of each crisis while fitting in a fold, and when forecasting.

The noise of n runs adds a mean of p·(1 − p)/n over thresholds to a ranked probability score: at 60 runs 0.003, which is
more than what competitors differ by.
"""


@dataclass(frozen=True)
class TaskScores:
    """Scores of all competitors at one task.

    Parameters
    ----------
    task
        Name of the task.
    n, clusters
        Number of cases, and of crises they belong to.
    scores
        Mean score by competitor and name of the score; `discrimination` among them, where higher is better.
    differences
        Model less rival, by rival and name of the score, with the interval of a paired bootstrap over crises.
    calibration
        By competitor: mean forecast and observed frequency of the highest level, in bins.
    """

    task: str
    n: int
    clusters: int
    scores: dict[str, dict[str, float]]
    differences: dict[str, dict[str, Estimate]] = field(default_factory=dict)
    calibration: dict[str, list[tuple[float, Estimate]]] = field(default_factory=dict)

    def table(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Head and rows of a table as text, a competitor a row."""
        shown = ("brier", "log", "rps", "discrimination")
        return ("competitor", "Brier", "log", "RPS", "discrimination", "RPS, model less this"), [
            (
                name,
                *(f"{scores[score]:.4f}" for score in shown),
                self.differences[name]["rps"].number_text() if name in self.differences else "",
            )
            for name, scores in self.scores.items()
        ]

    @property
    def title(self) -> str:
        """What was forecast, and of how many cases."""
        return f"{TASKS[self.task][0]} ({self.n} cases of {self.clusters} crises)"

    def _repr_html_(self) -> str:
        return html_table(*self.table(), caption=self.title)

    def summary(self) -> dict[str, object]:
        """Plain data, as ``--json`` prints it."""
        return {
            "what": TASKS[self.task][0],
            "n": self.n,
            "crises": self.clusters,
            "scores": self.scores,
            "differences": {
                rival: {name: estimate.to_dict() for name, estimate in of.items()}
                for rival, of in self.differences.items()
            },
            "calibration": {
                name: [{"forecast": mean, **observed.to_dict()} for mean, observed in curve]
                for name, curve in self.calibration.items()
            },
        }


@dataclass(frozen=True)
class Forecasts:
    """Scores of the model and its rivals.

    Parameters
    ----------
    source
        File that the rows come from.
    version
        Name and version of the data.
    designs
        Scores by design (``folds``, ``out-of-time`` or ``held-out``) and task.

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
        return {"table": self.source, "data": self.version, "designs": designs}


def grouped_folds(clusters: Floats, *, folds: int, repeats: int, seed: int) -> list[list[Split]]:
    """Masks of rows to learn from and rows to score, whole clusters together: a list of splits for each repeat.

    Raises
    ------
    StudyError
        If there are fewer than two folds, or fewer clusters than folds.
    """
    names = np.unique(clusters)
    if folds < 2 or repeats < 1 or names.size < folds:
        raise StudyError(
            f"{folds} folds × {repeats} of {names.size} crises: take 2 folds or more, at most one a crisis"
        )
    rng = np.random.default_rng(seed)
    designs = []
    for _ in range(repeats):
        fold_of = dict(zip(rng.permutation(names).tolist(), np.arange(names.size) % folds, strict=True))
        fold = np.array([fold_of[cluster] for cluster in clusters.tolist()])
        designs.append([(fold != k, fold == k) for k in range(folds)])
    return designs


def _rival_forecasts(name: str, task: str, rows: Rows, split: Split) -> tuple[NDArray[np.int64], Floats]:
    """Places of the rows scored, and what a rival gives each level."""
    known, asked = np.flatnonzero(split[0]), np.flatnonzero(split[1])
    count = TASKS[task][1]
    if task == "violence":
        first = first_actors(rows)
        known, asked = np.intersect1d(known, first), np.intersect1d(asked, first)
    everyone = covariates(rows)
    levels = _levels(task, rows, known)
    return asked, RIVALS[name](everyone.take(known), levels, everyone.take(asked), count)


def _levels(task: str, rows: Rows, places: NDArray[np.int64]) -> Levels:
    if task == "violence":
        return violence_level(rows, places)
    levels = response_level(rows)[places]
    return levels if task == "response" else (levels == len(LEVELS) - 1).astype(np.int64)


def _model_forecasts(
    rows: Rows, split: Split, tasks: Iterable[str], seed: int
) -> dict[str, tuple[NDArray[np.int64], Floats]]:
    """Fit the model once to what may be learnt from, and forecast every task."""
    wanted = set(tasks)
    fit = fit_icb(
        rows.take(split[0]), seed=seed, runs=COURSE_RUNS, steps=3 if "violence" in wanted else 0, both_ways=False
    )
    asked = np.flatnonzero(split[1])
    everyone = covariates(rows)
    found: dict[str, tuple[NDArray[np.int64], Floats]] = {}
    if wanted - {"violence"}:
        likely = response_probabilities(fit.parameters, everyone.take(asked))
        found["response"] = (asked, likely)
        found["violent-response"] = (asked, np.column_stack([likely[:, :-1].sum(axis=1), likely[:, -1]]))
    if "violence" in wanted:
        crises = np.intersect1d(asked, first_actors(rows))
        courses = simulate_courses(fit.parameters, everyone.take(crises), runs=FORECAST_RUNS, seed=seed)
        shares = courses.violence_probabilities()
        # A run in the place of each level's share overall keeps a level that no run reached from being impossible.
        found["violence"] = (crises, (FORECAST_RUNS * shares + shares.mean(axis=0)) / (FORECAST_RUNS + 1.0))
    return {task: found[task] for task in wanted}


def _score(
    task: str,
    rows: Rows,
    splits: Sequence[Sequence[Split]],
    forecasts: dict[str, list[tuple[NDArray[np.int64], Floats]]],
) -> TaskScores:
    """Scores averaged over repeats for each case, then over cases."""
    places = np.unique(np.concatenate([asked for asked, _ in next(iter(forecasts.values()))]))
    levels, clusters = _levels(task, rows, places), rows["crisno"][places]
    repeats = len(splits)
    means: dict[str, Floats] = {}
    by_case: dict[str, dict[str, Floats]] = {}
    ranks: dict[str, float] = {}
    for name, parts in forecasts.items():
        total, ranked = np.zeros((places.size, TASKS[task][1])), []
        scores = {score: np.zeros(places.size) for score in SCORES}
        size = len(parts) // repeats
        for r in range(repeats):
            mine = parts[r * size : (r + 1) * size]
            one = np.zeros_like(total)
            for asked, likely in mine:
                one[np.searchsorted(places, asked)] = likely
            for score, function in SCORES.items():
                scores[score] += function(one, levels) / repeats
            ranked.append(discrimination(one, levels))
            total += one / repeats
        means[name], by_case[name], ranks[name] = total, scores, float(np.mean(ranked))
    return TaskScores(
        task=task,
        n=places.size,
        clusters=np.unique(clusters).size,
        scores={
            name: {**{score: float(values.mean()) for score, values in scores.items()}, "discrimination": ranks[name]}
            for name, scores in by_case.items()
        },
        differences={
            name: {score: cluster_difference(by_case[MODEL][score], by_case[name][score], clusters) for score in SCORES}
            for name in by_case
            if MODEL in by_case and name != MODEL
        },
        calibration={
            name: [
                (bin_.forecast, bin_.observed) for bin_ in calibration_curve(mean[:, -1], levels == TASKS[task][1] - 1)
            ]
            for name, mean in means.items()
        },
    )


def _design(
    rows: Rows,
    splits: Sequence[Sequence[Split]],
    tasks: Sequence[str],
    competitors: Sequence[str],
    seed: int,
    told: Callable[[], None],
) -> dict[str, TaskScores]:
    forecasts: dict[str, dict[str, list[tuple[NDArray[np.int64], Floats]]]] = {
        task: {name: [] for name in competitors} for task in tasks
    }
    for repeat in splits:
        for split in repeat:
            for name in competitors:
                if name == MODEL:
                    for task, found in _model_forecasts(rows, split, tasks, seed).items():
                        forecasts[task][name].append(found)
                else:
                    for task in tasks:
                        forecasts[task][name].append(_rival_forecasts(name, task, rows, split))
            told()
    return {task: _score(task, rows, splits, forecasts[task]) for task in tasks}


def forecast(
    rows: Rows,
    *,
    folds: int = 5,
    repeats: int = 4,
    learn_until: int | None = 1979,
    held_out: Rows | None = None,
    tasks: Sequence[str] = tuple(TASKS),
    competitors: Sequence[str] = COMPETITORS,
    seed: int = 0,
    progress: bool | None = None,
) -> Forecasts:
    """Refit the model and its rivals and score them on rows they have not seen.

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

    for given, known in ((tasks, TASKS), (competitors, COMPETITORS)):
        strange = [name for name in given if name not in known]
        if strange or not given:
            raise StudyError(f"{strange[0] if strange else 'nothing'} is not one of {', '.join(known)}")
    designs: dict[str, tuple[Rows, list[list[Split]]]] = {}
    if held_out is not None:
        both = _together(rows, held_out)
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
            name: _design(table, splits, tasks, competitors, seed, lambda: bar.advance(1))
            for name, (table, splits) in designs.items()
        }
    return Forecasts(rows.source if held_out is None else held_out.source, rows.version, found)


def _together(rows: Rows, others: Rows) -> Rows:
    shared = set(rows["crisno"].tolist()) & set(others["crisno"].tolist())
    if shared:
        raise StudyError(
            f"{others.source}: crisis {min(shared):g} is also in {rows.source}; rows kept aside must be others"
        )
    columns = {name: np.concatenate([rows[name], others[name]]) for name in rows.columns}
    return Rows(columns, f"{rows.source} + {others.source}", rows.version)
