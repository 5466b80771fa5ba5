from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.special import expit, softmax

from escalation.errors import StudyError
from escalation.games import branch, search
from escalation.games.matrix import matrix_qre

STAG = ([[4, 0], [3, 2]], [[4, 3], [0, 2]])
CHICKEN = ([[0, -1], [1, -10]], [[0, 1], [-1, -10]])
PAYOFF = st.floats(-5.0, 5.0)


def firsts(found: tuple[Any, ...]) -> list[float]:
    return [one.row[0] for one in found]


@given(st.lists(PAYOFF, min_size=8, max_size=8), st.floats(0.0, 30.0), st.floats(0.0, 30.0))
def test_every_equilibrium_is_the_logit_reply_to_itself(payoffs: list[float], one: float, two: float) -> None:
    own, other = np.array(payoffs).reshape(2, 2, 2)
    found = matrix_qre(own, other, precision=(one, two))
    assert 1 <= len(found) <= 3
    assert sum(equilibrium.principal for equilibrium in found) == 1
    for equilibrium in found:
        p, q = np.array(equilibrium.row), np.array(equilibrium.column)
        assert p == pytest.approx(softmax(one * own @ q), abs=1e-10)
        assert q == pytest.approx(softmax(two * other.T @ p), abs=1e-10)
        assert equilibrium.residual <= 1e-10
        assert equilibrium.payoffs == pytest.approx((p @ own @ q, p @ other @ q))


def test_stag_hunt_has_three_at_great_precision() -> None:
    # Symmetric: p = σ(λ(3p − 2)) gives all three, for the composed reply rises.
    found = matrix_qre(*STAG, precision=10.0)
    edges = [(0.0, 0.3), (0.4, 0.8), (0.9, 1.0)]
    exact = [brentq(lambda p: expit(10.0 * (3.0 * p - 2.0)) - p, *edge, xtol=1e-15) for edge in edges]
    assert firsts(found) == pytest.approx(exact, abs=1e-12)
    assert [one.principal for one in found] == [True, False, False]
    assert len(matrix_qre(*STAG, precision=1.0)) == 1


def test_stag_hunt_tends_to_its_nash_equilibria() -> None:
    assert firsts(matrix_qre(*STAG, precision=2000.0)) == pytest.approx([0.0, 2.0 / 3.0, 1.0], abs=1e-3)


def test_chicken_has_two_pure_and_a_mixed_one() -> None:
    found = matrix_qre(*CHICKEN, precision=1000.0)
    assert firsts(found) == pytest.approx([0.0, 0.9, 1.0], abs=1e-3)
    assert [one.column[0] for one in found] == pytest.approx([1.0, 0.9, 0.0], abs=1e-3)
    assert found[1].principal


@pytest.mark.parametrize("precision", [2.5, 4.0, 20.0])
def test_pure_coordination_is_a_mean_field_magnet(precision: float) -> None:
    # With m = 2p − 1 the equilibria solve m = tanh(λm/2), which is symmetric and parts at λ = 2.
    m = brentq(lambda m: math.tanh(0.5 * precision * m) - m, 1e-3, 1.0, xtol=1e-15)
    found = matrix_qre(np.eye(2), np.eye(2), precision=precision)
    assert firsts(found) == pytest.approx([0.5 - 0.5 * m, 0.5, 0.5 + 0.5 * m], abs=1e-12)


def test_asymmetric_matching_pennies_shows_the_effect_of_own_payoffs() -> None:
    # Row's 320 leaves its Nash probability at 1/2 and column's at 1/8; people play it more often, as logit has it.
    own, other = [[320, 40], [40, 80]], [[40, 80], [80, 40]]
    noisy, sharp = (matrix_qre(own, other, precision=precision) for precision in (0.05, 20.0))
    assert len(noisy) == len(sharp) == 1
    assert noisy[0].row[0] > 0.55
    assert sharp[0].row[0] == pytest.approx(0.5, abs=0.01)
    assert sharp[0].column[0] == pytest.approx(0.125, abs=0.001)


def test_symmetric_matching_pennies_are_even_at_any_precision() -> None:
    for precision in (0.0, 1.0, 500.0):
        (one,) = matrix_qre([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], precision=precision)
        assert one.row + one.column == pytest.approx((0.5,) * 4, abs=1e-12)


@pytest.mark.parametrize(
    ("size", "precision", "number"),
    [(3, 2.0, 1), (3, 20.0, 7), (3, 500.0, 7), (4, 20.0, 15), (4, 4.1, 15), (5, 20.0, 31), (6, 20.0, 63)],
)
def test_coordination_on_more_actions_has_an_equilibrium_for_each_set_of_them(
    size: int, precision: float, number: int
) -> None:
    found = matrix_qre(np.eye(size), np.eye(size), precision=precision)
    assert len(found) == number
    assert max(one.residual for one in found) < 1e-12
    assert sum(one.principal for one in found) == 1
    assert sum(one.index for one in found) == 1


def uneven(size: int, favoured: int, precision: float) -> list[float]:
    """Probability of a favoured action where that many are played alike, and the others alike: all solutions.

    With u the log-odds of one of the k against one of the others, u = λ·(p − q) and k·p + (n − k)·q = 1, so that
    h(u) = λ·(1 − e^−u) / (k + (n − k)·e^−u) − u is zero: at 0, and where it changes sign on a fine grid.
    """
    u = np.linspace(-precision, precision, 400_001) + 1e-7

    def h(u: Any) -> Any:
        return precision * np.expm1(u) / (favoured * np.exp(u) + size - favoured) - u

    crossed = np.flatnonzero(np.diff(np.sign(h(u))))
    exact = [brentq(h, u[k], u[k + 1], xtol=1e-15) for k in crossed]
    return [float(1.0 / (favoured + (size - favoured) * np.exp(-x))) for x in exact]


