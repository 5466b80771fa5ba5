from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from escalation.games.two_by_two import LogOdds, roots

ODDS = st.floats(-60.0, 60.0)


def crossings(game: LogOdds) -> int:
    """Sign changes of h on a fine grid, an independent and coarser count of the roots."""
    low, high = sorted((game.a, game.a + game.A))
    x = np.linspace(low - 1.0, high + 1.0, 200_001)
    h = game.a + game.A * expit(game.b + game.B * expit(x)) - x
    return int(np.count_nonzero(np.diff(h > 0.0)))


@given(ODDS, ODDS, ODDS, ODDS)
def test_as_many_roots_as_a_fine_grid_sees(a: float, A: float, b: float, B: float) -> None:
    game = LogOdds(a, A, b, B)
    found = roots(game)
    assert len(found) in (1, 2, 3)
    assert len(found) >= crossings(game)
    # Where the two counts differ the grid missed a pair closer than its own width.
    assert len(found) == crossings(game) or np.diff(found).min() <= 2e-3


@given(ODDS, ODDS, ODDS, ODDS)
def test_every_root_is_one(a: float, A: float, b: float, B: float) -> None:
    game = LogOdds(a, A, b, B)
    for x in roots(game):
        assert game.gap(x) == pytest.approx(0.0, abs=1e-12 * (1.0 + abs(a) + abs(A)) * (1.0 + abs(game.slope(x))))


@given(ODDS, ODDS, ODDS, ODDS)
def test_games_of_opposed_interests_have_one_root(a: float, A: float, b: float, size: float) -> None:
    assert len(roots(LogOdds(a, A, b, -math.copysign(size, A)))) == 1


@pytest.mark.parametrize(("precision", "number"), [(0.5, 1), (1.999, 1), (2.0, 1), (2.001, 3), (9.0, 3), (900.0, 3)])
def test_pure_coordination_parts_at_precision_2(precision: float, number: int) -> None:
    assert len(roots(LogOdds(-precision, 2.0 * precision, -precision, 2.0 * precision))) == number


def fold() -> tuple[LogOdds, float]:
    """A game whose h touches zero from below at a turning point, to within rounding."""
    trial = LogOdds(0.0, 9.0, -5.0, 9.0)
    turn = trial.pieces(-40.0, 40.0)[2]
    a = turn - 9.0 * float(expit(trial.reply(turn)))
    return LogOdds(a, 9.0, -5.0, 9.0), turn


def test_a_root_that_only_touches_counts_once() -> None:
    game, turn = fold()
    touching = LogOdds(game.a - 2e-15, 9.0, -5.0, 9.0)
    assert touching.gap(turn) < 0.0
    found = roots(touching)
    assert len(found) == 2
    assert found[1] == pytest.approx(turn, abs=1e-6)


def test_two_roots_are_born_at_a_fold() -> None:
    game, turn = fold()
    assert len(roots(LogOdds(game.a - 1e-9, 9.0, -5.0, 9.0))) == 1
    born = roots(LogOdds(game.a + 1e-9, 9.0, -5.0, 9.0))
    assert len(born) == 3
    assert born[1] < turn < born[2]


def test_a_player_who_does_not_care_what_the_other_does() -> None:
    assert roots(LogOdds(0.7, 0.0, 1.0, 5.0)) == pytest.approx([0.7])
    assert roots(LogOdds(0.0, 0.0, 0.0, 0.0)) == pytest.approx([0.0], abs=1e-15)
