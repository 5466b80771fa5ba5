"""Small games of one's own, on the same functions that a crisis uses."""

from escalation.games.hawkes import Hawkes
from escalation.games.matrix import MatrixQRE, matrix_qre
from escalation.games.receiver import Message, bayesian_receiver
from escalation.games.sequential import AgentQRE, agent_qre
from escalation.games.tree import Chance, Decision, Outcome

__all__ = [
    "AgentQRE",
    "Chance",
    "Decision",
    "Hawkes",
    "MatrixQRE",
    "Message",
    "Outcome",
    "agent_qre",
    "bayesian_receiver",
    "matrix_qre",
]
