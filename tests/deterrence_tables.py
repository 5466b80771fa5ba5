"""Tables of a deterrence game, played by players that draw their shocks; the likelihood is not used."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import logistic, norm

Floats = NDArray[np.float64]
TRUE = {
    "u1_sq:a": 0.8,
    "u1_cap:Intercept": 1.0,
    "u1_war:Intercept": -0.6,
    "u1_war:b": -0.7,
    "u2_war:Intercept": 0.3,
    "u2_war:c": 1.1,
}
FORMULAS = {"u1_sq": "a - 1", "u1_cap": "1", "u1_war": "b", "u2_war": "c"}


def regressors(rng: np.random.Generator, rows: int) -> dict[str, Floats]:
    return {name: rng.normal(size=rows) for name in "abc"}


def utilities(table: dict[str, Floats], true: dict[str, float] = TRUE) -> Floats:
    """Utilities in the order u1_sq, u1_cap, u1_war, u2_cap, u2_war; shape (rows, 5)."""
    named = ("u1_sq", "u1_cap", "u1_war", "u2_cap", "u2_war")
    found = np.zeros((len(table["a"]), 5))
    for name, value in true.items():
        utility, _, regressor = name.partition(":")
        found[:, named.index(utility)] += value * (1.0 if regressor == "Intercept" else table[regressor])
    return found


def play(rng: np.random.Generator, u: Floats, *, link: str, error: str, scale: float = 1.0) -> NDArray[np.int64]:
    """Outcomes of games with these utilities: 0 status quo, 1 capitulation, 2 war."""
    rows = len(u)
    draw = rng.gumbel if link == "logit" else rng.normal
    shock = scale * draw(size=(5, rows))
    w = (u[:, 4] - u[:, 3]) / scale
    q = logistic.cdf(w) if link == "logit" else norm.cdf(w / np.sqrt(2.0))
    resists = u[:, 4] + shock[4] > u[:, 3] + shock[3]
    if error == "agent":
        attacks = (1.0 - q) * u[:, 1] + q * u[:, 2] + shock[1] > u[:, 0] + shock[0]
    else:
        attacks = (1.0 - q) * (u[:, 1] + shock[1]) + q * (u[:, 2] + shock[2]) > u[:, 0] + shock[0]
    return np.where(~attacks, 0, np.where(resists, 2, 1))


def cases(seed: int, rows: int, *, link: str = "logit", error: str = "agent", scale: float = 1.0) -> dict[str, Any]:
    """Table of regressors a, b and c and of outcomes y, by the utilities of `TRUE`."""
    rng = np.random.default_rng(seed)
    table: dict[str, Any] = regressors(rng, rows)
    table["y"] = play(rng, utilities(table), link=link, error=error, scale=scale)
    return table
