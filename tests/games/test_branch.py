from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

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


def traced(system: LogitSystem) -> Any:
    """End of the branch by its differential equation in arc length, with a tangent of cofactors, which never flips."""

    def change(_: float, point: Any) -> Any:
        z, t = point[:-1], point[-1]
        slope = np.column_stack([system.slope(z, t), system.reply(*system.profile(z))])
        tangent = [(-1.0) ** k * np.linalg.det(np.delete(slope, k, axis=1)) for k in range(len(point))]
        return np.array(tangent) / np.linalg.norm(tangent)

    begin = np.zeros(system.size + 1)
    forward = np.sign(change(0.0, begin)[-1])

    def arrived(_: float, point: Any) -> Any:
        return point[-1] - 1.0

    arrived.terminal = True  # type: ignore[attr-defined]
    along = solve_ivp(
        lambda s, point: forward * change(s, point), (0.0, 500.0), begin, rtol=1e-9, atol=1e-11, events=arrived
    )
    assert along.status == 1
    return along.y[:-1, -1]


@pytest.mark.parametrize(
    ("own", "other", "precisions"),
    [
        ([[-1, 3], [2, -3], [3, -1]], [[-3, -1], [1, -2], [-1, -2]], (1, 1)),
        ([[-1, 0, -2], [-3, 2, 3]], [[2, 1, -3], [2, 2, 2]], (20, 10)),
        ([[0, -2, -2], [-1, 1, 0], [0, 1, 2]], [[-1, 1, -3], [1, 2, 1], [-3, -1, -1]], (5, 5)),
        ([[1, -2.8125], [0, -2.875]], [[0, -1], [-1, 4]], (16, 9)),
    ],
)
def test_turns_sharply_without_a_jump_to_a_stretch_close_by(own: Any, other: Any, precisions: tuple[int, int]) -> None:
    own, other = precisions[0] * np.array(own, float), precisions[1] * np.array(other, float).T
    system = LogitSystem(own[1:] - own[0], other[1:] - other[0])
    z = principal_root(system)
    assert z is not None
    assert distance(system, z, traced(system)) < 1e-6


@pytest.mark.parametrize("size", [2, 3, 4])
def test_goes_straight_on_where_branches_cross(size: int) -> None:
    # Even play is an equilibrium at every precision; at precision n the branches that favour one action run through it.
    even = np.eye(size)
    z = principal_root(LogitSystem(5.0 * (even[1:] - even[0]), 5.0 * (even[1:] - even[0])))
    assert z == pytest.approx(np.zeros(2 * size - 2), abs=1e-9)


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
