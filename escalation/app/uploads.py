"""Uploaded files: no more than so many bytes, checked in full, and never executed."""

from __future__ import annotations

from dataclasses import dataclass

from escalation.app import saving
from escalation.app.game import Position
from escalation.errors import EscalationError, Fault, ScenarioError
from escalation.files import loads
from escalation.files.reading import decoded
from escalation.world.scenario import Scenario

__all__ = ["MOST_BYTES", "Refusal", "faults_of", "game_of", "scenario_of"]

MOST_BYTES = 2**20
"""Size of the largest scenario file that is taken, in bytes."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken, and why.

    Parameters
    ----------
    file
        Its name.
    faults
        All that is wrong with it.
    """

    file: str
    faults: tuple[Fault, ...]


def scenario_of(name: str, content: bytes) -> Scenario:
    """Read an uploaded scenario.

    Raises
    ------
    ScenarioError
        If it is too large, is not text, or anything in it is not allowed; it lists every fault.
    """
    if len(content) > MOST_BYTES:
        raise ScenarioError([Fault("", f"is larger than {MOST_BYTES:,} bytes, the most allowed")], file=name)
    return loads(decoded(content, name), file=name)


def game_of(name: str, content: bytes) -> Position:
    """Read an uploaded game, and replay it; errors as in `escalation.app.saving.loads`."""
    return saving.loads(content, file=name)


def faults_of(name: str, error: EscalationError) -> Refusal:
    """What to show of an error: each fault with its place, or its message."""
    faults = error.faults if isinstance(error, ScenarioError) else (Fault("", str(error)),)
    return Refusal(name, faults)
