"""The strategic choice model of deterrence, fitted to a user's table."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from escalation.analysis.strategic_choice.designs import build_designs, checked_formulas, usable_rows
from escalation.analysis.strategic_choice.estimation import Model, Start, estimate
from escalation.analysis.strategic_choice.results import OUTCOMES, StrategicChoice
from escalation.analysis.strategic_choice.shocks import ERRORS, LINKS, Error, Link
from escalation.analysis.strategic_choice.table import as_frame, check_columns, outcomes_of, rows_text
from escalation.errors import StudyError
from escalation.estimates.estimate import check_level

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

__all__ = ["strategic_choice"]


def strategic_choice(
    table: pd.DataFrame | Mapping[str, Any] | str | Path,
    utilities: Mapping[str, str],
    *,
    outcome: str | Sequence[str],
    outcomes: Sequence[Any] = OUTCOMES,
    link: Link = "logit",
    error: Error = "agent",
    scale: float = 1.0,
    start: Start = "sbi",
    missing: Literal["drop", "refuse"] = "drop",
    robust: bool = False,
    cluster: str | None = None,
    level: float = 0.95,
) -> StrategicChoice:
    """Estimate what two players want from who attacked, and who resisted [Signorino1999]_ [Signorino2003]_.

    Player 1 attacks or leaves the status quo (``sq``). If attacked, player 2 backs down (``cap``, capitulation) or
    resists (``war``). Each outcome has a utility for each player, linear in regressors. Player 1 foresees how likely
    player 2 is to resist, which makes the choices a quantal response equilibrium [McKelveyPalfrey1998]_. Fitted by
    maximum likelihood from a start by statistical backward induction [Bas2008]_.

    Parameters
    ----------
    table
        A row for each case: a data frame, columns by name, or a CSV file with a header.
    utilities
        Formula of each utility, the right-hand side alone, as ``"balance + regime"``; a constant is added unless the
        formula says ``- 1``. ``u1_sq``, ``u1_cap`` and ``u1_war`` are player 1's utilities (u11, u13 and u14 in the
        literature), ``u2_cap`` and ``u2_war`` player 2's (u23 and u24). A utility that is not given, or is ``"0"``, is
        fixed at 0: the usual normalisation leaves out ``u1_cap`` and ``u2_cap``. Formulas can call functions: do not
        take them from people that you do not trust.
    outcome
        A column of three values; or two columns of 0 and 1, whether player 1 attacked and whether player 2 resisted
        (0 or missing where there was no attack); or three columns of 0 and 1, one for each outcome.
    outcomes
        Where there is one column, its values for status quo, capitulation and war, in this order.
    link
        ``"logit"`` for Gumbel shocks, ``"probit"`` for normal ones.
    error
        ``"agent"`` for shocks to the players' actions, ``"private"`` for shocks to the outcomes' utilities that the
        player alone knows.
    scale
        Scale of each shock, in units of utility: the standard deviation of a normal, the scale of a Gumbel one. Only
        utilities relative to it are identified. With 1 and the logit link, a difference of two utilities is a log-odds;
        with 1 and the probit link, it has a standard deviation of √2.
    start
        ``"sbi"`` for statistical backward induction, ``"zero"``, or a number for each parameter. The likelihood can
        have more than one maximum, and from 0 a poor one may be found.
    missing
        ``"drop"`` leaves rows out in which a value is missing that the fit needs, and counts them; ``"refuse"`` makes
        them an error. Text such as ``.`` or ``NA`` stands for a missing value.
    robust
        Standard errors that hold where rows do not have the variance of the model [White1982]_.
    cluster
        Column that says which rows belong together; standard errors are then robust to what they share.
    level
        Confidence level of intervals.

    Returns
    -------
    StrategicChoice
        Estimates with intervals, tests, predicted probabilities, and the utilities as a game or in a scenario.

    Raises
    ------
    StudyError
        If a column is missing or holds a stray text among numbers, an outcome is not one of three or never occurs, a
        formula cannot be computed, the parameters are not identified, or no maximum is found.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(1)
    >>> balance = rng.normal(size=500)
    >>> resisted = rng.random(500) < 1.0 / (1.0 + np.exp(balance))
    >>> attacked = rng.random(500) < 0.5
    >>> cases = {"attacked": attacked, "resisted": attacked & resisted, "balance": balance}
    >>> fit = strategic_choice(cases, {"u1_war": "1", "u2_war": "balance"}, outcome=["attacked", "resisted"])
    >>> fit.fixed
    ('u1_sq', 'u1_cap', 'u2_cap')
    >>> print(fit.coefficients["u2_war:balance"])
    -0.91 [-1.27, -0.56] (Wald 95 %, n = 500)
    """
    for name, given, allowed in (("link", link, LINKS), ("error", error, ERRORS)):
        if given not in allowed:
            raise StudyError(f"{name} {given!r} must be {' or '.join(map(repr, allowed))}")
    if missing not in ("drop", "refuse"):
        raise StudyError(f"missing {missing!r} must be 'drop' or 'refuse'")
    if isinstance(scale, bool) or not math.isfinite(scale) or scale <= 0.0:
        raise StudyError(f"scale must be a number above 0, not {scale!r}")
    check_level(level)
    frame = as_frame(table)
    formulas = checked_formulas(utilities)
    if cluster is not None:
        check_columns(frame, [cluster], "cluster")
    ends = outcomes_of(frame, outcome, outcomes)
    kept = usable_rows(frame, formulas, [] if cluster is None else [cluster]) & ~np.isnan(ends)
    if missing == "refuse" and not kept.all():
        raise StudyError(f"a value is missing in {rows_text(~kept)}; fill it in, or leave them out by missing='drop'")
    if not kept.any():
        raise StudyError("every row misses a value that the fit needs")
    used = frame[kept].reset_index(drop=True)
    ended = ends[kept].astype(np.int64)
    counts = np.bincount(ended, minlength=3)
    if not counts.all():
        never = ", ".join(name for name, count in zip(OUTCOMES, counts, strict=True) if not count)
        raise StudyError(f"no row ends in {never}: all three outcomes must occur for all utilities to show")
    model = Model(
        link=link,
        error=error,
        scale=float(scale),
        designs=build_designs(used, formulas, np.flatnonzero(kept)),
        outcomes=ended,
        clusters=None if cluster is None else _clusters(used, cluster),
        robust=robust,
    )
    return StrategicChoice(model, estimate(model, start), kept, start if isinstance(start, str) else "given", level)


def _clusters(frame: pd.DataFrame, column: str) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Number of the cluster of each row."""
    _, numbers = np.unique(frame[column].astype(str).to_numpy(dtype=object), return_inverse=True)
    if numbers.max() < 1:
        raise StudyError(f"cluster: {column!r} must name two clusters or more")
    return np.asarray(numbers, dtype=np.int64)
