"""Every exception that the library raises on purpose.

::

    EscalationError
    ├── ScenarioError        a scenario, ladder or file is at fault (also a ValueError)
    ├── StudyError           a call asks for something that cannot be computed (also a ValueError)
    │   └── DecisionRuleError    a decision rule failed in a run
    └── StoreError           a stored study cannot be read, or belongs to another scenario

Catch `EscalationError` for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

__all__ = ["DecisionRuleError", "EscalationError", "Fault", "ScenarioError", "StoreError", "StudyError"]


class EscalationError(Exception):
    """Base of every error that the library raises on purpose.

    Examples
    --------
    >>> import escalation as esc
    >>> try:
    ...     esc.load("atlantis-1900")
    ... except EscalationError as error:
    ...     print(type(error).__name__)
    ScenarioError
    """


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a scenario.

    Parameters
    ----------
    where
        Dotted place of the fault: table, id and key, as in ``actors.usa.honesty``.
    what
        What is wrong and what is allowed, in a sentence.

    Examples
    --------
    >>> print(Fault("actors.usa.honesty", "must be at most 1"))
    actors.usa.honesty: must be at most 1
    """

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


class ScenarioError(EscalationError, ValueError):
    """A scenario or its file is at fault; every fault found is listed, up to a hundred.

    Parameters
    ----------
    faults
        The faults, in the order in which they stand in the file.
    file
        The file they were found in, where there is one.
    more
        Whether there are more than are listed.

    Examples
    --------
    >>> print(ScenarioError([Fault("actors.usa.honesty", "must be at most 1")], file="mine.toml"))
    mine.toml: actors.usa.honesty: must be at most 1
    """

    def __init__(self, faults: Sequence[Fault], *, file: str | None = None, more: bool = False) -> None:
        self.faults = tuple(faults)
        self.file = file
        self.more = more
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.file}: " if self.file else ""
        if len(self.faults) == 1:
            return f"{place}{self.faults[0]}"
        lines = "\n".join(f"  - {fault}" for fault in self.faults)
        rest = "\n  - and more, which are looked for once these are mended" if self.more else ""
        return f"{place}{len(self.faults)} faults\n{lines}{rest}"

    def __reduce__(self) -> tuple[Any, ...]:
        """Be whole again in another process, to which a worker sends it."""
        return partial(type(self), file=self.file, more=self.more), (self.faults,)


class StudyError(EscalationError, ValueError):
    """A call asks for something that cannot be computed; the message says what is allowed.

    Examples
    --------
    >>> import escalation as esc
    >>> try:
    ...     esc.run(esc.load("two-state-deterrence"), runs=0)
    ... except StudyError as error:
    ...     print(error)
    runs is 0; it must be a whole number from 1 to 1,099,511,627,775
    """


class DecisionRuleError(StudyError):
    """A decision rule failed: it raised, or chose an act that is not on offer.

    Parameters
    ----------
    what
        What it did.
    actor, day, run
        Whose rule it is, and the day and the run in which it failed.
    finished
        Ensemble of the runs before that one; None where there are none.

    Examples
    --------
    >>> import escalation as esc
    >>> try:
    ...     esc.run(esc.load("two-state-deterrence"), runs=5, seed=1, decision_rules={"challenger": lambda _: "peace"})
    ... except DecisionRuleError as error:
    ...     print(error.actor, error.finished is None or error.finished.runs == error.run)
    challenger True
    """

    def __init__(self, what: str, *, actor: str, day: float, run: int, finished: Any = None) -> None:
        kept = "" if finished is None else f"\nThe {run:,} runs before it are kept, as `finished` of this error."
        super().__init__(f"on day {day:g} of run {run} the decision rule of {actor} {what}{kept}")
        self.what, self.actor, self.day, self.run, self.finished = what, actor, day, run, finished


class StoreError(EscalationError):
    """A stored study cannot be read, or belongs to another scenario.

    Examples
    --------
    >>> import escalation as esc
    >>> try:
    ...     esc.run(esc.load("two-state-deterrence"), runs=10, store="/dev/null/study")
    ... except StoreError as error:
    ...     print(type(error).__name__)
    StoreError
    """
