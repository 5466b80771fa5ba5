"""Format of scenario files: which one a file is written in, and what meant something else in the one before.

A file says ``format = 2`` at its head. One that says nothing is read in the same way, and so is one of format 1. But
then whoever loads it is told what in it means something else now.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from escalation.errors import Fault, ScenarioError
from escalation.world.near import written
from escalation.world.scenario import Scenario
from escalation.world.signal import SignalKind

__all__ = ["FORMAT", "calls_for_restraint", "other_meanings", "take_format", "undeclared_covert_acts"]

FORMAT = 2
"""Format in which files are written now."""


def take_format(data: dict[str, Any], file: str | None) -> int | None:
    """Take the format out of the data of a file.

    Returns
    -------
    int or None
        What the file says; None where it says nothing.

    Raises
    ------
    ScenarioError
        If there is no such format, or it is a later one.
    """
    said = data.pop("format", None)
    if said is None or (type(said) is int and 1 <= said <= FORMAT):
        return said
    what = f"must be 1 or {FORMAT}, the formats of files, not {written(said)}"
    if type(said) is int and said > FORMAT:
        what += "; a later version of escalation may read it"
    raise ScenarioError([Fault("format", what)], file=file)


def calls_for_restraint(scenario: Scenario) -> Iterator[Fault]:
    """Demands for restraint by a third party, which are appeals since format 2."""
    for key, signal in scenario.signals.items():
        if signal.kind is SignalKind.DEMAND and signal.subject not in (None, signal.sender) and signal.or_else is None:
            threatens = "and threatens nothing: that is"
            if signal.rung is not None:
                threatens = f"and threatens {signal.rung!r}: if it only calls for restraint, it is"
            yield Fault(
                f"signals.{key}.kind",
                f"is a demand for restraint towards {signal.subject!r} by a third party, {threatens} an appeal now, "
                "which costs no face to heed and prompts nobody",
            )


def undeclared_covert_acts(scenario: Scenario) -> Iterator[Fault]:
    """Covert variants of rungs that no front declares; before format 2 they were on offer on every front."""
    rungs = ", ".join(rung.name for rung in scenario.ladder.rungs if rung.covert)
    if not rungs or any(front.deniable for front in scenario.fronts.values()):
        return
    has = f"{rungs} can be done covertly and no front is declared deniable"
    if scenario.rules.covert_acts == "declared":
        yield Fault("rules.covert_acts", f'is "declared", {has}: nobody can act covertly')
    else:
        yield Fault(
            "rules.covert_acts",
            f'is "everywhere": {has}, so that everybody can act covertly on every front; with "declared" nobody could',
        )


def other_meanings(scenario: Scenario, said: int | None) -> list[Fault]:
    """What of a file means something else now than in an earlier format.

    Parameters
    ----------
    scenario
        The scenario in it.
    said
        Format that the file states. Where it states none, only words that tell an earlier format are listed.
    """
    if said == FORMAT:
        return []
    found = list(calls_for_restraint(scenario))
    return found if said is None else [*found, *undeclared_covert_acts(scenario)]
