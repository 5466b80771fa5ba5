"""Likelihood-ratio tests of a model against a larger one that holds it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from escalation.analysis.strategic_choice.estimation import Model
from escalation.analysis.strategic_choice.likelihood import UTILITIES
from escalation.errors import StudyError

__all__ = ["LikelihoodRatio", "nested_test"]

SPANNED = 1e-8
"""Greatest part of a column, as a share of its length, that a larger model may leave over."""


@dataclass(frozen=True, slots=True)
class LikelihoodRatio:
    """Likelihood-ratio test of a restricted model against a larger one [Wilks1938]_.

    Parameters
    ----------
    statistic
        Twice the difference of the log-likelihoods.
    df
        Number of restrictions.
    p_value
        Probability of such a statistic or a greater one if the restrictions hold, by its limit in large tables.
    """

    statistic: float
    df: int
    p_value: float

    def __str__(self) -> str:
        return f"likelihood ratio {self.statistic:.2f} on {self.df} df, p = {self.p_value:.2g}"

    def to_dict(self) -> dict[str, float | int]:
        """Plain data, as ``--json`` prints it."""
        return {"statistic": self.statistic, "df": self.df, "p_value": self.p_value}


def _spans(large: NDArray[np.float64], small: NDArray[np.float64]) -> bool:
    """Whether every column of a design is a combination of those of another."""
    if not small.shape[1]:
        return True
    if not large.shape[1]:
        return False
    left = small - large @ np.linalg.lstsq(large, small, rcond=None)[0]
    return bool((np.linalg.norm(left, axis=0) <= SPANNED * np.linalg.norm(small, axis=0)).all())


def nested_test(large: Model, small: Model, gain: float) -> LikelihoodRatio:
    """Test a model against one that holds it.

    Parameters
    ----------
    large, small
        The models, fitted to the same rows.
    gain
        How much greater the log-likelihood of the larger one is.

    Raises
    ------
    StudyError
        If the smaller model is no special case of the larger one.
    """
    if (large.link, large.error) != (small.link, small.error):
        raise StudyError("models of different link or error are not nested; compare their aic")
    if not np.array_equal(large.outcomes, small.outcomes):
        raise StudyError("the two fits must have the same outcomes in the same rows")
    df = len(large.designs.parameters) - len(small.designs.parameters)
    pairs = zip(UTILITIES, large.designs.matrices, small.designs.matrices, strict=True)
    outside = [name for name, more, less in pairs if not _spans(more, less)]
    if outside or df < 1:
        what = f"{outside[0]} holds regressors that the larger lacks" if outside else "it has no fewer parameters"
        raise StudyError(f"the restricted model must be a special case of the larger: {what}")
    # Rounding can leave a restriction that costs nothing a little above what it restricts.
    statistic = max(0.0, 2.0 * gain)
    return LikelihoodRatio(statistic, df, float(chdtrc(df, statistic)))
