"""A front: what one actor has at stake against another, and what it believes of it."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import Annotated, Any

from pydantic import StringConstraints, model_validator

from escalation.world.base import ActorId, Flag, Id, Part, Text
from escalation.world.quantities import NonNegative, Positive, Probability

__all__ = ["Front", "IncidentProcess", "actor_and_target", "fronts_on_one_target", "pair_names"]


def actor_and_target(front: str) -> tuple[str, str]:
    """Actor and target of a front, of which its id is made.

    Examples
    --------
    >>> actor_and_target("irn-isr")
    ('irn', 'isr')
    """
    actor, _, target = front.partition("-")
    return actor, target


@lru_cache(maxsize=64)  # splitting asks for it once a period
def fronts_on_one_target(fronts: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Every two fronts that have one target and whose actors do not face each other, by their places among the fronts.

    Examples
    --------
    >>> fronts_on_one_target(("irn-isr", "isr-irn", "hzb-isr", "usa-irn"))
    ((0, 2), (1, 3))
    """
    known = set(fronts)
    on: dict[str, list[int]] = {}
    for n, front in enumerate(fronts):
        on.setdefault(actor_and_target(front)[1], []).append(n)
    found = []
    for places in on.values():
        for one, two in combinations(places, 2):
            a, b = (actor_and_target(fronts[place])[0] for place in (one, two))
            if f"{a}-{b}" not in known and f"{b}-{a}" not in known:
                found.append((one, two))
    return tuple(sorted(found))


def pair_names(fronts: tuple[str, ...]) -> tuple[str, ...]:
    """Names of those pairs of fronts: their actors, joined by a plus sign, and the target.

    Examples
    --------
    >>> pair_names(("irn-isr", "isr-irn", "hzb-isr"))
    ('irn+hzb-isr',)
    """
    return tuple(f"{actor_and_target(fronts[one])[0]}+{fronts[two]}" for one, two in fronts_on_one_target(fronts))


FrontId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}-[a-z][a-z0-9_]{0,31}$")]
"""Id of a front: those of its two actors, joined by a hyphen. Two of the longest make one letter more than `Id` has."""


class IncidentProcess(Part):
    """A self-exciting (Hawkes) process of incidents nobody chose, done by the front's actor to its target."""

    rate: NonNegative
    """Background rate m of incidents, per day."""
    excitation: NonNegative = 0.0
    """Jump α of the rate after each incident, per day."""
    decay: Positive = 1.0
    """Rate b at which excitation decays, per day."""
    severity: Probability = 0.3
    """Intensity of an incident, drawn afresh for each one."""
    blame: Probability = 0.5
    """Probability that the victim gives to its having been meant."""


class Front(Part):
    """What `actor` has at stake against `target`; the reverse front must be given too.

    Examples
    --------
    >>> front = Front(id="irn-isr", stake=1.5)
    >>> front.actor, front.target
    ('irn', 'isr')
    """

    id: FrontId
    """The two actors, joined by a hyphen: ``irn-isr`` is Iran's front to Israel."""
    actor: ActorId
    """Actor whose front it is; follows from the id."""
    target: ActorId
    """Actor it faces; follows from the id."""
    note: Text = ""
    """Reasons for the judgements made here (descriptive)."""
    stake: Positive = 1.0
    """Stake v: what the issue is worth to the actor; the unit of utility. Anchors: 0.5 at one remove, 0.7
    important, 1 ordinary, 1.2 an attack on its own soil, 1.5 its existence."""
    revisionism: Probability = 0.0
    """Revisionism rev: 0 defends the status quo, 1 values every gain in full. Anchors: 0.1
    holds what is, 0.3 each says that the other changes it, 0.5 demands a change, 0.7 wants land, or the other's end."""
    first_strike_advantage: NonNegative = 0.0
    """First-strike advantage φ, in stakes, where an attack is feared. Anchors: 0.07 little,
    0.15 some, 0.25 much, 0.4 plans of war rest on it."""
    spoiler: NonNegative = 0.0
    """Spoiler weight s: what escalation as such is worth to the actor, in stakes per unit of
    intensity."""
    baseline: Id | None = None
    """Rung of ongoing hostilities: acts by the actor up to it injure nobody and are not counted. It is that
    of an ordinary day of the weeks before."""
    deniable: Flag = False
    """Whether the actor can act here by an undisclosed hand, where `rules.covert_acts` is "declared"."""
    at_war: Flag = False
    """Whether the two are at war when the scenario starts."""
    struck_first: Flag = False
    """Whether the actor used force in this quarrel when the target had not, before anybody chooses. A pledge on
    condition to the actor is then doubted, and no patron holds its target back."""
    resolve: Probability | None = None
    """Belief r that the target is resolute; by default the target's own prior."""
    fear: Probability = 0.1
    """Belief h that the target will attack whatever the actor does. Anchors: 0.08 nobody expects it, 0.25
    some step is expected, 0.33 it has moved or just struck, 0.5 forces are on their way."""
    motive: Probability = 0.2
    """Belief w that the target wants to be struck."""
    incidents: IncidentProcess | None = None
    """Process of unintended incidents, if there is one."""

    @model_validator(mode="before")
    @classmethod
    def _actors_from_id(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("id"), str):
            actor, target = actor_and_target(data["id"])
            return {"actor": actor, "target": target, **data}
        if isinstance(data, dict) and "actor" in data and "target" in data:
            return {"id": f"{data['actor']}-{data['target']}", **data}
        return data

    @model_validator(mode="after")
    def _id_from_actors(self) -> Front:
        if self.id != f"{self.actor}-{self.target}":
            raise ValueError(f"id must be '{self.actor}-{self.target}', its actor and its target")
        if self.actor == self.target:
            raise ValueError("an actor has no front to itself")
        return self
