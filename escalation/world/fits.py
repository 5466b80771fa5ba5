"""Defaults that were fitted to data: what a scenario takes for the numbers that it does not state."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["fit_names", "fit_text", "fitted", "stated", "with_fitted"]

Defaults = dict[str, dict[str, Any]]


@cache
def fit_names() -> tuple[str, ...]:
    """Names of the fits in the library."""
    folder = files("escalation") / "library" / "fits"
    names = [entry.name for entry in folder.iterdir()]
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def fit_text(name: str) -> str:
    """Text of a fit of the library.

    Raises
    ------
    KeyError
        If the library has no fit of that name.
    """
    if name not in fit_names():
        raise KeyError(name)
    return (files("escalation") / "library" / "fits" / f"{name}.toml").read_text(encoding="utf-8")


@cache
def fitted(name: str) -> Defaults:
    """Values that a fit gives to rules and to actors that do not state their own.

    Examples
    --------
    >>> sorted(fitted("icb-1918-1994"))
    ['actors', 'rules']
    """
    held: Defaults = tomllib.loads(fit_text(name))["defaults"]
    return {"rules": held["rules"], "actors": held["actors"]}


def with_fitted(data: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data of a scenario, with what it does not state as the fit that it names has it."""
    name = data.get("fit")
    if not isinstance(name, str) or name not in fit_names():
        return dict(data)
    defaults = fitted(name)
    found = dict(data)
    if isinstance(found.get("rules", {}), Mapping):
        found["rules"] = {**defaults["rules"], **found.get("rules", {})}
    if isinstance(found.get("actors"), Mapping):
        found["actors"] = {
            actor: {**defaults["actors"], **row} if isinstance(row, Mapping) else row
            for actor, row in found["actors"].items()
        }
    return found


def stated(brief: dict[str, Any], full: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data of a scenario without what its fit says of itself.

    Parameters
    ----------
    brief
        The scenario without what equals the defaults of its parts; changed in place.
    full
        The same scenario with every value written out.
    """
    defaults = fitted(full["fit"])
    rules = _stated(brief.get("rules", {}), full["rules"], defaults["rules"])
    for actor, row in brief["actors"].items():
        brief["actors"][actor] = _stated(row, full["actors"][actor], defaults["actors"])
    return {**brief, "rules": rules} if rules else {key: brief[key] for key in brief if key != "rules"}


def _stated(brief: Mapping[str, Any], full: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Row without what equals the fit, and with what differs from it, be it a default of its part or not."""
    differs = {key: brief.get(key, full[key]) for key, value in defaults.items() if full[key] != value}
    return {key: value for key, value in brief.items() if key not in defaults} | differs
