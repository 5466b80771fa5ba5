"""What the judgements of a scenario imply before anybody in it has acted."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.dynamics.acting import UNAVAILABLE
from escalation.engines.lower import Lowered, lower_once
from escalation.estimates.estimate import Estimate, method_text
from escalation.estimates.html import table
from escalation.estimates.proportion import proportion
from escalation.montecarlo.provenance import study_head
from escalation.montecarlo.runner import finished, run
from escalation.whole_numbers import RUNS_BELOW, whole, whole_seed
from escalation.world.plain_words import front_words, place_words, rung_words
from escalation.world.scenario import Scenario

__all__ = ["FirstDecision", "PriorPredictive", "prior_predictive"]

QUANTILES = (0.05, 0.5, 0.95)
MOST_RECORDED = 1_000
"""Runs that are recorded at most; a record costs more than a run."""


@dataclass(frozen=True, slots=True)
class FirstDecision:
    """The first decision on a front, where it falls before anybody has acted.

    Parameters
    ----------
    falls
        How often one does.
    acts
        How often each act is chosen in it, by name; acts that are not on offer are left out.
    utilities
        Expected utility of each act less that of restraint, in stakes: twentieth, middle and nineteenth twentieth of
        the runs in which it falls.
    """

    falls: Estimate
    acts: dict[str, Estimate]
    utilities: dict[str, tuple[float, float, float]]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as ``--json`` prints it."""
        return {
            "falls": self.falls.to_dict(),
            "acts": {act: estimate.to_dict() for act, estimate in self.acts.items()},
            "utility_over_restraint": {act: _named(three) for act, three in self.utilities.items()},
        }


