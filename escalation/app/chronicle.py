"""A chronicle: what happened in a run, day by day, as everybody or as one actor can know it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from escalation.dynamics.roles import CONCILIATION, HEARD
from escalation.dynamics.state import Crisis
from escalation.engines.explaining.consequences import Consequence
from escalation.engines.explaining.replay import Step, begun, steps
from escalation.engines.lower import Lowered, lower_once
from escalation.engines.trajectory import Trajectory
from escalation.world.event import Event
from escalation.world.front import actor_and_target
from escalation.world.plain_words import actor_words, listed, rung_words, sentence
from escalation.world.scenario import Scenario
from escalation.world.signal import Signal, SignalKind

__all__ = ["Happening", "chronicle", "known_to", "known_to_all"]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened in a run.

    Parameters
    ----------
    day, date
        When, at the end of its period.
    kind
        ``"event"``, ``"signal"``, ``"act"``, ``"incident"``, ``"agreement"``, ``"war"``, ``"joined"``, ``"pledge"``
        (one begins or lapses), ``"unmet"`` (an ultimatum) or ``"settled"``.
    words
        What it was, in a sentence.
    rung
        Place on the ladder of an act; 0 otherwise.
    front
        Front of an act, incident, agreement, war or joining; else empty.
    covert
        Whether its author is undisclosed.
    private_to
        Ids of the only actors that know of it; empty where everybody does.
    """

    day: float
    date: datetime.date
    kind: str
    words: str
    rung: int = 0
    front: str = ""
    covert: bool = False
    private_to: tuple[str, ...] = ()


def chronicle(trajectory: Trajectory, *, next_morning: bool = False) -> tuple[Happening, ...]:
    """What happened in a run, in order: events, signals, acts, incidents, agreements, pledges that begin
    or lapse, wars, who joined, settling.

    Told are also ultimatums that were not met, since they bind their senders.

    Restraint is no act here: to go on as before is nothing that happens.

    The run is replayed in the readable engine, with the acts of the trajectory.

    Parameters
    ----------
    trajectory
        A run, whole or as far as a game has come.
    next_morning
        Whether to go on to the events and signals of the next day, up to where its decisions fall: what a player sees
        before choosing.
    """
    lowered = lower_once(trajectory.scenario)
    acts = {(int(act["period"]), int(act["front"])): int(act["option"]) for act in trajectory.acts}
    crisis = begun(lowered, seed=trajectory.seed, run=trajectory.run)
    last = len(trajectory.fronts) - 1
    if last == 0 and not next_morning:
        return ()
    teller = _Teller(crisis, lowered, trajectory.consequences)
    found: list[Happening] = []
    for step in steps(crisis, lowered, acts=acts):
        found += teller.tell(step)
        period = crisis.clock[0].period
        if (period == last and step.kind == "end" and not next_morning) or (period > last and step.kind == "deciding"):
            break
    return tuple(found)


def known_to(happenings: Sequence[Happening], actor: str, scenario: Scenario) -> tuple[Happening, ...]:
    """What one actor can know of a chronicle.

    Signals between others that stayed private are left out. Of a covert act of another, its victim knows that it was
    done and the rest of the world nothing.
    """
    return tuple(_as_known(happenings, actor, scenario))


def known_to_all(happenings: Sequence[Happening]) -> tuple[Happening, ...]:
    """What everybody can know of a chronicle: neither what was private nor what was covert."""
    return tuple(happening for happening in happenings if not happening.private_to and not happening.covert)


def _as_known(happenings: Sequence[Happening], actor: str, scenario: Scenario) -> Iterator[Happening]:
    for happening in happenings:
        if happening.private_to and actor not in happening.private_to:
            continue
        if happening.covert and not happening.front.startswith(f"{actor}-"):
            _, target = actor_and_target(happening.front)
            if target == actor:
                rung = scenario.ladder.rungs[happening.rung].name
                words = f"Somebody does something to {actor_words(scenario, target)} by an undisclosed hand: {rung}."
                yield replace(happening, words=words, front="")
            continue
        yield happening


def _names(scenario: Scenario, actors: Sequence[str]) -> str:
    return listed(actor_words(scenario, actor) for actor in actors)


