"""Joint force: two or more actors use force on one and the same adversary at about the same time.

The event ``joint:<actor>+<actor>`` names the actors, in any order. It happens where two of them use force on the same
adversary within an act window (`rules.act_window`, as the run drew it) of each other, at any time of the run; where
three or more are named, any two suffice. It is dated on the later of the two acts. Actors that face each other are no
allies, and are not asked whether they do so.

Force is what the event ``rung:<lowest rung of force>`` counts: an act on that rung or above, and above the front's
baseline, or war, in which both sides use force on every day, however it came about. A war that was there at the start
is not counted. That two acts come together does not say that they were agreed upon.
"""

from __future__ import annotations

from escalation.errors import StudyError
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.queries import Query
from escalation.world.front import actor_and_target
from escalation.world.near import near

__all__ = ["joint", "joint_names"]

_BETWEEN = "+"


def joint_names(axes: Axes) -> list[str]:
    """Joint events of two actors that have an adversary in common, in the order in which actors are listed."""
    allies = {frozenset(actor_and_target(axes.front_ids[front])[0] for front in pair) for pair in axes.pairs}
    return [
        f"joint:{one}{_BETWEEN}{two}"
        for k, one in enumerate(axes.actor_ids)
        for two in axes.actor_ids[k + 1 :]
        if {one, two} in allies
    ]


def joint(event: str, axes: Axes, *, actor: str | None = None, target: str | None = None) -> Query:
    """Parse the name of a joint event.

    Parameters
    ----------
    event
        Its name.
    axes
        The names it may use.
    actor
        Not possible: the event names its actors.
    target
        Look only at force on this adversary.

    Raises
    ------
    StudyError
        If an actor is not known or named twice, fewer than two are named, no two of them have an adversary in
        common without facing each other, or an actor is given.
    """
    names = event.partition(":")[2].split(_BETWEEN)
    if actor is not None:
        raise StudyError(f"{event!r} names its actors; only target, the adversary, goes with it")
    if names == [""]:
        names = []
    for name in names:
        if name not in axes.actor_ids:
            raise StudyError(f"{event!r}: no actor {name!r}{near(name, axes.actor_ids)}")
        if names.count(name) > 1:
            raise StudyError(f"{event!r} names {name!r} twice; name each actor once")
    if len(names) < 2:
        raise StudyError(f"{event!r} must name two actors or more, joined by a plus sign{_examples(axes)}")
    if target is not None and target not in axes.actor_ids:
        raise StudyError(f"no actor {target!r}{near(target, axes.actor_ids)}")
    fronts = {front for name in names for front in axes.fronts(actor=name, target=target)}
    pairs = tuple(k for k, pair in enumerate(axes.pairs) if fronts.issuperset(pair))
    if not pairs:
        whom = "an adversary" if target is None else f"a front on {target!r}"
        raise StudyError(
            f"{event!r}: no two of these actors, unless they face each other, have {whom} in common{_examples(axes)}"
        )
    return Query(event, "joint", pairs)


def _examples(axes: Axes) -> str:
    names = joint_names(axes)
    return (
        f"; allowed are {', '.join(names)} and others of these actors"
        if names
        else "; no two actors of this scenario have one"
    )
