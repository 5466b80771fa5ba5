"""Identifiability: which combinations of parameters the data leave as wide as the prior had them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["FLAT", "FlatDirection", "flat_directions"]

FLAT = 0.8
"""Share of the prior's standard deviation from which a direction counts as flat."""
NAMED = 0.3
"""Least weight with which a parameter is named as part of a direction."""


@dataclass(frozen=True, slots=True)
class FlatDirection:
    """A combination of parameters, in prior standard deviations, about which the data say little.

    Parameters
    ----------
    weights
        Weight of each parameter that takes part in it, the greatest first.
    kept
        Posterior standard deviation along it, as a share of the prior's.
    """

    weights: dict[str, float]
    kept: float

    def __str__(self) -> str:
        terms = " ".join(f"{weight:+.2f} {name}" for name, weight in self.weights.items())
        return f"{terms}: {100.0 * self.kept:.0f} % of the prior's width is left"

    def to_dict(self) -> dict[str, object]:
        """Plain data, as ``--json`` prints it."""
        return {"weights": self.weights, "kept": self.kept}


def flat_directions(covariance: NDArray[np.float64], names: Sequence[str]) -> list[FlatDirection]:
    """Directions along which a posterior is nearly as wide as its prior, the flattest first.

    Parameters
    ----------
    covariance
        Covariance of the posterior in prior standard deviations; shape (parameters, parameters).
    names
        Names of the parameters.

    Examples
    --------
    >>> print(*flat_directions(np.diag([0.01, 0.81]), ["leash", "bait"]))
    +1.00 bait: 90 % of the prior's width is left
    """
    spreads, axes = np.linalg.eigh(np.atleast_2d(covariance))
    found = []
    for variance, axis in sorted(zip(spreads.tolist(), axes.T, strict=True), key=lambda pair: -pair[0]):
        kept = float(np.sqrt(max(variance, 0.0)))
        if kept < FLAT:
            break
        # The sign of a direction means nothing; its greatest weight is made positive, so that it always reads the same
        # way.
        turned = axis * np.sign(axis[np.argmax(np.abs(axis))])
        order = [int(k) for k in np.argsort(-np.abs(turned)) if abs(turned[k]) >= NAMED]
        found.append(FlatDirection({names[k]: float(turned[k]) for k in order}, kept))
    return found
