"""Remarks on a good scenario: what its file shows, and what would else be seen only after a run, or never."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from escalation.analysis.idle_acts import idle_acts, in_force, is_zero, speaks_of_deployment
from escalation.analysis.idle_leave import idle_leave
from escalation.analysis.idle_words import idle_words
from escalation.analysis.score.hindcasts.happened import happened
from escalation.engines.lowering.rows import Rows
from escalation.errors import Fault
from escalation.files.file_format import calls_for_restraint, undeclared_covert_acts
from escalation.montecarlo.axes import Axes
from escalation.world.citations import cited
from escalation.world.commitment import Commitment
from escalation.world.event import Accident, InternalShock, Mediation, Observed, Provocation
from escalation.world.front import actor_and_target
from escalation.world.plain_words import listed
from escalation.world.scenario import Scenario
from escalation.world.signal import Signal, SignalKind

__all__ = ["counts", "remarks"]

_LAST_DAY = "is the last day: only choices of that day come after it"

_OF_STRENGTH = {SignalKind.WARNING, SignalKind.REASSURANCE, SignalKind.DENIAL, SignalKind.DISCLOSURE}
"""Kinds of signal whose field strength says how much they tell; of the others it has no meaning."""
_BELIEVED = {*_OF_STRENGTH, SignalKind.APPEAL, SignalKind.AUTHORISATION}
"""Kinds that move nobody beyond how far they are believed."""
_TIES_HANDS = {SignalKind.VOW, SignalKind.THREAT, SignalKind.DEMAND, SignalKind.REFUSAL}
"""Kinds that tie their sender's hands where they are public."""


def counts(scenario: Scenario) -> dict[str, int]:
    """How much of each sort a scenario holds.

    Parameters
    ----------
    scenario
        A scenario.

    Returns
    -------
    dict
        Actors, fronts, commitments, signals, events and observed acts; `undated`, those of the last three that give a
        day after the start and no date of the calendar; `uncited`, those of the last four without a source, what is
        planned aside.

    Examples
    --------
    >>> from escalation.files import load
    >>> counts(load("two-state-deterrence"))["uncited"]
    2
    """
    dated = [*scenario.signals.values(), *scenario.events.values(), *scenario.observed]
    return {
        "actors": len(scenario.actors),
        "fronts": len(scenario.fronts),
        "commitments": len(scenario.commitments),
        "signals": len(scenario.signals),
        "events": len(scenario.events),
        "observed": len(scenario.observed),
        "undated": sum(not isinstance(item.date, datetime.date) for item in dated),
        "uncited": sum(not item.source.strip() for _, item in _citing(scenario)),
    }


def remarks(scenario: Scenario) -> list[Fault]:
    """Remark on what is allowed, but seldom meant.

    Parameters
    ----------
    scenario
        A scenario without faults.

    Returns
    -------
    list of Fault
        Place and words of each: items without a source, sources that nothing cites, what never happens or moves nobody,
        words that nobody believes or that have a better kind, covert acts that no front declares, actors that nothing
        names, and observed acts that are not scored; leave to act that changes nothing, words that bind nobody, open
        acts that tell nothing or whose author is in doubt, attacks that call on no patron for want of a rung, and
        pledges that nothing can call on.

    Examples
    --------
    >>> from escalation.files import load
    >>> print(remarks(load("two-state-deterrence"))[0])
    signals.threat: has no source; say where it is documented
    """
    return [
        *_sources(scenario),
        *_timeline(scenario),
        *_terms(scenario),
        *idle_leave(scenario),
        *idle_words(scenario),
        *_kinds(scenario),
        *undeclared_covert_acts(scenario),
        *_actors(scenario),
        *_observed(scenario),
    ]


def _citing(scenario: Scenario) -> list[tuple[str, Any]]:
    """What should have a source, with its place; what is only planned has none."""
    tables: tuple[tuple[str, Mapping[str, Any]], ...] = (
        ("signals", scenario.signals),
        ("events", scenario.events),
        ("commitments", scenario.commitments),
    )
    found = [(f"{table}.{key}", row) for table, rows in tables for key, row in rows.items()]
    found += [(f"observed.{i}", act) for i, act in enumerate(scenario.observed)]
    return [(place, item) for place, item in found if not _planned(item)]


