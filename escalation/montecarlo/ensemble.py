"""An ensemble: many runs of a scenario, with what can be asked of them, and how they are kept and shown."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from escalation.errors import StudyError
from escalation.estimates.estimate import method_text
from escalation.estimates.html import bars, table
from escalation.montecarlo.estimates import Estimates
from escalation.montecarlo.events import check_several
from escalation.montecarlo.provenance import study_head
from escalation.whole_numbers import whole
from escalation.world.plain_words import counted, event_words, told_events

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from escalation.montecarlo.words import WordsAndDeeds

__all__ = ["Ensemble"]

_NAMED = ("scenario", "seed", "axes", "interrupted", "until", "decision_rules", "branched_from")
"""Fields that two equal ensembles have equal, beside the outcomes."""
_SHOWN = 12
"""Rungs of which a notebook shows also those on which no run peaked."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ensemble(Estimates):
    """Outcomes of runs 0 to `runs` − 1 of a scenario.

    Events are named as in `escalation.montecarlo.events`; `Ensemble.events` lists those of the scenario.

    Parameters
    ----------
    scenario
        The scenario.
    seed
        Seed of the runs.
    outcomes
        Outcome arrays by name; the first axis is the run, periods count from 1, and −1 is never. Those of a great
        store are read from it, an array at a time, whenever one is asked for.
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
    branched_from
        Number of the run that all runs go on from, where `escalation.branch` made them.

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
        check_several(events)
        asked, reached = self.until, self.precise
        until = (
            {}
            if asked is None or reached is None
            else {"until": {**asked.to_dict(), "reached": asked.met_by(reached), "estimate": reached.to_dict()}}
        )
        return {
            **study_head(self.scenario, seed=self.seed, runs=self.runs),
            "interrupted": self.interrupted,
            "horizon_days": self.horizon_days,
            **({"decision_rules": list(self.decision_rules)} if self.decision_rules else {}),
            **until,
            "probabilities": {
                event: estimate.to_dict()
                for event, estimate in self.probabilities((*self.events, *events), level=level).items()
            },
        }

    def words_and_deeds(
        self, *, runs: int | None = None, method: str | None = None, level: float = 0.95
    ) -> WordsAndDeeds:
        """Share of each actor's vows, threats, ultimatums, warnings and reassurances that deeds bore out.

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
            If an argument is not possible, or a run does otherwise when it is played once more, or an actor followed a
            rule of your own, which is not kept.
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

        if self.decision_rules:
            raise StudyError(f"runs in which {self.decision_rules[0]} followed a rule of your own cannot be replayed")
        return words_and_deeds(
            self.scenario,
            self.outcomes,
            seed=self.seed,
            runs=self.runs if runs is None else whole("runs", runs, least=1, below=self.runs + 1),
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
        ).assign_attrs(
            ({"decision_rules": " ".join(self.decision_rules)} if self.decision_rules else {})
            | ({} if self.branched_from is None else {"branched_from": self.branched_from})
        )

    def to_dataframe(self, *, events: Iterable[str] = ()) -> pd.DataFrame:
        """Outcomes as a table, one row a run; a day is missing where the event never happened.

        Parameters
        ----------
        events
            Events whose days to add, as ``concession`` and ``joint:<actors>``, in columns of their names, as
            ``concession_day`` and ``joint_<actors>_day``.

        Returns
        -------
        pandas.DataFrame
            Peak (index and name of the rung), wars, days of initiation, war, settling and each commitment's joining,
            counts of commitments and vows kept and broken, last day; by ``run``.

        Raises
        ------
        StudyError
            If an event is not known.
        """
        from escalation.montecarlo.tables import to_dataframe

        return to_dataframe(self.outcomes, self.axes, days=self.days, events=events)

    def save(self, path: str | Path, *, events: Iterable[str] = ()) -> None:
        """Save as NetCDF-4, with the scenario in it.

        Where the name ends in .csv or .parquet, save the table of `to_dataframe`, which cannot be loaded again.

        Parameters
        ----------
        path
            The file, which ends in .nc, .csv or .parquet; one that is there is replaced once all of it is written.
        events
            Events whose days a table adds, as in `to_dataframe`; NetCDF holds what all events are made of.

        Raises
        ------
        StudyError
            If the name ends otherwise, an event is not known, or the package that writes such files is not installed.
        StoreError
            If the file cannot be written.
        """
        from escalation.montecarlo import netcdf, tables

        target = Path(path)
        ending = target.suffix.lower()
        if ending not in tables.ENDINGS:
            raise StudyError(f"{target}: outcomes can be saved as {', '.join(tables.ENDINGS)}, by how the name ends")
        if ending in tables.TABLES:
            tables.save(self.outcomes, self.axes, target, days=self.days, events=events)
        else:
            netcdf.save(self.to_xarray(), target, scenario=self.scenario, seed=self.seed, until=self.until)

    @staticmethod
    def load(path: str | Path, *, in_memory: bool | None = None) -> Ensemble:
        """Read back an ensemble that `save` wrote as NetCDF-4, or the runs of a store.

        Of a store that is not finished these are the runs from the first on, as far as there is no gap; a warning
        says which runs are missing. Another says so where they were played by another version of the model. Where the
        runs that were written last are those of a study that was to stop at a precision, that is the ensemble's, too.

        Parameters
        ----------
        path
            The file, or the folder of a store.
        in_memory
            Whether to hold the outcomes of a store in memory, or to read them from it, a block at a time, whenever
            they are asked for; by default they are held where they take no more than a gibibyte.

        Returns
        -------
        Ensemble
            The runs.

        Raises
        ------
        StoreError
            If there is no such file or store, or it holds no runs.
        StudyError
            If the package netCDF4 is needed and not installed, or a file that is no store is not to be held in memory.
        """
        from escalation.montecarlo import netcdf, store

        if os.path.isdir(path):  # noqa: PTH112 - `Path.is_dir` raises where a name is too long
            return Ensemble(**store.load(Path(path), in_memory=in_memory))
        if in_memory is False:
            raise StudyError(f"{path} is not the folder of a store; only from a store can outcomes be read in pieces")
        return Ensemble(**netcdf.load(Path(path)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Ensemble):
            return NotImplemented
        return (
            all(getattr(self, name) == getattr(other, name) for name in _NAMED)
            and self.outcomes.keys() == other.outcomes.keys()
            and all(np.array_equal(array, other.outcomes[name]) for name, array in self.outcomes.items())
        )

    __hash__ = None  # type: ignore[assignment]  # equal by content, and the content is arrays

    def __repr__(self) -> str:
        cut = ", interrupted" if self.interrupted else ""
        cut += f", own rules of {', '.join(self.decision_rules)}" if self.decision_rules else ""
        return f"<Ensemble of {self.scenario.name!r}: {counted(self.runs, 'run')}, seed {self.seed}{cut}>"

    def _repr_html_(self) -> str:
        told = self.probabilities(told_events(self.events, self.scenario))
        rows = [(event_words(event, self.scenario), estimate.number_text(), event) for event, estimate in told.items()]
        note = method_text(self.method, level=0.95, n=self.runs)
        name = self.scenario.title or self.scenario.name
        caption = f"{name}, {self.horizon_days:g} days, seed {self.seed} ({note})"
        reached = {rung: one for rung, one in self.peaks().items() if one.value or len(self.rung_names) <= _SHOWN}
        picture = bars(dict(reversed(reached.items())), title="Probability that the highest rung reached is each rung")
        return f"<div>{picture}{table(('event', 'probability', 'id'), rows, caption=caption)}</div>"
