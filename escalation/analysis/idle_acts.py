"""Acts of the timeline that tell, call or settle less than they seem to, since the file leaves something unsaid."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from escalation.engines.lowering.events import act_front
from escalation.engines.lowering.rows import Pledge, Rows, above_baseline
from escalation.engines.medians import mean
from escalation.errors import Fault
from escalation.world.commitment import Commitment
from escalation.world.event import Event, Provocation
from escalation.world.front import actor_and_target
from escalation.world.ladder import Role
from escalation.world.near import short
from escalation.world.plain_words import listed
from escalation.world.scenario import Scenario
from escalation.world.signal import Signal

__all__ = ["chance", "idle_acts", "in_force", "is_zero", "speaks_of_deployment", "term"]

_DEPLOYED = re.compile(r"\b(re)?deploy|\bmobili[sz]", re.IGNORECASE)
"""Words of a deployment, in what a source says."""
_DEPLOYED_NAME = re.compile(r"deploy|mobili[sz]|carrier|fleet|warship|troops|build-?up", re.IGNORECASE)
"""The same in the id of a signal or event, which is shorter and says what it is."""

_MOST_DOUBT = 0.1
"""Probability of another author up to which an act counts as one whose author is beyond doubt. The default prior of
another is just below it."""


def is_zero(quantity: Any) -> bool:
    """Whether a quantity is 0 for certain."""
    return isinstance(quantity, (int, float)) and quantity == 0.0


def chance(item: Signal | Event) -> Any:
    """Probability that an item of the timeline happened at all."""
    return item.reliability if item.occurred is None else item.occurred


def speaks_of_deployment(name: str, words: str) -> bool:
    """Whether the id of an item, or what is written of it, speaks of a deployment."""
    return bool(_DEPLOYED_NAME.search(name) or _DEPLOYED.search(words))


def idle_acts(scenario: Scenario, place: str, event: Provocation) -> Iterator[Fault]:
    """What a provocation does not do, though its author may think so, and what to write."""
    yield from _open_acts(scenario, place, event)
    yield from _calls_nobody(scenario, place, event)
    yield from _meant_for(scenario, place, event)


def _alarmed(scenario: Scenario, event: Provocation) -> list[str]:
    """Victims of an open display that it alarms."""
    if event.rung is None or scenario.ladder.rung(event.rung).role is not Role.DISPLAY:
        return []
    faced = [(victim.actor, scenario.fronts.get(f"{event.author}-{victim.actor}")) for victim in event.victims]
    return [
        victim
        for victim, front in faced
        if front is not None and not front.at_war and above_baseline(scenario, front, event.rung)
    ]


def _open_acts(scenario: Scenario, place: str, event: Provocation) -> Iterator[Fault]:
    """A deployment that could tell of its author's resolve; an act that tells nothing, or whose author is in doubt."""
    fronts = [key for victim in event.victims if (key := f"{event.author}-{victim.actor}") in scenario.fronts]
    if not fronts:
        return
    front = scenario.fronts[fronts[0]]
    if event.rung is not None:
        alarmed = _alarmed(scenario, event)
        beside = f"; it still alarms {listed(alarmed)}" if alarmed else ""
        if is_zero(scenario.rules.public_act):
            why = "acts have no weight where rules.public_act is 0"
            yield Fault(f"{place}.rung", f"tells nothing of resolve: {why}{beside}")
        doubt = _doubt(event)
        if doubt > _MOST_DOUBT:
            yield Fault(
                f"{place}.rung",
                f"says that its author is beyond doubt, yet its victims' evidence gives {_percent(doubt)} to somebody "
                f"else; leave rung out, or lower the prior or likelihood of other until that is at most "
                f"{_MOST_DOUBT:.0%}",
            )
        if front.at_war:
            yield Fault(f"{place}.rung", f"tells nothing of resolve: {front.id} is at war at the start{beside}")
        elif not above_baseline(scenario, front, event.rung):
            why = f"it is not above the baseline of {front.id}"
            yield Fault(f"{place}.rung", f"tells nothing of resolve: {why}{beside}")
        return
    author = scenario.actors[front.actor]
    # Who has judged the resolve of the author may have counted what it did by then, though not what is planned.
    judged = author.resolve != type(author).model_fields["resolve"].default
    if event.publicity != 1.0 or front.at_war or (judged and not event.planned):
        return
    if speaks_of_deployment(event.id, f"{event.title} {event.source}"):
        yield Fault(
            place,
            "speaks of a deployment and has no rung: nobody learns from it how resolute its author is; name the "
            "rung that was openly done, unless the resolve of its author already counts it",
        )


