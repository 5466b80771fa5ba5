from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from escalation.errors import StudyError
from escalation.games.tree import Chance, Decision, Outcome, nodes, players

END = Outcome({"a": 1, "b": 2})


def test_every_node_comes_before_those_that_follow_it() -> None:
    tree = Decision("a", {"l": END, "r": Chance({"x": (0.25, END), "y": (0.75, Decision("b", {"z": END}))})})
    histories = [history for history, _ in nodes(tree)]
    assert set(histories) == {(), ("l",), ("r",), ("r", "x"), ("r", "y"), ("r", "y", "z")}
    assert all(histories.index(history[:-1]) < place for place, history in enumerate(histories) if history)
    assert players(tree) == ("a", "b")


def test_nodes_cannot_be_changed_from_outside() -> None:
    payoffs = {"a": 1.0}
    outcome = Outcome(payoffs)
    payoffs["a"] = 9.0
    assert outcome.payoffs == {"a": 1.0}
    with pytest.raises(FrozenInstanceError):
        outcome.payoffs = payoffs  # type: ignore[misc]


@pytest.mark.parametrize("payoffs", [{}, None, [1.0, 2.0], {"a": "much"}, {"a": float("nan")}, {1: 2.0}])
def test_payoffs_that_are_none(payoffs: Any) -> None:
    with pytest.raises(StudyError, match="payoff"):
        Outcome(payoffs)


@pytest.mark.parametrize("actions", [{}, None, {"go": 1.0}, {1: END}])
def test_actions_that_lead_nowhere(actions: Any) -> None:
    with pytest.raises(StudyError, match="action"):
        Decision("a", actions)


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ({}, "at least one entry"),
        ({"x": END}, "must be a pair"),
        ({"x": (1.0, END, END)}, "must be a pair"),
        ({"x": (1.5, END)}, r"probability of 'x' must be within \[0, 1\]"),
        ({"x": (0.5, END)}, "must sum to 1"),
        ({"x": (1.0, None)}, "must lead to"),
    ],
)
def test_moves_of_chance_that_are_none(moves: Any, said: str) -> None:
    with pytest.raises(StudyError, match=said):
        Chance(moves)


def test_every_outcome_pays_the_same_players() -> None:
    with pytest.raises(StudyError, match=r"after \('.',\) must pay these players and no other"):
        players(Decision("a", {"l": END, "r": Outcome({"a": 0.0})}))


def test_who_decides_is_paid() -> None:
    with pytest.raises(StudyError, match="'c', who decides after"):
        players(Decision("c", {"l": END}))


def test_a_tree_is_a_node() -> None:
    with pytest.raises(StudyError, match="the tree must lead to"):
        players({"l": END})  # type: ignore[arg-type]
