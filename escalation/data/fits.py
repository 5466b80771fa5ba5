"""Shipped fits: parameters that were fitted to data, with their intervals, as data beside the library's scenarios."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from escalation.data.generic_crisis import IRRESOLUTE, RESOLUTE
from escalation.data.parameters import PARAMETERS
from escalation.errors import StudyError
from escalation.world.near import near

__all__ = ["fit_names", "fitted_defaults", "fitted_parameters", "load_fit"]

RULES = ("contest_exponent", "leash", "patron_reply", "brinkmanship_scale", "injury_half_life", "settle_days")
ACTORS = ("precision", "belligerence_cost", "response_delay", "response_spread", "tempo")


def fit_names() -> list[str]:
    """Names of the shipped fits."""
    folder = files("escalation") / "library" / "fits"
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


def load_fit(name: str | Path) -> dict[str, Any]:
    """Load a fit: when and to what it was made, and its parameters with their intervals.

    Parameters
    ----------
    name
        Name of a shipped fit, or a file that ``escalation calibrate icb TABLE --save`` wrote.

    Raises
    ------
    StudyError
        If there is no such fit.
    """
    if name in fit_names():
        text = (files("escalation") / "library" / "fits" / f"{name}.toml").read_text(encoding="utf-8")
    elif Path(name).is_file():
        text = Path(name).read_text(encoding="utf-8")
    else:
        raise StudyError(f"no fit {str(name)!r}, in the library or as a file{near(str(name), fit_names())}")
    return tomllib.loads(text)


def fitted_parameters(name: str | Path = "icb-1918-1994") -> dict[str, float]:
    """Values of all global parameters in a fit, by name.

    Raises
    ------
    StudyError
        If there is no such fit, or it lacks a parameter.
    """
    held = load_fit(name).get("parameters", {})
    missing = [parameter for parameter in PARAMETERS if parameter not in held]
    if missing:
        raise StudyError(f"{name}: lacks the parameters {', '.join(missing)}; make the fit again")
    return {parameter: float(held[parameter]["value"]) for parameter in PARAMETERS}


def fitted_defaults(name: str | Path = "icb-1918-1994") -> dict[str, float]:
    """What a fit says of a scenario's rules and of an actor between equals, by dotted place.

    Parameters
    ----------
    name
        Name of a shipped fit, or a file.

    Examples
    --------
    >>> sorted(fitted_defaults())[:3]
    ['actors.belligerence_cost', 'actors.precision', 'actors.response_delay']
    """
    values = fitted_parameters(name)
    found = {f"rules.{rule}": values[rule] for rule in RULES} | {f"actors.{field}": values[field] for field in ACTORS}
    found["actors.war_cost.resolute"] = RESOLUTE * values["war_cost"]
    found["actors.war_cost.irresolute"] = IRRESOLUTE * values["war_cost"]
    return found
