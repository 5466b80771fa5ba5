from __future__ import annotations

import sys

import numpy as np
import pytest
from crisis_rows import crisis_rows

from escalation.analysis.score.forecasts.rivals import RIVALS, climatology, features, logit, random_forest, trigger_rate
from escalation.analysis.score.scores import log_score
from escalation.data.covariates import covariates
from escalation.errors import StudyError

ROWS = covariates(crisis_rows(400))
RNG = np.random.default_rng(3)
DEPENDS = (RNG.uniform(size=400) < np.where(ROWS.group == 5, 0.8, 0.2)).astype(np.int64) + (ROWS.intrawar > 0)


@pytest.mark.parametrize("name", list(RIVALS))
def test_every_rival_gives_probabilities(name: str) -> None:
    likely = RIVALS[name](ROWS.take(np.arange(300)), DEPENDS[:300], ROWS.take(np.arange(300, 400)), 3)
    assert likely.shape == (100, 3)
    np.testing.assert_allclose(likely.sum(axis=1), 1.0)


def test_climatology_is_the_rate() -> None:
    likely = climatology(ROWS, DEPENDS, ROWS, 3)
    np.testing.assert_allclose(likely[0], np.bincount(DEPENDS) / 400, atol=0.002)


def test_the_trigger_rate_is_the_rate_of_the_group() -> None:
    likely = trigger_rate(ROWS, DEPENDS, ROWS, 3)
    mine = ROWS.group == 5
    np.testing.assert_allclose(likely[mine][0], np.bincount(DEPENDS[mine], minlength=3) / mine.sum(), atol=0.03)


@pytest.mark.parametrize("rival", [trigger_rate, logit, random_forest])
def test_rivals_learn_what_there_is_to_learn(rival: object) -> None:
    known, asked = ROWS.take(np.arange(300)), ROWS.take(np.arange(300, 400))
    plain = log_score(climatology(known, DEPENDS[:300], asked, 3), DEPENDS[300:]).mean()
    assert log_score(rival(known, DEPENDS[:300], asked, 3), DEPENDS[300:]).mean() < plain - 0.02  # type: ignore[operator]


def test_a_level_that_never_came_is_not_held_impossible() -> None:
    assert climatology(ROWS, np.zeros(400, np.int64), ROWS, 3)[0, 2] > 0.0
    assert random_forest(ROWS, np.zeros(400, np.int64), ROWS, 3).shape == (400, 3)


def test_features_do_not_depend_on_other_rows() -> None:
    np.testing.assert_array_equal(features(ROWS)[:5], features(ROWS.take(np.arange(5))))


def test_without_scikit_learn_the_forest_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.ensemble", None)
    with pytest.raises(StudyError, match=r"pip install '\.\[forecast\]'"):
        random_forest(ROWS, DEPENDS, ROWS, 3)
