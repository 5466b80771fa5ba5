"""Elementary effects: which factors matter at all, at the cost of few points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.uncertain.sobol import Evaluate, salib
from escalation.estimates.estimate import Estimate

__all__ = ["RANGE", "effects_of", "elementary_effects"]

RANGE = (0.05, 0.95)
"""Probabilities between which each distribution is varied."""

LEVELS = 4
RESAMPLES = 400

Reals = NDArray[np.float64]


def elementary_effects(
    sizes: Sequence[int], evaluate: Evaluate, *, samples: int, seed: int, level: float = 0.95
) -> list[dict[str, Estimate]]:
    """Mean elementary effects of factors, by trajectories that change one factor a step [Morris1991]_.

    Parameters
    ----------
    sizes
        Number of columns of each factor, which are varied together.
    evaluate
        What is studied.
    samples
        Number of trajectories, 2 or more, of factors + 1 points each.
    seed
        Seed of the trajectories, and of the bootstrap.
    level
        Confidence level of the intervals, which hold over trajectories and runs.

    Returns
    -------
    list of dict
        For each factor ``mu_star``, the mean size of its effect [Campolongo2007]_: the change of what is measured
        from its quantile at 0.05 to that at 0.95. For factors of one column each also ``mu``, its mean with its sign.

    Raises
    ------
    StudyError
        If SALib is not there.
    """
    problem = {
        "num_vars": sum(sizes),
        "names": [f"column {k}" for k in range(sum(sizes))],
        "bounds": [list(RANGE)] * sum(sizes),
    }
    single = max(sizes) == 1
    if not single:
        problem["groups"] = [f"factor {k}" for k, size in enumerate(sizes) for _ in range(size)]
    design = salib("sample.morris").sample(problem, samples, num_levels=LEVELS, seed=seed)
    values = evaluate(design)
    # The interval that the library adds is of the trajectories alone.
    found = salib("analyze.morris").analyze(
        problem, design, values.mean(axis=1), num_resamples=2, num_levels=LEVELS, seed=seed
    )
    whole = {name: np.asarray(found[name], dtype=np.float64) for name in ("mu_star", "mu")}
    effects = effects_of(design, values, sizes)
    rng = np.random.default_rng([seed, samples])
    runs = values.shape[1]
    resampled = {name: np.empty((RESAMPLES, len(sizes))) for name in whole}
    for n in range(RESAMPLES):
        rows = rng.integers(samples, size=samples)
        again = (effects @ (rng.multinomial(runs, np.full(runs, 1.0 / runs)) / runs))[rows]
        resampled["mu"][n], resampled["mu_star"][n] = again.mean(axis=0), np.abs(again).mean(axis=0)
    # Half the spread to either side, for noise in the resampled runs lengthens every effect.
    ends = {
        name: np.quantile(each, ((1.0 - level) / 2.0, (1.0 + level) / 2.0), axis=0) for name, each in resampled.items()
    }
    return [
        {
            name: _estimate(name, whole[name][k], (ends[name][1, k] - ends[name][0, k]) / 2.0, samples, level)
            for name in (("mu_star", "mu") if single else ("mu_star",))
        }
        for k in range(len(sizes))
    ]


def effects_of(design: Reals, values: Reals, sizes: Sequence[int]) -> Reals:
    """Effect of each factor on each trajectory in each run, by the whole range of probabilities.

    Parameters
    ----------
    design
        Points of the trajectories, one after the other; shape (trajectories × (factors + 1), columns).
    values
        What is measured at them; shape (trajectories × (factors + 1), runs).
    sizes
        Number of columns of each factor; of a factor of several, the effect is that of the step, whatever its sense.

    Returns
    -------
    array
        Shape (trajectories, factors, runs).
    """
    points = len(sizes) + 1
    steps = np.diff(design.reshape(-1, points, design.shape[1]), axis=1)
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    moved = np.add.reduceat(np.abs(steps), first, axis=2) > 0.0
    sense = np.where(moved, 1.0, 0.0) if max(sizes) > 1 else np.sign(steps)
    changes = np.diff(values.reshape(-1, points, values.shape[1]), axis=1)
    effects: Reals = np.einsum("tsf,tsr->tfr", sense, changes) * (2.0 * (LEVELS - 1) / LEVELS)
    return effects


def _estimate(name: str, value: float, half: float, samples: int, level: float) -> Estimate:
    value, half = float(value), float(half)
    return Estimate(value, value - half, value + half, samples, "bootstrap", level, name)
