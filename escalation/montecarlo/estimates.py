"""What is estimated from many runs: probabilities, first passages, highest rungs."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import NotRequired, SupportsIndex, TypedDict

import numpy as np
from numpy.typing import ArrayLike, NDArray

from escalation.errors import StudyError
from escalation.estimates.censored import FirstPassage
from escalation.estimates.estimate import Estimate
from escalation.estimates.proportion import proportion
from escalation.montecarlo import peaks
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.blocks import Outcomes
from escalation.montecarlo.events import event_names, query, select_fronts
from escalation.montecarlo.stopping import SEQUENCE, Precision
from escalation.world.scenario import Scenario

__all__ = ["EnsembleFields", "Estimates"]


class EnsembleFields(TypedDict):
    """Fields of `Estimates` by their names, as files and stores give them back."""

    scenario: Scenario
    seed: int
    outcomes: Outcomes
    axes: Axes
    interrupted: bool
    until: NotRequired[Precision | None]
    sources: str
    decision_rules: NotRequired[tuple[str, ...]]
    branched_from: NotRequired[int | None]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Estimates:
    """Outcomes of runs of a scenario, and what is estimated from them; `Ensemble` tells of its fields."""

    scenario: Scenario
    seed: int
    outcomes: Outcomes
    axes: Axes
    interrupted: bool = False
    until: Precision | None = None
    sources: str = ""
    decision_rules: tuple[str, ...] = ()
    branched_from: int | None = None

    @property
    def runs(self) -> int:
        """Number of runs."""
        return int(self.outcomes["settled"].shape[0])

    @property
    def front_ids(self) -> tuple[str, ...]:
        """Fronts, with those that open only when a patron joins."""
        return self.axes.front_ids

    @property
    def actor_ids(self) -> tuple[str, ...]:
        """Actors."""
        return self.axes.actor_ids

    @property
    def commitment_rows(self) -> tuple[str, ...]:
        """Commitments, one row for each adversary."""
        return self.axes.commitment_rows

    @property
    def rung_names(self) -> tuple[str, ...]:
        """Rungs, lowest first."""
        return self.axes.rung_names

    @property
    def period(self) -> float:
        """Length of a period, in days."""
        return self.scenario.period

    @property
    def horizon_days(self) -> float:
        """Length of a run, in days."""
        return float(self.scenario.horizon)

    @property
    def days(self) -> NDArray[np.float64]:
        """Start, and ends of all periods, in days after the start, shape (period + 1,)."""
        from escalation.engines.days import days_of  # it stands on the period, which loads numba

        return days_of(self.scenario)

    @property
    def method(self) -> str:
        """Method of its intervals: one that holds whenever the study stopped, where its results stopped it."""
        return "wilson" if self.until is None else SEQUENCE

    @property
    def precise(self) -> Estimate | None:
        """Estimate of the event whose precision was asked for; none where none was."""
        if self.until is None:
            return None
        asked = self.until
        return self.probability(asked.event, actor=asked.actor, target=asked.target, level=asked.level)

    @property
    def events(self) -> list[str]:
        """Names of the events that are listed; ``agreement:<front>`` and ``joint:<actors>`` are known besides."""
        return event_names(self.axes)

    def probability(
        self,
        event: str | None = None,
        *,
        rung: str | None = None,
        by: datetime.date | float | None = None,
        actor: str | None = None,
        target: str | None = None,
        method: str | None = None,
        level: float = 0.95,
    ) -> Estimate:
        """Probability of an event.

        Parameters
        ----------
        event
            Name of the event.
        rung
            Name of a rung, in place of the event ``rung:<name>``.
        by
            Date, or days after the start, by which it is to have happened; by default the horizon.
        actor, target
            Count only acts on fronts of this actor, against this target.
        method
            ``"wilson"``, ``"clopper-pearson"`` or ``"beta-binomial-sequence"``; by default Wilson's interval, and
            the sequence where the study was to stop at a precision.
        level
            Confidence level.

        Returns
        -------
        Estimate
            Share of runs in which it happened, with its interval.

        Raises
        ------
        StudyError
            If an argument is not possible.
        """
        if (event is None) == (rung is None):
            raise StudyError("probability needs an event or a rung, and not both")
        name = f"rung:{rung}" if event is None else event
        happened = self.occurs(name, by=by, actor=actor, target=target)
        return self.estimate(int(np.count_nonzero(happened)), method=method, level=level, event=name)

    def estimate(
        self, hits: SupportsIndex, *, method: str | None = None, level: float = 0.95, event: str = ""
    ) -> Estimate:
        """Probability of whatever happened in so many of the runs; every table and figure takes its intervals here.

        Parameters
        ----------
        hits
            Number of runs in which it happened.
        method
            As for `probability`.
        level
            Confidence level.
        event
            What happened.

        Returns
        -------
        Estimate
            Share of runs in which it happened, with its interval.

        Raises
        ------
        StudyError
            If an argument is not possible.

        Examples
        --------
        >>> import escalation as esc
        >>> ensemble = esc.run(esc.load("two-state-deterrence"), runs=200, seed=1, progress=False)
        >>> both = ensemble.occurs("initiation") & ~ensemble.occurs("war")
        >>> ensemble.estimate(both.sum()).method
        'wilson'
        """
        return proportion(hits, self.runs, method=method or self.method, level=level, event=event)

    def occurs(
        self,
        event: str,
        *,
        by: datetime.date | float | None = None,
        actor: str | None = None,
        target: str | None = None,
    ) -> NDArray[np.bool_]:
        """Whether an event happened in each run.

        Parameters
        ----------
        event
            Name of the event.
        by
            Date, or days after the start, by which it is to have happened; by default the horizon.
        actor, target
            Count only acts on fronts of this actor, against this target.

        Returns
        -------
        ndarray of bool
            Shape (run,).

        Raises
        ------
        StudyError
            If there is no such event, actor or front, the day is not within a run, or the event is counted over the
            whole run and a day was given.
        """
        asked = query(event, self.axes, actor=actor, target=target)
        if by is None:
            return asked.occurs(self.outcomes)
        first = asked.first_period(self.outcomes)
        happened: NDArray[np.bool_] = (first >= 0) & (first <= self._period_at(self._day(by)))
        return happened

    def occurred(self, item: str) -> NDArray[np.bool_]:
        """Whether a signal was said, or an event of the timeline happened, in each run.

        What is not certain to have been said or to have happened is drawn once a run. A run that ends before the day
        does not see it.

        Parameters
        ----------
        item
            Id of a signal or an event, or of an occasion: of its signals the first counts.

        Returns
        -------
        ndarray of bool
            Shape (run,).

        Raises
        ------
        StudyError
            If the scenario has no such signal, occasion or event.

        Examples
        --------
        >>> import escalation as esc
        >>> ensemble = esc.run(esc.load("haniyeh-2024"), runs=500, seed=1, progress=False)
        >>> print(ensemble.estimate(ensemble.occurred("us-private-warning").sum()))
        0.356 [0.315, 0.399] (Wilson 95 %, n = 500)
        """
        from escalation.engines.lower import lower_once
        from escalation.montecarlo.occurrence import came

        # Continuations of one run all began as that run did.
        numbers = np.arange(self.runs) if self.branched_from is None else np.full(self.runs, self.branched_from)
        lowered = lower_once(self.scenario)
        return came(lowered, item, seed=self.seed, runs=numbers, ended=self.outcomes["ended"])

    def first_day(self, event: str, *, actor: str | None = None, target: str | None = None) -> NDArray[np.float64]:
        """Day on which an event first happened in each run.

        Parameters
        ----------
        event
            Name of the event.
        actor, target
            Count only acts on fronts of this actor, against this target.

        Returns
        -------
        ndarray
            Days after the start, infinite where it never did; shape (run,).

        Raises
        ------
        StudyError
            If there is no such event, actor or front, or the event is counted over the whole run.
        """
        first = query(event, self.axes, actor=actor, target=target).first_period(self.outcomes)
        return np.where(first >= 0, self.days[first], np.inf)

    def first_passage(
        self, event: str, *, actor: str | None = None, target: str | None = None, level: float = 0.95
    ) -> FirstPassage:
        """Probability that an event has happened, by day, with runs censored at the horizon.

        A run that ended early, because its crisis had settled, has nothing left in it that could happen: it
        counts as watched to the horizon, so that the curve ends where `probability` stands.

        Parameters
        ----------
        event
            Name of the event.
        actor, target
            Count only acts on fronts of this actor, against this target.
        level
            Confidence level of the intervals.

        Returns
        -------
        FirstPassage
            Probability with its interval at each of `days`: the estimates of `probability` by that day.

        Raises
        ------
        StudyError
            As for `first_day`, or if the level is not possible.
        """
        days, first = self.days, query(event, self.axes, actor=actor, target=target).first_period(self.outcomes)
        sofar = np.cumsum(np.bincount(first[first >= 0], minlength=days.size))
        # All runs are watched to the horizon, so that the product-limit estimate is a share of all runs at each day.
        counts, place = np.unique(sofar, return_inverse=True)
        estimates = [self.estimate(count, level=level, event=event) for count in counts]
        value, low, high = (
            np.array([getattr(estimate, end) for estimate in estimates])[place] for end in ("value", "low", "high")
        )
        censored = self.runs - int(sofar[-1])
        return FirstPassage(days, value, low, high, self.runs, censored, self.method, level, event)

    def peak(self, *, actor: str | None = None, target: str | None = None) -> NDArray[np.int8]:
        """Highest rung reached in each run, above the baselines.

        Parameters
        ----------
        actor, target
            Count only acts on fronts of this actor, against this target.

        Returns
        -------
        ndarray of int
            Places in `rung_names`; shape (run,).

        Raises
        ------
        StudyError
            If there is no such actor or front.
        """
        return peaks.peak(self.outcomes, select_fronts(self.axes, actor=actor, target=target))

    def peaks(self, *, actor: str | None = None, target: str | None = None, level: float = 0.95) -> dict[str, Estimate]:
        """Probability that the highest rung reached is each rung.

        Parameters
        ----------
        actor, target
            Count only acts on fronts of this actor, against this target.
        level
            Confidence level of the intervals.

        Returns
        -------
        dict
            Estimates by name of the rung, lowest first.

        Raises
        ------
        StudyError
            If there is no such actor or front, or the level is not possible.
        """
        counts = np.bincount(self.peak(actor=actor, target=target), minlength=len(self.rung_names))
        return {
            name: self.estimate(int(count), level=level, event=f"peak:{name}")
            for name, count in zip(self.rung_names, counts, strict=True)
        }

    def fan(
        self, *, actor: str | None = None, target: str | None = None, grid: ArrayLike | None = None
    ) -> NDArray[np.float64]:
        """Share of runs whose peak so far is each rung, by day.

        Parameters
        ----------
        actor, target
            Count only acts on fronts of this actor, against this target.
        grid
            Days after the start at which to look, shape (day,); by default `days`.

        Returns
        -------
        ndarray
            Each day's shares add up to 1; shape (day, rung).

        Raises
        ------
        StudyError
            If there is no such actor or front, or the grid is not days within a run.
        """
        fronts = select_fronts(self.axes, actor=actor, target=target)
        days = self.days if grid is None else np.asarray(grid, dtype=np.float64)
        if days.ndim != 1 or days.size < 1:
            raise StudyError(f"grid has shape {days.shape}; it must be one or more days in a row")
        periods = np.array([self._period_at(self._day(float(day))) for day in days], dtype=np.int64)
        return peaks.fan(self.outcomes, fronts, periods)

    def _day(self, by: datetime.date | float) -> float:
        from escalation.engines.days import day_of_run

        day = day_of_run(self.scenario, "by", by)
        if not 0.0 <= day <= self.horizon_days:
            raise StudyError(
                f"{by} is day {day:g}; a day must lie from 0 to {self.horizon_days:g}, the horizon of "
                f"{self.scenario.name!r}"
            )
        return day

    def _period_at(self, day: float) -> int:
        """Last period that has ended by a day."""
        from escalation.engines.days import period_at

        return period_at(self.days, day)