@dataclass(frozen=True, slots=True, repr=False)
class PriorPredictive:
    """What the judgements of a scenario imply before any act of the crisis.

    Parameters
    ----------
    scenario
        The scenario.
    runs, recorded, seed
        Runs of the world without timeline, runs whose first decisions were looked at, and their seed.
    quiet
        Probability that the highest rung is each rung, without any signal or event.
    decisions
        First decision on each front that ever has one before an act, by its id.
    drawn
        Quantiles of every distribution of the scenario, by its dotted place.

    Examples
    --------
    >>> from escalation.files import load
    >>> checked = prior_predictive(load("two-state-deterrence"), runs=200, seed=1, progress=False)
    >>> next(iter(checked.quiet)), next(iter(checked.drawn))
    ('restraint', 'actors.defender.resolve')
    """

    scenario: Scenario
    runs: int
    recorded: int
    seed: int
    quiet: dict[str, Estimate]
    decisions: dict[str, FirstDecision]
    drawn: dict[str, tuple[float, float, float]]

    def summary(self) -> dict[str, Any]:
        """All of it, as ``--json`` prints it.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        return {
            **study_head(self.scenario, seed=self.seed, runs=self.runs),
            "recorded": self.recorded,
            "quiet_peaks": {rung: estimate.to_dict() for rung, estimate in self.quiet.items()},
            "first_decisions": {front: decision.to_dict() for front, decision in self.decisions.items()},
            "drawn": {path: _named(three) for path, three in self.drawn.items()},
        }

    def rows(self) -> list[tuple[str, str, str, str]]:
        """A row for each act that is likely to be chosen first on some front: front, act, how likely, utility.

        Returns
        -------
        list of (str, str, str, str)
            Cells of a table.
        """
        return [
            (
                front_words(front, self.scenario),
                rung_words(act),
                estimate.number_text(),
                " ".join(f"{value:+.2f}" for value in decision.utilities[act]),
            )
            for front, decision in self.decisions.items()
            for act, estimate in decision.acts.items()
            if estimate.value > 0.0
        ]

    def _repr_html_(self) -> str:
        quiet = [(rung_words(rung), estimate.number_text()) for rung, estimate in self.quiet.items()]
        drawn = [
            (place_words(path, self.scenario), *(f"{value:.3g}" for value in three))
            for path, three in self.drawn.items()
        ]
        caption = f"{self.scenario.name}, seed {self.seed} ({method_text('wilson', level=0.95, n=self.runs)})"
        decided = f"First decisions, while nobody has acted ({self.recorded:,} runs)"
        acts = ("front", "act", "P, of first decisions", "utility over restraint, 5 50 95 %")
        shown = table(("peak without the timeline", "probability"), quiet, caption=caption)
        shown += table(acts, self.rows(), caption=decided)
        return shown + (table(("drawn", "5 %", "50 %", "95 %"), drawn) if drawn else "")

    def __repr__(self) -> str:
        return f"<PriorPredictive of {self.scenario.name!r}: {len(self.decisions)} first decisions>"


def prior_predictive(
    scenario: Scenario,
    *,
    runs: int = 2_000,
    seed: int = 0,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool | None = None,
) -> PriorPredictive:
    """Check what the judgements of a scenario imply before any act of the crisis.

    Three things: how high the same actors would climb without the timeline, with neither signals nor events; what
    each would choose in its first decision, while nobody has acted yet; and the spread of what is drawn.

    Parameters
    ----------
    scenario
        The scenario.
    runs
        Runs; first decisions are looked at in the first thousand of them at most.
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
    PriorPredictive
        See there.

    Raises
    ------
    StudyError
        If an argument is not possible.

    Examples
    --------
    >>> from escalation.files import load
    >>> checked = prior_predictive(load("two-state-deterrence"), runs=200, seed=1)
    >>> sorted(checked.decisions)
    ['challenger-defender', 'defender-challenger']
    """
    runs, seed = whole("runs", runs, least=1, below=RUNS_BELOW), whole_seed(seed)
    recorded = min(runs, MOST_RECORDED)
    timeless = Scenario.from_dict({**scenario.to_dict(), "signals": {}, "events": {}})
    played = run(timeless, runs=runs, seed=seed, workers=workers, executor=executor, progress=progress)
    quiet = finished(played).peaks()
    lowered = lower_once(scenario)
    return PriorPredictive(
        scenario, runs, recorded, seed, quiet, _decisions(lowered, recorded, seed), _drawn(lowered, runs, seed)
    )


def _decisions(lowered: Lowered, recorded: int, seed: int) -> dict[str, FirstDecision]:
    """First decisions on each front, of the runs in which they fall in no later period than the first act."""
    from escalation.engines.compiled import run_recorded

    chosen: dict[int, list[int]] = {}
    weighed: dict[int, list[NDArray[np.float64]]] = {}
    for number in range(recorded):
        _, log = run_recorded(lowered, seed=seed, run=number)
        period, front, option, rung = log.acts[:, :4].T
        # All choose at the same time in a period: a first decision in that of the first act was made without knowing of
        # it.
        until = period[rung > 0].min(initial=np.iinfo(np.int64).max)
        fronts, first = np.unique(front[period <= until], return_index=True)
        for f, row in zip(fronts.tolist(), first.tolist(), strict=True):
            chosen.setdefault(f, []).append(int(option[row]))
            weighed.setdefault(f, []).append(log.values[row])
    return {
        lowered.front_ids[f]: _first(lowered, np.array(chosen[f]), np.array(weighed[f]), recorded)
        for f in sorted(chosen)
    }


def _first(lowered: Lowered, chosen: NDArray[np.int64], values: NDArray[np.float64], recorded: int) -> FirstDecision:
    names = lowered.option_names
    # What is on offer on a front is the same in every run: a baseline and being deniable are no quantities.
    offered = np.flatnonzero(values[0] > 0.5 * UNAVAILABLE).tolist()
    counts = np.bincount(chosen, minlength=len(names))
    over = values - values[:, :1]
    return FirstDecision(
        proportion(chosen.size, recorded),
        {names[o]: proportion(int(counts[o]), chosen.size, event=names[o]) for o in offered},
        {names[o]: _three(over[:, o]) for o in offered},
    )


def _drawn(lowered: Lowered, runs: int, seed: int) -> dict[str, tuple[float, float, float]]:
    """Quantiles of what each distribution was drawn as."""
    from escalation.engines.compiled import begin_states

    states = begin_states(lowered, seed=seed, runs=np.arange(runs, dtype=np.int64))
    places = {parameter.path: parameter.address for parameter in lowered.parameters}
    return {path: _three(states[:, address]) for path, address in places.items()}


def _three(values: NDArray[np.float64]) -> tuple[float, float, float]:
    low, middle, high = np.quantile(values, QUANTILES).tolist()
    return low, middle, high


def _named(three: tuple[float, float, float]) -> dict[str, float]:
    return {f"{q:g}": value for q, value in zip(QUANTILES, three, strict=True)}
