"""Quantities that enter a decision: what its actor believes and feels, and the parameters it weighs with."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from escalation.dynamics.acting import open_injury
from escalation.dynamics.state import Crisis
from escalation.dynamics.utility import principal_front, weigh_stakes
from escalation.engines.lower import Lowered
from escalation.engines.memory import RECORDS, record_dtype
from escalation.world.plain_words import BELIEFS, actor_words, front_words, item_words, possessive
from escalation.world.signal import SignalKind

__all__ = ["CAPABILITY", "INTENSITY", "SHARE", "STAKES", "WEIGHT", "Quantity", "beliefs", "enters", "parameters"]

SHARE = "share"
"""Unit of a probability or a share, in [0, 1]."""
STAKES = "stakes"
"""Unit of a cost, or of a weight that is stated in stakes, from 0."""
WEIGHT = "weight"
"""Unit of a weight that is a bare number, from 0."""
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
        ``"share"``, ``"stakes"``, ``"weight"``, ``"capability"`` or ``"intensity"``.
    moved_by
        Fronts on which acts can move it.
    label
        A short name for it, beside the others of its front.
    moves
        Enters what follows from it at once; takes a crisis and the row.
    """

    name: str
    words: str
    table: str
    row: int
    column: str | int
    unit: str
    moved_by: frozenset[int] = frozenset()
    label: str = ""
    moves: Callable[[Crisis, int], None] | None = None

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
        """Change its value in a crisis, and what follows from it at once."""
        holder: Any = getattr(crisis, self.table)[self.row]
        if isinstance(self.column, int):
            holder[self.column] = value
        else:
            setattr(holder, self.column, value)
        if self.moves is not None:
            self.moves(crisis, self.row)

    def word(self, lowered: Lowered) -> int:
        """Word of a run's memory that holds it."""
        place = lowered.places[self.table]
        if isinstance(self.column, int):
            return place.start + self.row * place.shape[1] + self.column
        fields = record_dtype(RECORDS[place.kind]).names or ()
        return place.start + self.row * len(fields) + fields.index(self.column)


class _Names:
    """Names of actors, fronts and incidents as sentences use them."""

    def __init__(self, crisis: Crisis, lowered: Lowered) -> None:
        self.crisis, self.lowered = crisis, lowered
        self.fronts = len(crisis.fronts)

    def actor(self, i: int) -> str:
        return actor_words(self.lowered.scenario, self.lowered.actor_ids[i])

    def incident(self, n: int) -> tuple[str, str]:
        """Place and words of an incident."""
        for e, name in enumerate(self.lowered.scenario.events):
            event = self.crisis.events[e]
            if event.incident_first <= n < event.incident_last:
                victim = self.lowered.actor_ids[self.crisis.incidents[n].victim]
                return f"events.{name}.victims.{victim}", item_words(name, self.lowered.scenario)
        front = self.lowered.front_ids[self.crisis.incidents[n].author]
        covert = n < len(self.crisis.incidents) - self.fronts
        of = front_words(front, self.lowered.scenario)
        return (f"covert.{front}", f"covert acts ({of})") if covert else (f"incidents.{front}", f"incidents ({of})")


def _blames(crisis: Crisis, names: _Names, f: int) -> list[Quantity]:
    front = crisis.fronts[f]
    found = []
    for n, incident in enumerate(crisis.incidents):
        if incident.victim != front.actor:
            continue
        place, words = names.incident(n)
        target = names.lowered.actor_ids[front.target]
        authors = frozenset() if incident.author < 0 else frozenset({incident.author})
        owns, other = possessive(names.actor(front.actor)), names.actor(front.target)
        said = BELIEFS["blame"].words.format(owns=owns, other=other, what=words)
        label = BELIEFS["blame"].label.format(what=words.removeprefix("the "))
        found.append(Quantity(f"{place}.blame.{target}", said, "blame", n, front.target, SHARE, authors, label))
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
            patron, protege = names.actor(pledge.patron), names.actor(pledge.protege)
            owns = possessive(names.actor(front.actor))
            words = BELIEFS["credence"].words.format(owns=owns, patron=patron, other=protege)
            label = BELIEFS["credence"].label.format(patron=patron)
            place = f"commitments.{row}.credence"
            found.append(Quantity(place, words, "pledges", p, column, SHARE, calls | ends, label))
    return found


