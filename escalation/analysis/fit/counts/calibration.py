"""Calibration to the user's own data: how often each event happened in cases like a scenario.

Parameters are drawn as standard normal numbers and passed through the quantiles of their priors, so that a posterior
says by how much the data narrowed each of them, and which combinations they left as wide as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.fit.counts.abc import Population, sample_posterior
from escalation.analysis.fit.fisher_scoring import fisher_scoring, one_by_one
from escalation.analysis.fit.flat_directions import FlatDirection, flat_directions
from escalation.arithmetic.draws import normal_cdf, quantile
from escalation.engines.lower import Lowered, lower
from escalation.errors import ScenarioError, StudyError
from escalation.estimates.estimate import Estimate
from escalation.estimates.html import table
from escalation.files.study_key import fit_key
from escalation.montecarlo.progress import Progress
from escalation.montecarlo.runner import finished, run
from escalation.whole_numbers import RUNS_BELOW, whole, whole_seed
from escalation.world.distributions import Distribution
from escalation.world.near import near
from escalation.world.plain_words import event_words, place_words
from escalation.world.scenario import Scenario

__all__ = ["Calibration", "calibrate"]

Floats = NDArray[np.float64]
Counts = Mapping[str, tuple[int, int]]

STEP = 0.25


@dataclass(frozen=True, repr=False)
class Calibration:
    """What data say about the parameters of a scenario.

    Parameters
    ----------
    scenario
        The scenario with its parameters at the values found.
    parameters
        Value of each parameter, by its dotted path, with a 95 % interval.
    flat
        Directions that the data leave nearly as wide as the prior: what they do not identify.
    observed, fitted
        How often each event happened, and how likely the calibrated scenario makes it.
    method
        ``"moments"`` or ``"abc-smc"``.
    posterior
        Draws of the parameters; shape (draws, parameters).
    weights
        Weights of the draws; shape (draws,).

    Examples
    --------
    >>> import escalation as esc
    >>> from escalation.world.distributions import LogNormal
    >>> scenario = esc.load("two-state-deterrence")
    >>> priors = {"rules.leash": LogNormal(median=0.2, sigma=0.5)}
    >>> found = calibrate(scenario, {"war": (3, 40)}, parameters=priors, runs=100, seed=1, progress=False)
    >>> found.observed, list(found.fitted)
    ({'war': (3, 40)}, ['war'])
    """

    scenario: Scenario
    parameters: dict[str, Estimate]
    flat: list[FlatDirection]
    observed: dict[str, tuple[int, int]]
    fitted: dict[str, float]
    method: str
    posterior: Floats
    weights: Floats

    def __repr__(self) -> str:
        lines = [f"{path} = {estimate.number_text()}" for path, estimate in self.parameters.items()]
        return f"Calibration({self.method}: {'; '.join(lines)}; {len(self.flat)} flat directions)"

    def _repr_html_(self) -> str:
        caption = f"{self.scenario.name}, by {self.method}; {len(self.flat)} directions that the data leave flat"
        return "".join(table(*part, caption=said) for part, said in zip(self.tables(), (caption, ""), strict=True))

    def tables(self) -> tuple[tuple[tuple[str, ...], list[tuple[str, ...]]], ...]:
        """Heads and rows of two tables as texts: the parameters, and the events as observed and as fitted.

        Returns
        -------
        tuple
            Head and rows of each.
        """
        values = [
            (place_words(path, self.scenario), estimate.number_text(), path)
            for path, estimate in self.parameters.items()
        ]
        fits = [
            (event_words(event, self.scenario), f"{happened} of {cases}", f"{self.fitted[event]:.3f}", event)
            for event, (happened, cases) in self.observed.items()
        ]
        return (("parameter", "value and 95 % interval", "id"), [*values]), (
            ("event", "observed", "fitted", "id"),
            [*fits],
        )

    def summary(self) -> dict[str, Any]:
        """Plain data, as ``--json`` prints it.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        return {
            "scenario": self.scenario.name,
            "hash": self.scenario.hash,
            "method": self.method,
            "parameters": {path: estimate.to_dict() for path, estimate in self.parameters.items()},
            "flat_directions": [direction.to_dict() for direction in self.flat],
            "events": {
                event: {"happened": happened, "cases": cases, "fitted": self.fitted[event]}
                for event, (happened, cases) in self.observed.items()
            },
        }


