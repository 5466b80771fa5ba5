"""Trees of sequential games: decisions, moves of chance, and outcomes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from escalation.errors import StudyError
from escalation.games.checks import checked

__all__ = ["Chance", "Decision", "History", "Node", "Outcome", "nodes", "players"]

History = tuple[str, ...]
"""Actions from the root to a node, in order; empty for the root."""


def _checked_table(table: Any, what: str) -> None:
    if not isinstance(table, Mapping) or not table:
        raise StudyError(f"{what} must be a table with at least one entry, not {table!r}")
    for name in table:
        if not isinstance(name, str):
            raise StudyError(f"{what} must be named by text, not by {name!r}")


def _checked_pair(branch: Any, what: str) -> None:
    if not isinstance(branch, tuple) or len(branch) != 2:
        raise StudyError(f"{what} must be a pair, a probability and a node, not {branch!r}")


def _checked_node(node: Any, what: str) -> None:
    if not isinstance(node, (Decision, Chance, Outcome)):
        raise StudyError(f"{what} must lead to a Decision, a Chance or an Outcome, not {node!r}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """An end of the game.

    Parameters
    ----------
    payoffs
        Payoff of every player, by name.

    Examples
    --------
    >>> Outcome({"challenger": 1.0, "defender": -1.0}).payoffs["defender"]
    -1.0
    """

    payoffs: Mapping[str, float]

    def __post_init__(self) -> None:
        _checked_table(self.payoffs, "payoffs of an outcome")
        payoffs = {player: checked(f"payoff of {player}", payoff) for player, payoff in self.payoffs.items()}
        object.__setattr__(self, "payoffs", payoffs)


@dataclass(frozen=True, slots=True)
class Decision:
    """A player's choice, of which all players know.

    Parameters
    ----------
    player
        Who chooses.
    actions
        What each action leads to, by its name.

    Examples
    --------
    >>> attack, wait = Outcome({"challenger": 1.0}), Outcome({"challenger": 0.0})
    >>> list(Decision("challenger", {"attack": attack, "wait": wait}).actions)
    ['attack', 'wait']
    """

    player: str
    actions: Mapping[str, Node]

    def __post_init__(self) -> None:
        _checked_table(self.actions, f"actions of {self.player}")
        for action, node in self.actions.items():
            _checked_node(node, f"action {action!r} of {self.player}")
        object.__setattr__(self, "actions", dict(self.actions))


@dataclass(frozen=True, slots=True)
class Chance:
    """A move of chance.

    Parameters
    ----------
    moves
        Probability of each move and what it leads to, by its name; the probabilities sum to 1.

    Examples
    --------
    >>> war, peace = Outcome({"challenger": -1.0}), Outcome({"challenger": 0.0})
    >>> Chance({"accident": (0.1, war), "nothing": (0.9, peace)}).moves["accident"][0]
    0.1
    """

    moves: Mapping[str, tuple[float, Node]]

    def __post_init__(self) -> None:
        _checked_table(self.moves, "moves of chance")
        total = 0.0
        for move, branch in self.moves.items():
            _checked_pair(branch, f"move {move!r} of chance")
            total += checked(f"probability of {move!r}", branch[0], low=0.0, high=1.0)
            _checked_node(branch[1], f"move {move!r} of chance")
        if not math.isclose(total, 1.0, abs_tol=1e-9):
            raise StudyError(f"probabilities of chance must sum to 1, not {total!r}")
        object.__setattr__(self, "moves", dict(self.moves))


Node = Decision | Chance | Outcome
"""Any node of a tree."""


def nodes(tree: Node) -> Iterator[tuple[History, Node]]:
    """Every node with its history; a node comes before all that follow it in the game."""
    # A stack of its own: a game of a thousand moves is deeper than Python lets a function call itself.
    stack: list[tuple[History, Node]] = [((), tree)]
    while stack:
        history, node = stack.pop()
        yield history, node
        if isinstance(node, Decision):
            stack += [((*history, action), after) for action, after in node.actions.items()]
        elif isinstance(node, Chance):
            stack += [((*history, move), after) for move, (_, after) in node.moves.items()]


def players(tree: Node) -> tuple[str, ...]:
    """Names of the players, each of whom every outcome pays.

    Raises
    ------
    StudyError
        If the tree is none, two outcomes pay different players, or somebody chooses who is not paid.
    """
    _checked_node(tree, "the tree")
    paid: set[str] = set()
    for history, node in nodes(tree):
        if isinstance(node, Outcome):
            paid = paid or set(node.payoffs)
            if set(node.payoffs) != paid:
                names = ", ".join(sorted(paid))
                raise StudyError(f"the outcome after {history} must pay these players and no other: {names}")
    for history, node in nodes(tree):
        if isinstance(node, Decision) and node.player not in paid:
            raise StudyError(f"{node.player!r}, who decides after {history}, must be paid by every outcome")
    return tuple(sorted(paid))
