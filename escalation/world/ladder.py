"""The ladder of escalation: ordered rungs from restraint to war."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from escalation.world.base import Flag, FromNumpy, Id, Number, Part, Share, Text, Whole

__all__ = ["CONCILIATORY", "Ladder", "Role", "Rung", "ladder_names", "load_ladder"]


class Role(StrEnum):
    """What a rung is in the equations, from least to most; equations know roles, never rung numbers."""

    RESTRAINT = "restraint"
    """Nothing, talks, or words without a threat."""
    THREAT = "threat"
    """Force was threatened for a case that may arise: a threat, a vow, an ultimatum."""
    DISPLAY = "display"
    """Forces moved, or compelled without firing: alert, mobilisation, exercise, blockade, sealed border."""
    FORCE = "force"
    """A weapon fired at somebody or something, a person killed, a ship or a post taken; below the next."""
    MAJOR = "major"
    """A hundred sorties, missiles or drones or a hundred dead in one operation, or land with people on it taken, or a
    landing that tries to take it, or the head of a state or of its government killed openly."""
    WAR = "war"
    """Fighting between the two that goes on, by forces of both."""

    @property
    def order(self) -> int:
        """Position among the roles, 0 for restraint to 5 for war."""
        return _ORDER[self]


_ORDER = {role: place for place, role in enumerate(Role)}


CONCILIATORY = "conciliation"
"""Name of the conciliatory act, which is no rung, where actors have one."""


class Rung(Part):
    """One rung of a ladder."""

    name: Id
    """Name by which scenarios and results call it."""
    intensity: Share
    """How high it is, g in [0, 1]: 0 restraint, 1 war."""
    gain: Annotated[Number, Field(ge=0.0, le=1e9)]
    """Gain y of having done it, in stakes."""
    destruction: Annotated[Number, Field(ge=0.0, le=1e9)]
    """Destruction d, as a share of a war's."""
    role: Role
    """Class of the rung, by the highest of these marks. restraint: Nothing, talks, or words without a threat. threat:
    Force was threatened for a case that may arise: a threat, a vow, an ultimatum. display: Forces moved, or compelled
    without firing: alert, mobilisation, exercise, blockade, sealed border. force: A weapon fired at somebody or
    something, a person killed, a ship or a post taken; below the next. major: A hundred sorties, missiles or drones or
    a hundred dead in one operation, or land with people on it taken, or a landing that tries to take it, or the head of
    a state or of its government killed openly. war: Fighting between the two that goes on, by forces of both."""
    covert: Flag = False
    """Whether it can also be done by an undisclosed hand, on fronts that are deniable."""
    mid: Annotated[Whole, Field(ge=1, le=5), FromNumpy] | None = None
    """Level of hostility in the Militarized Interstate Disputes data, 1 to 5."""
    cameo: Annotated[str, Field(pattern=r"^(0[1-9]|1[0-9]|20)$")] | None = None
    """Root code in the CAMEO event ontology, 01 to 20."""
    goldstein: Annotated[Number, Field(ge=-10.0, le=10.0)] | None = None
    """Goldstein weight, -10 (conflict) to 10 (cooperation)."""


class Ladder(Part):
    """Ordered rungs; the first is restraint (intensity 0), the last is war (intensity 1).

    Examples
    --------
    >>> ladder = load_ladder("ten-rung")
    >>> len(ladder.rungs), ladder.names[0], ladder.rung("war").intensity
    (10, 'restraint', 1.0)
    """

    name: Id
    """Name of the ladder."""
    description: Text = ""
    """What the ladder is and where its numbers come from."""
    rungs: Annotated[tuple[Rung, ...], Field(min_length=3, max_length=64)]
    """The rungs, lowest first."""

    @model_validator(mode="after")
    def _climbs(self) -> Self:
        names = [rung.name for rung in self.rungs]
        if len(set(names)) < len(names):
            raise ValueError("two rungs have the same name; names must differ")
        first, last = self.rungs[0], self.rungs[-1]
        if first.intensity != 0.0 or first.role is not Role.RESTRAINT:
            raise ValueError("the first rung must have intensity 0 and role 'restraint'")
        if last.intensity != 1.0 or last.role is not Role.WAR:
            raise ValueError("the last rung must have intensity 1 and role 'war'")
        for lower, upper in zip(self.rungs, self.rungs[1:], strict=False):
            if upper.intensity <= lower.intensity:
                raise ValueError(f"intensity must rise from {lower.name!r} to {upper.name!r}")
            if upper.gain < lower.gain or upper.destruction < lower.destruction:
                raise ValueError(f"gain and destruction must not fall from {lower.name!r} to {upper.name!r}")
            if upper.role.order < lower.role.order:
                raise ValueError(f"role must not fall from {lower.name!r} to {upper.name!r}")
        if not any(rung.role is Role.FORCE for rung in self.rungs):
            raise ValueError("at least one rung must have role 'force'")
        return self

    def rung(self, name: str) -> Rung:
        """Return the rung of this name.

        Parameters
        ----------
        name
            Name of the rung.

        Returns
        -------
        Rung
            The rung.

        Raises
        ------
        KeyError
            If no rung has that name.
        """
        for rung in self.rungs:
            if rung.name == name:
                return rung
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the rungs, lowest first."""
        return tuple(rung.name for rung in self.rungs)


@cache
def ladder_names() -> tuple[str, ...]:
    """Names of the ladders in the library."""
    folder = files("escalation") / "library" / "ladders"
    names = [entry.name for entry in folder.iterdir()]
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def load_ladder(name: str) -> Ladder:
    """Read a ladder of the library.

    Raises
    ------
    KeyError
        If the library has no ladder of that name.
    """
    if name not in ladder_names():
        raise KeyError(name)
    text = (files("escalation") / "library" / "ladders" / f"{name}.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    return Ladder.model_validate(data)
