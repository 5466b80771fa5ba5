"""Shipped fits: parameters that were fitted to data, with their intervals, as data beside the library's scenarios."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from escalation.data.generic_crisis import CHOSEN, IRRESOLUTE, MODEL, OF_SIDES, OF_STAKES, RESOLUTE, mean_belligerence
from escalation.data.parameters import PARAMETERS
from escalation.data.signal_crisis import OF_WORDS
from escalation.errors import StudyError
from escalation.world.fits import fit_names, fit_text
from escalation.world.near import near

__all__ = ["defaults_of", "fitted_parameters", "load_fit"]

RULES = (*CHOSEN, *OF_WORDS, *OF_STAKES, *OF_SIDES)
ACTORS = ("precision", "response_delay", "response_spread", "tempo")


def load_fit(name: str | Path) -> dict[str, Any]:
    """Load a fit: when and to what it was made, and its parameters with their intervals.

    Parameters
    ----------
    name
        Name of a shipped fit, or a file that ``escalation calibrate icb TABLE --save`` wrote.

    Raises
    ------
    StudyError
        If there is no such fit, or the file is not one.
    """
    if name in fit_names():
        return tomllib.loads(fit_text(str(name)))
    if Path(name).is_file():
        try:
            return tomllib.loads(Path(name).read_text(encoding="utf-8"))
        except ValueError as error:  # no UTF-8, or no TOML
            raise StudyError(f"{name}: is no fit: {error}. A fit is what `escalation calibrate icb` saves") from None
    raise StudyError(f"no fit {str(name)!r}, in the library or as a file{near(str(name), fit_names())}")


def fitted_parameters(name: str | Path = "icb-icbe-1918-1994") -> dict[str, float]:
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


def defaults_of(parameters: Mapping[str, float], shares: Mapping[str, float]) -> dict[str, dict[str, Any]]:
    """What a fit says of a scenario's rules, and of an actor of whom no more is known.

    It is the mean actor of the rows in what it is, and equal to its adversary in capability.

    Parameters
    ----------
    parameters
        Values of `escalation.data.parameters.PARAMETERS`, by name.
    shares
        Share of the rows whose actor is ``democratic``, of a ``military`` regime, and ``nuclear``.

    Returns
    -------
    dict
        Tables ``rules`` and ``actors``, as a scenario holds them: what a scenario with this ``fit`` does not state.
    """
    cost = parameters["war_cost"]
    return {
        "rules": MODEL | {rule: parameters[rule] for rule in RULES if rule not in MODEL},
        "actors": {field: parameters[field] for field in ACTORS}
        | {"belligerence_cost": mean_belligerence(parameters, shares)}
        | {"war_cost": {"resolute": RESOLUTE * cost, "irresolute": IRRESOLUTE * cost}},
    }