@pytest.mark.parametrize(("size", "precision"), [(3, 2.75), (3, 2.9), (3, 3.5), (4, 3.2), (4, 3.9), (4, 4.2), (5, 4.0)])
def test_coordination_near_where_branches_part_has_those_of_one_equation(size: int, precision: float) -> None:
    """By symmetry an equilibrium plays k actions alike and the others alike, and both players do so alike."""
    exact = {(1.0 / size,) * size}
    for favoured in range(1, size):
        for p in uneven(size, favoured, precision):
            q = (1.0 - favoured * p) / (size - favoured)
            for chosen in itertools.combinations(range(size), favoured):
                exact.add(tuple(round(p if action in chosen else q, 9) for action in range(size)))
    found = matrix_qre(np.eye(size), np.eye(size), precision=precision)
    uneven_found = {tuple(round(x, 9) for x in one.row) for one in found if max(one.row) > min(one.row) + 1e-6}
    assert uneven_found == {row for row in exact if max(row) > min(row) + 1e-6}
    assert len(found) == len(uneven_found) + 1


@pytest.mark.parametrize(("size", "number"), [(2, 1), (3, 4), (4, 5)])
def test_where_branches_part_the_equilibrium_at_which_they_do_is_one_and_has_no_index(size: int, number: int) -> None:
    # At precision n the uneven branches run through even play; of those that favour one action, n stand apart.
    found = matrix_qre(np.eye(size), np.eye(size), precision=float(size))
    assert len(found) == number
    assert [one.index for one in found if max(one.row) < min(one.row) + 1e-6] == [0]


def test_indices_turn_from_one_equilibrium_to_the_next() -> None:
    assert [one.index for one in matrix_qre(*STAG, precision=10.0)] == [1, -1, 1]
    assert [one.index for one in matrix_qre([[1.0]], [[1.0]], precision=2.0)] == [1]


def test_a_search_that_misses_one_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    game, real = np.eye(3), search._solved

    def blind(system: Any, starts: Any, t: float) -> Any:
        return np.array([z for z in real(system, starts, t) if system.profile(z)[0][0] < 0.9]).reshape(-1, system.size)

    monkeypatch.setattr(search, "_solved", blind)
    monkeypatch.setattr(search, "MOST_STARTS", 64)
    with pytest.warns(RuntimeWarning, match="the 6 equilibria found have indices that sum to 0 .* some are missing"):
        found = matrix_qre(game, game, precision=10.0)
    assert len(found) == 6


def test_rock_paper_scissors() -> None:
    game = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    (one,) = matrix_qre(game, -game, precision=20.0)
    assert one.row == pytest.approx((1 / 3,) * 3)
    assert one.payoffs == pytest.approx((0.0, 0.0), abs=1e-12)


def test_an_only_action_is_played_and_the_other_player_answers_it() -> None:
    (one,) = matrix_qre([[1.0, 2.0, 3.0]], [[0.0, 1.0, 0.5]], precision=2.0)
    assert one.row == (1.0,)
    assert one.column == pytest.approx(softmax([0.0, 2.0, 1.0]))
    (least,) = matrix_qre([[1.0]], [[1.0]], precision=2.0)
    assert least.row == least.column == (1.0,)


def test_relabelling_actions_relabels_the_equilibria() -> None:
    own, other = np.array(STAG[0]), np.array(STAG[1])
    found = matrix_qre(own, other, precision=7.0)
    turned = matrix_qre(own[::-1], other[::-1], precision=7.0)
    assert sorted(one.row[1] for one in turned) == pytest.approx(firsts(found), abs=1e-12)


@pytest.mark.parametrize("shape", [(2, 2), (3, 2)])
def test_without_the_principal_branch_none_is_marked(monkeypatch: pytest.MonkeyPatch, shape: tuple[int, int]) -> None:
    monkeypatch.setattr(branch, "MOST_STEPS", 0)
    rng = np.random.default_rng(0)
    found = matrix_qre(rng.normal(size=shape), rng.normal(size=shape), precision=3.0)
    assert found
    assert not any(one.principal for one in found)


@pytest.mark.parametrize(
    ("own", "other", "precision", "said"),
    [
        ([[1, 2]], [[1], [2]], 1.0, r"payoffs_column must be of shape \(1, 2\)"),
        ([1, 2], [1, 2], 1.0, "payoffs_row must be a table"),
        ([[1, math.inf]], [[1, 2]], 1.0, "payoffs_row must be finite"),
        (*STAG, -1.0, "precision must be at least 0"),
        (*STAG, (1.0, -1.0), "precision of column"),
        (*STAG, (1.0, 1.0, 1.0), "one number or two"),
        (*STAG, "high", "precision must be a finite number"),
        (*STAG, 1e12, "scale the payoffs down"),
    ],
)
def test_bad_input_is_refused(own: Any, other: Any, precision: Any, said: str) -> None:
    with pytest.raises(StudyError, match=said):
        matrix_qre(own, other, precision=precision)
