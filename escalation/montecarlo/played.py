"""What was played: the outcomes of many runs, and what happened in each of them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError
from escalation.montecarlo import peaks
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.blocks import Outcomes
from escalation.montecarlo.events import event_names, query, select_fronts
from escalation.montecarlo.pieces import StoredOutcomes, joined
from escalation.montecarlo.stopping import Precision
from escalation.world.scenario import Scenario

__all__ = ["PlayedRuns"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PlayedRuns:
    """Outcomes of runs of a scenario, and what happened in each run; `Ensemble` tells of its fields."""

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
        outcomes = self.outcomes
        return outcomes.runs if isinstance(outcomes, StoredOutcomes) else int(outcomes["settled"].shape[0])

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
    def events(self) -> list[str]:
        """Names of the events that are listed; others are known besides, as ``joint:<actors>``."""
        return event_names(self.axes)

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
        return joined(self.outcomes, self._asked(event, by=by, actor=actor, target=target))

    def _asked(
        self, event: str, *, by: datetime.date | float | None = None, actor: str | None, target: str | None
    ) -> Callable[[Outcomes], NDArray[np.bool_]]:
        """Function that says of outcomes in which runs an event happened."""
        asked = query(event, self.axes, actor=actor, target=target)
        if by is None:
            return asked.occurs
        last = self._period_at(self._day(by))

        def happened(outcomes: Outcomes) -> NDArray[np.bool_]:
            first = asked.first_period(outcomes)
            return (first >= 0) & (first <= last)

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
        asked = query(event, self.axes, actor=actor, target=target)
        first = joined(self.outcomes, asked.first_period)
        return np.where(first >= 0, self.days[first], np.inf)

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
        fronts = select_fronts(self.axes, actor=actor, target=target)
        return joined(self.outcomes, lambda piece: peaks.peak(piece, fronts))

    def _day(self, by: datetime.date | float) -> float:
        from escalation.engines.days import day_of_run

        if isinstance(by, str):  # as the command line takes it
            with suppress(ValueError):
                by = datetime.date.fromisoformat(by)
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