def _beliefs_on(crisis: Crisis, names: _Names, f: int) -> list[Quantity]:
    front = crisis.fronts[f]
    own, other = names.actor(front.actor), names.actor(front.target)
    place = f"fronts.{names.lowered.front_ids[f]}"
    theirs = frozenset(g for g, row in enumerate(crisis.fronts) if row.actor == front.target)
    suffered = frozenset(g for g, row in enumerate(crisis.fronts) if row.target == front.actor)
    both = frozenset({f, front.reverse})

    def quantity(
        field: str,
        place: str,
        table: str,
        row: int,
        column: str,
        *,
        unit: str = SHARE,
        by: frozenset[int] = frozenset(),
    ) -> Quantity:
        words = BELIEFS[field].words.format(own=own, owns=possessive(own), other=other)
        return Quantity(place, words, table, row, column, unit, by, BELIEFS[field].label)

    actor = names.lowered.actor_ids[front.actor]
    return [
        quantity("resolve", f"{place}.resolve", "fronts", f, "resolve", by=theirs),
        quantity("fear", f"{place}.fear", "fronts", f, "fear", by=both),
        quantity("motive", f"{place}.motive", "fronts", f, "motive"),
        *_credences(crisis, names, f),
        *_blames(crisis, names, f),
        quantity("injury", f"{place}.injury", "fronts", f, "open_injury", unit=INTENSITY, by=both | suffered),
        quantity("pressure", f"actors.{actor}.domestic_pressure", "actors", front.actor, "pressure", by=suffered),
    ]


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


def _stake(crisis: Crisis, names: _Names, f: int) -> Quantity:
    """Stake on a front; on one that a patron opened the odds of war are those of the quarrel that it joined."""
    front = names.lowered.front_ids[f]
    words = f"{possessive(names.actor(crisis.fronts[f].actor))} stake"
    moves = weigh_stakes if front in names.lowered.scenario.fronts else None
    return Quantity(f"fronts.{front}.stake", words, "fronts", f, "stake", STAKES, moves=moves)


def _parameters_of_target(crisis: Crisis, names: _Names, f: int) -> list[Quantity]:
    """Parameters by which the target of a front would reply, as all know them."""
    back = crisis.fronts[f].reverse
    j = crisis.fronts[f].target
    others = possessive(names.actor(j))
    of_target, of_front = f"actors.{names.lowered.actor_ids[j]}", f"fronts.{names.lowered.front_ids[back]}"
    by_type = [
        Quantity(f"{of_target}.{field}.{kind}", f"{others} {words}, if {kind}", "actors", j, f"{field}_{kind}", STAKES)
        for field, words in (("war_cost", "cost of war"), ("honour", "honour"))
        for kind in ("resolute", "irresolute")
    ]
    return [
        Quantity(f"{of_target}.capability", f"{others} capability", "actors", j, "capability", CAPABILITY),
        *by_type,
        _stake(crisis, names, back),
        Quantity(f"{of_front}.revisionism", f"{others} revisionism", "fronts", back, "revisionism", SHARE),
    ]


def _bound(names: _Names, by: int, toward: int) -> bool:
    """Whether an actor binds itself toward another by a vow, a threat or an ultimatum of the scenario."""
    one, other = names.lowered.actor_ids[by], names.lowered.actor_ids[toward]
    words = [word for word in names.lowered.scenario.signals.values() if word.binds and word.sender == one]
    # An ultimatum is to all its receivers, a vow or threat against one of them or its subject.
    return any(
        other in word.receivers if word.or_else is not None else other == (word.subject or word.receivers[0])
        for word in words
    )


def _words_that_bind(crisis: Crisis, names: _Names, f: int) -> list[Quantity]:
    """What lets others expect that words are kept, where any bear on a decision: those of the target, mostly.

    A proxy weighs for its principal as well. A target that looks further ahead reckons with the words of the actor.
    """
    i, j = crisis.fronts[f].actor, crisis.fronts[f].target
    p = principal_front(crisis, f)
    by_target = _bound(names, j, i) or (p >= 0 and _bound(names, j, crisis.fronts[p].actor))
    ahead = crisis.rules[0].depth > 1 and _bound(names, i, j)
    rows = []
    if by_target:
        name = f"actors.{names.lowered.actor_ids[j]}.audience_cost"
        words = f"{possessive(names.actor(j))} audience cost"
        rows.append(Quantity(name, words, "actors", j, "audience_cost", STAKES))
    if by_target or ahead:
        words = "the credibility of threats"
        rows.append(Quantity("rules.threat_credibility", words, "rules", 0, "threat_credibility", SHARE))
    return rows


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
            f"what {words} adds to {possessive(names.actor(crisis.fronts[g].actor))} cost of force",
            "fronts", g, field, STAKES,
        )
        for field, words in calls
        for g in (f, front.reverse)
    ]  # fmt: skip


