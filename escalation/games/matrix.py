"""Logit quantal response equilibria of a two-player matrix game [McKelveyPalfrey1995]_."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError
from escalation.games.branch import principal_root
from escalation.games.checks import checked_matrix, checked_precisions, checked_scores
from escalation.games.search import distance, found_roots, index
from escalation.games.system import LogitSystem, responses
from escalation.games.two_by_two import LogOdds, roots

__all__ = ["MatrixQRE", "matrix_qre"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MatrixQRE:
    """A logit quantal response equilibrium of a matrix game.

    Parameters
    ----------
    row, column
        Probability of each action of either player.
    payoffs
        Expected payoffs of row and of column.
    residual
        Greatest difference between a probability and the logit response to the other player's.
    principal
        Whether it is the one to which the branch leads that begins, at precision 0, with choices at random.
    index
        1 or -1, the way in which replies cross the equilibrium; they sum to 1 over all equilibria [Shapley1974]_. 0
        where two equilibria meet, as at the precision at which a branch parts.

    Examples
    --------
    >>> (only,) = matrix_qre([[1, 0], [0, 1]], [[0, 1], [1, 0]], precision=4.0)
    >>> only.index, only.principal, [round(share, 10) for share in only.row]
    (1, True, [0.5, 0.5])
    """

    row: tuple[float, ...]
    column: tuple[float, ...]
    payoffs: tuple[float, float]
    residual: float
    principal: bool
    index: int


def _precisions(precision: float | Sequence[float] | NDArray[Any]) -> tuple[float, float]:
    if isinstance(precision, np.ndarray):
        precision = precision.tolist()
    if isinstance(precision, Sequence) and not isinstance(precision, str):
        if len(precision) != 2:
            raise StudyError(f"precision must be one number or two, row's and column's, not {precision!r}")
        named = checked_precisions(dict(zip(("row", "column"), precision, strict=True)), ("row", "column"))
    else:
        named = checked_precisions(precision, ("row", "column"))
    return named["row"], named["column"]


def _all_roots(system: LogitSystem, principal: Array | None) -> list[Array]:
    if system.size == 0:
        return [np.zeros(0)]
    if system.row.shape != (1, 2) or system.column.shape != (1, 2):
        return found_roots(system, principal)
    a, b = float(system.row[0, 0]), float(system.column[0, 0])
    game = LogOdds(a, float(system.row[0, 1]) - a, b, float(system.column[0, 1]) - b)
    return [np.array([x, game.reply(x)]) for x in roots(game)]


def matrix_qre(
    payoffs_row: Any, payoffs_column: Any, *, precision: float | Sequence[float] | NDArray[Any]
) -> tuple[MatrixQRE, ...]:
    """Find the logit quantal response equilibria of a two-player matrix game, not the principal one alone.

    In games of two actions each, at most three exist and all are found: `escalation.games.two_by_two` gives the
    proof. In larger games they are searched for from many starting points. That none is missing is not proved, but
    their indices must sum to 1, and the search goes on while they do not.

    Parameters
    ----------
    payoffs_row, payoffs_column
        Payoffs of row and of column; shape (row's actions, column's actions).
    precision
        Precision λ per unit of payoff: one for both, or row's and column's, shape (2,). 0 is chance.

    Returns
    -------
    tuple of MatrixQRE
        The equilibria, by rising probability of row's first action.

    Raises
    ------
    StudyError
        If payoffs or precision are not allowed.

    Warns
    -----
    RuntimeWarning
        If the indices do not sum to 1 in the end, so that an equilibrium is missing.

    Examples
    --------
    Two who gain by choosing alike agree on either action, or on neither.

    >>> found = matrix_qre([[1, 0], [0, 1]], [[1, 0], [0, 1]], precision=4.0)
    >>> [round(one.row[0], 6) for one in found]
    [0.021248, 0.5, 0.978752]
    """
    own, other = checked_matrix("payoffs_row", payoffs_row), checked_matrix("payoffs_column", payoffs_column)
    if own.shape != other.shape:
        raise StudyError(f"payoffs_column must be of shape {own.shape} as payoffs_row is, not {other.shape}")
    of_row, of_column = _precisions(precision)
    checked_scores(of_row, own.ravel().tolist())
    checked_scores(of_column, other.ravel().tolist())
    system = LogitSystem(of_row * (own[1:] - own[0]), of_column * (other.T[1:] - other.T[0]))
    principal = principal_root(system)
    points = _all_roots(system, principal)
    nearest = -1 if principal is None else int(np.argmin([distance(system, z, principal) for z in points]))
    indices = [index(system, z) for z in points]
    if 0 not in indices and sum(indices) != 1:
        found = f"the {len(points)} equilibria found have indices that sum to {sum(indices)}"
        warnings.warn(f"{found} where those of all sum to 1: some are missing", RuntimeWarning, stacklevel=2)
    equilibria = []
    for place, z in enumerate(points):
        p, q = system.profile(z)
        misses = (p - responses(of_row, own @ q), q - responses(of_column, other.T @ p))
        equilibria.append(
            MatrixQRE(
                row=tuple(p.tolist()),
                column=tuple(q.tolist()),
                payoffs=(float(p @ own @ q), float(p @ other @ q)),
                residual=max(float(np.abs(miss).max()) for miss in misses),
                principal=place == nearest,
                index=indices[place],
            )
        )
    return tuple(sorted(equilibria, key=lambda one: (one.row, one.column)))
