"""A fit as texts and as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from escalation.estimates.estimate import Estimate

__all__ = ["COVARIANCES", "coefficients", "header", "rows", "text"]

COVARIANCES = {
    "wald": "inverse Hessian",
    "wald robust": "robust",
    "wald clustered": "clustered",
}
"""Where the covariance of the parameters is from, by the method of their intervals."""

_ERRORS = {"agent": "agent error", "private": "private information"}


def coefficients(
    values: Mapping[str, Estimate], errors: Mapping[str, float], p_values: Mapping[str, float]
) -> dict[str, dict[str, Any]]:
    """Parameters with their intervals, standard errors, z and p-values, as plain data."""
    return {
        name: {
            **one.to_dict(),
            "standard_error": errors[name],
            "z": one.value / errors[name],
            "p_value": p_values[name],
        }
        for name, one in values.items()
    }


def header(fit: Mapping[str, Any]) -> list[str]:
    """Two lines to stand above the parameters, and one to stand below them; of `StrategicChoice.summary`."""
    dropped = f" ({fit['rows_left_out']:,} more left out: values missing)" if fit["rows_left_out"] else ""
    counts = ", ".join(f"{name} {count:,}" for name, count in fit["outcomes"].items())
    fixed = f"; fixed at 0: {', '.join(fit['fixed_at_zero'])}" if fit["fixed_at_zero"] else ""
    clusters = f" by {fit['clusters']:,} clusters" if fit["clusters"] is not None else ""
    fitted = f"log-likelihood {fit['log_likelihood']:.2f} (shares alone {fit['shares_log_likelihood']:.2f})"
    criteria = f"AIC {fit['aic']:.2f}, BIC {fit['bic']:.2f}"
    return [
        f"Strategic choice: {fit['link']}, {_ERRORS[fit['error']]}, shocks of scale {fit['scale']:g}",
        f"{fit['rows']:,} rows{dropped}: {counts}{fixed}",
        f"{fitted}, {criteria}; standard errors: {fit['standard_errors']}{clusters}",
    ]


def rows(fit: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Parameters with their estimates as texts; of `StrategicChoice.summary`."""
    return [
        (
            name,
            f"{one['value']:.4g}",
            f"{one['standard_error']:.3g}",
            f"{one['z']:.2f}",
            f"{one['p_value']:.2g}",
            f"{one['low']:.4g} to {one['high']:.4g}",
        )
        for name, one in fit["coefficients"].items()
    ]


def text(head: Sequence[str], body: Sequence[Sequence[str]], about: Sequence[str]) -> str:
    """Table in columns of equal width, between the lines of `header`."""
    lines = [head, *body]
    widths = [max(len(line[k]) for line in lines) for k in range(len(head))]
    table = ["  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([*about[:2], *table, *about[2:]])