def _leave_to_act(crisis: Crisis, names: _Names, f: int) -> list[Quantity]:
    """How far leave to act is believed that the actor of a front has heard of, for either side's pledges."""
    actor = possessive(names.actor(crisis.fronts[f].actor))
    found = []
    for side, heard, column in (
        (f, "leave", "leave_weight"),
        (crisis.fronts[f].reverse, "leave_adversary", "leave_weight_adversary"),
    ):
        for p in range(crisis.fronts[side].support_first, crisis.fronts[side].support_last):
            pledge = crisis.pledges[p]
            if getattr(pledge, heard) < 0 or pledge.in_force == 0:
                continue
            words = f"{actor} belief that {names.actor(pledge.patron)} lets {names.actor(pledge.protege)} act"
            place = f"commitments.{names.lowered.commitment_rows[p]}.leave"
            found.append(Quantity(place, words, "pledges", p, column, SHARE))
    return found


def parameters(crisis: Crisis, lowered: Lowered, f: int) -> list[Quantity]:
    """Parameters of the actor, the front and the rules that the actor weighs its acts with, and of its target."""
    front = crisis.fronts[f]
    actor = crisis.actors[front.actor]
    names = _Names(crisis, lowered)
    name, own = lowered.actor_ids[front.actor], names.actor(front.actor)
    owns = possessive(own)
    of_actor, of_front = f"actors.{name}", f"fronts.{lowered.front_ids[f]}"
    kind = "resolute" if actor.resolute == 1 else "irresolute"
    i = front.actor
    rows = [
        Quantity(f"{of_actor}.capability", f"{owns} capability", "actors", i, "capability", CAPABILITY),
        Quantity(f"{of_actor}.war_cost.{kind}", f"{owns} cost of war", "actors", i, f"war_cost_{kind}", STAKES),
        Quantity(f"{of_actor}.honour.{kind}", f"{owns} honour", "actors", i, f"honour_{kind}", STAKES),
        Quantity(f"{of_actor}.audience_cost", f"{owns} audience cost", "actors", i, "audience_cost", STAKES),
        Quantity(
            f"{of_actor}.belligerence_cost", f"{owns} cost of belligerence", "actors", i, "belligerence_cost", STAKES
        ),
        _stake(crisis, names, f),
        Quantity(f"{of_front}.revisionism", f"{owns} revisionism", "fronts", f, "revisionism", SHARE),
        Quantity(f"{of_front}.spoiler", f"{owns} spoiler weight", "fronts", f, "spoiler", STAKES),
        Quantity(
            f"{of_front}.first_strike_advantage",
            f"{owns} first-strike advantage", "fronts", f, "first_strike_advantage", STAKES,
        ),
        Quantity("rules.leash", "the weight of a patron's leash", "rules", 0, "leash", STAKES),
        Quantity("rules.bait", "the weight of refusing a bait", "rules", 0, "bait", STAKES),
        Quantity("rules.face", "the loss of face in yielding", "rules", 0, "face", STAKES),
        Quantity("rules.patron_reply", "the weight of patrons' replies", "rules", 0, "patron_reply", WEIGHT),
        Quantity("rules.pressure_weight", "the weight of domestic pressure", "rules", 0, "pressure_weight", WEIGHT),
        Quantity("rules.act_injury", "the share by which acts injure", "rules", 0, "act_injury", SHARE),
        Quantity("rules.covert_discount", "the discount of covert injuries", "rules", 0, "covert_discount", SHARE),
        Quantity(
            "rules.limited_force_discount",
            "the discount of limited force at home", "rules", 0, "limited_force_discount", SHARE,
        ),
        *_parameters_of_target(crisis, names, f),
        *_words_that_bind(crisis, names, f),
        *_calls_for_restraint(crisis, names, f),
        *_leave_to_act(crisis, names, f),
    ]  # fmt: skip
    if crisis.rules[0].destruction_priced == 1:
        words = "the price of destruction short of war"
        rows.append(Quantity("rules.destruction_cost", words, "rules", 0, "destruction_cost", STAKES))
    if crisis.rules[0].conciliation == 1:
        rows += [
            Quantity("rules.peace", "the worth of an agreement", "rules", 0, "peace", WEIGHT),
            Quantity("rules.exploited", "the loss to force by conciliating", "rules", 0, "exploited", WEIGHT),
        ]
    if principal_front(crisis, f) >= 0:
        words = f"the control of its principal over {own}"
        rows.append(Quantity(f"{of_actor}.control", words, "actors", i, "control", SHARE))
    return rows
