"""Which rows a forecast may learn from, and on which it is scored."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from escalation.data.rows import Rows
from escalation.errors import StudyError

__all__ = ["Split", "grouped_folds", "together"]

Split = tuple[NDArray[np.bool_], NDArray[np.bool_]]
"""Masks of the rows to learn from, and of the rows to score."""


def grouped_folds(clusters: NDArray[np.float64], *, folds: int, repeats: int, seed: int) -> list[list[Split]]:
    """Masks of rows to learn from and rows to score, whole clusters together: a list of splits for each repeat.

    Raises
    ------
    StudyError
        If there are fewer than two folds, or fewer clusters than folds.
    """
    names = np.unique(clusters)
    if folds < 2 or repeats < 1 or names.size < folds:
        raise StudyError(
            f"{folds} folds × {repeats} of {names.size} crises: take 2 folds or more, at most one a crisis"
        )
    rng = np.random.default_rng(seed)
    designs = []
    for _ in range(repeats):
        # Dealt out in turn, so that folds differ by one crisis at most.
        fold_of = dict(zip(rng.permutation(names).tolist(), np.arange(names.size) % folds, strict=True))
        fold = np.array([fold_of[cluster] for cluster in clusters.tolist()])
        designs.append([(fold != k, fold == k) for k in range(folds)])
    return designs


def together(rows: Rows, others: Rows) -> Rows:
    """Rows to learn from, then rows kept aside.

    Raises
    ------
    StudyError
        If they share a crisis.
    """
    shared = set(rows["crisno"].tolist()) & set(others["crisno"].tolist())
    if shared:
        raise StudyError(
            f"{others.source}: crisis {min(shared):g} is also in {rows.source}; rows kept aside must be others"
        )
    columns = {name: np.concatenate([rows[name], others[name]]) for name in rows.columns}
    versions = dict.fromkeys((rows.version, others.version))
    return Rows(columns, f"{rows.source} + {others.source}", " + ".join(versions), notes=(*rows.notes, *others.notes))