class _Teller:
    """Puts the steps of a replay into words, by comparing what stands with what stood before."""

    def __init__(self, crisis: Crisis, lowered: Lowered, came: Sequence[Consequence]) -> None:
        self.crisis, self.lowered, self.scenario = crisis, lowered, lowered.scenario
        self.war_words = {frozenset((row.actor, row.target)): row.words for row in came if row.kind == "war"}
        self.joining_words = {row.commitment: row.words for row in came if row.kind == "joined"}
        self.incidents = [front.incident_count for front in crisis.fronts]
        self.wars = [front.war_cause for front in crisis.fronts]
        self.agreed = [front.agreed for front in crisis.fronts]
        self.joined = [pledge.joined for pledge in crisis.pledges]
        self.ultimatums = [front.ultimatum for front in crisis.fronts]
        self.in_force = [pledge.in_force for pledge in crisis.pledges]
        self.settled = False

    def tell(self, step: Step) -> Iterator[Happening]:
        """What a step has brought."""
        if step.kind == "event":
            yield self._now("event", f"{_event_words(self.scenario, self.scenario.events[step.name])}.")
        elif step.kind == "signal":
            yield from self._signal(step.name)
        elif step.kind == "incidents":
            yield from self._incidents()
        elif step.kind == "acts":
            yield from self._acts()
        yield from self._agreements()
        yield from self._pledges()
        yield from self._joined()
        yield from self._wars()
        yield from self._unmet()
        if step.kind == "end" and self.crisis.clock[0].settled >= 0 and not self.settled:
            self.settled = True
            yield self._now("settled", "The crisis has settled for now.")

    def _now(self, kind: str, words: str, *, rung: int = 0, front: str = "", covert: bool = False) -> Happening:
        day = float(self.crisis.clock[0].now)
        return Happening(day, self.scenario.date(day), kind, sentence(words), rung, front, covert)

    def _pair(self, f: int) -> tuple[str, str]:
        front = self.crisis.fronts[f]
        actor, target = (self.lowered.actor_ids[row] for row in (front.actor, front.target))
        return actor_words(self.scenario, actor), actor_words(self.scenario, target)

    def _signal(self, name: str) -> Iterator[Happening]:
        signal = self.scenario.signals[name]
        said = f"{_signal_words(self.scenario, signal)} ({name})."
        status = self.crisis.signals[list(self.scenario.signals).index(name)].status
        sender = actor_words(self.scenario, signal.sender)
        to = _names(self.scenario, signal.receivers)
        if status == HEARD:
            told = self._now("signal", f"{sender} to {to}, in private: {said}")
            yield replace(told, private_to=(signal.sender, *signal.receivers))
        elif signal.channel == "private":
            yield self._now("signal", f"It is reported that {sender} said to {to}: {said}")
        else:
            yield self._now("signal", f"{sender} to {to}: {said}")

    def _incidents(self) -> Iterator[Happening]:
        for f, front in enumerate(self.crisis.fronts):
            new, self.incidents[f] = front.incident_count - self.incidents[f], front.incident_count
            if new > 0:
                actor, target = self._pair(f)
                many = "An incident" if new == 1 else f"{new} incidents"
                words = f"{many} that nobody chose, by {actor} to {target}."
                yield self._now("incident", words, front=self.lowered.front_ids[f])

    def _acts(self) -> Iterator[Happening]:
        for f, front in enumerate(self.crisis.fronts):
            if front.chosen <= 0:
                continue
            actor, target = self._pair(f)
            option = self.crisis.options[front.chosen]
            words = f"{actor} against {target}: {self.lowered.option_names[front.chosen]}."
            if option.role == CONCILIATION:
                words = f"{actor} makes a conciliatory move towards {target}."
            place, covert = self.lowered.front_ids[f], option.covert == 1
            yield self._now("act", words, rung=int(option.rung), front=place, covert=covert)

    def _agreements(self) -> Iterator[Happening]:
        for f, front in enumerate(self.crisis.fronts):
            before, self.agreed[f] = self.agreed[f], front.agreed
            if front.agreed > before and f < front.reverse:
                actor, target = self._pair(f)
                yield self._now("agreement", f"{actor} and {target} agree.", front=self.lowered.front_ids[f])

    def _wars(self) -> Iterator[Happening]:
        for f, front in enumerate(self.crisis.fronts):
            before, self.wars[f] = self.wars[f], front.war_cause
            if front.war_cause != before and f < front.reverse:
                front_id = self.lowered.front_ids[f]
                words = self.war_words[frozenset(actor_and_target(front_id))]
                yield self._now("war", f"{words}.", rung=len(self.lowered.rung_names) - 1, front=front_id)

    def _pledges(self) -> Iterator[Happening]:
        """Pledges that begin and lapse; the two whom one binds alone know of one that is hidden or forfeited."""
        for p, pledge in enumerate(self.crisis.pledges):
            before, self.in_force[p] = self.in_force[p], pledge.in_force
            if pledge.in_force == before or pledge.joined == 1:
                continue
            bound = [self.lowered.actor_ids[row] for row in (pledge.patron, pledge.protege)]
            patron, protege = (actor_words(self.scenario, actor) for actor in bound)
            row = self.lowered.commitment_rows[p]
            what = "is in force from now on" if pledge.in_force == 1 else "has lapsed"
            told = self._now("pledge", f"The pledge of {patron} to {protege} {what} ({row}).")
            secret = pledge.known == 0 or pledge.forfeited == 1
            yield replace(told, private_to=tuple(bound) if secret else ())

    def _joined(self) -> Iterator[Happening]:
        for p, pledge in enumerate(self.crisis.pledges):
            before, self.joined[p] = self.joined[p], pledge.joined
            if pledge.joined > before:
                yield self._now("joined", f"{self.joining_words[self.lowered.commitment_rows[p]]}.")

    def _unmet(self) -> Iterator[Happening]:
        """Ultimatums that have just bound their senders."""
        for f, front in enumerate(self.crisis.fronts):
            before, self.ultimatums[f] = self.ultimatums[f], front.ultimatum
            if before in (-1, front.ultimatum):
                continue
            keys = [signal.key for signal in self.crisis.signals]
            signal = list(self.scenario.signals.values())[keys.index(before)]
            sender, asked = (self.scenario.actor_ids.index(name) for name in (signal.sender, self._actor(f)))
            own = self.crisis.front_of[sender][asked]
            if self.crisis.fronts[own].vow_standing == 0 or self.crisis.fronts[own].vow_by != before:
                continue
            bound, unmoved = actor_words(self.scenario, signal.sender), actor_words(self.scenario, self._actor(f))
            words = f"{unmoved} has not met the demand of {bound}, which is bound to act: {signal.rung} ({signal.id})."
            told = self._now("unmet", words, front=self.lowered.front_ids[own])
            heard = self.crisis.signals[keys.index(before)].status == HEARD
            yield replace(told, private_to=(signal.sender, *signal.receivers)) if heard else told

    def _actor(self, f: int) -> str:
        return self.lowered.actor_ids[self.crisis.fronts[f].actor]


