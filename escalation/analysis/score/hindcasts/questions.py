"""Questions of a hindcast: ordered levels, the share of runs at each, the level that came, and what rivals say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.fit.crises.courses import VIOLENCE as VIOLENCE_LEVELS
from escalation.analysis.score.hindcasts.happened import Happened, role_rungs, scored_fronts, violence_of
from escalation.analysis.score.scores import brier_score, honest_shares, log_score, ranked_probability_score
from escalation.data.base_rates import HOSTILITY, VIOLENCE
from escalation.montecarlo.ensemble import Ensemble
from escalation.world.front import actor_and_target
from escalation.world.ladder import Role
from escalation.world.scenario import Scenario

__all__ = ["SCORES", "Question", "front_question", "questions"]

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

SCORES: dict[str, Callable[[Floats, Counts], Floats]] = {
    "brier": brier_score,
    "rps": ranked_probability_score,
    "log": log_score,
}
FRONT_LEVELS = ("below force", "limited force", "major force", "war")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a crisis, what the runs say, and what came.

    Parameters
    ----------
    name
        Name of the question.
    levels
        The levels, lowest first.
    counts
        Number of runs at each level; shape (level,).
    came
        Place of the level that came.
    rivals
        What rivals forecast, by their names; each of shape (level,).
    """

    name: str
    levels: tuple[str, ...]
    counts: Counts
    came: int
    rivals: Mapping[str, Floats] = field(default_factory=dict)

    @property
    def shares(self) -> Floats:
        """Share of runs at each level, shape (level,)."""
        return np.asarray(self.counts / self.counts.sum())

    @property
    def first_score(self) -> str:
        """Score by which it is judged first: Brier's for two levels, the ranked probability score for more."""
        return "brier" if len(self.levels) == 2 else "rps"

    def score(self, which: str, rival: str | None = None) -> float:
        """Score of the runs' forecast, or of a rival's; lower is better.

        The logarithmic score is of honest shares, for rivals too that count nothing at a level.

        Parameters
        ----------
        which
            ``"brier"`` (of the highest level), ``"rps"`` or ``"log"``.
        rival
            Name of the rival; the runs where none is given.
        """
        shares = self.shares if rival is None else self.rivals[rival]
        if which == "log":
            shares = honest_shares(shares * self.counts.sum())
        return float(SCORES[which](shares[np.newaxis], np.array([self.came]))[0])

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as ``--json`` prints it."""
        return {
            "forecast": dict(zip(self.levels, self.shares.tolist(), strict=True)),
            "observed": self.levels[self.came],
            "scores": {
                name: {which: self.score(which, rival) for which in (self.first_score, "log")}
                for name, rival in (("model", None), *((rival, rival) for rival in self.rivals))
            },
        }


def questions(ensemble: Ensemble, course: Happened) -> dict[str, Question]:
    """Questions about a whole crisis: peak rung, violence, hostility, initiation, war, and what else the file codes.

    Whether there was an agreement is asked where actors can conciliate and some entry of `observed` that is no
    concession stands on the rung of restraint. A file without one does not say that there was none. Whether there was a
    concession is asked likewise, where some entry is one.

    Parameters
    ----------
    ensemble
        Runs of the scenario.
    course
        What happened.
    """
    rungs, names = role_rungs(ensemble.scenario), ensemble.scenario.ladder.names
    force, major, war = rungs[Role.FORCE], rungs[Role.MAJOR], rungs[Role.WAR]
    peak = ensemble.peak().astype(np.int64)
    alike = np.full(len(names), 1.0 / len(names))
    violence = violence_of(course.levels, force=force, major=major, war=war)
    found = [
        _counted("peak", names, peak, course.peak, {"uniform": alike}),
        _counted("violence", VIOLENCE_LEVELS, _violence(ensemble), violence, {"ICB": VIOLENCE.shares}),
    ]
    # A ladder need not say to which level of hostility each of its rungs belongs.
    codes = [rung.mid for rung in ensemble.scenario.ladder.rungs]
    if all(code is not None for code in codes):
        mid = np.array([int(code or 1) - 1 for code in codes])
        rival = {"MID": HOSTILITY.shares}
        found.append(_counted("hostility", HOSTILITY.levels, mid[peak], int(mid[course.peak]), rival))
    for name, event, least, icb, level in (
        ("initiation", "initiation", force, "minor clashes", "use of force"),
        ("war", "war", war, "war", "war"),
    ):
        rivals = {"ICB": VIOLENCE.from_level(icb), "MID": HOSTILITY.from_level(level)}
        happens = ensemble.occurs(event).astype(np.int64)
        found.append(_counted(name, ("no", "yes"), happens, int(course.peak >= least), rivals))
    for name, came in (("agreement", course.agreed), ("concession", course.conceded)):
        if ensemble.axes.conciliation and name in _coded(ensemble.scenario):
            happens = ensemble.occurs(name).astype(np.int64)
            found.append(_counted(name, ("no", "yes"), happens, int(came), {}))
    return {question.name: question for question in found}


def _coded(scenario: Scenario) -> set[str]:
    """What the file says something of by its entries on the rung of restraint: agreements, concessions."""
    least = scenario.ladder.names[0]
    return {"concession" if act.concession else "agreement" for act in scenario.observed if act.rung == least}


def front_question(ensemble: Ensemble, course: Happened, front: str) -> Question:
    """How far a front went: below force, limited force, major force, war."""
    actor, target = actor_and_target(front)
    rungs = role_rungs(ensemble.scenario)
    bounds = np.array([rungs[Role.FORCE], rungs[Role.MAJOR], rungs[Role.WAR]])
    levels = np.searchsorted(bounds, ensemble.peak(actor=actor, target=target), side="right")
    came = int(np.searchsorted(bounds, course.levels[front], side="right"))
    return _counted(front, FRONT_LEVELS, levels, came, {})


def _counted(
    name: str, levels: tuple[str, ...], reached: NDArray[Any], came: int, rivals: Mapping[str, Floats]
) -> Question:
    return Question(name, levels, np.bincount(reached, minlength=len(levels)), came, rivals)


def _violence(ensemble: Ensemble) -> Counts:
    """Level of violence of each run, by the rule of `happened.violence_of`; shape (run,)."""
    crossed, ids = ensemble.outcomes["crossed"], ensemble.front_ids
    rungs = role_rungs(ensemble.scenario)
    fronts = [ids.index(front) for front in scored_fronts(ensemble.scenario, ensemble.axes)]
    struck = crossed[:, :, rungs[Role.FORCE]] >= 0
    hard = (crossed[:, fronts, rungs[Role.MAJOR]] >= 0).any(axis=1)
    reverse = [ids.index("-".join(reversed(actor_and_target(ids[front])))) for front in fronts]
    both = (struck[:, fronts] & struck[:, reverse]).any(axis=1)
    level = struck[:, fronts].any(axis=1).astype(np.int64) + (both | hard)
    return np.where(ensemble.occurs("war"), len(VIOLENCE_LEVELS) - 1, level)
