"""A fit as texts and as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from escalation.analysis.strategic_choice.results import StrategicChoice

__all__ = ["header", "rows", "summary"]

COVARIANCES = {
    "wald": "inverse Hessian",
    "wald robust": "robust",
    "wald clustered": "clustered",
}
ERRORS = {"agent": "agent error", "private": "private information"}


def header(fit: StrategicChoice) -> list[str]:
    """Two lines to stand above the parameters, and one to stand below them."""
    model = fit.model
    dropped = f" ({fit.dropped:,} more left out: values missing)" if fit.dropped else ""
    counts = ", ".join(f"{name} {count:,}" for name, count in fit.counts.items())
    fixed = f"; fixed at 0: {', '.join(fit.fixed)}" if fit.fixed else ""
    clusters = f" by {int(model.clusters.max()) + 1:,} clusters" if model.clusters is not None else ""
    fitted = f"log-likelihood {fit.log_likelihood:.2f} (shares alone {fit.shares_log_likelihood:.2f})"
    criteria = f"AIC {fit.aic:.2f}, BIC {fit.bic:.2f}"
    return [
        f"Strategic choice: {model.link}, {ERRORS[model.error]}, shocks of scale {model.scale:g}",
        f"{fit.n:,} rows{dropped}: {counts}{fixed}",
        f"{fitted}, {criteria}; standard errors: {COVARIANCES[fit.estimation.method]}{clusters}",
    ]


def rows(fit: StrategicChoice) -> list[tuple[str, ...]]:
    """Parameters with their estimates as texts."""
    found: list[tuple[str, ...]] = []
    for name, one in fit.coefficients.items():
        error = fit.standard_errors[name]
        numbers = (f"{one.value:.4g}", f"{error:.3g}", f"{one.value / error:.2f}", f"{fit.p_values[name]:.2g}")
        found.append((name, *numbers, f"{one.low:.4g} to {one.high:.4g}"))
    return found


def summary(fit: StrategicChoice) -> dict[str, Any]:
    """Plain data, as ``--json`` prints it."""
    model = fit.model
    return {
        "link": model.link,
        "error": model.error,
        "scale": model.scale,
        "formulas": fit.formulas,
        "fixed_at_zero": list(fit.fixed),
        "rows": fit.n,
        "rows_left_out": fit.dropped,
        "outcomes": fit.counts,
        "start": fit.start,
        "start_log_likelihood": fit.estimation.start_log_likelihood,
        "steps": fit.estimation.steps,
        "standard_errors": COVARIANCES[fit.estimation.method],
        "clusters": None if model.clusters is None else int(model.clusters.max()) + 1,
        "level": fit.level,
        "coefficients": {
            name: {
                **one.to_dict(),
                "standard_error": fit.standard_errors[name],
                "z": one.value / fit.standard_errors[name],
                "p_value": fit.p_values[name],
            }
            for name, one in fit.coefficients.items()
        },
        "covariance": fit.covariance.tolist(),
        "log_likelihood": fit.log_likelihood,
        "shares_log_likelihood": fit.shares_log_likelihood,
        "parameters": len(fit.parameters),
        "aic": fit.aic,
        "bic": fit.bic,
    }
