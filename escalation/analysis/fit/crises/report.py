"""What a fit to crisis-actor rows is printed and shipped as: parameters with intervals, flat directions, patterns."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from escalation.analysis.fit.crises.icb import IcbFit
from escalation.analysis.fit.crises.patterns import LAGS, NORMAL, Pattern, SignalPattern
from escalation.analysis.fit.crises.search import IcbSearch
from escalation.analysis.fit.flat_directions import flat_directions
from escalation.data.covariates import covariates, kind_shares
from escalation.data.fits import defaults_of
from escalation.data.parameters import PARAMETERS
from escalation.data.rows import Rows
from escalation.version import __version__

__all__ = ["as_toml", "fit_remarks", "fit_summary", "signals_summary"]


def fit_summary(rows: Rows, fit: IcbFit, shown: Sequence[Pattern], *, seed: int) -> dict[str, Any]:
    """Plain data, as ``--json`` prints it.

    Parameters
    ----------
    rows
        What was fitted to.
    fit
        What was found.
    shown
        Patterns that were compared.
    seed
        Seed of the fit.
    """
    spreads = np.sqrt(np.diag(fit.mode.covariance))
    place = {name: k for k, name in enumerate(fit.names)}
    parameters: dict[str, dict[str, Any]] = {}
    for name, parameter in PARAMETERS.items():
        entry: dict[str, Any] = {"value": fit.parameters[name], "unit": parameter.unit, "meaning": parameter.meaning}
        if name in place:
            # In prior standard deviations the posterior is taken as normal; the ends go through the scale of the
            # parameter.
            z, half = float(fit.mode.z[place[name]]), NORMAL * float(spreads[place[name]])
            entry |= {
                "low": parameter.value(z - half),
                "high": parameter.value(z + half),
                "prior": parameter.prior,
                "prior_spread": parameter.spread,
                "scale": parameter.scale,
                "width_kept": float(spreads[place[name]]),
            }
        parameters[name] = entry
    years, seen = rows["year"], covariates(rows)
    return {
        "data": rows.version,
        "notes": list(rows.notes),
        "not_known": seen.unknown(),
        "years": [int(years.min()), int(years.max())],
        "rows": fit.rows,
        "crises": fit.crises,
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "version": __version__,
        "seed": seed,
        "log_likelihood": fit.mode.log_likelihood,
        "shares": kind_shares(seen),
        "parameters": parameters,
        "flat_directions": [direction.to_dict() for direction in flat_directions(fit.mode.covariance, fit.names)],
        "patterns": [pattern.to_dict() for pattern in shown],
        "patterns_inside": sum(pattern.inside for pattern in shown),
    }


def fit_remarks(found: IcbSearch, shown: Sequence[Pattern], not_known: Mapping[str, int]) -> list[str]:
    """What a reader of a fit should know before the numbers are used.

    Parameters
    ----------
    found
        Where the fits ended.
    shown
        Patterns that were compared.
    not_known
        In how many rows each covariate is not known.
    """
    remarks = []
    if nowhere := [name for name, rows in not_known.items() if rows == found.fit.rows]:
        remarks.append(f"not known of any row, and taken as equal, no or none: {', '.join(nowhere)}")
    ends, rising = found.ends, sum(not end.fit.mode.converged for end in found.ends)
    if rising:
        which = "the fit" if len(ends) == 1 else f"{rising} of {len(ends)} fits"
        remarks.append(f"{which} stopped at the limit of steps and had not converged")
    modes = 1 + max(found.modes)
    if modes > 1:
        remarks.append(
            f"the fits ended at {modes} modes, so the numbers depend on the start and the seed; the table shows "
            f"{_shown(len(found.highest))}; more runs make the simulated crises less noisy"
        )
    certain = [pattern.name for pattern in shown if pattern.name in LAGS]
    if certain:
        remarks.append(
            f"the delays of responses are read off the rows and not drawn, so the model's interval has no width for "
            f"{' and '.join(repr(name) for name in certain)}"
        )
    return remarks


def _shown(ends: int) -> str:
    return "the end at the highest" if ends == 1 else f"the mean of the {ends} ends at the highest"


def signals_summary(pairs: Rows, shown: Sequence[SignalPattern]) -> dict[str, Any]:
    """Plain data of what followed signals, as ``--json`` prints it.

    Parameters
    ----------
    pairs
        The signal pairs.
    shown
        What was compared.
    """
    return {
        "events": pairs.version,
        "pairs": len(pairs),
        "signals": [pattern.to_dict() for pattern in shown],
        "signals_inside": sum(pattern.inside for pattern in shown),
    }


def as_toml(summary: dict[str, Any]) -> str:
    """Write the summary of a fit as the TOML file in which fits are shipped; patterns are left out."""
    plain = ("data", "events", "years", "rows", "crises", "pairs", "date", "version", "seed", "command")
    shares = {kind: _rounded(share) for kind, share in summary["shares"].items()}
    lines = [f"{key} = {json.dumps(summary[key])}" for key in plain if key in summary]
    lines += ["", "[shares]  # of the rows, by what their actors are"]
    lines += [f"{kind} = {json.dumps(share)}" for kind, share in shares.items()]
    for name, entry in summary["parameters"].items():
        lines += ["", f"[parameters.{name}]"]
        lines += [f"{key} = {json.dumps(_rounded(value))}" for key, value in entry.items()]
    values = {name: _rounded(entry["value"]) for name, entry in summary["parameters"].items()}
    for table, row in defaults_of(values, shares).items():
        lines += ["", f"[defaults.{table}]  # what a scenario with this fit does not state"]
        lines += [f"{key} = {_inline(value)}" for key, value in row.items()]
    return "\n".join(lines) + "\n"


def _inline(value: Any) -> str:
    """Number, or row of numbers, in TOML."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_inline(entry)}" for key, entry in value.items()) + " }"
    return json.dumps(_rounded(value))


def _rounded(value: Any) -> Any:
    return float(f"{value:.5g}") if isinstance(value, float) else value
