from __future__ import annotations

import numpy as np
import pytest

from escalation.analysis.fit.fisher_scoring import fisher_scoring, one_by_one
from escalation.analysis.fit.flat_directions import flat_directions


def sigmoid(x: np.ndarray) -> np.ndarray:
    return np.asarray(1.0 / (1.0 + np.exp(-x)))


def two(p: np.ndarray) -> np.ndarray:
    return np.column_stack([p, 1.0 - p])


def test_the_mode_solves_the_equation_of_the_posterior() -> None:
    mode = fisher_scoring(one_by_one(lambda z: two(sigmoid(z))), np.array([[30.0, 10.0]]), np.zeros(1), tolerance=1e-9)
    slope = 30.0 - 40.0 * sigmoid(mode.z)[0] - mode.z[0]
    assert slope == pytest.approx(0.0, abs=1e-2)
    p = sigmoid(mode.z)[0]
    assert mode.covariance[0, 0] == pytest.approx(1.0 / (1.0 + 40.0 * p * (1.0 - p)), rel=1e-2)


def test_slopes_to_both_sides_find_the_same_mode() -> None:
    counts = np.array([[5.0, 40.0], [20.0, 9.0]])
    one = fisher_scoring(one_by_one(lambda z: two(sigmoid(z))), counts, np.zeros(2))
    both = fisher_scoring(one_by_one(lambda z: two(sigmoid(z))), counts, np.zeros(2), step=0.1, both_ways=True)
    np.testing.assert_allclose(one.z, both.z, atol=0.02)
    assert both.evaluations > one.evaluations


def test_no_steps_leave_the_start() -> None:
    mode = fisher_scoring(one_by_one(lambda z: two(sigmoid(z))), np.array([[30.0, 10.0]]), np.array([0.3]), steps=0)
    assert mode.z.tolist() == [0.3]
    assert mode.covariance.tolist() == [[1.0]]
    assert not mode.converged


def test_it_says_whether_it_has_converged() -> None:
    counts = np.array([[300.0, 10.0]])
    found = [
        fisher_scoring(one_by_one(lambda z: two(sigmoid(z))), counts, np.zeros(1), steps=steps) for steps in (1, 20)
    ]
    assert [mode.converged for mode in found] == [False, True]
    assert found[1].log_posterior == pytest.approx(found[1].log_likelihood - 0.5 * found[1].z[0] ** 2)


def test_a_sum_that_alone_matters_leaves_the_difference_flat() -> None:
    mode = fisher_scoring(one_by_one(lambda z: two(sigmoid(z[:1] + z[1:]))), np.array([[300.0, 100.0]]), np.zeros(2))
    (flat,) = flat_directions(mode.covariance, ["one", "other"])
    assert flat.kept == pytest.approx(1.0, abs=1e-3)
    assert sorted(abs(weight) for weight in flat.weights.values()) == pytest.approx([0.5**0.5] * 2, abs=1e-3)
    assert np.prod(list(flat.weights.values())) < 0.0
    assert "prior's width is left" in str(flat)
    assert flat.to_dict()["kept"] == flat.kept
