"""Rare events of a crisis: their probability by splitting, where brute force would wait for ever."""

from __future__ import annotations

import math
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.columns import column
from escalation.analysis.rare.gradual_reasons import GradualReasons
from escalation.analysis.rare.nearness import Nearness
from escalation.analysis.rare.splitting import Keys, Process, split
from escalation.engines.lower import lower_once
from escalation.estimates.estimate import Estimate, check_level, method_text
from escalation.estimates.html import table
from escalation.estimates.proportion import proportion
from escalation.montecarlo.pool import Crew, check_executor, thread_count
from escalation.montecarlo.provenance import study_head
from escalation.whole_numbers import whole, whole_seed
from escalation.world.plain_words import event_words
from escalation.world.scenario import Scenario

__all__ = ["RareEvent", "rare_event"]

_FIRST_KEY = 2**39
"""Runs of a study are numbered from 0, so that no chance is used twice."""
_RANGE = 2**28
"""Keys of one repetition."""
_MOST_REPETITIONS = 2000
_FEWEST = 40
"""Fewest paths of a repetition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RareEvent(Estimate):
    """Probability of a rare event; n counts the paths that were begun.

    Parameters
    ----------
    scenario, seed, particles
        What was played.
    estimates
        Probability that each repetition gave; independent, and each unbiased.
    simulated_days
        Days that were simulated.
    """

    scenario: Scenario
    seed: int
    particles: int
    estimates: tuple[float, ...]
    simulated_days: float

    @property
    def standard_error(self) -> float:
        """Standard error of the probability, from the repetitions."""
        return float(np.std(self.estimates, ddof=1)) / math.sqrt(len(self.estimates))

    @property
    def brute_force_days(self) -> float:
        """Days that brute force would need for the same standard error; infinite where none is known."""
        if self.standard_error == 0.0:
            return math.inf
        return self.value * (1.0 - self.value) / self.standard_error**2 * self.scenario.horizon

    def _repr_html_(self) -> str:
        words = event_words(self.event, self.scenario)
        how = method_text(self.method, level=self.level, n=self.n)
        return table(("event", "estimate", "method", "id"), [(words, self.number_text(), how, self.event)])

    def summary(self) -> dict[str, Any]:
        """Estimate and where it comes from, as ``--json`` prints them."""
        brute = self.brute_force_days
        return {
            **study_head(self.scenario, seed=self.seed, runs=self.n),
            "particles": self.particles,
            "repetitions": len(self.estimates),
            "horizon_days": float(self.scenario.horizon),
            "simulated_days": self.simulated_days,
            "brute_force_days": brute if math.isfinite(brute) else None,
            "probabilities": {self.event: self.to_dict()},
        }


def rare_event(
    scenario: Scenario,
    event: str,
    *,
    actor: str | None = None,
    target: str | None = None,
    seed: int = 0,
    particles: int = 2000,
    repetitions: int = 20,
    workers: int | None = None,
    executor: Executor | None = None,
    level: float = 0.95,
) -> RareEvent:
    """Estimate the probability of a rare event by adaptive multilevel splitting.

    Paths are split at the levels of `escalation.analysis.rare.nearness`. They draw the private reasons of their
    decisions in steps (`escalation.analysis.rare.gradual_reasons`). The estimate is unbiased. Its interval is Student's
    t over independent repetitions, on the scale of the logarithm. Where no path arrived, it is an upper bound.

    Parameters
    ----------
    scenario
        The crisis.
    event
        Name of the event, as in `Ensemble.probability`.
    actor, target
        Count only acts on fronts of this actor, against this target.
    seed
        Seed; the same gives the same estimate.
    particles
        Paths of a repetition.
    repetitions
        Independent repetitions, 2 or more.
    workers
        Number of threads; by default one for each core. Never changes results.
    executor
        Executor to send the work to instead, as in `escalation.montecarlo.runner.run`.
    level
        Confidence level.

    Returns
    -------
    RareEvent
        The estimate, with what it cost.

    Raises
    ------
    StudyError
        If there is no such event, or an argument is not possible.

    Examples
    --------
    >>> import escalation as esc
    >>> found = rare_event(esc.load("two-state-deterrence"), "war", seed=1, particles=100, repetitions=4)
    >>> 0.0 < found.low < found.value < found.high < 1.0
    True
    """
    check_level(level)
    repetitions = whole("repetitions", repetitions, least=2, below=_MOST_REPETITIONS + 1)
    particles, seed = whole("particles", particles, least=_FEWEST), whole_seed(seed)
    thread_count(workers)
    check_executor(executor)
    lowered = lower_once(scenario)
    near = Nearness.of(scenario, lowered, event, actor=actor, target=target)
    with Crew(repetitions, workers=workers, executor=executor, progress=False) as crew:
        repeated = crew.play(partial(_repetition, near, seed, particles), range(repetitions), runs=lambda _: 1)
    days = math.fsum(played for _, played in repeated)
    estimates = tuple(probability for probability, _ in repeated)
    interval = _interval(estimates, particles, level=level, event=event)
    return RareEvent(
        value=interval.value,
        low=interval.low,
        high=interval.high,
        n=interval.n,
        method=interval.method,
        level=level,
        event=event,
        scenario=scenario,
        seed=seed,
        particles=particles,
        estimates=estimates,
        simulated_days=days,
    )


def _repetition(near: Nearness, seed: int, particles: int, number: int) -> tuple[float, float]:
    """Probability that one splitting gave, on keys of its own, and the days played."""
    from escalation.engines.compiled import begin_states

    lowered = near.lowered
    first_key = _FIRST_KEY + number * _RANGE
    random = np.random.Generator(np.random.Philox(key=np.array([seed, first_key], np.uint64)))
    reasons = GradualReasons(lowered, near.helping, seed, random)
    days = 0.0

    # The tables after that of what acts are worth are written anew at every decision.
    words = lowered.places["value"].start + int(np.prod(lowered.places["value"].shape))

    def initial(keys: Keys) -> NDArray[np.float64]:
        return begin_states(lowered, seed=seed, runs=keys)[:, :words].copy()

    def step(states: NDArray[np.float64], keys: Keys) -> NDArray[np.float64]:
        nonlocal days
        days += reasons.step(states, keys)
        return states

    def over(states: NDArray[np.float64]) -> NDArray[np.bool_]:
        settled = column(states, lowered, "clock", "settled")[:, 0] >= 0
        stops = column(states, lowered, "rules", "stop_when_settled")[:, 0] == 1
        ends: NDArray[np.bool_] = column(states, lowered, "clock", "period")[:, 0] >= lowered.periods
        ends |= settled & stops
        return ends

    part = split(Process(initial, step, near, over), target=1.0, particles=particles, first_key=first_key)
    return part.probability, days


def _interval(estimates: tuple[float, ...], particles: int, *, level: float, event: str) -> Estimate:
    from scipy.special import stdtrit

    runs = len(estimates) * particles
    value = float(np.mean(estimates))
    error = float(np.std(estimates, ddof=1)) / math.sqrt(len(estimates))
    if error == 0.0:
        return proportion(round(value * runs), runs, level=level, event=event)  # none arrived, or all did
    reach = math.exp(min(700.0, float(stdtrit(len(estimates) - 1, 0.5 + level / 2.0)) * error / value))
    high = min(1.0, value * reach)
    return Estimate(value, value / reach, high, runs, "splitting, log student-t", level, event)
