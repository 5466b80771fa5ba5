"""What is estimated from many runs: probabilities, first passages, highest rungs."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
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
from escalation.montecarlo.events import check_several, query, select_fronts
from escalation.montecarlo.pieces import total
from escalation.montecarlo.played import PlayedRuns
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
class Estimates(PlayedRuns):
    """Outcomes of runs of a scenario, and what is estimated from them; `Ensemble` tells of its fields."""

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
        happened = self._asked(name, by=by, actor=actor, target=target)
        hits = total(self.outcomes, lambda piece: int(np.count_nonzero(happened(piece))))
        return self.estimate(hits, method=method, level=level, event=name)

    def probabilities(
        self,
        events: Sequence[str] | None = None,
        *,
        actor: str | None = None,
        target: str | None = None,
        method: str | None = None,
        level: float = 0.95,
    ) -> dict[str, Estimate]:
        """Probabilities of several events, for which a store is read once.

        Parameters
        ----------
        events
            Names of the events; by default those of `events`.
        actor, target, method, level
            As for `probability`.

        Returns
        -------
        dict
            Estimates by name of the event.

        Raises
        ------
        StudyError
            If an argument is not possible.

        Examples
        --------
        >>> import escalation as esc
        >>> ensemble = esc.run(esc.load("two-state-deterrence"), runs=200, seed=1, progress=False)
        >>> list(ensemble.probabilities(["initiation", "war"]))
        ['initiation', 'war']
        """
        names = self.events if events is None else events
        check_several(names)
        asked = {event: self._asked(event, actor=actor, target=target) for event in names}
        if not asked:
            return {}

        def hits(piece: Outcomes) -> NDArray[np.int64]:
            return np.array([np.count_nonzero(happened(piece)) for happened in asked.values()])

        return {
            event: self.estimate(int(count), method=method, level=level, event=event)
            for event, count in zip(asked, total(self.outcomes, hits), strict=True)
        }

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
        days, asked = self.days, query(event, self.axes, actor=actor, target=target)

        def firsts(piece: Outcomes) -> NDArray[np.int64]:
            first = asked.first_period(piece)
            return np.bincount(first[first >= 0], minlength=days.size)

        sofar = np.cumsum(total(self.outcomes, firsts))
        # All runs are watched to the horizon, so that the product-limit estimate is a share of all runs at each day.
        counts, place = np.unique(sofar, return_inverse=True)
        estimates = [self.estimate(count, level=level, event=event) for count in counts]
        value, low, high = (
            np.array([getattr(estimate, end) for estimate in estimates])[place] for end in ("value", "low", "high")
        )
        censored = self.runs - int(sofar[-1])
        return FirstPassage(days, value, low, high, self.runs, censored, self.method, level, event)

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
        fronts, rungs = select_fronts(self.axes, actor=actor, target=target), len(self.rung_names)
        counts = total(self.outcomes, lambda piece: np.bincount(peaks.peak(piece, fronts), minlength=rungs))
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
        return peaks.shares(total(self.outcomes, lambda piece: peaks.reached(piece, fronts, periods)))
