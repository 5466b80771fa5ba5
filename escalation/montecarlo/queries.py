"""Where to look for an event in the outcome arrays, and how to find it there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from escalation.dynamics.roles import BY_ACCIDENT, BY_BRINKMANSHIP, BY_CHOICE, BY_COMMITMENT
from escalation.errors import StudyError
from escalation.montecarlo.blocks import Outcomes

if TYPE_CHECKING:
    from escalation.engines.lower import Lowered

__all__ = ["CAUSES_OF_WAR", "Query", "earliest"]

CAUSES_OF_WAR = {
    "choice": BY_CHOICE,
    "brinkmanship": BY_BRINKMANSHIP,
    "accident": BY_ACCIDENT,
    "commitment": BY_COMMITMENT,
}
"""Causes of a war as the array ``war_cause`` has them: the last is an ally's commitment."""


@dataclass(frozen=True, slots=True)
class Query:
    """An event, as the columns of an outcome array to look in.

    Parameters
    ----------
    event
        Name of the event.
    array
        Name of the outcome array.
    columns
        Fronts, pairs of fronts, commitment rows or actors to look at; none where the array has the run alone.
    rung
        Rung to look at, of the array ``crossed``.
    causes
        Causes of war that count; where none is given no war is asked for.
    reached
        Whether war counts as having reached the rung, however it came about.
    """

    event: str
    array: str
    columns: tuple[int, ...] = ()
    rung: int = 0
    causes: tuple[int, ...] = ()
    reached: bool = False

    @property
    def dated(self) -> bool:
        """Whether it is known when it happened."""
        return self.array != "vows_broken"

    def decided_by_war(self, lowered: Lowered) -> bool:
        """Whether it has happened as soon as a war begins on any front, so that a run may end there.

        So it is where every front is looked at, and either every cause of war counts, or war as such. But where a
        front is at war from the start, an accident on it brings no other war.

        Parameters
        ----------
        lowered
            The scenario.
        """
        return (
            self.array == "crossed"
            and set(self.columns) == set(range(len(lowered.front_ids)))
            and (self.reached or set(self.causes) == set(CAUSES_OF_WAR.values()))
            and not any(front.at_war for front in lowered.scenario.fronts.values())
        )

    def occurs(self, outcomes: Outcomes) -> NDArray[np.bool_]:
        """Whether it happened within the run, shape (run,)."""
        if not self.dated:
            broken: NDArray[np.bool_] = np.any(outcomes[self.array][:, list(self.columns)] > 0, axis=1)
            return broken
        return self.first_period(outcomes) >= 0

    def first_period(self, outcomes: Outcomes) -> NDArray[np.int16]:
        """Period in which it first happened, -1 where it never did, shape (run,).

        Raises
        ------
        StudyError
            If it is not known when it happened, or the version that played the runs did not keep it.
        """
        if not self.dated:
            raise StudyError(f"{self.event!r} is counted over the whole run; ask for it without a day")
        if self.array not in outcomes:
            raise StudyError(
                f"{self.event!r} cannot be told of these runs: an earlier version of escalation played them, which did "
                "not keep it; play them again"
            )
        array = outcomes[self.array]
        if not self.columns:
            return array.astype(np.int16)
        if self.array != "crossed":
            return earliest(array[:, column] for column in self.columns)
        if self.reached:
            # A war that nobody chose has crossed its own rung alone.
            return earliest(array[:, column, rung] for column in self.columns for rung in (self.rung, -1))
        periods = (array[:, column, self.rung] for column in self.columns)
        if not self.causes:
            return earliest(periods)
        causes = (outcomes["war_cause"][:, column] for column in self.columns)
        return earliest(
            np.where(np.isin(cause, self.causes), crossed, -1) for cause, crossed in zip(causes, periods, strict=True)
        )


def earliest(columns: Iterable[NDArray[np.signedinteger[Any]]]) -> NDArray[np.int16]:
    """First of several periods, where -1 is never: one column each, of one type, shape (run,)."""
    # As an unsigned number -1 is the greatest, so that the least is the first.
    first = reduce(np.minimum, (column.view(f"u{column.itemsize}") for column in columns))
    return first.view(f"i{first.itemsize}").astype(np.int16, copy=False)
