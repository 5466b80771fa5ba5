"""An actor: a state or an armed group that chooses restraint or retaliation."""

from __future__ import annotations

from typing import Literal

from escalation.world.base import ActorId, Part, Text
from escalation.world.quantities import NonNegative, Positive, Probability

__all__ = ["Actor", "ByType"]


class ByType(Part):
    """A value for each private type of an actor."""

    resolute: NonNegative
    """Value if the actor is resolute."""
    irresolute: NonNegative
    """Value if the actor is irresolute."""


class Actor(Part):
    """A state or an armed group, with what it has, wants and fears.

    Costs are in stakes: 1 is what an ordinary front is worth to the actor.

    Examples
    --------
    >>> Actor(id="usa", resolve=0.6, war_cost={"resolute": 0.5, "irresolute": 1.0}).war_cost.irresolute
    1.0
    """

    id: ActorId
    """Short name used by the rest of the scenario."""
    name: Text = ""
    """Name to print."""
    kind: Literal["state", "armed-group"] = "state"
    """Whether it is a state or an armed group (descriptive)."""
    note: Text = ""
    """Reasons for the judgements made here (descriptive)."""
    capability: Positive = 1.0
    """Capability K, on any scale common to all actors: what it can bring to bear here, as a ratio to one of them."""
    war_cost: ByType = ByType(resolute=0.6, irresolute=1.2)
    """Cost of war c by private type, in stakes."""
    honour: ByType = ByType(resolute=1.2, irresolute=0.6)
    """Cost of leaving an injury unanswered ρ by private type, in stakes per unit of intensity."""
    resolve: Probability = 0.5
    """Prior r that it is resolute: its own type is drawn from it, and others begin with it. Anchors: 0.2
    gave way before and is divided, 0.5 no signs, 0.8 has vowed, moved and fought for it."""
    precision: Positive = 4.0
    """Precision λ of its choices, per stake: 0 is chance, large is best response."""
    audience_cost: NonNegative = 0.5
    """Cost a of falling short of a public vow, in stakes per unit of intensity. Anchors: 0.45
    a minister, 0.55 the head in public, 0.7 the head to the nation."""
    belligerence_cost: NonNegative = 0.4
    """Cost of belligerence at home, in stakes per unit of intensity."""
    domestic_pressure: Probability = 0.2
    """Baseline of domestic pressure D to respond. Anchors: 0.2 quiet, 0.4 mixed, 0.6 calls from all sides, 0.8
    crowds."""
    honesty: Probability = 0.7
    """Reputation for honesty H at the start, as its receivers see it. Anchors: 0.7 no quarrel about its
    word, 0.4 said to break it, 0.2 shown to have said an untruth in this crisis."""
    response_delay: Positive = 5.0
    """Median delay of a prompted decision, in days."""
    response_spread: Positive = 1.4
    """Standard deviation of the logarithm of that delay."""
    tempo: Positive = 30.0
    """Mean time between decisions by the background clock, in days."""
    principal: ActorId | None = None
    """Actor on whose behalf it fights, if it is a proxy."""
    control: Probability = 0.0
    """Control κ of the principal over it. Anchors: 0.2 helps it, 0.4 arms and pays it, 0.6 approves its operations, 0.8
    says yes to each step."""
