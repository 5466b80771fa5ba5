"""A session: what one visitor has chosen. It never changes: every method returns another one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from escalation.app.edits import Edits
from escalation.app.uploads import Refusal, faults_of, scenario_of
from escalation.errors import EscalationError, StudyError
from escalation.files import library_names, load
from escalation.world.near import near
from escalation.world.scenario import Scenario

__all__ = ["DEFAULT", "Session", "whole_number"]

DEFAULT = "haniyeh-2024"
"""Scenario that the page opens with where none is named."""


@dataclass(frozen=True, slots=True)
class Session:
    """What one visitor has chosen.

    Parameters
    ----------
    scenario
        The scenario that is looked at.
    origin
        Where it is from: a name of the library, or of a file.
    seed, run
        Which trajectory is stepped through and played.
    edits
        What is changed in the alternative.
    refusal
        The last upload that was not taken, until another one is.
    """

    scenario: Scenario
    origin: str
    seed: int = 1
    run: int = 0
    edits: Edits = field(default_factory=Edits)
    refusal: Refusal | None = None

    @classmethod
    def opened(cls, name: str = DEFAULT) -> Session:
        """Session that begins with a scenario of the library or of a file.

        Raises
        ------
        ScenarioError
            If it cannot be loaded.
        """
        return cls(load(name), name)

    def chosen(self, name: str) -> Session:
        """Session with another scenario of the library.

        Only names of the library are taken: what a visitor sends must not name a file of this machine.

        Raises
        ------
        StudyError
            If there is none of that name.
        """
        if name not in library_names():
            raise StudyError(f"no scenario {name!r} in the library{near(name, library_names())}")
        return self._with(load(name), name)

    def uploaded(self, name: str, content: bytes) -> Session:
        """Session with an uploaded scenario; where it is at fault, with what is wrong and all else as it was."""
        try:
            return self._with(scenario_of(name, content), name)
        except EscalationError as error:
            return replace(self, refusal=faults_of(name, error))

    def adopted(self) -> Session:
        """Session whose scenario is the alternative."""
        return self._with(self.alternative, f"{self.origin.removesuffix(', edited')}, edited")

    def edited(self, edits: Edits) -> Session:
        """Session with other edits."""
        return replace(self, edits=edits)

    def seeded(self, seed: int, run: int) -> Session:
        """Session that looks at another trajectory."""
        return replace(self, seed=seed, run=run)

    @property
    def alternative(self) -> Scenario:
        """Scenario as edited.

        Raises
        ------
        EscalationError
            If the edits do not fit the scenario or each other.
        """
        return self.edits.apply(self.scenario)

    def _with(self, scenario: Scenario, origin: str) -> Session:
        return Session(scenario, origin, self.seed, self.run)


def whole_number(text: str, *, most: int, least: int = 0) -> int | None:
    """Whole number that somebody typed, spaces and commas in it allowed; None where it is none within the limits.

    Examples
    --------
    >>> whole_number("10,000", most=1_000_000), whole_number("-1", most=9), whole_number("ten", most=9)
    (10000, None, None)
    """
    digits = text.replace(",", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 20):
        return None
    return int(digits) if least <= int(digits) <= most else None
