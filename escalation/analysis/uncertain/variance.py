"""The law of total variance: how much of an outcome is chance, and how much is what we do not know."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError

__all__ = ["VarianceSplit", "split_variance"]


@dataclass(frozen=True, slots=True)
class VarianceSplit:
    """Variance of an outcome, split by where it comes from.

    Parameters
    ----------
    chance
        Aleatory part E[Var(Y|θ)]: what would remain if the scenario's distributions were known numbers.
    judgement
        Epistemic part Var(E[Y|θ]), without bias, and never below 0.
    noise
        Monte Carlo noise that was taken from the variance between draws to get there.
    clipped
        Whether the estimate of the epistemic part was below 0: no more than noise can be seen at so many runs.
    """

    chance: float
    judgement: float
    noise: float
    clipped: bool

    @property
    def total(self) -> float:
        """Variance of the outcome of a run."""
        return self.chance + self.judgement

    @property
    def share(self) -> float:
        """Share of it that is epistemic; 0 where there is no variance at all."""
        return self.judgement / self.total if self.total > 0.0 else 0.0


def split_variance(values: NDArray[np.float64]) -> VarianceSplit:
    """Split the variance of an outcome between draws of the scenario's distributions, and chance within them.

    The variance between the means of the draws is too great by the noise of each mean, chance/n; it is taken off, as
    in the analysis of variance with random effects [Searle1992]_.

    Parameters
    ----------
    values
        Outcomes of independent runs at each draw; shape (draws, runs), 2 or more of both.

    Returns
    -------
    VarianceSplit
        The parts.

    Raises
    ------
    StudyError
        If there are fewer than 2 draws or 2 runs.

    Examples
    --------
    >>> split_variance(np.array([[0.0, 1.0], [0.0, 1.0]]))
    VarianceSplit(chance=0.5, judgement=0.0, noise=0.25, clipped=True)
    """
    if values.ndim != 2 or min(values.shape) < 2:
        raise StudyError(f"values are of shape {values.shape}; a split needs 2 or more draws of 2 or more runs each")
    chance = float(values.var(axis=1, ddof=1).mean())
    noise = chance / values.shape[1]
    judgement = float(values.mean(axis=1).var(ddof=1)) - noise
    return VarianceSplit(chance=chance, judgement=max(judgement, 0.0), noise=noise, clipped=judgement < 0.0)
