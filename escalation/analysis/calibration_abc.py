"""Draws of a posterior by approximate Bayesian computation with sequential Monte Carlo [Toni2009]_, by pyABC."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StoreError, StudyError
from escalation.montecarlo.progress import Progress

__all__ = ["Population", "sample_posterior"]

Floats = NDArray[np.float64]


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
        raise StudyError("ABC-SMC needs pyABC: pip install 'escalation[abc]'") from None
    return pyabc


def sample_posterior(
    chances: Callable[[Floats, int], Floats],
    counts: dict[str, tuple[int, int]],
    size: int,
    *,
    population: int,
    populations: int,
    seed: int,
    store: str | Path | None,
    progress: bool | None,
) -> Population:
    """Refine draws of the prior until what they give is near to what was observed.

    A trial counts the events in as many simulated cases as were observed, so that what is accepted carries the
    sampling error of the data.

    Parameters
    ----------
    chances
        Probabilities of the events for parameters and the seed of a trial.
    counts
        How often each event happened, and of how many cases.
    size
        Number of parameters.
    population, populations
        Draws kept, and how often they are refined in all.
    seed
        Seed.
    store
        File that keeps the populations.
    progress
        Whether to show a progress bar.

    Raises
    ------
    StudyError
        If pyABC is not installed.
    StoreError
        If the file holds the populations of another study.
    """
    pyabc = _pyabc()
    cases = np.array([n for _, n in counts.values()])
    happened = np.array([k for k, _ in counts.values()])
    rates = (happened + 0.5) / (cases + 1.0)
    error = np.sqrt(rates * (1.0 - rates) / cases)
    rng = np.random.default_rng(seed)

    def trial(parameters: dict[str, float]) -> dict[str, Floats]:
        z = np.array([parameters[f"z{k}"] for k in range(size)])
        likely = chances(z, int(rng.integers(2**32)))
        return {"rates": rng.binomial(cases, np.clip(likely, 0.0, 1.0)) / cases}

    def distance(one: dict[str, Floats], other: dict[str, Floats]) -> float:
        return float(np.sqrt((((one["rates"] - other["rates"]) / error) ** 2).sum()))

    prior = pyabc.Distribution(**{f"z{k}": pyabc.RV("norm", 0.0, 1.0) for k in range(size)})
    before = logging.getLogger("ABC").level
    logging.getLogger("ABC").setLevel(logging.WARNING)
    state = np.random.get_state()  # noqa: NPY002 - pyABC draws from numpy's global generator
    np.random.seed(seed % 2**32)  # noqa: NPY002
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            search = pyabc.ABCSMC(trial, prior, distance, population_size=population, sampler=pyabc.SingleCoreSampler())
            done = _open(search, store, {"rates": happened / cases}, {"counts": repr(counts), "size": size})
            with Progress(populations, show=progress) as bar:
                bar.advance(done)
                for _ in range(populations - done):
                    search.run(max_nr_populations=1)
                    bar.advance(1)
            frame, weights = search.history.get_distribution()
            z = frame[[f"z{k}" for k in range(size)]].to_numpy(np.float64)
    finally:
        logging.getLogger("ABC").setLevel(before)
        np.random.set_state(state)  # noqa: NPY002
    w = np.asarray(weights, np.float64)
    return Population(z, w, np.atleast_2d(np.cov(z.T, aweights=w)))


def _open(search: Any, store: str | Path | None, observed: dict[str, Floats], study: dict[str, Any]) -> int:
    """Begin a search, or go on with the one in a file; return the number of populations it has."""
    path = None if store is None else Path(store)
    url = "sqlite://" if path is None else f"sqlite:///{path}"
    if path is not None and path.exists():
        history = search.load(url)
        kept = history.observed_sum_stat()["rates"]
        if kept.shape != observed["rates"].shape or not np.allclose(kept, observed["rates"]):
            raise StoreError(f"{path}: holds the populations of other observations; give another file")
        return int(history.max_t) + 1
    search.new(url, observed, meta_info=study)
    return 0
