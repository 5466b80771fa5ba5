"""The events that can be asked for by name, and how to find them in the outcome arrays.

==========================  =========================================================================
``rung:<name>``             the peak reached that rung: an act that an actor chose was on it or above (and above
                            the front's baseline), or war came about
``initiation``              an act that an actor chose was on the lowest rung of force or above
``war``                     a front came to war in the run, however it came about
``accident``                a front came to war by accident
``settled``                 the crisis settled
``agreement``               both sides of a front conciliated within an act window, where actors can; also of one front,
                            ``agreement:<front>``
``joined:<commitment>``     the patron joined for its protégé; also of one row, ``<commitment>:<adversary>``
``vow-broken:<actor>``      a vow of that actor came to nothing
==========================  =========================================================================

What a scenario itself schedules is never counted, nor a war that was there at its start.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.blocks import Outcomes
from escalation.world.near import near

__all__ = ["ACCIDENT", "Query", "earliest", "event_names", "query", "select_fronts"]

ACCIDENT = 3
"""Cause of a war by accident, in the array ``war_cause``."""
BY_COMMITMENT = 4
"""Cause of a war by an ally's commitment."""


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
        Fronts, commitment rows or actors to look at; none where the array has the run alone.
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
            If it is not known when it happened.
        """
        if not self.dated:
            raise StudyError(f"{self.event!r} is counted over the whole run; ask for it without a day")
        array = outcomes[self.array]
        if not self.columns:
            return array.astype(np.int16)
        if self.array != "crossed":
            return earliest(array[:, column] for column in self.columns)
        if self.reached:
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


def event_names(axes: Axes) -> list[str]:
    """Names of all events that a scenario can be asked for, likeliest questions first."""
    return [
        "initiation",
        "war",
        "settled",
        *(("agreement",) if axes.conciliation else ()),
        "accident",
        *(f"rung:{name}" for name in axes.rung_names[1:]),
        *(f"joined:{commitment}" for commitment in axes.commitment_ids),
        *(f"vow-broken:{actor}" for actor in axes.vowing),
    ]


def query(event: str, axes: Axes, *, actor: str | None = None, target: str | None = None) -> Query:
    """Parse the name of an event.

    Parameters
    ----------
    event
        Its name.
    axes
        The names it may use.
    actor, target
        Look only at fronts of this actor, against this target.

    Returns
    -------
    Query
        Where to look for it.

    Raises
    ------
    StudyError
        If there is no such event, actor or front; the message says what there is.
    """
    kind, _, subject = event.partition(":")
    if kind in ("settled", "joined", "vow-broken") and (actor is not None or target is not None):
        raise StudyError(
            f"{event!r} is not of single fronts; actor and target go with rung:<name>, initiation, war, accident and "
            "agreement"
        )
    if event == "settled":
        return Query(event, "settled")
    if kind == "joined":
        rows = [k for k, row in enumerate(axes.commitment_rows) if subject in (row, row.partition(":")[0])]
        if rows:
            return Query(event, "joined", tuple(rows))
    elif kind == "vow-broken" and subject in axes.actor_ids:
        return Query(event, "vows_broken", (axes.actor_ids.index(subject),))
    elif kind == "agreement":
        return Query(event, "agreed", _agreeing(event, axes, actor=actor, target=target))
    elif event in ("initiation", "war", "accident") or (kind == "rung" and subject in axes.rung_names):
        fronts = select_fronts(axes, actor=actor, target=target)
        if event == "war":
            return Query(event, "crossed", fronts, axes.war, causes=(1, 2, ACCIDENT, BY_COMMITMENT))
        if event == "accident":
            return Query(event, "crossed", fronts, axes.war, causes=(ACCIDENT,))
        if event == "initiation":
            return Query(event, "crossed", fronts, axes.force)
        return Query(event, "crossed", fronts, axes.rung_names.index(subject), reached=True)
    raise StudyError(f"no event {event!r}{near(event, event_names(axes))}")


def _agreeing(event: str, axes: Axes, *, actor: str | None, target: str | None) -> tuple[int, ...]:
    """Fronts of which an agreement is asked for: one by its name, or those of an actor, against a target."""
    if not axes.conciliation:
        raise StudyError(
            f"no event {event!r}: actors of this scenario cannot conciliate; set rules.conciliation to true"
        )
    _, named, front = event.partition(":")
    if not named:
        return select_fronts(axes, actor=actor, target=target)
    if front not in axes.front_ids:
        raise StudyError(f"no front {front!r}{near(front, axes.front_ids)}")
    if actor is not None or target is not None:
        raise StudyError(f"{event!r} names its front; actor and target go with 'agreement' alone")
    return (axes.front_ids.index(front),)


def select_fronts(axes: Axes, *, actor: str | None = None, target: str | None = None) -> tuple[int, ...]:
    """Indices of the fronts of an actor, against a target.

    Raises
    ------
    StudyError
        If there is no such actor or no such front.
    """
    for name in (actor, target):
        if name is not None and name not in axes.actor_ids:
            raise StudyError(f"no actor {name!r}{near(name, axes.actor_ids)}")
    fronts = axes.fronts(actor=actor, target=target)
    if not fronts:
        wanted = f"{actor or '<any>'}-{target or '<any>'}"
        raise StudyError(f"no front {wanted!r}{near(wanted, axes.front_ids)}")
    return fronts
