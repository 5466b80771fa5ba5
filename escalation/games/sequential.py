"""Agent quantal response equilibrium of a sequential game with perfect information [McKelveyPalfrey1998]_."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from escalation.games.checks import checked_precisions, checked_scores
from escalation.games.tree import Chance, Decision, History, Node, Outcome, nodes, players
from escalation.mechanisms.time_and_chance import logit_choice

__all__ = ["AgentQRE", "agent_qre"]


@dataclass(frozen=True, slots=True)
class AgentQRE:
    """Agent quantal response equilibrium of a sequential game.

    Parameters
    ----------
    choices
        Probability of each action at each decision, by the decision's history.
    values
        Expected payoff of each player at each node, by the node's history.
    outcomes
        Probability of each outcome, by its history; they sum to 1.

    Examples
    --------
    >>> attack, wait = Outcome({"challenger": 1.0}), Outcome({"challenger": 0.0})
    >>> solution = agent_qre(Decision("challenger", {"attack": attack, "wait": wait}), 2.0)
    >>> round(solution.choices[()]["attack"], 10), round(solution.outcomes["wait",], 10)
    (0.880797078, 0.119202922)
    """

    choices: dict[History, dict[str, float]]
    values: dict[History, dict[str, float]]
    outcomes: dict[History, float]

    @property
    def payoffs(self) -> dict[str, float]:
        """Expected payoff of each player in the whole game."""
        return self.values[()]


def _branches(node: Decision | Chance, choices: dict[str, float]) -> dict[str, float]:
    if isinstance(node, Decision):
        return choices
    return {move: probability for move, (probability, _) in node.moves.items()}


def agent_qre(tree: Node, precision: float | Mapping[str, float]) -> AgentQRE:
    """Solve a sequential game by backward induction with logit choices, as the actors of a crisis choose.

    The equilibrium is unique: each choice depends only on those that may follow it.

    Parameters
    ----------
    tree
        The game.
    precision
        Precision λ per unit of payoff: one for all players, or one for each by name. 0 is chance.

    Returns
    -------
    AgentQRE
        Choices at every decision, expected payoffs, and probabilities of the outcomes.

    Raises
    ------
    StudyError
        If the tree is malformed or a precision is not allowed.

    Examples
    --------
    >>> def pays(challenger, defender):
    ...     return Outcome({"challenger": challenger, "defender": defender})
    >>> reply = Decision("defender", {"resist": pays(-0.5, -0.7), "yield": pays(1.0, -1.0)})
    >>> game = Decision("challenger", {"attack": reply, "wait": pays(0.0, 0.0)})
    >>> solution = agent_qre(game, 1.0)
    >>> round(solution.choices["attack",]["resist"], 10)
    0.5744425168
    >>> round(solution.choices[()]["attack"], 10)
    0.5345290089
    """
    names = players(tree)
    precisions = checked_precisions(precision, names)
    found = list(nodes(tree))
    choices: dict[History, dict[str, float]] = {}
    values: dict[History, dict[str, float]] = {}
    # Backwards: a node stands before all that follow it, so these have their values by now.
    for history, node in reversed(found):
        if isinstance(node, Outcome):
            values[history] = dict(node.payoffs)
            checked_scores(max(precisions.values()), node.payoffs.values())
            continue
        if isinstance(node, Decision):
            utilities = [values[*history, action][node.player] for action in node.actions]
            probabilities = [0.0] * len(utilities)
            logit_choice(precisions[node.player], utilities, [0.0] * len(utilities), probabilities)
            choices[history] = dict(zip(node.actions, probabilities, strict=True))
        branches = _branches(node, choices.get(history, {}))
        values[history] = {
            name: sum(share * values[*history, branch][name] for branch, share in branches.items()) for name in names
        }
    reached: dict[History, float] = {(): 1.0}
    for history, node in found:
        if not isinstance(node, Outcome):
            for branch, share in _branches(node, choices.get(history, {})).items():
                reached[*history, branch] = reached[history] * share
    outcomes = {history: reached[history] for history, node in found if isinstance(node, Outcome)}
    return AgentQRE(choices, values, outcomes)
