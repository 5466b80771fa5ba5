from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, softmax

from escalation.errors import StudyError
from escalation.games.sequential import agent_qre
from escalation.games.tree import Chance, Decision, Node, Outcome

NAMES = ("a", "b", "c")


def pays(a: float, b: float) -> Outcome:
    return Outcome({"a": a, "b": b})


def random_tree(random: Random, depth: int) -> Node:
    kind = random.choice(("decision", "decision", "chance", "outcome")) if depth else "outcome"
    if kind == "outcome":
        return Outcome({name: random.uniform(-2.0, 2.0) for name in NAMES})
    branches = [random_tree(random, depth - 1) for _ in range(random.randint(1, 3))]
    if kind == "decision":
        return Decision(random.choice(NAMES), {f"m{i}": node for i, node in enumerate(branches)})
    weights = [random.uniform(0.1, 1.0) for _ in branches]
    return Chance({f"m{i}": (w / sum(weights), n) for i, (w, n) in enumerate(zip(weights, branches, strict=True))})


def naive(node: Node, precision: dict[str, float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Expected payoffs by recursion, with scipy's softmax."""
    if isinstance(node, Outcome):
        return np.array([node.payoffs[name] for name in NAMES])
    if isinstance(node, Chance):
        return np.array(sum(p * naive(after, precision) for p, after in node.moves.values()))
    values = np.array([naive(after, precision) for after in node.actions.values()])
    chosen: np.ndarray[tuple[int], np.dtype[np.float64]] = (
        softmax(precision[node.player] * values[:, NAMES.index(node.player)]) @ values
    )
    return chosen


@given(st.integers(0, 10**9), st.tuples(*[st.floats(0.0, 30.0)] * 3))
def test_agrees_with_plain_recursion(seed: int, precisions: tuple[float, ...]) -> None:
    tree = random_tree(Random(seed), 4)
    precision = dict(zip(NAMES, precisions, strict=True))
    solution = agent_qre(tree, precision)
    assert [solution.payoffs[name] for name in NAMES] == pytest.approx(naive(tree, precision), abs=1e-12)
    assert math.fsum(solution.outcomes.values()) == pytest.approx(1.0)
    for choice in solution.choices.values():
        assert math.fsum(choice.values()) == pytest.approx(1.0)


@given(st.integers(0, 10**9))
def test_payoffs_are_those_of_the_outcomes(seed: int) -> None:
    tree = random_tree(Random(seed), 4)
    solution = agent_qre(tree, 2.0)
    for name in NAMES:
        expected = sum(p * solution.values[history][name] for history, p in solution.outcomes.items())
        assert solution.payoffs[name] == pytest.approx(expected)


def centipede(legs: int) -> Node:
    """Each in turn takes four fifths of a pot that doubles with every pass."""
    node: Node = pays(0.8 * 2.0**legs, 0.2 * 2.0**legs) if legs % 2 == 0 else pays(0.2 * 2.0**legs, 0.8 * 2.0**legs)
    for leg in reversed(range(legs)):
        big, small = 0.8 * 2.0**leg, 0.2 * 2.0**leg
        take = pays(big, small) if leg % 2 == 0 else pays(small, big)
        node = Decision("a" if leg % 2 == 0 else "b", {"take": take, "pass": node})
    return node


def test_centipede_of_two_legs_by_hand() -> None:
    solution = agent_qre(centipede(2), 1.5)
    b_takes = expit(1.5 * (1.6 - 0.8))
    a_passed = b_takes * 0.4 + (1.0 - b_takes) * 3.2
    assert solution.choices["pass",]["take"] == pytest.approx(b_takes, rel=1e-14)
    assert solution.choices[()]["take"] == pytest.approx(expit(1.5 * (0.8 - a_passed)), rel=1e-14)


def test_centipede_is_taken_at_once_at_great_precision_and_passed_at_less() -> None:
    assert agent_qre(centipede(6), 100.0).outcomes["take",] == pytest.approx(1.0, abs=1e-9)
    assert agent_qre(centipede(6), 0.5).outcomes["take",] < 0.5


def test_a_centipede_longer_than_pythons_stack() -> None:
    game: Node = pays(1, 1)
    for leg in range(1200):
        game = Decision("a" if leg % 2 == 0 else "b", {"take": pays(0.0, 0.0), "pass": game})
    assert sum(agent_qre(game, 0.0).outcomes.values()) == pytest.approx(1.0)


def test_entry_deterrence() -> None:
    fight, share = pays(-1.0, -1.0), pays(1.0, 1.0)
    game = Decision("a", {"enter": Decision("b", {"fight": fight, "share": share}), "stay": pays(0.0, 2.0)})
    solution = agent_qre(game, {"a": 3.0, "b": 1.0})
    fights = 1.0 / (1.0 + math.exp(2.0))
    assert solution.choices["enter",]["fight"] == pytest.approx(fights, rel=1e-14)
    assert solution.choices[()]["enter"] == pytest.approx(expit(3.0 * (1.0 - 2.0 * fights)), rel=1e-14)
    assert agent_qre(game, 200.0).payoffs == pytest.approx({"a": 1.0, "b": 1.0})


def test_chance_is_weighted() -> None:
    bet = Chance({"win": (0.3, pays(10.0, 0.0)), "lose": (0.7, pays(-2.0, 1.0))})
    solution = agent_qre(Decision("a", {"bet": bet, "no": pays(0, 0)}), 0.5)
    assert solution.values["bet",]["a"] == pytest.approx(1.6)
    assert solution.outcomes["bet", "win"] == pytest.approx(0.3 * expit(0.8), rel=1e-14)


def test_without_precision_choices_are_by_chance() -> None:
    choices = agent_qre(centipede(3), 0.0).choices.values()
    assert all(choice == {"take": 0.5, "pass": 0.5} for choice in choices)


def test_a_game_of_no_choice() -> None:
    assert agent_qre(pays(1.0, 2.0), 1.0).outcomes == {(): 1.0}


def test_bad_precisions_are_refused() -> None:
    with pytest.raises(StudyError, match="precision"):
        agent_qre(centipede(2), float("nan"))
    with pytest.raises(StudyError, match="a, b"):
        agent_qre(centipede(2), {"a": 1.0})
    with pytest.raises(StudyError, match="scale the payoffs down"):
        agent_qre(pays(1e11, 0.0), 100.0)