def _calls_nobody(scenario: Scenario, place: str, event: Provocation) -> Iterator[Fault]:
    """An attack that patrons would be expected to answer, and that calls on none, since its rung is not stated."""
    day = scenario.day(event.date)
    # Patrons have answered by the information date what came before it, and the file says so in other ways.
    known = scenario.as_of is None or day >= scenario.day(scenario.as_of)
    if event.rung is not None or not known or not scenario.rules.scheduled_answers:
        return
    if is_zero(chance(event)) or event.author is None or event.publicity != 1.0 or _doubt(event) > _MOST_DOUBT:
        return
    faced = [victim for victim in event.victims if f"{event.author}-{victim.actor}" in scenario.fronts]
    # A rung stands for what was done to the first victim that the author faces; another has to be listed first.
    for n, victim in enumerate(faced):
        kept = _triggered(scenario, f"{event.author}-{victim.actor}", mean(victim.severity), day)
        if kept:
            first = "" if n == 0 else f"list {short(victim.actor)} first among its victims, and "
            yield Fault(
                place,
                f"has no rung and so calls on no patron, though it is as grave as what triggers {listed(kept)}; {first}"
                "name the rung that was openly done, unless the patron had answered by then",
            )
            return


def _triggered(scenario: Scenario, front: str, severity: float, day: float) -> list[str]:
    """Commitments in force on a day that an act on a front would call on, if it were as grave as that."""
    rows = Rows(scenario)
    stated, (author, victim) = scenario.fronts[front], actor_and_target(front)
    # No rung of the timeline is a war, so that a trigger at war is reached by no event, however grave.
    highest = max(rung.intensity for rung in scenario.ladder.rungs if rung.role is not Role.WAR)
    daily = 0.0 if stated.baseline is None else scenario.ladder.rung(stated.baseline).intensity
    if stated.at_war or severity <= daily:
        return []
    found = []
    for pledge in rows.pledges:
        terms, trigger = pledge.terms, rows.intensity(pledge.terms.trigger, Role.FORCE)
        meant = (pledge.adversary, pledge.protege) == (author, victim) and in_force(scenario, terms, day)
        if meant and trigger <= min(severity, highest) and not _forfeited(scenario, pledge, day):
            found.append(pledge.commitment)
    return list(dict.fromkeys(found))


def _forfeited(scenario: Scenario, pledge: Pledge, day: float) -> bool:
    """Whether the protégé has surely forfeited a pledge by a day, by an act whose rung the file states."""
    if pledge.terms.while_below is None:
        return False
    least = scenario.ladder.rung(pledge.terms.while_below).intensity
    return any(
        isinstance(event, Provocation)
        and event.rung is not None
        and act_front(scenario, event) == f"{pledge.protege}-{pledge.adversary}"
        and scenario.ladder.rung(event.rung).intensity >= least
        and scenario.day(event.date) <= day
        and chance(event) == 1.0
        for event in scenario.events.values()
    )


def in_force(scenario: Scenario, terms: Commitment, day: float) -> bool:
    """Whether a commitment is in force on a day, as far as its own days say."""
    begins, lapses = term(scenario, terms)
    return begins <= day < lapses


def term(scenario: Scenario, terms: Commitment) -> tuple[float, float]:
    """Days on which a commitment begins and lapses, infinite where it does not."""
    begins = -math.inf if terms.begins is None else scenario.day(terms.begins)
    lapses = math.inf if terms.lapses is None else scenario.day(terms.lapses)
    return begins, lapses


def _meant_for(scenario: Scenario, place: str, event: Provocation) -> Iterator[Fault]:
    """An act whose rung is of what it did to one victim, where it hit another one harder."""
    if event.rung is None:
        return
    first, *others = [victim for victim in event.victims if f"{event.author}-{victim.actor}" in scenario.fronts]
    for other in others:
        if mean(other.severity) > mean(first.severity):
            yield Fault(
                f"{place}.rung",
                f"is of what was done to {short(first.actor)}, the first victim that its author faces, though it hit "
                f"{short(other.actor)} harder; list first the victim whom the act was meant for",
            )
            return


def _doubt(event: Provocation) -> float:
    """Probability that the victims of an event give to its having been none of the suspects, at the mean weights."""
    other = mean(event.other.prior) * mean(event.other.likelihood)
    return other / math.fsum([other, *(mean(one.prior) * mean(one.likelihood) for one in event.suspects)])


def _percent(share: float) -> str:
    """Share as a note gives it: what is nearly certain is not called certain."""
    return "more than 99%" if share > 0.99 else f"{100.0 * share:.3g}%"
