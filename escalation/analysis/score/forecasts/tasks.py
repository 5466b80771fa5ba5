"""What is forecast of crises, and how good the forecasts of all competitors are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.fit.crises.courses import VIOLENCE
from escalation.analysis.fit.crises.responses import LEVELS
from escalation.analysis.score.forecasts.folds import Split
from escalation.analysis.score.scores import SCORES, calibration_curve, cluster_difference, discrimination
from escalation.data.crisis_actors import response_level, violence_level
from escalation.data.rows import Rows
from escalation.estimates.estimate import Estimate
from escalation.estimates.html import table as html_table

__all__ = ["MODEL", "TASKS", "Forecast", "TaskScores", "levels_of", "scored"]

Floats = NDArray[np.float64]
Forecast = tuple[NDArray[np.int64], Floats]
"""Places of the rows scored, and the probability of each level there; shapes (cases,) and (cases, levels)."""

TASKS = {
    "response": ("level of the response: none or verbal, military, violent", len(LEVELS)),
    "violent-response": ("whether the response is violent", 2),
    "violence": ("highest violence of the crisis: none, minor, serious, war; crises not within a war", len(VIOLENCE)),
}
"""What is forecast, in words and in how many levels."""
MODEL = "model"


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


def levels_of(task: str, rows: Rows, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Level that came in each case."""
    if task == "violence":
        return violence_level(rows, places)
    levels = response_level(rows)[places]
    return levels if task == "response" else (levels == len(LEVELS) - 1).astype(np.int64)


def scored(
    task: str,
    rows: Rows,
    splits: Sequence[Sequence[Split]],
    forecasts: dict[str, list[Forecast]],
) -> TaskScores:
    """Scores averaged over repeats for each case, then over cases."""
    places = np.unique(np.concatenate([asked for asked, _ in next(iter(forecasts.values()))]))
    levels, clusters = levels_of(task, rows, places), rows["crisno"][places]
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
            # Each repeat is scored by itself: the mean of the forecasts of several repeats would score better than they
            # do.
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
