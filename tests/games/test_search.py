from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import root
from scipy.special import expit, softmax

from escalation.games import search
from escalation.games.search import distance, found_roots, index
from escalation.games.system import LogitSystem
from escalation.games.two_by_two import LogOdds, roots


def random_system(seed: int, m: int, n: int, precision: float) -> LogitSystem:
    rng = np.random.default_rng(seed)
    own, other = rng.normal(size=(2, m, n))
    return LogitSystem(precision * (own[1:] - own[0]), precision * (other.T[1:] - other.T[0]))


@pytest.mark.parametrize("seed", range(15))
def test_finds_all_that_are_proved_to_exist_in_two_by_two(seed: int) -> None:
    system = random_system(seed, 2, 2, 12.0)
    a, b = system.row[0, 0], system.column[0, 0]
    certain = roots(LogOdds(a, system.row[0, 1] - a, b, system.column[0, 1] - b))
    assert sorted(z[0] for z in found_roots(system)) == pytest.approx(certain, abs=1e-6)


@pytest.mark.parametrize("seed", range(10))
def test_finds_all_that_a_fine_grid_sees_in_two_by_three(seed: int) -> None:
    system = random_system(seed, 2, 3, 15.0)
    low, high = system.row.min() - 1.0, system.row.max() + 1.0
    x = np.linspace(low, high, 100_001)
    p = np.stack([expit(-x), expit(x)])
    odds = np.concatenate([np.zeros((1, len(x))), system.column @ p])
    h = (system.row @ softmax(odds, axis=0))[0] - x
    assert len(found_roots(system)) == np.count_nonzero(np.diff(np.sign(h)))


@pytest.mark.parametrize(("seed", "size"), [(4, 3), (5, 4), (3, 5)])
def test_finds_no_fewer_than_newton_from_many_more_starts(seed: int, size: int) -> None:
    # Of common interest, where equilibria are many; the reference is scipy's solver from 400 points of its own.
    rng = np.random.default_rng(seed)
    shared = rng.normal(size=(size, size))
    system = LogitSystem(15.0 * (shared[1:] - shared[0]), 15.0 * (shared.T[1:] - shared.T[0]))
    found = found_roots(system)
    known = list(found)
    for _ in range(400):
        p, q = rng.dirichlet(np.full(size, 0.3)) + 1e-12, rng.dirichlet(np.full(size, 0.3)) + 1e-12
        solved = root(system.gap, system.reply(p, q), args=(1.0,), jac=system.slope, tol=1e-13)
        if np.abs(system.gap(solved.x, 1.0)).max() < 1e-9 and all(distance(system, solved.x, z) > 1e-6 for z in known):
            known.append(solved.x)
    assert len(found) == len(known) > 1
    assert sum(index(system, z) for z in found) == 1


def test_a_search_that_misses_one_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    system = random_system(2, 4, 4, 20.0)
    all_of_them = found_roots(system)
    lost = next(z for z in all_of_them[::-1] if index(system, z) == 1)
    assert len(all_of_them) > 1
    real, calls = search._solved, []

    def blind(system: LogitSystem, starts: np.ndarray, t: float) -> np.ndarray:
        """At full precision, not to see one of them at first."""
        found = real(system, starts, t)
        calls.append(t)
        seen = [distance(system, z, lost) > 1e-6 or calls.count(1.0) > 2 for z in found]
        return found[seen]

    monkeypatch.setattr(search, "_solved", blind)
    assert len(found_roots(system)) == len(all_of_them)
    assert calls.count(1.0) == 3


def test_a_known_equilibrium_is_kept_and_not_counted_twice() -> None:
    system = random_system(3, 3, 3, 5.0)
    found = found_roots(system)
    again = found_roots(system, found[0])
    assert len(again) == len(found)
    assert distance(system, again[0], found[0]) < 1e-9


def test_distance_is_in_probabilities() -> None:
    system = random_system(1, 2, 2, 1.0)
    assert distance(system, np.array([0.0, 50.0]), np.array([0.0, 60.0])) < 1e-20
    assert distance(system, np.array([0.0, -90.0]), np.array([0.0, 90.0])) == pytest.approx(1.0)


def test_a_point_that_no_part_of_a_step_brings_nearer_moves_on_all_the_same() -> None:
    stood: list[np.ndarray] = []

    class Watched(LogitSystem):
        def slopes(self, points: np.ndarray, t: float) -> np.ndarray:
            stood.append(points.copy())
            return LogitSystem.slopes(self, points, t)

    gains = 15.0 * np.random.default_rng(3).normal(size=(2, 2, 3))
    system = Watched(gains[0], gains[1])
    search._solved(system, search._starts(system, 1.0, 64), 1.0)
    before = [{tuple(point) for point in points.tolist()} for points in stood]
    assert len(before) > 3
    assert not any(one & two for one, two in pairwise(before))
