"""Identification: what no table could tell, and what this one does not [LewisSchultz2003]_."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.strategic_choice.designs import Designs
from escalation.analysis.strategic_choice.likelihood import UTILITIES
from escalation.errors import StudyError

__all__ = ["SMALL", "check_identified", "check_reached", "flat_names"]

Floats = NDArray[np.float64]

SMALL = 1e-9
"""Smallest singular value, as a share of the largest, of columns of equal length that count as independent."""
NAMED = 0.1
"""Least share of the greatest weight with which a parameter is named as part of a combination."""


def _unit(columns: Floats) -> Floats:
    norms = np.linalg.norm(columns, axis=0)
    return np.asarray(columns / np.where(norms > 0.0, norms, 1.0))


def flat_names(columns: Floats, names: Sequence[str]) -> list[str]:
    """Names of the columns in a combination that adds up to nothing; none if they are independent."""
    rows, count = columns.shape
    if not count:
        return []
    # A long table is first reduced to a triangle that has its singular values.
    square = np.linalg.qr(_unit(columns), mode="r") if rows > count else _unit(columns)
    _, values, vectors = np.linalg.svd(square)
    if rows >= count and values[-1] > SMALL * values[0]:
        return []
    weights = np.abs(vectors[-1])
    return [name for name, weight in zip(names, weights, strict=True) if weight > NAMED * weights.max()]


def _together(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _check_shared(designs: Designs, places: Sequence[int], player: str, fix: str) -> None:
    shared = set(designs.names[places[0]]).intersection(*(designs.names[k] for k in places[1:]))
    if shared:
        named = [name for name in designs.names[places[0]] if name in shared]
        where = _together([UTILITIES[k] for k in places])
        raise StudyError(
            f"not identified: {_together(named)} in all of {where}. Only differences between the utilities of "
            f"{player} show in its choices, so leave {'it' if len(named) == 1 else 'them'} out of one, as by {fix}"
        )


def check_identified(designs: Designs) -> None:
    """Refuse formulas whose parameters no data could tell apart, or whose columns depend on each other.

    Raises
    ------
    StudyError
        If a regressor or a combination of regressors stands in all utilities of a player, or twice in one.
    """
    if not designs.parameters:
        raise StudyError("all utilities are fixed at 0: nothing is left to estimate")
    named = [[f"{utility}:{name}" for name in names] for utility, names in zip(UTILITIES, designs.names, strict=True)]
    for names, matrix in zip(named, designs.matrices, strict=True):
        flat = flat_names(matrix, names)
        if flat:
            raise StudyError(f"not identified: {_together(flat)} depend on each other in this table; leave one out")
    _check_shared(designs, (3, 4), "player 2", "u2_cap = '0'")
    _check_shared(designs, (0, 1, 2), "player 1", "u1_cap = '0'")
    quo, low, war, yielding, resisting = designs.matrices
    # The same combination in all three: X_sq·a = X_cap·b and X_sq·a = X_war·c.
    blank = np.zeros_like
    triple = np.vstack([np.hstack([quo, -low, blank(war)]), np.hstack([quo, blank(low), -war])])
    cases = (
        (np.hstack([resisting, -yielding]), [*named[4], *named[3]], "player 2"),
        (
            triple if min(quo.shape[1], low.shape[1], war.shape[1]) else triple[:, :0],
            list(chain(*named[:3])),
            "player 1",
        ),
    )
    for columns, names, player in cases:
        flat = flat_names(columns, names[: columns.shape[1]])
        if flat:
            raise StudyError(
                f"not identified: a combination of {_together(flat)} stands in all utilities of {player}, whose "
                "differences alone show in its choices; leave one of them out"
            )


def check_reached(weighted: Floats, designs: Designs) -> None:
    """Refuse designs of player 1 that depend on each other once weighted by how likely player 2 is to resist.

    Raises
    ------
    StudyError
        If they do, as where player 2 is as likely to resist in every row.
    """
    names = designs.parameters[: weighted.shape[1]]
    flat = flat_names(weighted, names)
    if flat:
        raise StudyError(
            f"not identified in this table: {_together(flat)}. How likely player 2 is to resist varies too little "
            "between rows to tell player 1's utilities apart; give u2_war a regressor, or fix u1_cap or u1_war at 0"
        )
