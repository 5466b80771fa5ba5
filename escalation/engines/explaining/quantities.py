"""Quantities that enter a decision: what its actor believes and feels, and the parameters it weighs with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from escalation.dynamics.acting import open_injury
from escalation.dynamics.state import Crisis
from escalation.dynamics.utility import principal_front
from escalation.engines.lower import Lowered
from escalation.world.signal import SignalKind

__all__ = ["CAPABILITY", "INTENSITY", "SHARE", "STAKES", "Quantity", "beliefs", "enters", "parameters"]

SHARE = "share"
"""Unit of a probability or a share, in [0, 1]."""
STAKES = "stakes"
"""Unit of a cost or a weight, from 0."""
CAPABILITY = "capability"
"""Unit of a capability, on the scale common to all actors, from 0."""
INTENSITY = "intensity"
"""Unit of an injury, which follows from what was suffered and who is blamed."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of the state on which a decision depends.

    Parameters
    ----------
    name
        Dotted place, as in a scenario where it has one: ``fronts.irn-isr.fear``.
    words
        What it is, in plain words.
    table, row, column
        Where it stands in the tables of a crisis; the column is a field of a record, or a number.
    unit
        ``"share"``, ``"stakes"``, ``"capability"`` or ``"intensity"``.
    moved_by
        Fronts on which acts can move it.
    """

    name: str
    words: str
    table: str
    row: int
    column: str | int
    unit: str
    moved_by: frozenset[int] = frozenset()

    def read(self, crisis: Crisis) -> float:
        """Value in a crisis; the credence of a pledge that is not in force is 0."""
        if self.column == "open_injury":
            return open_injury(crisis, self.row)
        holder: Any = getattr(crisis, self.table)[self.row]
        if self.table == "pledges" and holder.in_force == 0 and holder.joined == 0:
            return 0.0
        value = holder[self.column] if isinstance(self.column, int) else getattr(holder, self.column)
        return float(value)

    def write(self, crisis: Crisis, value: float) -> None:
        """Change its value in a crisis, and nothing else."""
        holder: Any = getattr(crisis, self.table)[self.row]
        if isinstance(self.column, int):
            holder[self.column] = value
        else:
            setattr(holder, self.column, value)


class _Names:
    """Names of actors, fronts and incidents as sentences use them."""

    def __init__(self, crisis: Crisis, lowered: Lowered) -> None:
        self.crisis, self.lowered = crisis, lowered
        self.fronts = len(crisis.fronts)

    def actor(self, i: int) -> str:
        name = self.lowered.actor_ids[i]
        return self.lowered.scenario.actors[name].name or name

    def incident(self, n: int) -> tuple[str, str]:
        """Place and words of an incident."""
        for e, name in enumerate(self.lowered.scenario.events):
            event = self.crisis.events[e]
            if event.incident_first <= n < event.incident_last:
                victim = self.lowered.actor_ids[self.crisis.incidents[n].victim]
                return f"events.{name}.victims.{victim}", name
        front = self.lowered.front_ids[self.crisis.incidents[n].author]
        covert = n < len(self.crisis.incidents) - self.fronts
        return (
            (f"covert.{front}", f"covert acts ({front})") if covert else (f"incidents.{front}", f"incidents ({front})")
        )


def _blames(crisis: Crisis, names: _Names, f: int) -> list[Quantity]:
    front = crisis.fronts[f]
    found = []
    n = crisis.actors[front.actor].first_incident
    while n >= 0:
        incident = crisis.incidents[n]
        place, words = names.incident(n)
        target = names.lowered.actor_ids[front.target]
        authors = frozenset() if incident.author < 0 else frozenset({incident.author})
        words = f"{names.actor(front.actor)}'s belief that {names.actor(front.target)} is to blame for {words}"
        found.append(Quantity(f"{place}.blame.{target}", words, "blame", n, front.target, SHARE, authors))
        n = incident.next
    return found


def _credences(crisis: Crisis, names: _Names, f: int) -> list[Quantity]:
    front = crisis.fronts[f]
    found = []
    for side, column in ((f, "credence_protege"), (front.reverse, "credence_adversary")):
        calls = frozenset({crisis.fronts[side].reverse})
        for p in range(crisis.fronts[side].support_first, crisis.fronts[side].support_last):
            pledge = crisis.pledges[p]
            ends = frozenset({side}) if pledge.while_below < math.inf else frozenset()
            row = names.lowered.commitment_rows[p]
            words = (
                f"{names.actor(front.actor)}'s belief that {names.actor(pledge.patron)} will stand by "
                f"{names.actor(pledge.protege)}"
            )
            found.append(Quantity(f"commitments.{row}.credence", words, "pledges", p, column, SHARE, calls | ends))
    return found


def _beliefs_on(crisis: Crisis, names: _Names, f: int) -> list[Quantity]:
    front = crisis.fronts[f]
    own, other = names.actor(front.actor), names.actor(front.target)
    place = f"fronts.{names.lowered.front_ids[f]}"
    theirs = frozenset(g for g, row in enumerate(crisis.fronts) if row.actor == front.target)
    suffered = frozenset(g for g, row in enumerate(crisis.fronts) if row.target == front.actor)
    both = frozenset({f, front.reverse})
    return [
        Quantity(f"{place}.resolve", f"{own}'s belief that {other} is resolute", "fronts", f, "resolve", SHARE, theirs),
        Quantity(f"{place}.fear", f"{own}'s fear of attack by {other}", "fronts", f, "fear", SHARE, both),
        Quantity(f"{place}.motive", f"{own}'s belief that {other} wants to be struck", "fronts", f, "motive", SHARE),
        *_credences(crisis, names, f),
        *_blames(crisis, names, f),
        Quantity(
            f"{place}.injury", f"{own}'s injury from {other}", "fronts", f, "open_injury", INTENSITY, both | suffered
        ),
        Quantity(
            f"actors.{names.lowered.actor_ids[front.actor]}.domestic_pressure",
            f"domestic pressure in {own}", "actors", front.actor, "pressure", SHARE, suffered,
        ),
    ]  # fmt: skip


def beliefs(crisis: Crisis, lowered: Lowered, f: int) -> list[Quantity]:
    """What the actor of a front believes and feels about it, and what its principal does where that has a say."""
    names = _Names(crisis, lowered)
    found = _beliefs_on(crisis, names, f)
    p = principal_front(crisis, f)
    return found + (_beliefs_on(crisis, names, p) if p >= 0 else [])


def enters(crisis: Crisis, quantity: Quantity) -> bool:
    """Whether a belief bears on a decision now: blame for an open incident, a pledge in force, known and not kept."""
    if quantity.table == "blame":
        return crisis.incidents[quantity.row].level > 0.0 and quantity.read(crisis) > 0.0
    if quantity.table == "pledges":
        pledge = crisis.pledges[quantity.row]
        doubted = pledge.joined == 0 and pledge.in_force > 0
        return doubted and (quantity.column == "credence_protege" or pledge.known == 1)
    return True


def _parameters_of_target(crisis: Crisis, names: _Names, f: int) -> list[Quantity]:
    """Parameters by which the target of a front would reply, as all know them."""
    back = crisis.fronts[f].reverse
    j = crisis.fronts[f].target
    other = names.actor(j)
    of_target, of_front = f"actors.{names.lowered.actor_ids[j]}", f"fronts.{names.lowered.front_ids[back]}"
    by_type = [
        Quantity(f"{of_target}.{field}.{kind}", f"{other}'s {words}, if {kind}", "actors", j, f"{field}_{kind}", STAKES)
        for field, words in (("war_cost", "cost of war"), ("honour", "honour"))
        for kind in ("resolute", "irresolute")
    ]
    return [
        Quantity(f"{of_target}.capability", f"{other}'s capability", "actors", j, "capability", CAPABILITY),
        *by_type,
        Quantity(f"{of_front}.stake", f"{other}'s stake", "fronts", back, "stake", STAKES),
        Quantity(f"{of_front}.revisionism", f"{other}'s revisionism", "fronts", back, "revisionism", SHARE),
    ]


def _calls_for_restraint(crisis: Crisis, names: _Names, f: int) -> list[Quantity]:
    """What appeals and mediation add to the cost of force of either side; they bear on a decision while they last."""
    scenario, front = names.lowered.scenario, crisis.fronts[f]
    pair = {names.lowered.actor_ids[front.actor], names.lowered.actor_ids[front.target]}
    calls = []
    if any(signal.kind is SignalKind.APPEAL and pair & {*signal.receivers} for signal in scenario.signals.values()):
        calls.append(("appeal", "an appeal"))
    if any(event.kind == "mediation" and pair <= {*event.parties} for event in scenario.events.values()):
        calls.append(("mediation", "mediation"))
    return [
        Quantity(
            f"fronts.{names.lowered.front_ids[g]}.{field}",
            f"what {words} adds to {names.actor(crisis.fronts[g].actor)}'s cost of force", "fronts", g, field, STAKES,
        )
        for field, words in calls
        for g in (f, front.reverse)
    ]  # fmt: skip


def parameters(crisis: Crisis, lowered: Lowered, f: int) -> list[Quantity]:
    """Parameters of the actor, the front and the rules that the actor weighs its acts with, and of its target."""
    front = crisis.fronts[f]
    actor = crisis.actors[front.actor]
    names = _Names(crisis, lowered)
    name, own = lowered.actor_ids[front.actor], names.actor(front.actor)
    of_actor, of_front = f"actors.{name}", f"fronts.{lowered.front_ids[f]}"
    kind = "resolute" if actor.resolute == 1 else "irresolute"
    i = front.actor
    rows = [
        Quantity(f"{of_actor}.capability", f"{own}'s capability", "actors", i, "capability", CAPABILITY),
        Quantity(f"{of_actor}.war_cost.{kind}", f"{own}'s cost of war", "actors", i, f"war_cost_{kind}", STAKES),
        Quantity(f"{of_actor}.honour.{kind}", f"{own}'s honour", "actors", i, f"honour_{kind}", STAKES),
        Quantity(f"{of_actor}.audience_cost", f"{own}'s audience cost", "actors", i, "audience_cost", STAKES),
        Quantity(
            f"{of_actor}.belligerence_cost", f"{own}'s cost of belligerence", "actors", i, "belligerence_cost", STAKES
        ),
        Quantity(f"{of_front}.stake", f"{own}'s stake", "fronts", f, "stake", STAKES),
        Quantity(f"{of_front}.revisionism", f"{own}'s revisionism", "fronts", f, "revisionism", SHARE),
        Quantity(f"{of_front}.spoiler", f"{own}'s spoiler weight", "fronts", f, "spoiler", STAKES),
        Quantity(
            f"{of_front}.first_strike_advantage",
            f"{own}'s first-strike advantage", "fronts", f, "first_strike_advantage", STAKES,
        ),
        Quantity("rules.leash", "the weight of a patron's leash", "rules", 0, "leash", STAKES),
        Quantity("rules.bait", "the weight of refusing a bait", "rules", 0, "bait", STAKES),
        Quantity("rules.face", "the loss of face in yielding", "rules", 0, "face", STAKES),
        Quantity("rules.patron_reply", "the weight of patrons' replies", "rules", 0, "patron_reply", STAKES),
        Quantity("rules.pressure_weight", "the weight of domestic pressure", "rules", 0, "pressure_weight", STAKES),
        Quantity("rules.covert_discount", "the discount of covert injuries", "rules", 0, "covert_discount", SHARE),
        Quantity(
            "rules.limited_force_discount",
            "the discount of limited force at home", "rules", 0, "limited_force_discount", SHARE,
        ),
        *_parameters_of_target(crisis, names, f),
        *_calls_for_restraint(crisis, names, f),
    ]  # fmt: skip
    if crisis.rules[0].destruction_priced == 1:
        words = "the price of destruction short of war"
        rows.append(Quantity("rules.destruction_cost", words, "rules", 0, "destruction_cost", STAKES))
    if crisis.rules[0].conciliation == 1:
        rows += [
            Quantity("rules.peace", "the worth of an agreement", "rules", 0, "peace", STAKES),
            Quantity("rules.exploited", "the loss to force by conciliating", "rules", 0, "exploited", STAKES),
        ]
    if principal_front(crisis, f) >= 0:
        words = f"the control of its principal over {own}"
        rows.append(Quantity(f"{of_actor}.control", words, "actors", i, "control", SHARE))
    return rows
