"""Maximum likelihood: from designs and outcomes to estimates and their covariance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import block_diag

from escalation.analysis.strategic_choice.designs import Designs
from escalation.analysis.strategic_choice.identification import check_identified, check_reached
from escalation.analysis.strategic_choice.likelihood import Likelihood
from escalation.analysis.strategic_choice.maximum import Maximum, maximum
from escalation.analysis.strategic_choice.shocks import Error, Link
from escalation.analysis.strategic_choice.starts import backward_induction, resistance, weighted_design
from escalation.errors import StudyError

__all__ = ["Estimation", "Model", "Start", "estimate"]

Floats = NDArray[np.float64]
Start = Literal["sbi", "zero"] | Sequence[float]

LEAST_CURVATURE = 1e-7
"""Least curvature of the log-likelihood at a maximum, along any direction of orthogonal columns of unit mean square."""
MOST_GAP = 1e-6
NAMED = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What is fitted: the model and the rows.

    Parameters
    ----------
    link, error, scale
        Distribution of the shocks, what they are shocks to, and their scale.
    designs
        Regressors of the utilities.
    outcomes
        0, 1 and 2 for status quo, capitulation and war; shape (rows,).
    clusters
        Number of the cluster of each row, where errors are clustered; shape (rows,).
    robust
        Whether standard errors are robust.
    """

    link: Link
    error: Error
    scale: float
    designs: Designs
    outcomes: NDArray[np.int64]
    clusters: NDArray[np.int64] | None
    robust: bool

    def likelihood(self) -> Likelihood:
        """Likelihood of the parameters as they are reported."""
        return Likelihood(self.link, self.error, [x / self.scale for x in self.designs.matrices], self.outcomes)


@dataclass(frozen=True, slots=True, eq=False)
class Estimation:
    """Estimates.

    Parameters
    ----------
    theta
        Parameters; shape (parameters,).
    covariance
        Their covariance; shape (parameters, parameters).
    log_likelihood
        Log-likelihood at the estimates.
    start_log_likelihood
        Log-likelihood at the start.
    steps
        Steps of the search.
    method
        Where the covariance is from, as an `Estimate` names it.
    """

    theta: Floats
    covariance: Floats
    log_likelihood: float
    start_log_likelihood: float
    steps: int
    method: str


def _given(start: Sequence[float], size: int) -> Floats:
    values = np.asarray(start, dtype=np.float64)
    if values.shape != (size,) or not np.isfinite(values).all():
        raise StudyError(f"start must be {size} finite numbers, one for each parameter, not of shape {values.shape}")
    return values


def _turn(columns: Floats) -> Floats:
    """What makes columns orthogonal and of unit mean square, and their coefficients those of the columns again."""
    return np.asarray(np.linalg.inv(np.linalg.qr(columns, mode="r")) * np.sqrt(len(columns)))


def _covariance(model: Model, theta: Floats, inverse: Floats) -> tuple[Floats, str]:
    """Inverse Hessian, or a sandwich around the scores of rows [White1982]_ or of clusters."""
    if model.clusters is None and not model.robust:
        return inverse, "wald"
    scores = model.likelihood().scores(theta)
    method = "wald robust"
    if model.clusters is not None:
        count = int(model.clusters.max()) + 1
        sums = np.zeros((count, scores.shape[1]))
        np.add.at(sums, model.clusters, scores)
        # Few clusters make the sum of squares too small, by this factor where they are alike.
        scores, method = sums * np.sqrt(count / (count - 1.0)), "wald clustered"
    return np.asarray(inverse @ (scores.T @ scores) @ inverse), method


def _check_maximum(found: Maximum, turn: Floats, names: Sequence[str]) -> None:
    values, vectors = np.linalg.eigh(found.information)
    if values[0] > LEAST_CURVATURE and found.gap < MOST_GAP:
        return
    weights = np.abs(turn @ vectors[:, 0])
    named = ", ".join(name for name, weight in zip(names, weights, strict=True) if weight > NAMED * weights.max())
    raise StudyError(
        f"no maximum of the likelihood was found: it is flat along {named}. Either these regressors tell some "
        "choices without fail, so that their coefficients grow without end, or the search began too far away; leave "
        "one out, or begin elsewhere by start="
    )


def estimate(model: Model, start: Start) -> Estimation:
    """Fit a model by maximum likelihood.

    Parameters
    ----------
    model
        What to fit.
    start
        ``"sbi"``, ``"zero"`` or the parameters with which to begin.

    Raises
    ------
    StudyError
        If the parameters are not identified, there are too few rows, or no maximum is found.
    """
    names = model.designs.parameters
    check_identified(model.designs)
    if model.outcomes.size <= len(names):
        raise StudyError(f"{model.outcomes.size} rows are too few for {len(names)} parameters")
    if isinstance(start, str) and start not in ("sbi", "zero"):
        raise StudyError(f"start {start!r} must be 'sbi', 'zero' or a number for each parameter")
    matrices = model.designs.matrices
    # Orthogonal columns, so that the search and its tolerances depend neither on units nor on where a scale has its 0.
    turns = [_turn(x) for x in matrices]
    turn = np.asarray(block_diag(*turns), dtype=np.float64)
    turned = [x @ one / model.scale for x, one in zip(matrices, turns, strict=True)]
    likelihood = Likelihood(model.link, model.error, turned, model.outcomes)
    induced = backward_induction(likelihood)
    first = sum(x.shape[1] for x in matrices[:3])
    # How player 1 weighs its utilities follows from how player 2 answers, which is first known by backward induction:
    # so this is worked out wherever the search is to start.
    check_reached(weighted_design(likelihood, resistance(likelihood, induced[first:])), model.designs)
    if isinstance(start, str):
        begin = induced if start == "sbi" else np.zeros(len(names))
    else:
        begin = np.asarray(np.linalg.solve(turn, _given(start, len(names))), dtype=np.float64)
    found = maximum(likelihood.value, likelihood.gradient, likelihood.hessian, begin)
    sizes = np.concatenate([np.sqrt((x**2).mean(axis=0)) for x in matrices])
    _check_maximum(found, sizes[:, np.newaxis] * turn, names)
    theta = turn @ found.at
    covariance, method = _covariance(model, theta, turn @ np.linalg.inv(found.information) @ turn.T)
    return Estimation(theta, covariance, found.value, likelihood.value(begin), found.steps, method)
