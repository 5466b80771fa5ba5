"""An ensemble: the outcomes of many runs of a scenario, and what can be asked of them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike, NDArray

from escalation.errors import StudyError
from escalation.estimates.censored import FirstPassage
from escalation.estimates.estimate import Estimate, method_text
from escalation.estimates.html import bars, table
from escalation.estimates.proportion import proportion
from escalation.montecarlo import peaks
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.blocks import Outcomes
from escalation.montecarlo.events import event_names, query, select_fronts
from escalation.montecarlo.stopping import SEQUENCE, Precision
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from escalation.montecarlo.words import WordsAndDeeds

__all__ = ["Ensemble"]

_SHOWN = 12
"""Rungs of which a notebook shows also those on which no run peaked."""
_SLACK = 1e-9
"""Allowance, in days, for 3 × 0.1 not being 0.3."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ensemble:
    """Outcomes of runs 0 to `runs` − 1 of a scenario.

    Events are named as in `escalation.montecarlo.events`; `Ensemble.events` lists those of the scenario.

    Parameters
    ----------
    scenario
        The scenario.
    seed
        Seed of the runs.
    outcomes
        Outcome arrays by name; the first axis is the run, periods count from 1, and −1 is never.
    axes
        Names along their other axes.
    interrupted
        Whether fewer runs were finished than were asked for.
    until
        The precision at which the study was to stop. Estimates are then confidence sequences by default.
    sources
        Hash of the sources of the model that played the runs; empty where it is not known.
    decision_rules
        Actors that followed decision rules of their own.

    Examples
    --------
    >>> import escalation as esc
    >>> ensemble = esc.run(esc.load("two-state-deterrence"), runs=200, seed=1, progress=False)
    >>> ensemble
    <Ensemble of 'two-state-deterrence': 200 runs, seed 1>
    >>> ensemble.probability("war").n
    200
    >>> ensemble.fan().shape
    (61, 6)
    """

    scenario: Scenario
    seed: int
    outcomes: Outcomes
    axes: Axes
    interrupted: bool = False
    until: Precision | None = None
    sources: str = ""
    decision_rules: tuple[str, ...] = ()

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

    def summary(self, *, level: float = 0.95, events: Sequence[str] = ()) -> dict[str, Any]:
        """Probabilities of all events and where they come from, as ``--json`` prints them.

        Parameters
        ----------
        level
            Confidence level of the intervals.
        events
            Events to add to those that are listed, as ``joint:<actors>`` and ``agreement:<front>``.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        asked, reached = self.until, self.precise
        until = (
            {}
            if asked is None or reached is None
            else {"until": {**asked.to_dict(), "reached": asked.met_by(reached), "estimate": reached.to_dict()}}
        )
        return {
            "scenario": self.scenario.name,
            "hash": self.scenario.hash,
            "seed": self.seed,
            "runs": self.runs,
            "interrupted": self.interrupted,
            "horizon_days": self.horizon_days,
            **({"decision_rules": list(self.decision_rules)} if self.decision_rules else {}),
            **until,
            "probabilities": {
                event: self.probability(event, level=level).to_dict()
                for event in dict.fromkeys((*self.events, *events))
            },
        }

    def words_and_deeds(
        self, *, runs: int | None = None, method: str | None = None, level: float = 0.95
    ) -> WordsAndDeeds:
        """Share of each actor's vows, threats, warnings and reassurances that deeds bore out.

        What became of each signal in each run is told by the rules of `escalation.montecarlo.deeds`. A threat that was
        never crossed, a warning of a commitment on which nobody called, and words whose days reach beyond the horizon
        are not tested, and do not count. Others who look at words and deeds report one less the share, as the
        divergence of signals and actions.

        Runs in which anybody acted are played once more, which takes about a millisecond each. Ctrl-C returns what was
        looked at so far.

        Parameters
        ----------
        runs
            Look at the first runs alone; by default at all.
        method
            As for `probability`.
        level
            Confidence level of the intervals.

        Returns
        -------
        WordsAndDeeds
            Shares by actor and kind, and by signal. Where a run tests several signals, the interval of their common
            share allows for their having its luck in common.

        Raises
        ------
        StudyError
            If an argument is not possible, or a run does otherwise when it is played once more.
        KeyboardInterrupt
            If Ctrl-C was pressed before any run was looked at.

        Examples
        --------
        >>> import escalation as esc
        >>> ensemble = esc.run(esc.load("two-state-deterrence"), runs=200, seed=1, progress=False)
        >>> words = ensemble.words_and_deeds()
        >>> [(word.actor, word.kind, word.said) for word in words.actors]
        [('defender', 'threat', 200)]
        >>> words.verdict("threat").shape
        (200,)
        """
        from escalation.montecarlo.words import words_and_deeds

        return words_and_deeds(
            self.scenario,
            self.outcomes,
            seed=self.seed,
            runs=runs,
            method=method or self.method,
            level=level,
            interrupted=self.interrupted,
        )

    def to_xarray(self) -> xr.Dataset:
        """Outcomes as a dataset with named dimensions, its provenance in the attributes.

        Returns
        -------
        xarray.Dataset
            A variable for each outcome; dimensions run, front, rung, commitment and actor.
        """
        from escalation.montecarlo.tables import to_xarray

        return to_xarray(
            self.scenario,
            self.outcomes,
            self.axes,
            seed=self.seed,
            interrupted=self.interrupted,
            sources=self.sources,
        ).assign_attrs({"decision_rules": " ".join(self.decision_rules)} if self.decision_rules else {})

    def to_dataframe(self) -> pd.DataFrame:
        """Outcomes as a table, one row a run; a day is missing where the event never happened.

        Returns
        -------
        pandas.DataFrame
            Peak (index and name of the rung), wars, days of initiation, war, settling and each commitment's joining,
            counts of commitments and vows kept and broken, last day; by ``run``.
        """
        from escalation.montecarlo.tables import to_dataframe

        return to_dataframe(self.outcomes, self.axes, self.days)

    def save(self, path: str | Path) -> None:
        """Save as NetCDF-4, with the scenario in it.

        Where the name ends in .csv or .parquet, save the table of `to_dataframe`, which cannot be loaded again.

        Parameters
        ----------
        path
            The file; one that is there is replaced once all of it is written.

        Raises
        ------
        StudyError
            If the package that writes such files is not installed.
        StoreError
            If the file cannot be written.
        """
        from escalation.montecarlo import netcdf, tables

        target = Path(path)
        if target.suffix.lower() in tables.TABLES:
            tables.save(self.outcomes, self.axes, self.days, target)
        else:
            netcdf.save(self.to_xarray(), target, scenario=self.scenario, seed=self.seed, until=self.until)

    @staticmethod
    def load(path: str | Path) -> Ensemble:
        """Read back an ensemble that `save` wrote as NetCDF-4, or the runs of a store.

        Of a store that is not finished these are the runs from the first on, as far as there is no gap; a warning
        says which runs are missing. Another says so where they were played by another version of the model.

        Parameters
        ----------
        path
            The file, or the folder of a store.

        Returns
        -------
        Ensemble
            The runs.

        Raises
        ------
        StoreError
            If there is no such file or store, or it holds no runs.
        StudyError
            If the package netCDF4 is needed and not installed.
        """
        from escalation.montecarlo import netcdf, reading

        fields = reading.load(Path(path)) if Path(path).is_dir() else netcdf.load(Path(path))
        return Ensemble(**fields)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Ensemble):
            return NotImplemented
        return (
            (self.scenario, self.seed, self.axes, self.interrupted, self.until, self.decision_rules)
            == (other.scenario, other.seed, other.axes, other.interrupted, other.until, other.decision_rules)
            and self.outcomes.keys() == other.outcomes.keys()
            and all(np.array_equal(array, other.outcomes[name]) for name, array in self.outcomes.items())
        )

    __hash__ = None  # type: ignore[assignment]  # equal by content, and the content is arrays

    def __repr__(self) -> str:
        cut = ", interrupted" if self.interrupted else ""
        cut += f", own rules of {', '.join(self.decision_rules)}" if self.decision_rules else ""
        return f"<Ensemble of {self.scenario.name!r}: {self.runs:,} runs, seed {self.seed}{cut}>"

    def _repr_html_(self) -> str:
        rows = [(event, self.probability(event).number_text()) for event in self.events]
        note = method_text(self.method, level=0.95, n=self.runs)
        name = self.scenario.title or self.scenario.name
        caption = f"{name}, {self.horizon_days:g} days, seed {self.seed} ({note})"
        reached = {rung: one for rung, one in self.peaks().items() if one.value or len(self.rung_names) <= _SHOWN}
        picture = bars(dict(reversed(reached.items())), title="Probability that the highest rung reached is each rung")
        return f"<div>{picture}{table(('event', 'probability'), rows, caption=caption)}</div>"

    def _day(self, by: datetime.date | float) -> float:
        try:
            day = self.scenario.day(by)
        except (TypeError, ValueError):
            raise StudyError(f"by is {by!r}; it must be a date, or a number of days after the start") from None
        if not 0.0 <= day <= self.horizon_days:
            raise StudyError(
                f"{by} is day {day:g}; a day must lie from 0 to {self.horizon_days:g}, the horizon of "
                f"{self.scenario.name!r}"
            )
        return day

    def _period_at(self, day: float) -> int:
        """Last period that has ended by a day."""
        return int(np.searchsorted(self.days, day + _SLACK, side="right")) - 1