def _planned(item: Any) -> bool:
    """Whether an item is but planned; of a commitment only the day is on which it begins or lapses."""
    return getattr(item, "planned", False) and not isinstance(item, Commitment)


def _sources(scenario: Scenario) -> Iterator[Fault]:
    for place, item in _citing(scenario):
        if not item.source.strip():
            yield Fault(place, "has no source; say where it is documented")
        elif scenario.sources and not cited(item.source, scenario.sources):
            yield Fault(f"{place}.source", "names none of [sources]; begin it with a label, as 'label: what it says'")
    told = "\n".join(_texts(scenario.to_dict()))
    for label in scenario.sources:
        # Labels may hold hyphens: at a mere word boundary "paper" would be found in "paper-2".
        if not re.search(rf"(?<![\w-]){label}(?![\w-])", told):
            yield Fault(f"sources.{label}", "is cited by no item and no note")


def _texts(value: Any) -> Iterator[str]:
    """All texts in plain data, those of its sources aside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            if key != "sources":
                yield from _texts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)


def _timeline(scenario: Scenario) -> Iterator[Fault]:
    fronts = Rows(scenario).front_rows
    for table in ("signals", "events"):
        for key, item in getattr(scenario, table).items():
            place = f"{table}.{key}"
            given = "reliability" if item.occurred is None else "occurred"
            if is_zero(getattr(item, given)):
                yield Fault(f"{place}.{given}", "is 0, so that it never happens; leave it out if that is meant")
            if scenario.day(item.date) >= scenario.horizon:
                yield Fault(f"{place}.date", _LAST_DAY)
    for key, signal in scenario.signals.items():
        yield from _unbelieved(f"signals.{key}", signal)
    for key, event in scenario.events.items():
        place = f"events.{key}"
        if isinstance(event, Mediation) and is_zero(event.strength):
            yield Fault(f"{place}.strength", "is 0, so that it moves nobody")
        if isinstance(event, InternalShock) and is_zero(event.severity):
            yield Fault(f"{place}.severity", "is 0: nothing is lost")
        if not isinstance(event, (Provocation, Accident)):
            continue
        for i, victim in enumerate(event.victims):
            if is_zero(victim.severity):
                yield Fault(f"{place}.victims.{i}.severity", "is 0: it injures nobody")
        if isinstance(event, Provocation):
            yield from idle_acts(scenario, place, event)
        # An accident has one author; of a provocation any of the suspects may be answered.
        hands = {event.actor} if isinstance(event, Accident) else {a for one in event.suspects for a in one.actors}
        if {victim.actor for victim in event.victims} == hands and len(hands) == 1:
            yield Fault(f"{place}.victims", f"are {listed(hands)} alone, the one suspect: nobody can answer")
        elif not any(f"{victim.actor}-{hand}" in fronts for victim in event.victims for hand in hands):
            yield Fault(f"{place}.victims", "have no front to anybody who may have done it, and cannot answer")


def _unbelieved(place: str, signal: Signal) -> Iterator[Fault]:
    """Words that move no belief, or move it the other way."""
    # What ties its sender's hands in public need not be trusted; words taken back and demands conceded are so at once.
    by_weight = signal.kind in _BELIEVED or (signal.kind in _TIES_HANDS and signal.channel == "private")
    for field in ("credence", "alignment") if by_weight else ():
        if is_zero(getattr(signal, field)):
            yield Fault(f"{place}.{field}", "is 0, so that nobody believes it")
    if signal.kind in _OF_STRENGTH and is_zero(signal.strength):
        yield Fault(
            f"{place}.strength",
            "is 0, so that whoever believes it takes it for the opposite of what it says; 1 says nothing either way",
        )


def _terms(scenario: Scenario) -> Iterator[Fault]:
    """Commitments that are never in force while anybody chooses, and warnings in the name of one that is not."""
    first_choice = 0.0 if scenario.as_of is None else scenario.day(scenario.as_of) + 1.0
    for key, pledge in scenario.commitments.items():
        place = f"commitments.{key}"
        if pledge.begins is not None and scenario.day(pledge.begins) >= scenario.horizon:
            yield Fault(f"{place}.begins", _LAST_DAY)
        if pledge.lapses is not None and scenario.day(pledge.lapses) <= first_choice:
            yield Fault(f"{place}.lapses", "is not after the day of the first choice: it bears on none")
        supported = [row.supported for row in Rows(scenario).pledges if row.commitment == key]
        if all(front in scenario.fronts and scenario.fronts[front].at_war for front in supported):
            fronts = listed(dict.fromkeys(supported))
            yield Fault(place, f"is called on by nothing: there is war on {fronts} at the start")
        for front in _hostilities(scenario, pledge):
            yield Fault(
                f"{place}.while_below", f"is not above the baseline of {front}: any act of the protégé there ends it"
            )
    for key, signal in scenario.signals.items():
        if signal.kind is SignalKind.WARNING:
            pledge = scenario.commitments[str(signal.subject)]
            if not in_force(scenario, pledge, scenario.day(signal.date)):
                yield Fault(f"signals.{key}.date", f"is a day on which {pledge.id!r} is not in force")


def _hostilities(scenario: Scenario, pledge: Commitment) -> Iterator[str]:
    """Fronts of the protégé on which hostilities already are at the rung that ends a commitment."""
    if pledge.while_below is None:
        return
    end = scenario.ladder.rung(pledge.while_below).intensity
    for key, front in scenario.fronts.items():
        against = pledge.adversary in (None, front.target) and front.target != pledge.patron
        if front.actor not in pledge.proteges or not against or front.baseline is None:
            continue
        if scenario.ladder.rung(front.baseline).intensity >= end:
            yield key


def _kinds(scenario: Scenario) -> Iterator[Fault]:
    """What an earlier version had no kind for, and the codebook codes otherwise now."""
    yield from calls_for_restraint(scenario)
    for key, signal in scenario.signals.items():
        place = f"signals.{key}"
        if speaks_of_deployment(key, signal.source):
            yield Fault(
                place,
                "speaks of a deployment: that forces move is an act, which all see; code it as an event "
                "'provocation', or under observed as a display, and keep a signal only for what was said",
            )


def _actors(scenario: Scenario) -> Iterator[Fault]:
    acting = {actor_and_target(front)[0] for front in Rows(scenario).front_rows}
    data = scenario.to_dict()
    named = set(_texts([data.get(table, {}) for table in ("commitments", "signals", "events")]))
    for key in scenario.actors:
        if key not in acting and key not in named:
            yield Fault(f"actors.{key}", "has no front, and no signal, event or commitment names it")


def _observed(scenario: Scenario) -> Iterator[Fault]:
    if not scenario.observed:
        return
    rows = Rows(scenario)
    axes = Axes.named(
        scenario,
        front_ids=tuple(rows.front_rows),
        actor_ids=tuple(rows.actors),
        commitment_rows=tuple(pledge.name for pledge in rows.pledges),
    )
    what = happened(scenario, axes)
    as_of = None if scenario.as_of is None else scenario.day(scenario.as_of)
    seen: list[Observed] = []
    for i, act in enumerate(scenario.observed):
        place = f"observed.{i}"
        if act in what.outside_window:
            early = as_of is not None and scenario.day(act.date) <= as_of
            side = "on or before as_of" if early else "after the horizon"
            yield Fault(f"{place}.date", f"is {side}: the act is not scored")
        elif act in what.impossible:
            front = f"{act.actor}-{act.target}"
            yield Fault(place, f"is not scored: there is no front {front}, so that no run can show it")
        elif act in what.unnoticed:
            why = "it is not above the baseline of its front, or its war is there at the start"
            yield Fault(place, f"is not scored: {why}")
        elif (act.agreement or act.concession) and not scenario.rules.conciliation:
            flag = "agreement" if act.agreement else "concession"
            yield Fault(f"{place}.{flag}", "is not scored: actors cannot conciliate, see rules.conciliation")
        elif act.rung == scenario.ladder.names[0] and not (act.agreement or act.concession):
            yield Fault(f"{place}.rung", "is restraint, which is no act: it changes no score")
        if any((act.date, act.actor, act.target, act.rung) == (o.date, o.actor, o.target, o.rung) for o in seen):
            yield Fault(place, "stands twice")
        seen.append(act)
