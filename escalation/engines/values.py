"""Values in the place of a scenario's distributions: the words of memory that hold them."""

from __future__ import annotations

from collections.abc import Iterable

from escalation.engines.lower import Lowered
from escalation.errors import StudyError

__all__ = ["addresses", "words_of"]


def addresses(lowered: Lowered, path: str) -> list[int]:
    """Words of memory that hold a quantity, which the scenario must state as a distribution.

    Raises
    ------
    StudyError
        If the scenario has no distribution there.
    """
    if path not in lowered.addresses:
        known = ", ".join(lowered.distributions)
        raise StudyError(f"{path} is not a distribution of {lowered.scenario.name}; it has {known or 'none'}")
    return lowered.addresses[path]


def words_of(lowered: Lowered, paths: Iterable[str]) -> tuple[list[int], list[str]]:
    """Words of memory that hold some quantities, and the path of each word.

    Raises
    ------
    StudyError
        If the scenario has no distribution at one of the paths.
    """
    found: list[int] = []
    of: list[str] = []
    for path in paths:
        words = addresses(lowered, path)
        found += words
        of += [path] * len(words)
    return found, of
