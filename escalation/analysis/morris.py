"""Elementary effects: which factors matter at all, at the cost of few points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.sobol import Evaluate, salib
from escalation.estimates.estimate import Estimate

__all__ = ["RANGE", "elementary_effects"]

RANGE = (0.05, 0.95)
"""Probabilities between which each distribution is varied."""

LEVELS = 4


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
        Confidence level of the intervals, which hold over trajectories at the runs played.

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
    values = evaluate(design).mean(axis=1)
    analysis = salib("analyze.morris").analyze
    found = analysis(problem, design, values, num_resamples=1000, conf_level=level, num_levels=LEVELS, seed=seed)
    half = np.asarray(found["mu_star_conf"], dtype=np.float64)
    effects = [
        {"mu_star": _estimate("mu_star", value, spread, samples, level, "bootstrap")}
        for value, spread in zip(np.asarray(found["mu_star"], dtype=np.float64), half, strict=True)
    ]
    if single:
        errors = np.asarray(found["sigma"], dtype=np.float64) / np.sqrt(samples)
        _add_signed(effects, np.asarray(found["mu"], dtype=np.float64), errors, samples=samples, level=level)
    return effects


def _add_signed(
    effects: list[dict[str, Estimate]],
    mu: NDArray[np.float64],
    errors: NDArray[np.float64],
    *,
    samples: int,
    level: float,
) -> None:
    from scipy.special import stdtrit

    t = float(stdtrit(samples - 1, 0.5 + level / 2.0))
    for effect, value, error in zip(effects, mu, errors, strict=True):
        effect["mu"] = _estimate("mu", value, t * error, samples, level, "t")


def _estimate(name: str, value: float, half: float, samples: int, level: float, method: str) -> Estimate:
    value, half = float(value), float(half)
    return Estimate(value, value - half, value + half, samples, method, level, name)
