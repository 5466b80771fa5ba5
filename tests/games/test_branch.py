from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.games import branch
from escalation.games.branch import principal_root
from escalation.games.search import distance, found_roots
from escalation.games.system import LogitSystem

COORDINATION = LogitSystem(np.array([[-4.0, 5.0]]), np.array([[-4.0, 5.0]]))


@given(st.lists(st.floats(-5.0, 5.0), min_size=6, max_size=6), st.floats(0.0, 50.0))
def test_ends_at_an_equilibrium(payoffs: list[float], precision: float) -> None:
    row, column = precision * np.array(payoffs[:3])[None, :], precision * np.array(payoffs[2:])[:, None].reshape(2, 2)
    system = LogitSystem(row, column[:, :2])
    z = principal_root(system)
    assert z is not None
    assert np.abs(system.gap(z, 1.0)).max() <= 1e-9 * (1.0 + np.abs(z).max())


def test_grows_without_a_break_out_of_chance() -> None:
    # A hundred small steps of precision, each solved from the last by plain iteration of Newton's method.
    z = np.zeros(2)
    for t in np.linspace(0.0, 1.0, 101):
        for _ in range(20):
            z = z - np.linalg.solve(COORDINATION.slope(z, t), COORDINATION.gap(z, t))
    assert principal_root(COORDINATION) == pytest.approx(z, abs=1e-9)


def test_goes_on_through_turns_where_precision_falls(monkeypatch: pytest.MonkeyPatch) -> None:
    row, column = np.array([[0, 5, -1], [5, -1, 0]]), np.array([[5, -2, -4], [-2, 4, 3]])
    system = LogitSystem(8.0 * row, 8.0 * column)
    directions = []
    along = branch._along

    def watched(*arguments: Any) -> Any:
        tangent = along(*arguments)
        directions.append(tangent[-1])
        return tangent

    monkeypatch.setattr(branch, "_along", watched)
    z = principal_root(system)
    assert z is not None
    assert min(directions) < -0.5
    assert any(distance(system, z, other) < 1e-6 for other in found_roots(system))
    monkeypatch.setattr(branch, "STRAIGHT", 0.9995)
    assert principal_root(system) == pytest.approx(z, abs=1e-6)


def test_stays_symmetric_where_symmetric_branches_fork() -> None:
    chicken = LogitSystem(100.0 * np.array([[1.0, -9.0]]), 100.0 * np.array([[1.0, -9.0]]))
    z = principal_root(chicken)
    assert z is not None
    assert z[0] == pytest.approx(z[1])


def test_without_precision_it_is_chance() -> None:
    assert principal_root(LogitSystem(np.zeros((2, 3)), np.zeros((2, 3)))) == pytest.approx(np.zeros(4))


@pytest.mark.parametrize(("limit", "value"), [("MOST_STEPS", 1), ("STRAIGHT", 2.0), ("MOST_CORRECTIONS", 0)])
def test_says_so_where_it_cannot_be_followed(monkeypatch: pytest.MonkeyPatch, limit: str, value: float) -> None:
    monkeypatch.setattr(branch, limit, value)
    assert principal_root(COORDINATION) is None


def test_a_singular_correction_is_given_up() -> None:
    guess = np.array([0.5, -0.5, 0.7])
    assert branch._corrected(COORDINATION, guess, np.zeros(3)) is None
