"""Hindcasts: crises of the past, forecast from their information dates and scored on what happened."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.score.hindcasts.case import Hindcast, check_observed, hindcast_of
from escalation.analysis.score.hindcasts.questions import Question
from escalation.analysis.score.scores import cluster_difference, skill
from escalation.data.fits import load_fit
from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate
from escalation.estimates.html import table
from escalation.files import library_names, load
from escalation.montecarlo.runner import finished, run
from escalation.world.plain_words import rung_words
from escalation.world.scenario import Scenario

__all__ = ["BINS", "Hindcasts", "hindcast"]

BINS = 5
"""Bins of a histogram of places."""


@dataclass(frozen=True, slots=True, repr=False)
class Hindcasts:
    """Several crises, with their scores together.

    Parameters
    ----------
    cases
        The crises, by the names of their scenarios.

    Examples
    --------
    >>> study = hindcast(["cuba-1962", "pulwama-2019"], runs=100, seed=1, progress=False)
    >>> study.question_names
    ('peak', 'violence', 'hostility', 'initiation', 'war')
    >>> study.scores("peak").shape
    (2,)
    """

    cases: dict[str, Hindcast]

    @classmethod
    def of(cls, cases: Sequence[Hindcast]) -> Self:
        """Put crises together, and from two on add the rival ``hindsight`` at the questions that all of them answer.

        It forecasts in each crisis how often each level came in all of them: of the forecasts that are the same for
        every crisis the best, and known only afterwards. Whoever beats it tells these crises apart.

        Parameters
        ----------
        cases
            Hindcasts of single crises, whose scenarios have different names.

        Returns
        -------
        Hindcasts
            All of them.
        """
        return cls({case.scenario.name: _with_hindsight(case, cases) for case in cases})

    @property
    def note(self) -> str:
        """What these scores cannot show."""
        one = len(self.cases) == 1
        what = "1 hand-coded case validates" if one else f"{len(self.cases)} hand-coded cases validate"
        crises = [case.scenario for case in self.cases.values()]
        fits = {crisis.fit for crisis in crises if crisis.fit is not None}
        years: dict[str | None, Sequence[int]] = {fit: load_fit(fit)["years"] for fit in fits}
        seen = sum(_within(years.get(crisis.fit), crisis) for crisis in crises)
        return (
            f"{what} nothing by {'itself' if one else 'themselves'}: too few, and hindsight got into which crises were "
            f"chosen and how they were coded; the fit saw the years of {seen} of {len(self.cases)}"
        )

    @property
    def question_names(self) -> tuple[str, ...]:
        """Questions that every crisis answers."""
        asked = [case.questions for case in self.cases.values()]
        return tuple(name for name in asked[0] if all(name in others for others in asked))

    def rivals(self, question: str) -> tuple[str, ...]:
        """Rivals at a question.

        Parameters
        ----------
        question
            Name of the question.

        Returns
        -------
        tuple of str
            Their names.

        Raises
        ------
        KeyError
            If there is no such question.
        """
        return tuple(next(iter(self.cases.values())).questions[question].rivals)

    def scores(self, question: str, *, which: str = "", rival: str | None = None) -> NDArray[np.float64]:
        """Score of each crisis at a question, shape (case,).

        Parameters
        ----------
        question
            Name of the question.
        which
            ``"brier"``, ``"rps"`` or ``"log"``; by default the question's first.
        rival
            Name of a rival; the model where none is given.

        Returns
        -------
        ndarray
            Less is better; shape (case,).

        Raises
        ------
        KeyError
            If a crisis does not answer the question, or there is no such score or rival.
        """
        asked = [case.questions[question] for case in self.cases.values()]
        return np.array([each.score(which or each.first_score, rival) for each in asked])

    def skill(self, question: str, rival: str, *, which: str = "") -> Estimate | None:
        """Skill over a rival, 0 where no better and 1 where perfect, with a bootstrap interval over crises.

        Parameters
        ----------
        question
            Name of the question.
        rival
            Name of the rival.
        which
            As in `scores`.

        Returns
        -------
        Estimate or None
            The skill; None where the rival never errs, as the best constant forecast does where the same came in every
            crisis.

        Raises
        ------
        KeyError
            As in `scores`.
        """
        theirs = self.scores(question, which=which, rival=rival)
        return skill(self.scores(question, which=which), theirs) if theirs.any() else None

    def difference(self, question: str, rival: str, *, which: str = "") -> Estimate:
        """Mean score of the model less that of a rival, with a bootstrap interval over crises.

        Parameters
        ----------
        question
            Name of the question.
        rival
            Name of the rival.
        which
            As in `scores`.

        Returns
        -------
        Estimate
            Below 0 where the model is better.

        Raises
        ------
        KeyError
            As in `scores`.
        """
        mine, theirs = self.scores(question, which=which), self.scores(question, which=which, rival=rival)
        return cluster_difference(mine, theirs, np.arange(mine.size, dtype=np.float64))

    def histograms(self) -> dict[str, list[int]]:
        """Places of what came among the runs, counted in bins of equal width: of the peaks, and of the dates.

        Flat if forecasts were right, but for chance; fronts of one crisis are not independent.

        Returns
        -------
        dict
            Counts of the `BINS` bins, for ``peak`` and ``first_force``.
        """
        fronts = [front for case in self.cases.values() for front in case.fronts.values()]
        places = {"peak": [case.place for case in self.cases.values()], "first_force": [f.place for f in fronts]}
        return {name: np.histogram(found, BINS, (0.0, 1.0))[0].tolist() for name, found in places.items()}

    def front_scores(self) -> dict[str, dict[str, Any]]:
        """Mean scores of the fronts, apart for those on which force was used and for those on which it was not.

        Which fronts saw force is known only afterwards: a mean over the first alone favours who cries wolf.

        Returns
        -------
        dict
            For ``force``, ``no force`` and ``all`` the number of fronts, their mean ranked probability score and the
            mean score of their dates of first force; what no front belongs to is left out.
        """
        fronts = [front for case in self.cases.values() for front in case.fronts.values()]
        parts = {
            "force": [front for front in fronts if front.question.came > 0],
            "no force": [front for front in fronts if front.question.came == 0],
            "all": fronts,
        }
        return {
            name: {
                "fronts": len(part),
                "rps": float(np.mean([front.question.score("rps") for front in part])),
                "first_force": float(np.mean([front.score for front in part])),
            }
            for name, part in parts.items()
            if part
        }

    def summary(self) -> dict[str, Any]:
        """All of it, as ``--json`` prints it.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        overall = {}
        for question in self.question_names:
            first = next(iter(self.cases.values())).questions[question].first_score
            overall[question] = {
                which: {
                    "model": float(self.scores(question, which=which).mean()),
                    **{
                        rival: {
                            "mean": float(self.scores(question, which=which, rival=rival).mean()),
                            "model_less_this": self._of_several(self.difference(question, rival, which=which)),
                            "skill": None
                            if (better := self.skill(question, rival, which=which)) is None
                            else self._of_several(better),
                        }
                        for rival in self.rivals(question)
                    },
                }
                for which in (first, "log")
            }
        return {
            "cases": {name: case.to_dict() for name, case in self.cases.items()},
            "scores": overall,
            "fronts": self.front_scores(),
            "places": {"bins": BINS, **self.histograms()},
            "note": self.note,
        }

    def _of_several(self, estimate: Estimate) -> dict[str, Any]:
        """An estimate as plain data; of one crisis without an interval, since from one none can be told."""
        none = {"low": None, "high": None, "level": None} if len(self.cases) == 1 else {}
        return estimate.to_dict() | none

    def table(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Head and rows of a table as text, a crisis a row.

        Returns
        -------
        head : tuple of str
            Names of the columns.
        rows : list of tuple of str
            Forecast of the peak, of force and of war, what came, and the scores of peak and war.
        """
        head = ("crisis", "likeliest peak", "observed peak", "P(force chosen)", "P(war)", "RPS peak", "Brier war")
        return head, [(name, *_cells(case)) for name, case in self.cases.items()]

    def __repr__(self) -> str:
        return f"<Hindcasts of {', '.join(self.cases)}>"

    def _repr_html_(self) -> str:
        first = next(iter(self.cases.values()))
        head, rows = self.table()
        return table(head, rows, caption=f"{first.runs:,} runs of each, seed {first.seed}; {self.note}")


def hindcast(
    scenarios: str | Scenario | Sequence[str | Scenario] = "all",
    *,
    runs: int = 10_000,
    seed: int = 0,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool | None = None,
) -> Hindcasts:
    """Forecast crises of the past from their information dates, and score what was forecast on what happened.

    Parameters
    ----------
    scenarios
        A scenario with observed acts, or the name of one in the library, or several; ``"all"`` for all in the library
        that have observed acts.
    runs
        Runs of each.
    seed
        The same seed gives the same runs.
    workers
        Threads; by default one for each core.
    executor
        Executor to send the work to instead, as in `escalation.montecarlo.runner.run`.
    progress
        Whether to show a progress bar; by default on a terminal, where the work is long.

    Returns
    -------
    Hindcasts
        Forecasts, what happened, scores next to base rates, and the places of what came among the runs.

    Raises
    ------
    StudyError
        If a scenario has no observed acts, or two have the same name.
    ScenarioError
        If a name is not in the library.

    Examples
    --------
    >>> study = hindcast("pulwama-2019", runs=100, seed=1, progress=False)
    >>> case = study.cases["pulwama-2019"]
    >>> question = case.questions["peak"]
    >>> question.levels[question.came]
    'limited-strike'
    """
    if isinstance(scenarios, str) and scenarios == "all":
        chosen = [scenario for name in library_names() if (scenario := load(name)).observed]
    else:
        several = [scenarios] if isinstance(scenarios, (str, Scenario)) else list(scenarios)
        chosen = [load(each) if isinstance(each, str) else each for each in several]
    _check(chosen)
    cases = [
        hindcast_of(
            finished(run(scenario, runs=runs, seed=seed, workers=workers, executor=executor, progress=progress)),
            number=number,
        )
        for number, scenario in enumerate(chosen)
    ]
    return Hindcasts.of(cases)


def _cells(case: Hindcast) -> tuple[str, ...]:
    peak, force, war = (case.questions[name] for name in ("peak", "initiation", "war"))
    return (
        *(f"{rung_words(peak.levels[k])} ({peak.shares[k]:.2f})" for k in (int(np.argmax(peak.shares)), peak.came)),
        *(f"{asked.shares[1]:.2f} {asked.levels[asked.came]}" for asked in (force, war)),
        *(f"{asked.score(asked.first_score):.3f}" for asked in (peak, war)),
    )


def _within(years: Sequence[int] | None, scenario: Scenario) -> bool:
    """Whether a crisis falls in the years that its fit was made on, and so may be among its rows."""
    return years is not None and years[0] <= scenario.start.year <= years[-1]


def _with_hindsight(case: Hindcast, cases: Sequence[Hindcast]) -> Hindcast:
    asked = {}
    for name, question in case.questions.items():
        # On ladders that differ the levels are others, and what came in one crisis says nothing of how often in all.
        came = [each.questions[name].came for each in cases if _alike(question, each.questions.get(name))]
        # Of one crisis alone the rival would forecast what came.
        if len(came) == len(cases) > 1:
            shares = np.bincount(came, minlength=len(question.levels)) / len(came)
            question = replace(question, rivals={**question.rivals, "hindsight": shares})  # noqa: PLW2901
        asked[name] = question
    return replace(case, questions=asked)


def _alike(one: Question, other: Question | None) -> bool:
    return other is not None and one.levels == other.levels


def _check(scenarios: Sequence[Scenario]) -> None:
    if not scenarios:
        raise StudyError("no scenario to hindcast; name one, or 'all' for those of the library")
    names = [scenario.name for scenario in scenarios]
    if len(set(names)) < len(names):
        raise StudyError(f"two scenarios have the same name; names must differ: {', '.join(names)}")
    for scenario in scenarios:
        check_observed(scenario)
