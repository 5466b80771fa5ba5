"""Rivals: simple forecasts that a model has to beat, refitted to the same rows in the same folds.

Each takes the covariates and levels of the rows to learn from, and the covariates of those to forecast, and returns
a probability for each level; shape (rows, levels).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from escalation.data.covariates import Covariates
from escalation.data.crisis_actors import TRIGGER_GROUPS
from escalation.errors import StudyError

__all__ = ["RIVALS", "climatology", "features", "logit", "random_forest", "trigger_rate"]

Floats = NDArray[np.float64]
Levels = NDArray[np.int64]
Rival = Callable[[Covariates, Levels, Covariates, int], Floats]

RIDGE = 10.0
"""Ridge of the logit, per squared coefficient of a standardised feature: ten times what is customary."""
TREES = 300
LEAF = 5
"""Least rows in a leaf of the forest."""


def _shares(levels: Levels, count: int) -> Floats:
    """Share of each level, with one case in all added evenly, so that none is held impossible."""
    return np.asarray((np.bincount(levels, minlength=count) + 1.0 / count) / (levels.size + 1.0))


def climatology(known: Covariates, levels: Levels, asked: Covariates, count: int) -> Floats:
    """Forecast the same rates for every case."""
    del known
    return np.tile(_shares(levels, count), (len(asked), 1))


def trigger_rate(known: Covariates, levels: Levels, asked: Covariates, count: int) -> Floats:
    """Forecast the rates of each case's trigger group."""
    overall = _shares(levels, count)
    rates = np.empty((len(TRIGGER_GROUPS), count))
    for group in range(len(TRIGGER_GROUPS)):
        mine = levels[known.group == group]
        rates[group] = (np.bincount(mine, minlength=count) + overall) / (mine.size + 1.0)
    return np.asarray(rates[asked.group])


def features(rows: Covariates) -> Floats:
    """Everything that may be known of a row, as numbers; shape (rows, features).

    What is not known counts as it does for the model: as equal capability, no, or none.
    """
    rows = rows.assumed()
    groups = [rows.group == group for group in range(1, len(TRIGGER_GROUPS))]
    others = [
        rows.nonstate,
        rows.multistate,
        rows.internal,
        np.log(rows.share / (1.0 - rows.share)),
        rows.pact,
        rows.adverse_pact,
        rows.nuclear,
        rows.adverse_nuclear,
        rows.democratic,
        rows.military,
        rows.adverse_democratic,
        rows.rivals,
        rows.dyad_history,
        rows.history,
        rows.intrawar,
    ]
    return np.column_stack([*groups, *others]).astype(np.float64)


def logit(known: Covariates, levels: Levels, asked: Covariates, count: int) -> Floats:
    """Forecast by a multinomial logit with a ridge on all features [LeCessie1992]_."""
    from scipy.optimize import minimize
    from scipy.special import softmax

    x = features(known)
    middle, scale = x.mean(axis=0), np.where(x.std(axis=0) > 0.0, x.std(axis=0), 1.0)
    # Rows that are asked about are standardised by the middle and scale of those learnt from, which alone are known.
    x = np.column_stack([np.ones(len(x)), (x - middle) / scale])
    target = np.eye(count)[levels]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(x.shape[1], count)
        likely = softmax(x @ weights, axis=1)
        slopes = x.T @ (likely - target)
        # The constant is free, so that the forecasts agree with the rates on average.
        slopes[1:] += RIDGE * weights[1:]
        value = -float(np.log(likely[target == 1.0]).sum()) + 0.5 * RIDGE * float((weights[1:] ** 2).sum())
        return value, slopes.ravel()

    best = minimize(loss, np.zeros(x.shape[1] * count), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    z = np.column_stack([np.ones(len(asked)), (features(asked) - middle) / scale])
    return np.asarray(softmax(z @ best.x.reshape(x.shape[1], count), axis=1))


def random_forest(known: Covariates, levels: Levels, asked: Covariates, count: int) -> Floats:
    """Forecast by a random forest on all features [Breiman2001]_; needs scikit-learn.

    Raises
    ------
    StudyError
        If scikit-learn is not installed.
    """
    try:
        from sklearn.ensemble import RandomForestClassifier
    except ImportError:
        raise StudyError(
            "the random forest needs scikit-learn: pip install '.[forecast]' in a clone's folder"
        ) from None
    forest = RandomForestClassifier(TREES, min_samples_leaf=LEAF, random_state=0, n_jobs=1)
    forest.fit(features(known), levels)
    likely = np.zeros((len(asked), count))
    # A level that no row learnt from has is none of the classes of the forest, and keeps the probability 0.
    likely[:, forest.classes_] = forest.predict_proba(features(asked))
    return likely


RIVALS: dict[str, Rival] = {
    "climatology": climatology,
    "trigger-rate": trigger_rate,
    "logit": logit,
    "random-forest": random_forest,
}
"""Rivals by name."""
