"""A run to begin with: one in which something happens, and that ends as most such runs do."""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass, field

from escalation.engines.compiled import at_hand
from escalation.engines.lower import lower_once
from escalation.engines.simulate import simulate
from escalation.montecarlo.runner import run as run_many
from escalation.world.scenario import Scenario

__all__ = ["RUNS", "Typical", "typical"]

RUNS = 50
"""Runs that are looked at, from the first on."""


@dataclass(frozen=True, slots=True)
class Typical:
    """How the first runs of a seed end, and which of them to begin with.

    Parameters
    ----------
    peaks
        Highest rung of each run, as a place on the ladder; 0 where nothing happened.
    """

    peaks: tuple[int, ...]

    @property
    def run(self) -> int:
        """First run whose highest rung is the commonest above none, of two the lower; 0 where nothing ever happens."""
        return self.peaks.index(self.rung)

    @property
    def rung(self) -> int:
        """Commonest highest rung above none; 0 where nothing happens in any run."""
        counts = Counter(peak for peak in self.peaks if peak > 0)
        return max(counts, key=lambda rung: (counts[rung], -rung), default=0)

    def alike(self, rung: int) -> int:
        """How many of the runs have this highest rung."""
        return self.peaks.count(rung)

    def why(self) -> str:
        """Why the page begins with that run, in a sentence that does not tell how it ends."""
        last = len(self.peaks) - 1
        if self.rung == 0:
            return f"In none of runs 0 to {last} does anybody go beyond the lowest rung. This is the first of them."
        count = self.alike(self.rung)
        return (
            f"This run was chosen because it is typical: {count} of runs 0 to {last} climb as high as it does, and no "
            "other height is more common among runs in which anything happens."
        )

    def likeness(self, rung: int) -> str:
        """How typical an end at a highest rung is, in a sentence."""
        return f"{self.alike(rung)} of runs 0 to {len(self.peaks) - 1} of this seed end at this highest rung."


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that has been answered before, told by the scenario's hash."""

    hash: str
    seed: int
    scenario: Scenario = field(compare=False)


def typical(scenario: Scenario, *, seed: int) -> Typical:
    """Play the first runs of a seed; kept once they are played.

    Where the model is not compiled yet, they are played in the readable engine, so that nobody waits for that.

    Parameters
    ----------
    scenario
        The crisis.
    seed
        Seed of the runs.

    Examples
    --------
    >>> import escalation as esc
    >>> found = typical(esc.load("two-state-deterrence"), seed=1)
    >>> found.peaks[found.run] == found.rung > 0
    True
    """
    return _typical(_Asked(scenario.hash, seed, scenario))


@functools.lru_cache(maxsize=256)
def _typical(asked: _Asked) -> Typical:
    if at_hand(lower_once(asked.scenario)):
        ensemble = run_many(asked.scenario, runs=RUNS, seed=asked.seed, workers=1, progress=False)
        return Typical(tuple(ensemble.peak().tolist()))
    rungs = [rung.name for rung in asked.scenario.ladder.rungs]
    runs = (simulate(asked.scenario, seed=asked.seed, run=run, engine="mesa") for run in range(RUNS))
    return Typical(tuple(rungs.index(run.outcome["peak"]) for run in runs))
