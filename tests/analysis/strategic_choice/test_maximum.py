from __future__ import annotations

import numpy as np
import pytest

from escalation.analysis.strategic_choice.maximum import maximum


def test_a_saddle_is_left_for_a_maximum() -> None:
    """−(x² − 1)² − y² has a saddle at 0, where its slope is 0 too."""
    found = maximum(
        lambda x: -((x[0] ** 2 - 1.0) ** 2) - x[1] ** 2,
        lambda x: np.array([-4.0 * x[0] * (x[0] ** 2 - 1.0), -2.0 * x[1]]),
        lambda x: np.diag([-12.0 * x[0] ** 2 + 4.0, -2.0]),
        np.array([1e-3, 2.0]),
    )
    assert np.abs(found.at) == pytest.approx([1.0, 0.0], abs=1e-9)
    assert found.value == pytest.approx(0.0, abs=1e-15)
    assert found.information == pytest.approx(np.diag([8.0, 2.0]), abs=1e-8)
    assert found.gap < 1e-12


def test_a_direction_that_is_flat_is_told() -> None:
    found = maximum(
        lambda x: -((x[0] - 1.0) ** 2),
        lambda x: np.array([2.0 - 2.0 * x[0], 0.0]),
        lambda _: np.diag([-2.0, 0.0]),
        np.zeros(2),
    )
    assert found.at[0] == pytest.approx(1.0)
    assert found.gap == np.inf


def test_nothing_to_move_stays_where_it_is() -> None:
    found = maximum(lambda _: -3.0, lambda x: x, lambda _: np.empty((0, 0)), np.empty(0))
    assert (found.value, found.steps, found.at.size) == (-3.0, 0, 0)
