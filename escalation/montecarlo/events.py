"""The events that can be asked for by name, and how to find them in the outcome arrays.

==========================  =========================================================================
``rung:<name>``             the peak reached that rung: an act that an actor chose was on it or above (and above
                            the front's baseline), or war came about
``initiation``              an act that an actor chose was on the lowest rung of force or above
``war``                     a front came to war in the run, however it came about
``accident``                a front came to war by accident
``war:<cause>``             a front came to war by ``choice``, ``brinkmanship``, ``accident`` or an ally's
                            ``commitment``
``settled``                 the crisis settled
``agreement``               both sides of a front conciliated within an act window, where actors can; also of one front,
                            ``agreement:<front>``
``concession``              one side of a front conciliated, where actors can, whatever the other did; also of one
                            front, ``concession:<front>``
``joined:<commitment>``     the patron joined for its protégé; also of one row, ``<commitment>:<adversary>``, or
                            ``<commitment>:<protege>-<adversary>`` where there are several protégés
``vow-broken:<actor>``      a vow of that actor came to nothing
``joint:<actor>+<actor>``   two of the actors named used force on the same adversary within an act window of each
                            other; see `escalation.montecarlo.joint`
==========================  =========================================================================

What a scenario itself schedules is never counted, nor a war that was there at its start. ``war:<cause>``,
``agreement:<front>``, ``concession`` and ``joint:<actors>`` are answered when asked for, and not listed: with the
fronts and actors that they may name they are many.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from escalation.errors import StudyError
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.joint import joint, joint_names
from escalation.montecarlo.queries import CAUSES_OF_WAR, Query, earliest
from escalation.world.near import near, short

if TYPE_CHECKING:
    from escalation.world.scenario import Scenario

__all__ = [
    "Query",
    "check_events",
    "check_several",
    "earliest",
    "event_names",
    "further_names",
    "known",
    "query",
    "select_fronts",
]


_CONCILIATORY = {"agreement": "agreed", "concession": "conceded"}
"""Events where actors can conciliate, and the outcome arrays that keep them."""


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


def further_names(axes: Axes) -> list[str]:
    """Names of events that are not listed: wars by cause, agreements, concessions by front, joint force by pair."""
    wars = [f"war:{cause}" for cause in CAUSES_OF_WAR if cause != "accident"]  # which has a name of its own
    conciliation: list[str] = []
    if axes.conciliation:
        agreements = (f"agreement:{front}" for front in axes.front_ids)
        conciliation = [*agreements, "concession", *(f"concession:{front}" for front in axes.front_ids)]
    return [*wars, *conciliation, *joint_names(axes)]


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
    if not isinstance(event, str):
        raise StudyError(f"event is {event!r}; it must be the name of one event, such as 'war'")
    kind = event.partition(":")[0]
    if actor is not None and actor == target:
        raise StudyError(f"actor and target are both {actor!r}; an act of one actor is against another")
    if kind in ("settled", "joined", "vow-broken") and (actor is not None or target is not None):
        raise StudyError(
            f"{event!r} is not of single fronts; actor and target go with rung:<name>, initiation, war, accident, "
            "agreement and concession"
        )
    if kind == "joint":
        return joint(event, axes, actor=actor, target=target)
    if kind in _CONCILIATORY:
        return Query(event, _CONCILIATORY[kind], _conciliating(event, axes, actor=actor, target=target))
    if kind in ("settled", "joined", "vow-broken"):
        found = _of_the_run(event, axes)
    else:
        found = _of_fronts(event, axes, actor=actor, target=target)
    if found is None:
        raise StudyError(f"no event {event!r}{near(event, [*event_names(axes), *further_names(axes)])}")
    return found


def _of_the_run(event: str, axes: Axes) -> Query | None:
    """Event of the run, a commitment or an actor; none where there is no such event."""
    kind, _, subject = event.partition(":")
    if event == "settled":
        return Query(event, "settled")
    if kind == "joined":
        rows = [k for k, row in enumerate(axes.commitment_rows) if subject in (row, row.partition(":")[0])]
        return Query(event, "joined", tuple(rows)) if rows else None
    if kind == "vow-broken" and subject in axes.actor_ids:
        return Query(event, "vows_broken", (axes.actor_ids.index(subject),))
    return None


def _of_fronts(event: str, axes: Axes, *, actor: str | None, target: str | None) -> Query | None:
    """Event of what was done on fronts; none where there is no such event."""
    kind, _, subject = event.partition(":")
    by_cause = kind == "war" and subject in CAUSES_OF_WAR
    if not (event in ("initiation", "war", "accident") or by_cause or (kind == "rung" and subject in axes.rung_names)):
        return None
    fronts = select_fronts(axes, actor=actor, target=target)
    if event == "war":
        return Query(event, "crossed", fronts, axes.war, causes=tuple(CAUSES_OF_WAR.values()))
    if by_cause or event == "accident":
        return Query(event, "crossed", fronts, axes.war, causes=(CAUSES_OF_WAR[subject or event],))
    if event == "initiation":
        return Query(event, "crossed", fronts, axes.force)
    return Query(event, "crossed", fronts, axes.rung_names.index(subject), reached=True)


def known(event: str, axes: Axes) -> bool:
    """Whether a scenario can be asked for an event, listed or not."""
    try:
        query(event, axes)
    except StudyError:
        return False
    return True


def check_several(events: Iterable[str], *, called: str = "events") -> None:
    """Refuse one text where several names are asked for: Python would take each letter for a name.

    Raises
    ------
    StudyError
        If it is a text.
    """
    if isinstance(events, str):
        raise StudyError(f"{called} is {short(events)}; it must be a list of names, as [{short(events)}]")


def check_events(events: Iterable[str], scenario: Scenario) -> None:
    """Refuse events that a scenario does not have, before it is played.

    Raises
    ------
    StudyError
        If it has no such event.
    """
    from escalation.engines.lower import lower

    for event in events:
        query(event, Axes.of(scenario, lower(scenario)))


def _conciliating(event: str, axes: Axes, *, actor: str | None, target: str | None) -> tuple[int, ...]:
    """Fronts of which an agreement or a concession is asked for: one by its name, or those of an actor on a target."""
    if not axes.conciliation:
        raise StudyError(
            f"no event {event!r}: actors of this scenario cannot conciliate; set rules.conciliation to true"
        )
    kind, named, front = event.partition(":")
    if not named:
        return select_fronts(axes, actor=actor, target=target)
    if front not in axes.front_ids:
        raise StudyError(f"no front {front!r}{near(front, axes.front_ids)}")
    if actor is not None or target is not None:
        raise StudyError(f"{event!r} names its front; actor and target go with {kind!r} alone")
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
