"""The gambler's ruin, whose probability has a closed form: what splitting is checked against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.rare.splitting import Process

__all__ = ["exact", "gambler", "uniform"]


def uniform(keys: NDArray[np.int64], moments: NDArray[np.int64]) -> NDArray[np.float64]:
    """Uniform numbers by key and moment: SplitMix64 of their combination."""
    word = keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + moments.astype(np.uint64) * np.uint64(
        0xD1B54A32D192ED03
    )
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        word = (word ^ (word >> np.uint64(shift))) * np.uint64(factor)
    found: NDArray[np.float64] = ((word ^ (word >> np.uint64(31))) >> np.uint64(11)) * 2.0**-53
    return found


def gambler(p: float, most: int, first: int, *, jump: int = 1) -> Process:
    """Fortune that rises by `jump` with probability p, else falls by 1, until 0 or `most`."""

    def initial(keys: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.tile([first, 0], (len(keys), 1))

    def step(states: NDArray[np.int64], keys: NDArray[np.int64]) -> NDArray[np.int64]:
        fortune, moment = states.T
        return np.stack([fortune + np.where(uniform(keys, moment) < p, jump, -1), moment + 1], axis=1)

    def level(states: NDArray[np.int64]) -> NDArray[np.float64]:
        return states[:, 0].astype(np.float64)

    def over(states: NDArray[np.int64]) -> NDArray[np.bool_]:
        return (states[:, 0] <= 0) | (states[:, 0] >= most)

    return Process(initial, step, level, over)


def exact(p: float, most: int, first: int, *, jump: int = 1) -> float:
    """Probability of reaching `most` or more before 0, by solving the linear equations."""
    equations = np.eye(most + 1)
    known = np.zeros(most + 1)
    known[most] = 1.0
    for fortune in range(1, most):
        equations[fortune, min(most, fortune + jump)] -= p
        equations[fortune, fortune - 1] -= 1.0 - p
    return float(np.linalg.solve(equations, known)[first])
