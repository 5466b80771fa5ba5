"""Sobol indices: which share of the variance of a probability each factor is behind."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate

__all__ = ["Evaluate", "salib", "sobol_indices"]

Evaluate = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Measures the same runs at each point of a design: (points, factors' columns) to (points, runs)."""

RESAMPLES = 400


def salib(module: str) -> Any:
    """Import a module of SALib.

    Raises
    ------
    StudyError
        If it is not installed.
    """
    import importlib

    try:
        return importlib.import_module(f"SALib.{module}")
    except ImportError as error:
        raise StudyError(
            "sensitivity studies need SALib, which the extra 'sensitivity' installs: "
            "pip install '.[sensitivity]' in a clone's folder"
        ) from error


def sobol_indices(
    sizes: Sequence[int], evaluate: Evaluate, *, samples: int, seed: int, level: float = 0.95
) -> list[dict[str, Estimate]]:
    """First-order and total indices of factors, on a unit cube [Saltelli2010]_ [Jansen1999]_.

    The numbers at the points are means over the same few runs, so that they scatter. Squares and products of two
    such means hold every run with itself; without those terms they have no bias from it.

    Parameters
    ----------
    sizes
        Number of columns of each factor, which are varied together.
    evaluate
        What is studied.
    samples
        Number of base points, a power of two; factors + 2 points are evaluated for each.
    seed
        Seed of the points, and of the bootstrap.
    level
        Confidence level of the intervals, which hold over points and runs.

    Returns
    -------
    list of dict
        For each factor ``first``, what knowing it alone would take from the variance, and ``total``, what would be
        left if all others were known.

    Raises
    ------
    StudyError
        If SALib is not there, or the numbers are the same at all points but for noise.
    """
    sampler = salib("sample.sobol")
    problem = _problem(sizes)
    design = sampler.sample(problem, samples, calc_second_order=False, scramble=True, seed=seed)
    values = evaluate(design)
    values = values.reshape(samples, len(sizes) + 2, -1)
    runs = values.shape[2]
    indices = _indices(values, np.full(runs, 1.0 / runs))
    rng = np.random.default_rng([seed, samples])
    resampled = []
    for _ in range(RESAMPLES):
        rows = rng.integers(samples, size=samples)
        weights = rng.multinomial(runs, np.full(runs, 1.0 / runs)) / runs
        # A sample in which nothing varies has no indices; where that is most of them, they say nothing.
        again = _indices(values[rows], weights)
        if again is not None:
            resampled.append(again)
    if indices is None or len(resampled) < RESAMPLES // 2:
        raise StudyError(
            "what is measured is the same at all points of the design, but for Monte Carlo noise, so there is no "
            "variance to share out; if it should vary, play more runs or widen the ranges"
        )
    return _estimates(indices, np.array(resampled), samples=samples, level=level)


def _problem(sizes: Sequence[int]) -> dict[str, Any]:
    groups = [f"factor {k}" for k, size in enumerate(sizes) for _ in range(size)]
    width = len(groups)
    return {
        "num_vars": width,
        "names": [f"column {k}" for k in range(width)],
        "bounds": [[0.0, 1.0]] * width,
        "groups": groups,
    }


def _indices(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Indices at runs weighted so, shape (2, factors); none where nothing varies.

    Each is a quadratic form over another; every run's own form, which is all noise, is taken from that of the mean.
    """
    used = weights > 0.0
    weights = weights[used]
    whole = _forms((values[:, :, used] @ weights)[:, :, np.newaxis])[:, :, 0]
    # The squared mean holds each run with itself by the square of its weight, and pairs of runs by the rest.
    own = float(np.sum(weights**2))
    if own < 1.0:
        whole = (whole - _forms(values[:, :, used]) @ weights**2) / (1.0 - own)
    variance, first, total = whole
    if not variance[0] > 1e-15:
        return None
    indices: NDArray[np.float64] = np.array([first, total]) / variance
    return indices


def _forms(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Variance, first-order and total form of each run; (samples, factors + 2, runs) to (3, factors, runs)."""
    analysis = salib("analyze.sobol")
    centred = values - values.mean(axis=(0, 1))
    a, b = centred[:, 0], centred[:, -1]
    variance = np.var(np.concatenate([a, b]), axis=0)
    forms = np.empty((3, values.shape[1] - 2, values.shape[2]))
    forms[0] = variance
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of runs that came out the same at all points, whose forms are 0
        for k in range(forms.shape[1]):
            mixed = centred[:, k + 1]
            forms[1, k] = analysis.first_order(a, mixed, b) * variance
            forms[2, k] = analysis.total_order(a, mixed, b) * variance
    return forms


def _estimates(
    indices: NDArray[np.float64], resampled: NDArray[np.float64], *, samples: int, level: float
) -> list[dict[str, Estimate]]:
    # Quantiles, for where there is little variance some ratios run wild.
    low, high = np.quantile(resampled, ((1.0 - level) / 2.0, (1.0 + level) / 2.0), axis=0)
    half = (high - low) / 2.0
    return [
        {
            kind: Estimate(
                float(indices[row, k]),
                float(indices[row, k] - half[row, k]),
                float(indices[row, k] + half[row, k]),
                samples,
                "bootstrap",
                level,
                kind,
            )
            for row, kind in enumerate(("first", "total"))
        }
        for k in range(indices.shape[1])
    ]
