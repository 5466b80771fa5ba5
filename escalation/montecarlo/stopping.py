"""Enough runs, and no more: stopping when an interval is narrow enough."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np

from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate, check_level
from escalation.estimates.proportion import proportion
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.blocks import BLOCK_RUNS
from escalation.montecarlo.events import query
from escalation.montecarlo.gathered import Gathered
from escalation.world.slips import for_number

__all__ = ["SEQUENCE", "Precision", "Watch"]

SEQUENCE = "beta-binomial-sequence"
"""Method of the intervals of a study that was stopped by its results."""


@dataclass(frozen=True, slots=True)
class Precision:
    """How narrow the interval of an event's probability is to be.

    The interval is a confidence sequence [Robbins1970]_: its coverage holds although the study looks at it after
    every block, and stops when it is narrow enough.

    Parameters
    ----------
    event
        Name of the event.
    absolute
        Greatest length of the interval, from its lower to its upper end.
    relative
        Greatest length of the interval as a share of the estimate; in place of `absolute`.
    level
        Confidence level of the interval.
    actor, target
        Count only acts on fronts of this actor, against this target.

    Raises
    ------
    StudyError
        If neither length or both are given, or one is not possible.

    Examples
    --------
    >>> Precision.parse("rung:limited-strike:10%") == Precision("rung:limited-strike", relative=0.1)
    True
    """

    event: str
    absolute: float | None = None
    relative: float | None = None
    level: float = 0.95
    actor: str | None = None
    target: str | None = None

    def __post_init__(self) -> None:
        check_level(self.level)
        if (self.absolute is None) == (self.relative is None):
            raise StudyError("a precision is either absolute or relative: give one of the two")
        length = self.absolute if self.absolute is not None else self.relative
        if not (isinstance(length, int | float) and 0.0 < length < math.inf):
            raise StudyError(f"the length of the interval is {length!r}; it must be a number above 0")
        if self.absolute is not None and self.absolute >= 1.0:
            raise StudyError(
                f"the length of the interval is {length:g}; that of a probability must be below 1; for a share of the "
                f"estimate write {length:g}%, or relative={length / 100.0:g} in Python"
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``event:length``, as in ``war:0.01``, or with a share of the estimate, ``war:10%``.

        Parameters
        ----------
        text
            As it is given at the prompt.

        Returns
        -------
        Precision
            What it asks for.

        Raises
        ------
        StudyError
            If the text has another form.
        """
        event, _, length = text.rpartition(":")
        try:
            number = float(length.removesuffix("%"))
        except ValueError:
            number = math.nan
        if not event or math.isnan(number):
            meant = for_number(length.removesuffix("%"))
            raise StudyError(
                f"{text!r}: must be EVENT:LENGTH, as in war:0.01, or EVENT:SHARE%, as in war:10%"
                f"{f'; {meant}' if meant and event else ''}"
            )
        if length.endswith("%"):
            return cls(event, relative=number / 100.0)
        return cls(event, absolute=number)

    def estimate(self, hits: int, n: int) -> Estimate:
        """Estimate from the runs so far, with the interval that is to be narrow.

        Parameters
        ----------
        hits
            Number of runs in which the event happened.
        n
            Number of runs.

        Returns
        -------
        Estimate
            Share of them, with a confidence sequence at `level`.
        """
        return proportion(hits, n, method=SEQUENCE, level=self.level, event=self.event)

    def met_by(self, estimate: Estimate) -> bool:
        """Whether an estimate's interval is narrow enough.

        Parameters
        ----------
        estimate
            Estimate of the event.

        Returns
        -------
        bool
            True if it is no longer than was asked for.
        """
        length = estimate.high - estimate.low
        if self.absolute is not None:
            return length <= self.absolute
        return self.relative is not None and length <= self.relative * estimate.value

    def to_dict(self) -> dict[str, Any]:
        """What was asked for, without what was not.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        return {name: value for name, value in asdict(self).items() if value is not None}


class Watch:
    """Looks at a study after every block, in the order of the runs, and says when there are enough.

    When a study stops so depends on its runs alone, not on which block came back first.

    Parameters
    ----------
    precision
        What is to be reached; by default nothing is, and no number of runs is enough.
    axes
        Names of the scenario's fronts and actors.
    """

    def __init__(self, precision: Precision | None, axes: Axes) -> None:
        self.precision = precision
        self._query = (
            None if precision is None else query(precision.event, axes, actor=precision.actor, target=precision.target)
        )
        self._hits = self._seen = 0
        self.enough: int | None = None

    def look(self, gathered: Gathered) -> bool:
        """Whether the runs that are finished are enough; their number is then `enough`."""
        if self.precision is None or self._query is None:
            return False
        # Looked at in whole blocks from the first run on. A block that came back early waits for those before it. So
        # the runs alone decide when there are enough, and not the order in which workers finish.
        finished = gathered.finished
        while self.enough is None and self._seen < finished:
            stop = min(self._seen + BLOCK_RUNS, gathered.runs)
            if stop > finished:
                break
            part = gathered.outcomes(world=0, first=self._seen, stop=stop)
            self._hits += int(np.count_nonzero(self._query.occurs(part)))
            self._seen = stop
            if self.precision.met_by(self.precision.estimate(self._hits, stop)):
                self.enough = stop
        return self.enough is not None

    def kept(self, gathered: Gathered) -> tuple[int, bool]:
        """Runs that the study ends with, and whether these are fewer than it should have."""
        if self.look(gathered) and self.enough is not None:
            return self.enough, False
        return gathered.finished, gathered.finished < gathered.runs
