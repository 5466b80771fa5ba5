"""Draws of a posterior by approximate Bayesian computation with sequential Monte Carlo [Toni2009]_, by pyABC.

Each population is keyed by the seed and its own number, and is drawn from what the file holds of the one before. So a
fit that was broken off and taken up again draws the same as one that was not. pyABC takes its random numbers from
numpy's global generator in the prior, in the choice of a model and in the step from one population to the next. Here
all three are given a generator of the population's, and the global one is neither read nor changed.
"""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.fit.counts.interrupt import interrupts_deferred
from escalation.analysis.fit.counts.store import begun_store, reading_refused
from escalation.errors import StudyError
from escalation.files.study_key import Key
from escalation.montecarlo.progress import Progress

__all__ = ["Chances", "Population", "sample_posterior"]

Floats = NDArray[np.float64]

Chances = Callable[[Floats, int], Floats]
"""Shares of the runs in which each event happened, for parameters in prior standard deviations and a seed."""


@dataclass(frozen=True, slots=True)
class Population:
    """Draws of parameters in prior standard deviations.

    Parameters
    ----------
    z
        Draws; shape (draws, parameters).
    weights
        Their weights; shape (draws,).
    covariance
        Covariance of the posterior; shape (parameters, parameters).
    """

    z: Floats
    weights: Floats
    covariance: Floats


def _pyabc() -> Any:
    try:
        import pyabc
    except ImportError:
        raise StudyError("ABC-SMC needs pyABC: pip install '.[abc]' in a clone's folder") from None
    return pyabc


def sample_posterior(
    chances: Chances,
    counts: dict[str, tuple[int, int]],
    size: int,
    *,
    runs: int,
    population: int,
    populations: int,
    seed: int,
    key: Key,
    store: str | Path | None,
    progress: bool | None,
) -> Population:
    """Refine draws of the prior until what they give is near to what was observed.

    A trial counts the events in as many simulated cases as were observed, so that what is accepted carries the
    sampling error of the data. From population to population the tolerance falls to the median distance of the one
    before. Once it is 0 nothing is left to refine.

    Parameters
    ----------
    chances
        Shares of the runs in which the events happened.
    counts
        How often each event happened, and of how many cases.
    size
        Number of parameters.
    runs
        Runs of which `chances` are shares.
    population, populations
        Draws kept, and how often they are refined in all.
    seed
        Seed.
    key
        What the populations follow from.
    store
        File that keeps the populations.
    progress
        Whether to show a progress bar.

    Raises
    ------
    StudyError
        If pyABC is not installed.
    StoreError
        If the file cannot be read or written, or holds the populations of another study.
    """
    pyabc = _pyabc()
    cases = np.array([n for _, n in counts.values()])
    happened = np.array([k for k, _ in counts.values()])
    # Half a case is added, so that an event that always or never happened does not weigh without bounds.
    rates = (happened + 0.5) / (cases + 1.0)
    error = np.sqrt(rates * (1.0 - rates) / cases)
    observed = {"rates": happened / cases}

    def distance(one: dict[str, Floats], other: dict[str, Floats]) -> float:
        return float(np.sqrt((((one["rates"] - other["rates"]) / error) ** 2).sum()))

    def search_for(t: int) -> Any:
        rng = np.random.default_rng([seed, t])

        def trial(parameters: dict[str, float]) -> dict[str, Floats]:
            heed_interrupt()
            z = np.array([parameters[f"z{k}"] for k in range(size)])
            likely = chances(z, int(rng.integers(2**32)))
            return {"rates": _simulated_counts(likely, cases, runs, rng) / cases}

        return _search(pyabc, trial, distance, size=size, population=population, rng=rng)

    with (
        _quiet(),
        tempfile.TemporaryDirectory(prefix="escalation-") as folder,
        Progress(populations, show=progress) as bar,
    ):
        path = Path(folder) / "populations.db" if store is None else Path(store)
        with reading_refused(str(path)), interrupts_deferred() as heed_interrupt:
            address = begun_store(path, key, lambda address: search_for(0).new(address, observed))
            kept = _refine(search_for, address, populations, bar)
            frame, weights = pyabc.History(address).get_distribution(t=kept - 1)
    z = frame[[f"z{k}" for k in range(size)]].to_numpy(np.float64)
    w = np.asarray(weights, np.float64)
    return Population(z, w, np.atleast_2d(np.cov(z.T, aweights=w)))


def _refine(search_for: Callable[[int], Any], address: str, populations: int, bar: Progress) -> int:
    """Draw the populations that a file does not have yet; return the number of the last one, from 1 on.

    Each is drawn by a search of its own: one that is told to go on takes its tolerance from the first sample again.
    """
    from sqlalchemy.exc import SQLAlchemyError

    for t in range(populations):
        search = search_for(t)
        history = search.load(address)
        if t > history.max_t:
            try:
                search.run(max_nr_populations=1)
            except SQLAlchemyError:
                history = search_for(t).load(address)
                if t > history.max_t:  # otherwise another process was first, and has drawn the same
                    raise
        bar.advance(1)
        tolerance = history.get_all_populations().set_index("t").epsilon[t]
        if tolerance == 0.0:
            return t + 1
    return populations


def _simulated_counts(
    likely: Floats, cases: NDArray[np.int64], runs: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """How often each event happened in as many simulated cases as were observed.

    Where there are runs enough the cases are taken from among them, so that no error of the shares is added to
    that of the data. Otherwise they are drawn with the shares as probabilities.
    """
    hits = np.rint(likely * runs).astype(np.int64)
    taken = rng.hypergeometric(hits, runs - hits, np.minimum(cases, runs))
    return np.where(cases <= runs, taken, rng.binomial(cases, likely))


def _search(
    pyabc: Any,
    trial: Callable[[dict[str, float]], dict[str, Floats]],
    distance: Callable[[dict[str, Floats], dict[str, Floats]], float],
    *,
    size: int,
    population: int,
    rng: np.random.Generator,
) -> Any:
    """A search whose every random number comes from a generator."""

    class Step(pyabc.MultivariateNormalTransition):  # type: ignore[misc]  # known when it is installed
        def rvs_single(self) -> Any:
            place = rng.choice(len(self.X), p=self.w)
            drawn = rng.multivariate_normal(self.X.to_numpy()[place], self.cov)
            return pyabc.Parameter(dict(zip(self.X.columns, drawn.tolist(), strict=True)))

    prior = {f"z{k}": pyabc.RV("norm", 0.0, 1.0) for k in range(size)}
    model = pyabc.RV("randint", 0, 1)
    for variable in (*prior.values(), model):
        variable.distribution.random_state = rng
    return pyabc.ABCSMC(
        trial,
        pyabc.Distribution(**prior),
        distance,
        population_size=population,
        model_prior=model,
        transitions=Step(),
        # On one core, so that the numbers of the generator are taken in one order.
        sampler=pyabc.SingleCoreSampler(),
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pyABC from reporting each population."""
    log = logging.getLogger("ABC")
    before = log.level
    log.setLevel(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(before)
