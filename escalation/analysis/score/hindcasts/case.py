"""One crisis of the past: forecast from its information date, and scored on what happened."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.score.hindcasts.happened import Happened, happened, scored_fronts
from escalation.analysis.score.hindcasts.questions import Question, front_question, questions
from escalation.analysis.score.scores import days_score, place_of_day, place_of_level
from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate
from escalation.estimates.proportion import proportion
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.provenance import study_head
from escalation.world.event import Observed
from escalation.world.front import actor_and_target
from escalation.world.scenario import Scenario

__all__ = ["FrontHindcast", "Hindcast", "check_observed", "hindcast_of"]

QUANTILES = (0.05, 0.5, 0.95)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FrontHindcast:
    """One front: how far it went, and when force was first used on it, by its actor or in a war of the two.

    Parameters
    ----------
    question
        How far it went.
    force_day
        Day of the first force, infinite where there was none.
    quantiles
        Days by which a twentieth, half and nineteen twentieths of the runs had one, infinite where fewer ever had.
    probability
        Share of runs with one by the horizon.
    score
        Score of the date, see `escalation.analysis.score.scores.days_score`.
    place
        Randomised place of the date among the runs.
    """

    question: Question
    force_day: float
    quantiles: tuple[float, float, float]
    probability: Estimate
    score: float
    place: float

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as ``--json`` prints it; none for never."""
        days = {f"{q:g}": _finite(day) for q, day in zip(QUANTILES, self.quantiles, strict=True)}
        return {
            **self.question.to_dict(),
            "first_force": {
                "observed_day": _finite(self.force_day),
                "forecast_days": days,
                "probability": self.probability.to_dict(),
                "score": self.score,
                "place": self.place,
            },
        }


@dataclass(frozen=True, slots=True)
class Hindcast:
    """One crisis: what was forecast, what happened, and how the two agree.

    Parameters
    ----------
    scenario
        The crisis.
    runs, seed
        How it was forecast.
    course
        What happened.
    questions
        Questions about the whole crisis, by name.
    fronts
        Fronts by id.
    place
        Randomised place of the peak rung among the runs.
    """

    scenario: Scenario
    runs: int
    seed: int
    course: Happened
    questions: dict[str, Question]
    fronts: dict[str, FrontHindcast]
    place: float

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as ``--json`` prints it."""
        as_of, course = self.scenario.as_of, self.course
        return {
            **study_head(self.scenario, seed=self.seed, runs=self.runs),
            "as_of": None if as_of is None else str(as_of),
            "horizon_days": float(self.scenario.horizon),
            "questions": {name: question.to_dict() for name, question in self.questions.items()},
            "fronts": {front: found.to_dict() for front, found in self.fronts.items()},
            "place_of_peak": self.place,
            "observed": {
                "scored": _acts(course.scored),
                "outside_window": _acts(course.outside_window),
                "at_or_below_baseline": _acts(course.unnoticed),
                "not_producible": _acts(course.impossible),
            },
        }


def hindcast_of(ensemble: Ensemble, *, number: int = 0) -> Hindcast:
    """Score runs that were made already.

    Parameters
    ----------
    ensemble
        Runs of a scenario with observed acts.
    number
        Number of the case, which keys the draws by which ties among runs are broken.

    Raises
    ------
    StudyError
        If the scenario has no observed acts.
    """
    check_observed(ensemble.scenario)
    course = happened(ensemble.scenario, ensemble.axes)
    random = np.random.default_rng([ensemble.seed, number])
    asked = questions(ensemble, course)
    # One draw for the peak, then one for each front: the order fixes which draw is whose.
    place = place_of_level(asked["peak"].shares, asked["peak"].came, float(random.random()))
    fronts = {
        front: _front(ensemble, course, front, float(random.random()))
        for front in scored_fronts(ensemble.scenario, ensemble.axes)
    }
    return Hindcast(ensemble.scenario, ensemble.runs, ensemble.seed, course, asked, fronts, place)


def _front(ensemble: Ensemble, course: Happened, front: str, uniform: float) -> FrontHindcast:
    days, came = _force_days(ensemble, front), course.force_days[front]
    horizon = ensemble.horizon_days
    low, middle, high = (float(day) for day in np.quantile(days, QUANTILES, method="inverted_cdf"))
    return FrontHindcast(
        question=front_question(ensemble, course, front),
        force_day=came,
        quantiles=(low, middle, high),
        probability=proportion(int(np.isfinite(days).sum()), days.size, event="force"),
        score=days_score(days, came, horizon=horizon),
        place=place_of_day(days, came, uniform, horizon=horizon),
    )


def _force_days(ensemble: Ensemble, front: str) -> Floats:
    """Day on which force was first used on a front in each run, chosen or in a war however it came; infinite for never.

    A war is scored as what happened is: for both sides.
    """
    actor, target = actor_and_target(front)
    chosen = ensemble.first_day("initiation", actor=actor, target=target)
    war = ensemble.first_day(f"rung:{ensemble.scenario.ladder.names[-1]}", actor=actor, target=target)
    return np.minimum(chosen, war)


def check_observed(scenario: Scenario) -> None:
    """Refuse a scenario with nothing to score.

    Raises
    ------
    StudyError
        If it has no observed acts.
    """
    if not scenario.observed:
        raise StudyError(f"{scenario.name}: has no observed acts to score; say what happened as [[observed]]")


def _acts(acts: Sequence[Observed]) -> list[dict[str, Any]]:
    return [{"date": str(a.date), "actor": a.actor, "target": a.target, "rung": a.rung} for a in acts]


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
