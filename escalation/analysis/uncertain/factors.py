"""The factors of a sensitivity study: distributions of a scenario, one by one or a table together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.errors import StudyError
from escalation.world.distributions import Distribution, Uniform
from escalation.world.near import near
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    from escalation.engines.lower import Lowered

__all__ = ["Factor", "Parameters", "choose_factors", "pooled"]

Parameters = Sequence[str] | Mapping[str, tuple[float, float] | Distribution | None]
"""Dotted names of distributions or tables; or ranges and distributions to put there, None to leave what is there."""


@dataclass(frozen=True, slots=True)
class Factor:
    """What is varied together.

    Parameters
    ----------
    name
        Its name.
    members
        Dotted names of its distributions.
    columns
        Their positions in `Lowered.distributions`.
    """

    name: str
    members: tuple[str, ...]
    columns: tuple[int, ...]


def choose_factors(scenario: Scenario, parameters: Parameters | None) -> tuple[Lowered, tuple[Factor, ...]]:
    """Lower a scenario and name the factors of a study.

    Parameters
    ----------
    scenario
        The crisis.
    parameters
        None for the scenario's own distributions, those of an actor, front, commitment, signal or event together;
        or names of distributions, or of tables, whose distributions are taken together; or for each name a range
        (low, high) or distribution to put there, or None.

    Raises
    ------
    StudyError
        If there is no factor, a name has no distribution, or two factors overlap.
    ScenarioError
        If a distribution is not allowed at its place.
    """
    from escalation.engines.lower import lower

    names: list[str] = []
    if isinstance(parameters, Mapping):
        for path, what in parameters.items():
            if what is not None:
                scenario = scenario.replace(path, _distribution(path, what))
        names = list(parameters)
    lowered = lower(scenario)
    paths = lowered.distributions
    tables = list(dict.fromkeys(_table(path) for path in paths))
    if parameters is None:
        names = tables
    elif not isinstance(parameters, Mapping):
        names = [parameters] if isinstance(parameters, str) else list(parameters)
    if not names and parameters is not None:
        raise StudyError("parameters is empty; name one or more, or leave it out for all distributions of the scenario")
    if not names:
        raise StudyError(f"nothing in {scenario.name!r} is a distribution; name parameters with a range for each")
    factors = [_factor(name, paths, tables) for name in names]
    taken: dict[int, str] = {}
    for factor in factors:
        for column in factor.columns:
            # A name that is given twice overlaps with itself, which equal names alone would not show.
            other = taken.setdefault(column, factor.name)
            if other != factor.name or names.count(other) > 1:
                raise StudyError(f"{other!r} and {factor.name!r} overlap in {paths[column]!r}; keep one of them")
    return lowered, tuple(factors)


def pooled(name: str, factors: Sequence[Factor]) -> Factor:
    """One factor of several."""
    return Factor(
        name,
        tuple(member for factor in factors for member in factor.members),
        tuple(column for factor in factors for column in factor.columns),
    )


def _table(path: str) -> str:
    return ".".join(path.split(".")[:2])


def _distribution(path: str, what: tuple[float, float] | Distribution) -> Distribution:
    if not isinstance(what, tuple | list):
        return what
    ends: tuple[float, ...] = tuple(what)
    if len(ends) != 2 or not ends[0] < ends[1]:
        raise StudyError(f"{path}: {what!r} is no range; it must be (low, high) with low below high")
    return Uniform(low=ends[0], high=ends[1])


def _factor(name: str, paths: Sequence[str], tables: Sequence[str]) -> Factor:
    columns = [k for k, path in enumerate(paths) if path == name or path.startswith(f"{name}.")]
    if not columns:
        raise StudyError(
            f"no distribution at {name!r}; to vary a number, give it a range, as {{{name!r}: (low, high)}}"
            f"{near(name, [*tables, *paths])}"
        )
    return Factor(name, tuple(paths[k] for k in columns), tuple(columns))
