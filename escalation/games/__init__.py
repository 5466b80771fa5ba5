"""Small games of one's own, on the same functions that a crisis uses.

Own payoffs and a precision go in, and what the theory says of them comes out: choices in sequential games and
equilibria of matrix games, what a receiver believes, who is blamed, what a contest and a risk are worth, and when
incidents come.
"""

from escalation.games.blame import Denial, attribution
from escalation.games.contests import Side, contest, critical_risk, cumulative_risk
from escalation.games.hawkes import Hawkes
from escalation.games.matrix import MatrixQRE, matrix_qre
from escalation.games.receiver import Message, bayesian_receiver, public_threat
from escalation.games.sequential import AgentQRE, agent_qre
from escalation.games.tree import Chance, Decision, Outcome

__all__ = [
    "AgentQRE",
    "Chance",
    "Decision",
    "Denial",
    "Hawkes",
    "MatrixQRE",
    "Message",
    "Outcome",
    "Side",
    "agent_qre",
    "attribution",
    "bayesian_receiver",
    "contest",
    "critical_risk",
    "cumulative_risk",
    "matrix_qre",
    "public_threat",
]
