"""Likelihood of the three outcomes with its gradient and Hessian, all analytic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.strategic_choice.shocks import ROOT_TWO, Error, Link, attack, log_share, reply

__all__ = ["CAPITULATION", "STATUS_QUO", "UTILITIES", "WAR", "Likelihood", "log_probabilities"]

Floats = NDArray[np.float64]

UTILITIES = ("u1_sq", "u1_cap", "u1_war", "u2_cap", "u2_war")
"""Utilities of the outcomes for player 1 and, where it has a choice, for player 2."""
STATUS_QUO, CAPITULATION, WAR = 0, 1, 2
FARTHEST = 1e6
"""Greatest utility, in scales of a shock, that is told from a greater one: it bounds every logarithm."""


def _answers(link: Link, w: Floats) -> tuple[tuple[Floats, Floats, Floats], tuple[Floats, Floats, Floats]]:
    """Logarithms of the probabilities that player 2 yields and that it resists, with derivatives by w."""
    unit = 1.0 if link == "logit" else ROOT_TWO
    # Each from its own tail: taken from 1, the smaller of the two would be lost in rounding.
    down, up = log_share(link, -w / unit), log_share(link, w / unit)
    return (down[0], -down[1] / unit, down[2] / unit**2), (up[0], up[1] / unit, up[2] / unit**2)


def _weighed(link: Link, utilities: Floats) -> tuple[Floats, Floats, Floats]:
    """What player 2 gains by resisting, the probability of it, and what player 1 gains by attacking, on average."""
    w = utilities[:, 4] - utilities[:, 3]
    q = reply(link, w)[0]
    return w, q, (1.0 - q) * utilities[:, 1] + q * utilities[:, 2] - utilities[:, 0]


def log_probabilities(link: Link, error: Error, utilities: Floats) -> Floats:
    """Logarithms of the probabilities of the outcomes.

    Parameters
    ----------
    link, error
        As `attack` takes them.
    utilities
        In scales of a shock, in the order of `UTILITIES`; shape (rows, 5).

    Returns
    -------
    array
        Status quo, capitulation and war; shape (rows, 3).
    """
    w, q, m = _weighed(link, np.clip(utilities, -FARTHEST, FARTHEST))
    yes, no = attack(link, error, m, q)
    yielding, resisting = _answers(link, w)
    return np.column_stack([no.value, yes.value + yielding[0], yes.value + resisting[0]])


@dataclass(frozen=True, slots=True, eq=False)
class Likelihood:
    """Likelihood of a table of outcomes.

    Parameters
    ----------
    link, error
        As `attack` takes them.
    designs
        Regressors of each utility, divided by the scale of the shocks; shapes (rows, columns of the utility).
    outcomes
        0, 1 and 2 for status quo, capitulation and war; shape (rows,).
    """

    link: Link
    error: Error
    designs: Sequence[Floats]
    outcomes: NDArray[np.int64]

    def utilities(self, theta: Floats) -> Floats:
        """Utilities, in scales of a shock; shape (rows, 5)."""
        ends = np.cumsum([design.shape[1] for design in self.designs])[:-1]
        parts = np.split(theta, ends)
        found = np.column_stack([design @ part for design, part in zip(self.designs, parts, strict=True)])
        return np.clip(found, -FARTHEST, FARTHEST)

    def value(self, theta: Floats) -> float:
        """Log-likelihood."""
        logs = log_probabilities(self.link, self.error, self.utilities(theta))
        return float(logs[np.arange(self.outcomes.size), self.outcomes].sum())

    def derivatives(self, theta: Floats) -> tuple[Floats, Floats]:
        """Derivatives of each row's log-likelihood by its five utilities: shapes (rows, 5) and (rows, 5, 5)."""
        utilities = self.utilities(theta)
        w, _, m = _weighed(self.link, utilities)
        q, q_w, q_ww = reply(self.link, w)
        peace, low = self.outcomes == STATUS_QUO, self.outcomes == CAPITULATION
        yes, no = attack(self.link, self.error, m, q)
        f_m, f_q, f_mm, f_mq, f_qq = (
            np.where(peace, getattr(no, name), getattr(yes, name)) for name in ("m", "q", "mm", "mq", "qq")
        )
        answers = _answers(self.link, w)
        r_w, r_ww = (np.where(peace, 0.0, np.where(low, answers[0][k], answers[1][k])) for k in (1, 2))
        gap = utilities[:, 2] - utilities[:, 1]
        # In the order of UTILITIES, w standing last: m_x are the derivatives of m at fixed w, m_xw those of m_x by w.
        zero = np.zeros_like(q)
        m_x = np.column_stack([zero - 1.0, 1.0 - q, q])
        m_w, m_xw = q_w * gap, np.column_stack([zero, -q_w, q_w])
        by_w = f_m * m_w + f_q * q_w + r_w
        first = np.column_stack([f_m[:, np.newaxis] * m_x, -by_w, by_w])
        by_xw = (f_mm * m_w + f_mq * q_w)[:, np.newaxis] * m_x + f_m[:, np.newaxis] * m_xw
        by_ww = f_mm * m_w**2 + 2.0 * f_mq * q_w * m_w + f_qq * q_w**2 + (f_m * gap + f_q) * q_ww + r_ww
        second = np.empty((q.size, 5, 5))
        second[:, :3, :3] = f_mm[:, np.newaxis, np.newaxis] * m_x[:, :, np.newaxis] * m_x[:, np.newaxis, :]
        for place, sign in ((3, -1.0), (4, 1.0)):
            second[:, :3, place] = second[:, place, :3] = sign * by_xw
        second[:, 3, 3] = second[:, 4, 4] = by_ww
        second[:, 3, 4] = second[:, 4, 3] = -by_ww
        return first, second

    def scores(self, theta: Floats) -> Floats:
        """Gradient of each row's log-likelihood; shape (rows, parameters)."""
        first, _ = self.derivatives(theta)
        return np.hstack([first[:, [k]] * design for k, design in enumerate(self.designs)])

    def gradient(self, theta: Floats) -> Floats:
        """Gradient of the log-likelihood; shape (parameters,)."""
        return np.asarray(self.scores(theta).sum(axis=0))

    def hessian(self, theta: Floats) -> Floats:
        """Hessian of the log-likelihood; shape (parameters, parameters)."""
        _, second = self.derivatives(theta)
        return np.block(
            [
                [one.T @ (second[:, [k], j] * other) for j, other in enumerate(self.designs)]
                for k, one in enumerate(self.designs)
            ]
        )
