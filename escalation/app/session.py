"""A session: what one visitor has chosen. It never changes: every method returns another one."""

from __future__ import annotations

import functools
import hashlib
import re
from dataclasses import dataclass, field, replace

from escalation.app.edits import Edits
from escalation.app.uploads import Refusal, faults_of, scenario_of
from escalation.errors import EscalationError, StudyError
from escalation.files import dumps, library_names, load
from escalation.world.near import near
from escalation.world.scenario import Scenario

__all__ = ["DEFAULT", "FILE_KEY", "Session", "whole_number"]

DEFAULT = "haniyeh-2024"
"""Scenario that the page opens with where none is named."""

FILE_KEY = re.compile(r"file-[0-9a-f]{32}")
"""Form of the key of a scenario that is not of the library."""


@dataclass(frozen=True, slots=True)
class Session:
    """What one visitor has chosen.

    Parameters
    ----------
    scenario
        The scenario that is looked at.
    origin
        Where it is from: a name of the library, or of a file.
    key
        What a link calls it: its name in the library, or a hash, which nobody guesses who does not have the file.
    seed, run
        Which trajectory is stepped through and played.
    edits
        What is changed in the alternative.
    refusal
        The last upload that was not taken, until another one is.
    """

    scenario: Scenario
    origin: str
    key: str
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
        if name in library_names():
            return cls(_of_library(name), name, name)
        scenario = load(name)
        return cls(scenario, name, _hashed(scenario, name))

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
        return self._with(_of_library(name), name, name)

    def uploaded(self, name: str, content: bytes) -> Session:
        """Session with an uploaded scenario; where it is at fault, with what is wrong and all else as it was."""
        try:
            scenario = scenario_of(name, content)
        except EscalationError as error:
            return replace(self, refusal=faults_of(name, error))
        return self._with(scenario, name, _hashed(scenario, name))

    def adopted(self) -> Session:
        """Session whose scenario is the alternative."""
        scenario, origin = self.alternative, f"{self.origin.removesuffix(', edited')}, edited"
        return self._with(scenario, origin, _hashed(scenario, origin))

    def edited(self, edits: Edits) -> Session:
        """Session with other edits."""
        return replace(self, edits=edits)

    def seeded(self, seed: int, run: int) -> Session:
        """Session that looks at another trajectory."""
        return replace(self, seed=seed, run=run)

    @property
    def of_library(self) -> bool:
        """Whether the scenario is one of the library, as it is there."""
        return not FILE_KEY.fullmatch(self.key)

    @property
    def alternative(self) -> Scenario:
        """Scenario as edited.

        Raises
        ------
        EscalationError
            If the edits do not fit the scenario or each other.
        """
        return self.edits.apply(self.scenario)

    def _with(self, scenario: Scenario, origin: str, key: str) -> Session:
        return Session(scenario, origin, key, self.seed, self.run)


@functools.cache
def _of_library(name: str) -> Scenario:
    """Scenario of the library, one and the same for all visitors: what is worked out of it is worked out once."""
    return load(name)


def _hashed(scenario: Scenario, origin: str) -> str:
    text = "\n".join((origin, dumps(scenario)))
    return f"file-{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:32]}"


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
