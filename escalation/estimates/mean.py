"""A mean with Student's t interval."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate, check_level

__all__ = ["mean"]


def mean(values: ArrayLike, *, level: float = 0.95, event: str = "") -> Estimate:
    """Estimate a mean from independent values [Student1908]_.

    Parameters
    ----------
    values
        One finite value a run, shape (n,) with n ≥ 2.
    level
        Confidence level, strictly between 0 and 1.
    event
        What it is the mean of.

    Returns
    -------
    Estimate
        The mean and its interval, in the unit of the values.

    Raises
    ------
    StudyError
        If there are fewer than two values, one is not finite, or the level is not possible.

    Examples
    --------
    >>> print(mean([1.0, 2.0, 3.0, 4.0]))
    2.5 [0.4, 4.6] (Student-T 95 %, n = 4)
    """
    from scipy.special import stdtrit

    check_level(level)
    sample = np.asarray(values, dtype=np.float64)
    if sample.ndim != 1 or sample.size < 2 or not np.isfinite(sample).all():
        raise StudyError(f"values have shape {sample.shape}; a mean needs (n,), n 2 or more, all finite")
    value = float(sample.mean())
    error = float(sample.std(ddof=1)) / math.sqrt(sample.size)
    half = float(stdtrit(sample.size - 1, 0.5 + level / 2.0)) * error
    return Estimate(value, value - half, value + half, sample.size, "student-t", level, event)