def _priors(
    scenario: Scenario, parameters: Mapping[str, Distribution] | Sequence[str] | None
) -> tuple[Scenario, Lowered, list[str]]:
    """Scenario that states the parameters as distributions, how it is lowered, and their paths."""
    if isinstance(parameters, Mapping):
        for path, prior in parameters.items():
            scenario = scenario.replace(path, prior)
    lowered = lower(scenario)
    known = list(dict.fromkeys(parameter.path for parameter in lowered.parameters))
    named = [parameters] if isinstance(parameters, str) else parameters
    paths = known if named is None else list(dict.fromkeys(named))
    strange = [path for path in paths if path not in known]
    if strange:
        with suppress(ScenarioError):
            scenario.replace(strange[0], 0.5)  # which says of a place that is not there what may have been meant
    if strange or not paths:
        raise StudyError(
            f"{strange[0] if strange else scenario.name} has no prior: give one, as --parameter rules.leash=0.1:0.5 at "
            "the prompt, or in Python as "
            "parameters={'rules.leash': escalation.world.distributions.LogNormal(median=0.2, sigma=0.5)}"
        )
    return scenario, lowered, paths


def _values(lowered: Lowered, paths: list[str], z: Floats) -> dict[str, float]:
    """Values of the parameters at standard normal numbers."""
    draw_of = {parameter.path: draw for parameter, draw in zip(lowered.parameters, lowered.draws, strict=True)}
    values = {}
    for path, x in zip(paths, z.tolist(), strict=True):
        # At 0 and 1 a quantile can be infinite.
        u = min(max(normal_cdf(x), 1e-9), 1.0 - 1e-9)
        values[path] = quantile(draw_of[path], lowered.table_lists, u)
    return values


