"""Joint force: two or more actors use force on one and the same adversary at about the same time.

The event ``joint:<actor>+<actor>`` names the actors, in any order. It happens where two of them use force on the same
adversary within an act window (`rules.act_window`, as the run drew it) of each other, at any time of the run; where
three or more are named, any two suffice. It is dated on the later of the two acts. Actors that face each other are no
allies, and are not asked whether they do so. Each actor named must have an ally among the others: one that has none
could never be one of the two.

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
from escalation.world.plain_words import listed

__all__ = ["joint", "joint_names"]

_BETWEEN = "+"


def joint_names(axes: Axes, *, target: str | None = None) -> list[str]:
    """Joint events of two actors that have an adversary in common, in the order in which actors are listed.

    Parameters
    ----------
    axes
        The names they use.
    target
        Only events of actors that have this adversary in common.
    """
    allies = {two for _, two in _allies(axes, target)}
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
        If an actor is not known or named twice, fewer than two are named, one of them has no ally among the others, or
        an actor is given.
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
    if target is not None and target not in axes.actor_ids:
        raise StudyError(f"no actor {target!r}{near(target, axes.actor_ids)}")
    if len(names) < 2:
        raise StudyError(f"{event!r} must name two actors or more, joined by a plus sign; {_allowed(axes, target)}")
    pairs = [(place, two) for place, two in _allies(axes, target) if two.issubset(names)]
    in_common = f"{'an adversary' if target is None else f'a front on {target!r}'} in common"
    no_allies = "actors that face each other are not counted as allies"
    if not pairs:
        raise StudyError(f"{event!r}: no two of these actors have {in_common}; {no_allies}; {_allowed(axes, target)}")
    alone = [name for name in names if not any(name in two for _, two in pairs)]
    if alone:
        raise StudyError(
            f"{event!r}: leave out {listed(map(repr, alone))}; each actor named must have {in_common} with another, "
            f"and {no_allies}; {_allowed(axes, target)}"
        )
    return Query(event, "joint", tuple(place for place, _ in pairs))


def _allies(axes: Axes, target: str | None) -> list[tuple[int, frozenset[str]]]:
    """Each pair of fronts on this adversary, or on any: its place among the pairs, and its two actors."""
    found = []
    for place, pair in enumerate(axes.pairs):
        (one, adversary), (two, _) = (actor_and_target(axes.front_ids[front]) for front in pair)
        if target in (None, adversary):
            found.append((place, frozenset((one, two))))
    return found


def _allowed(axes: Axes, target: str | None) -> str:
    names = joint_names(axes, target=target)
    if not names:
        whom = "an adversary" if target is None else f"a front on {target!r}"
        return f"no two actors of this scenario have {whom} in common without facing each other"
    if len(names) == 1:
        return f"allowed is {names[0]}"
    return f"allowed are {', '.join(names)} and larger groups made up of such pairs"
