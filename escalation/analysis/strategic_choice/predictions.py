"""Predicted probabilities, with intervals by the delta method on the scale of log-odds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtri

from escalation.analysis.strategic_choice.estimation import Estimation, Model
from escalation.analysis.strategic_choice.likelihood import (
    CAPITULATION,
    STATUS_QUO,
    WAR,
    Likelihood,
    log_probabilities,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CHANCES", "predictions"]

Floats = NDArray[np.float64]

CHANCES = ("sq", "cap", "war", "attack", "resist")
"""Probabilities that are predicted: of the outcomes, and of either player's choice."""
LEAST = -700.0
"""Least logarithm of a probability whose log-odds are told apart."""


def _log_odds(model: Model, designs: Sequence[Floats], theta: Floats) -> dict[str, tuple[Floats, Floats]]:
    """Log-odds of each probability, shape (rows,), and their slopes by the parameters, shape (rows, parameters)."""
    count = designs[0].shape[0]
    slopes = []
    for outcome in (STATUS_QUO, CAPITULATION, WAR):
        one = Likelihood(model.link, model.error, designs, np.full(count, outcome))
        slopes.append(one.scores(theta))
    # The slopes above were taken at the same utilities for each outcome; any of the three likelihoods has them.
    logs = np.maximum(log_probabilities(model.link, model.error, one.utilities(theta)), LEAST)
    quo, low, war = logs.T
    quo_by, low_by, war_by = slopes
    either = np.logaddexp(low, war)
    # A slope of a log-odds is that of its logarithm less that of its complement's; a complement's is a weighted mean.
    either_by = _mean(low, low_by, war, war_by)
    odds = (
        (quo - either, quo_by - either_by),
        (low - np.logaddexp(quo, war), low_by - _mean(quo, quo_by, war, war_by)),
        (war - np.logaddexp(quo, low), war_by - _mean(quo, quo_by, low, low_by)),
        (either - quo, either_by - quo_by),
        (war - low, war_by - low_by),
    )
    return dict(zip(CHANCES, odds, strict=True))


def _mean(one: Floats, one_by: Floats, two: Floats, two_by: Floats) -> Floats:
    share = expit(one - two)[:, np.newaxis]
    return np.asarray(share * one_by + (1.0 - share) * two_by)


def predictions(
    model: Model, estimation: Estimation, matrices: Sequence[Floats], index: Any, level: float
) -> pd.DataFrame:
    """Probabilities of outcomes and choices, each with the ends of its interval.

    Parameters
    ----------
    model, estimation
        The fit.
    matrices
        Regressors of each utility; shapes (rows, columns of the utility).
    index
        Labels of the rows.
    level
        Confidence level.
    """
    import pandas as pd

    half = float(ndtri(0.5 + 0.5 * level))
    columns: dict[str, Floats] = {}
    for name, (odds, by) in _log_odds(model, [x / model.scale for x in matrices], estimation.theta).items():
        spread = np.sqrt(np.maximum(np.einsum("ni,ij,nj->n", by, estimation.covariance, by), 0.0))
        columns[name] = expit(odds)
        columns[f"{name}_low"], columns[f"{name}_high"] = expit(odds - half * spread), expit(odds + half * spread)
    return pd.DataFrame(columns, index=index)