_ABOUT = {
    SignalKind.THREAT: "against",
    SignalKind.VOW: "against",
    SignalKind.DEMAND: "for restraint towards",
    SignalKind.APPEAL: "for restraint towards",
    SignalKind.REASSURANCE: "about",
    SignalKind.DISCLOSURE: "of the motive of",
    SignalKind.AUTHORISATION: "to act against",
}
"""What stands before the actor whom a signal is about."""


def _signal_words(scenario: Scenario, signal: Signal) -> str:
    """Kind of a signal, and what it is about where it says so."""
    kind, subject = signal.kind.value, signal.subject
    if signal.or_else is not None:
        kind = "ultimatum"
    if subject is None:
        return "appeal for restraint" if signal.kind is SignalKind.APPEAL else kind
    if signal.kind in _ABOUT:
        return f"{kind} {_ABOUT[signal.kind]} {actor_words(scenario, subject)}"
    if signal.kind is SignalKind.WARNING:
        pledge = scenario.commitments[subject]
        return f"{kind} that {actor_words(scenario, pledge.patron)} stands by {_names(scenario, pledge.proteges)}"
    if signal.kind is SignalKind.CONCESSION:
        return f"{kind} of {_part(signal.share)} of {subject}"
    return f"{kind} of {subject}"  # what is denied or refused


def _part(share: object) -> str:
    """How much of a demand is conceded, where that is no distribution."""
    if not isinstance(share, (int, float)):
        return "a part"
    return "all" if share == 1.0 else f"{share:.0%}"


def _event_words(scenario: Scenario, event: Event) -> str:
    if event.kind == "mediation":
        by = f" by {_names(scenario, event.mediators)}" if event.mediators else ""
        return f"Mediation between {_names(scenario, event.parties)}{by} ({event.id})"
    if event.kind == "internal-shock":
        return f"A shock inside {actor_words(scenario, event.actor)} ({event.id})"
    victims = _names(scenario, [victim.actor for victim in event.victims])
    if event.kind == "accident":
        return f"An accident by {actor_words(scenario, event.actor)} injures {victims} ({event.id})"
    if event.rung is not None and event.author is not None:
        author = actor_words(scenario, event.author)
        return f"An open act by {author}, {rung_words(event.rung)}, injures {victims} ({event.id})"
    return f"A provocation injures {victims} ({event.id})"
