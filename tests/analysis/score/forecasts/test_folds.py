from __future__ import annotations

import numpy as np

from escalation.analysis.score.forecasts.folds import grouped_folds


def test_folds_keep_crises_together_and_score_each_row_once() -> None:
    clusters = np.repeat(np.arange(20.0), 3)
    for repeat in grouped_folds(clusters, folds=4, repeats=2, seed=1):
        assert np.sum([score for _, score in repeat], axis=0).tolist() == [1] * 60
        for learn, score in repeat:
            assert not set(clusters[learn]) & set(clusters[score])


def test_folds_differ_between_repeats_and_not_between_calls() -> None:
    first, second = grouped_folds(np.arange(30.0), folds=3, repeats=2, seed=0)
    assert (first[0][1] != second[0][1]).any()
    again = grouped_folds(np.arange(30.0), folds=3, repeats=2, seed=0)
    np.testing.assert_array_equal(first[0][1], again[0][0][1])
