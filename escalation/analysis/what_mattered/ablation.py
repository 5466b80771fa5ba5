"""Ablation: what each mechanism does to every outcome, by playing the same runs without it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

import numpy as np

from escalation.analysis.what_mattered.switches import MECHANISMS, without_mechanism
from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate
from escalation.estimates.html import table as html_table
from escalation.estimates.paired import DIFFERENCE_IS, PairedDifference, paired_difference
from escalation.estimates.proportion import proportion
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.events import known
from escalation.montecarlo.provenance import study_head
from escalation.montecarlo.runner import finished, run
from escalation.world.near import near
from escalation.world.plain_words import event_words
from escalation.world.scenario import Scenario

__all__ = ["Ablated", "Ablation", "ablate"]


@dataclass(frozen=True, slots=True)
class Ablated:
    """What one mechanism does.

    Parameters
    ----------
    mechanism
        Its name.
    used
        Whether the scenario reads otherwise without it.
    acts_differ
        Share of runs in which any act differs without it; none where the fronts themselves differ.
    effects
        What switching it off does to the probability of each event: without the mechanism minus with it.
    """

    mechanism: str
    used: bool
    acts_differ: Estimate | None
    effects: dict[str, PairedDifference]


@dataclass(frozen=True, slots=True, repr=False)
class Ablation:
    """What each mechanism does to the outcomes of a scenario.

    Parameters
    ----------
    scenario, seed, runs
        What was played.
    rows
        A row a mechanism, by name.

    Examples
    --------
    >>> import escalation as esc
    >>> study = ablate(esc.load("two-state-deterrence"), runs=200, seed=1, mechanisms=["leash"], progress=False)
    >>> study
    <Ablation of 'two-state-deterrence': 1 mechanisms, 200 pairs of runs>
    >>> study.table()[0]
    ('mechanism', 'acts differ', 'somebody chooses force', 'war, however it comes about')
    """

    scenario: Scenario
    seed: int
    runs: int
    rows: dict[str, Ablated]

    def summary(self) -> dict[str, Any]:
        """Effects as ``--json`` prints them.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        return {
            **study_head(self.scenario, seed=self.seed, runs=self.runs),
            "difference_is": DIFFERENCE_IS,
            "mechanisms": {
                name: {
                    "about": MECHANISMS[name][0],
                    "used": row.used,
                    "acts_differ": row.acts_differ.to_dict() if row.acts_differ else None,
                    "effects": {event: gap.to_dict() for event, gap in row.effects.items()},
                }
                for name, row in self.rows.items()
            },
        }

    def table(self, *, events: Sequence[str] | None = None) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Head and rows of a table as text, a mechanism a row.

        Parameters
        ----------
        events
            Events to show; by default whether force was used and whether there was war.

        Returns
        -------
        head : tuple of str
            Names of the columns.
        rows : list of tuple of str
            Cells, a row a mechanism.
        """
        shown = tuple(events or ("initiation", "war"))
        heads = (event_words(event, self.scenario) for event in shown)
        return ("mechanism", "acts differ", *heads), [
            (
                name,
                row.acts_differ.number_text() if row.acts_differ else "not in use" if not row.used else "other fronts",
                *(row.effects[event].number_text() if event in row.effects else "" for event in shown),
            )
            for name, row in self.rows.items()
        ]

    def __repr__(self) -> str:
        return f"<Ablation of {self.scenario.name!r}: {len(self.rows)} mechanisms, {self.runs:,} pairs of runs>"

    def _repr_html_(self) -> str:
        caption = f"{self.scenario.name}, {self.runs:,} pairs of runs, seed {self.seed}; without minus with"
        return html_table(*self.table(), caption=caption)


def _row(
    whole: Ensemble,
    name: str,
    events: Sequence[str],
    *,
    workers: int | None,
    executor: Executor | None,
    progress: bool | None,
) -> Ablated:
    other = without_mechanism(whole.scenario, name)
    if other.hash == whole.scenario.hash:
        return Ablated(name, False, None, {})
    without = finished(
        run(other, runs=whole.runs, seed=whole.seed, workers=workers, executor=executor, progress=progress)
    )
    acts_differ = None
    if without.front_ids == whole.front_ids:
        differ = whole.outcomes["signature"] != without.outcomes["signature"]
        acts_differ = proportion(int(np.count_nonzero(differ)), without.runs, event="acts differ")
    effects = {
        event: paired_difference(without.occurs(event), whole.occurs(event), event=event)
        for event in events
        # Some events are gone with a mechanism: nobody can join without commitments.
        if known(event, without.axes)
    }
    return Ablated(name, True, acts_differ, effects)


def ablate(
    scenario: Scenario,
    *,
    runs: int = 10_000,
    seed: int = 0,
    mechanisms: Sequence[str] | None = None,
    events: Sequence[str] | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool | None = None,
) -> Ablation:
    """Switch off each mechanism in turn and compare the same runs with and without it.

    Parameters
    ----------
    scenario
        The crisis.
    runs, seed, workers, executor, progress
        As in `escalation.montecarlo.runner.run`.
    mechanisms
        Names from `escalation.analysis.what_mattered.switches.MECHANISMS`; by default all.
    events
        Events to look at; by default all of the scenario.

    Returns
    -------
    Ablation
        Paired effects of switching off: positive where the event is likelier without the mechanism.

    Raises
    ------
    StudyError
        If a mechanism or event is unknown.

    Examples
    --------
    >>> import escalation as esc
    >>> scenario = esc.load("two-state-deterrence")
    >>> study = ablate(scenario, runs=200, seed=1, mechanisms=["leash", "brinkmanship"], progress=False)
    >>> [name for name, row in study.rows.items() if row.used]
    ['leash', 'brinkmanship']
    """
    names = tuple(MECHANISMS) if mechanisms is None else tuple(mechanisms)
    for name in names:
        if name not in MECHANISMS:
            raise StudyError(f"there is no mechanism {name!r}{near(name, MECHANISMS)}")
    whole = finished(run(scenario, runs=runs, seed=seed, workers=workers, executor=executor, progress=progress))
    looked_at = whole.events if events is None else list(events)
    # An event that is not known is refused here, before any other world is played.
    for event in looked_at:
        whole.occurs(event)
    rows = {name: _row(whole, name, looked_at, workers=workers, executor=executor, progress=progress) for name in names}
    return Ablation(scenario, whole.seed, whole.runs, rows)