def _at(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    for path, value in values.items():
        scenario = scenario.replace(path, value)
    return scenario


def _counts(observed: Counts) -> dict[str, tuple[int, int]]:
    found = {}
    for event, pair in observed.items():
        try:
            one, of = pair
        except (TypeError, ValueError):
            raise StudyError(f"observed {event!r}: {pair!r}; must be (happened, cases), as (12, 40)") from None
        happened, cases = (whole(f"count of {event!r}", count) for count in (one, of))
        if not 0 <= happened <= cases or cases < 1:
            raise StudyError(
                f"observed {event!r}: {happened} of {cases}; must be (happened, cases), 0 ≤ happened ≤ cases"
            )
        found[event] = (happened, cases)
    if not found:
        raise StudyError("nothing was observed; give events as {'initiation': (12, 40)}, 12 of 40 cases")
    return found


def calibrate(
    scenario: Scenario,
    observed: Counts,
    *,
    parameters: Mapping[str, Distribution] | Sequence[str] | None = None,
    method: Literal["moments", "abc-smc"] = "moments",
    runs: int = 2000,
    seed: int = 0,
    population: int = 100,
    populations: int = 5,
    store: str | Path | None = None,
    progress: bool | None = None,
) -> Calibration:
    """Fit parameters of a scenario to how often events happened.

    Parameters
    ----------
    scenario
        The scenario.
    observed
        For each event, as `Ensemble.events` names them, how often it happened, and in how many cases like this one.
    parameters
        A prior for each dotted path to fit; or the paths at which the scenario itself states distributions; by
        default all of them.
    method
        ``"moments"``: the mode of the posterior by simulated moments, and its normal approximation; ``"abc-smc"``:
        draws of the posterior by approximate Bayesian computation [Toni2009]_, with pyABC [Klinger2018]_.
    runs
        Runs of the scenario for each trial of the parameters; the same draws for all, so that trials differ by
        their parameters alone. By ``"abc-smc"`` each trial takes draws of its own, and no more of them than the
        most cases that were observed.
    seed
        Seed.
    population, populations
        Draws kept, and how often they are refined, by ``"abc-smc"``: the tolerance falls from one time to the next.
    store
        File in which ``"abc-smc"`` keeps its populations. With one of the same fit that is there already it goes on
        from it, and finds what it would have found unbroken.
    progress
        Whether to show a progress bar; by default on a terminal, once the work is long.

    Returns
    -------
    Calibration
        The parameters with their intervals, the scenario at their values, and what the data do not tell.

    Raises
    ------
    StudyError
        If a parameter has no prior, an event is not known or what was observed is not possible.
    StoreError
        If the file cannot be read or written, or holds the populations of another fit.

    Examples
    --------
    >>> import escalation as esc
    >>> from escalation.world.distributions import LogNormal
    >>> scenario = esc.load("two-state-deterrence")
    >>> path = "actors.challenger.belligerence_cost"
    >>> priors = {path: LogNormal(median=0.5, sigma=0.8)}
    >>> found = calibrate(scenario, {"initiation": (12, 40)}, parameters=priors, runs=100, seed=1, progress=False)
    >>> found.scenario.actors["challenger"].belligerence_cost == found.parameters[path].value
    True
    """
    runs, seed = whole("runs", runs, least=1, below=RUNS_BELOW), whole_seed(seed)
    population, populations = whole("population", population, least=2), whole("populations", populations, least=1)
    counts = _counts(observed)
    stated, lowered, paths = _priors(scenario, parameters)

    def chances(z: Floats, trial: int, *, runs: int = runs) -> Floats:
        ensemble = finished(run(_at(stated, _values(lowered, paths, z)), runs=runs, seed=trial, progress=False))
        return np.array([ensemble.probability(event).value for event in counts])

    if method == "moments":
        if store is not None:
            raise StudyError("a store keeps the populations of 'abc-smc'; 'moments' has none to keep")
        found = _by_moments(lambda z: chances(z, seed), counts, len(paths), runs, seed, progress)
    elif method == "abc-smc":
        trial_runs = min(runs, max(cases for _, cases in counts.values()))
        found = sample_posterior(
            lambda z, trial: chances(z, trial, runs=trial_runs),
            counts,
            len(paths),
            runs=trial_runs,
            population=population,
            populations=populations,
            seed=seed,
            key=fit_key(
                stated, parameters=paths, observed=counts, seed=seed, method=method, runs=runs, population=population
            ),
            store=store,
            progress=progress,
        )
    else:
        raise StudyError(f"there is no method {method!r}{near(method, ('moments', 'abc-smc'))}")
    # Of moments the first draw is the mode itself.
    middle = np.average(found.z, axis=0, weights=found.weights) if method == "abc-smc" else found.z[0]
    drawn = np.array([list(_values(lowered, paths, z).values()) for z in found.z])
    values = _values(lowered, paths, middle)
    fitted = dict(zip(counts, chances(middle, seed).tolist(), strict=True))
    return Calibration(
        scenario=_at(stated, values),
        parameters={
            path: Estimate(values[path], *_interval(drawn[:, k], found.weights), len(drawn), method, event=path)
            for k, path in enumerate(paths)
        },
        flat=flat_directions(found.covariance, paths),
        observed=counts,
        fitted=fitted,
        method=method,
        posterior=drawn,
        weights=found.weights,
    )


def _interval(values: Floats, weights: Floats) -> tuple[float, float]:
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) / weights.sum()
    low, high = (values[order][np.searchsorted(reached, p).clip(0, values.size - 1)] for p in (0.025, 0.975))
    return float(low), float(high)


def _by_moments(
    chances: Callable[[Floats], Floats],
    counts: dict[str, tuple[int, int]],
    size: int,
    runs: int,
    seed: int,
    progress: bool | None,
) -> Population:
    """Mode and normal approximation of the posterior; the first draw is the mode itself."""
    table = np.array([[happened, cases - happened] for happened, cases in counts.values()], np.float64)

    def cells(z: Floats) -> Floats:
        # Half a run is added either way, so that a trial never makes impossible what was seen.
        likely = (chances(z) * runs + 0.5) / (runs + 1.0)
        bar.advance(1)
        return np.column_stack([likely, 1.0 - likely])

    steps = 8
    with Progress(1 + steps * (2 * size + 1), show=progress) as bar:
        mode = fisher_scoring(
            one_by_one(cells), table, np.zeros(size), step=STEP, both_ways=True, steps=steps, tolerance=0.05
        )
    draws = np.random.default_rng(seed).multivariate_normal(mode.z, mode.covariance, size=999)
    return Population(np.vstack([mode.z, draws]), np.ones(1000), mode.covariance)
