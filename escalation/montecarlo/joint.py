"""Joint force: two or more actors use force on one and the same adversary at about the same time.

The event ``joint:<actor>+<actor>`` names the actors, in any order. It happens where two of them use force on the same
adversary, and the first day on which one did so and that on which the other did are at most an act window
(`rules.act_window`) apart; where three or more are named, any two suffice. It is dated on the later of the two days.

Force is what the event ``rung:<lowest rung of force>`` counts: an act on that rung or above, and above the front's
baseline, or war, in which both sides use force, however it came about. Of each front the first day alone is recorded,
so that actors who first used force long before each other do not count, whatever they did together later. That two
acts come together does not say that they were agreed upon.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.blocks import Outcomes
from escalation.montecarlo.queries import Query, earliest
from escalation.world.front import actor_and_target
from escalation.world.near import near

__all__ = ["Joint", "joint", "joint_names"]

_BETWEEN = "+"
_SLACK = 1e-9
"""Allowance, in days, for 3 × 0.1 not being 0.3."""


@dataclass(frozen=True, slots=True)
class Joint(Query):
    """Joint force, as the fronts to look at.

    Parameters
    ----------
    sides
        For each adversary the fronts on it, of those actors that are named.
    act_window
        Days that may lie between the first force of one and that of another.
    period, horizon
        Length of a period, and of a run, in days.
    """

    sides: tuple[tuple[int, ...], ...] = ()
    act_window: float = 0.0
    period: float = 1.0
    horizon: float = 1.0

    def first_period(self, outcomes: Outcomes) -> NDArray[np.int16]:
        """Period in which the second of two first used force, -1 where no two did so together, shape (run,)."""
        crossed = outcomes["crossed"]
        force = {
            front: earliest(crossed[:, front, rung] for rung in (self.rung, -1))
            for front in dict.fromkeys(self.columns)
        }
        pairs = [pair for fronts in self.sides for pair in combinations(fronts, 2)]
        return earliest(self._later(force[one], force[two]) for one, two in pairs)

    def _later(self, one: NDArray[np.int16], two: NDArray[np.int16]) -> NDArray[np.int16]:
        """Later of two periods, -1 where they lie too far apart or one of them is never."""
        apart = np.abs(self._day(one) - self._day(two))
        together = (one >= 0) & (two >= 0) & (apart <= self.act_window + _SLACK)
        return np.where(together, np.maximum(one, two), np.int16(-1))

    def _day(self, period: NDArray[np.int16]) -> NDArray[np.float64]:
        """Days after the start on which periods end; the last may be shorter than the others."""
        day: NDArray[np.float64] = np.minimum(period * self.period, self.horizon)
        return day


def joint_names(axes: Axes) -> list[str]:
    """Joint events of two actors that have an adversary in common, in the order in which actors are listed.

    Actors that face each other are no allies, and are left out here; they can be asked for all the same.
    """
    faced = _faced(axes)
    return [
        f"joint:{one}{_BETWEEN}{two}"
        for k, one in enumerate(axes.actor_ids)
        for two in axes.actor_ids[k + 1 :]
        if faced[one] & faced[two] and two not in faced[one] and one not in faced[two]
    ]


def joint(event: str, axes: Axes, *, actor: str | None = None, target: str | None = None) -> Joint:
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
        common, or an actor is given.
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
    sides = tuple(fronts for fronts in _sides(names, axes, target=target) if len(fronts) > 1)
    if not sides:
        whom = "an adversary" if target is None else f"a front on {target!r}"
        raise StudyError(f"{event!r}: no two of these actors have {whom} in common{_examples(axes)}")
    return Joint(
        event,
        "crossed",
        tuple(front for fronts in sides for front in fronts),
        axes.force,
        reached=True,
        sides=sides,
        act_window=axes.act_window,
        period=axes.period,
        horizon=axes.horizon,
    )


def _sides(names: Sequence[str], axes: Axes, *, target: str | None) -> list[tuple[int, ...]]:
    """Fronts of the actors named, by whom they are on."""
    adversaries = axes.actor_ids if target is None else (target,)
    return [tuple(k for name in names for k in axes.fronts(actor=name, target=adversary)) for adversary in adversaries]


def _faced(axes: Axes) -> dict[str, set[str]]:
    """Whom each actor has a front on."""
    faced: dict[str, set[str]] = {name: set() for name in axes.actor_ids}
    for front in axes.front_ids:
        one, other = actor_and_target(front)
        faced[one].add(other)
    return faced


def _examples(axes: Axes) -> str:
    names = joint_names(axes)
    return (
        f"; allowed are {', '.join(names)} and others of these actors"
        if names
        else "; no two actors of this scenario have one"
    )
