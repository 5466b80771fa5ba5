"""Draws of the fitted numbers, and library crises with numbers in place of the shipped ones; not to be run by itself.

Each parameter is drawn by itself from a normal distribution on its own scale. The fit's correlations are not used, so
what follows from the draws varies rather too much.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

import escalation as esc
from escalation.data.fits import defaults_of, load_fit
from escalation.data.parameters import PARAMETERS

FIT = "icb-icbe-1918-1994"
SCALES: dict[str, tuple[Callable[[float], float], Callable[[float], float]]] = {
    "linear": (float, float),
    "log": (math.log, math.exp),
    "logit": (lambda p: math.log(p / (1.0 - p)), lambda x: 1.0 / (1.0 + math.exp(-x))),
}
HELD = load_fit(FIT)


def shipped() -> dict[str, float]:
    """The shipped value of every parameter."""
    return {name: float(HELD["parameters"][name]["value"]) for name in PARAMETERS}


def fitted_names() -> list[str]:
    """The parameters that have an interval."""
    return [name for name in PARAMETERS if "low" in HELD["parameters"][name]]


def drawn(rng: np.random.Generator) -> tuple[dict[str, float], NDArray[np.float64]]:
    """A draw of all parameters, and by how many standard deviations each fitted one differs from its shipped value."""
    values, deviations = shipped(), np.zeros(len(fitted_names()))
    for n, name in enumerate(fitted_names()):
        held = HELD["parameters"][name]
        onto, back = SCALES[held["scale"]]
        middle, low, high = (onto(float(held[key])) for key in ("value", "low", "high"))
        deviations[n] = rng.normal()
        values[name] = back(middle + deviations[n] * (high - low) / (2.0 * 1.96))
    return values, deviations


def of_fit(name: str, parameters: Mapping[str, float]) -> esc.Scenario:
    """A crisis of the library with these numbers in place of the shipped ones."""
    data: dict[str, Any] = tomllib.loads((files("escalation") / "library" / f"{name}.toml").read_text(encoding="utf-8"))
    data.pop("fit", None)
    defaults = defaults_of(parameters, HELD["shares"])
    data["rules"] = defaults["rules"] | data.get("rules", {})
    data["actors"] = {actor: defaults["actors"] | given for actor, given in data["actors"].items()}
    return esc.Scenario.from_dict(data)
