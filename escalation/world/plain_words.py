"""Plain words for the ids of results: actors, rungs, fronts, events and quantities, as they are printed for people."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from escalation.world.front import actor_and_target

if TYPE_CHECKING:
    from escalation.world.scenario import Scenario

__all__ = ["actor_name", "asked_words", "date_words", "event_words", "front_words", "place_words", "rung_words"]

_EVENTS = {
    "initiation": "somebody chooses force",
    "war": "war, however it comes about",
    "settled": "the crisis settles",
    "agreement": "an agreement on one of the fronts",
    "accident": "war by accident",
}


def actor_name(scenario: Scenario, actor: str) -> str:
    """Name of an actor to print: its name, or its id."""
    return scenario.actors[actor].name or actor


def date_words(date: datetime.date) -> str:
    """Date as words.

    Examples
    --------
    >>> date_words(datetime.date(2024, 8, 5))
    '5 August 2024'
    """
    return f"{date.day} {date:%B %Y}"


def rung_words(rung: str) -> str:
    """Name of a rung or of an option to print.

    Examples
    --------
    >>> rung_words("limited-strike")
    'limited strike'
    """
    return rung.replace("-", " ")


def front_words(front: str, scenario: Scenario) -> str:
    """Front to print: who, an arrow, against whom.

    Examples
    --------
    >>> import escalation as esc
    >>> front_words("irn-isr", esc.load("haniyeh-2024"))
    'Iran → Israel'
    """
    return " → ".join(actor_name(scenario, actor) for actor in actor_and_target(front))


def event_words(event: str, scenario: Scenario) -> str:
    """Event of an ensemble in plain words.

    Examples
    --------
    >>> import escalation as esc
    >>> event_words("rung:limited-strike", esc.load("haniyeh-2024"))
    'reaches limited strike or above'
    """
    if event in _EVENTS:
        return _EVENTS[event]
    kind, _, name = event.partition(":")
    if kind == "rung":
        top = name == scenario.ladder.names[-1]
        return f"reaches {rung_words(name)}{'' if top else ' or above'}"
    if kind == "agreement":
        return f"an agreement between {' and '.join(actor_name(scenario, actor) for actor in name.split('-'))}"
    if kind == "joint":
        names = [actor_name(scenario, actor) for actor in name.split("+")]
        which = "" if len(names) == 2 else "two of "
        return f"{which}{', '.join(names[:-1])} and {names[-1]} first use force on one adversary within an act window"
    if kind == "joined":
        commitment, _, row = name.partition(":")
        pledge = scenario.commitments[commitment]
        protege, _, adversary = row.rpartition("-")  # the row names the protégé where there are several
        against = f" against {actor_name(scenario, adversary)}" if adversary else ""
        proteges = " or ".join(actor_name(scenario, one) for one in ((protege,) if protege else pledge.proteges))
        return f"{actor_name(scenario, pledge.patron)} joins {proteges}{against} ({commitment})"
    return f"{actor_name(scenario, name)} breaks a vow" if name in scenario.actors else event


def asked_words(event: str, scenario: Scenario, *, actor: str | None, target: str | None) -> str:
    """Event of an ensemble in plain words, with whose acts count, against whom.

    Examples
    --------
    >>> import escalation as esc
    >>> asked_words("initiation", esc.load("haniyeh-2024"), actor="irn", target="isr")
    'somebody chooses force (by Iran against Israel)'
    """
    names = [(word, name) for word, name in (("by", actor), ("against", target)) if name is not None]
    whose = " ".join(f"{word} {actor_name(scenario, name)}" for word, name in names)
    return event_words(event, scenario) + (f" ({whose})" if whose else "")


def place_words(place: str, scenario: Scenario) -> str:
    """Quantity of a scenario to print, by its place in the file; a name that is no such place stays as it is.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("haniyeh-2024")
    >>> place_words("fronts.irn-isr.audience_cost", crisis), place_words("actors.usa.honesty", crisis)
    ('Iran → Israel: audience cost', 'United States: honesty')
    >>> place_words("rules.leash", crisis), place_words("the beliefs", crisis)
    ('rule: leash', 'the beliefs')
    """
    table, _, rest = place.partition(".")
    row, _, name = rest.partition(".")
    quantity = name.replace("_", " ").replace(".", ", ")
    if table == "rules" and row:
        return f"rule: {rest.replace('_', ' ')}"
    if table == "actors" and row in scenario.actors:
        return _of(actor_name(scenario, row), quantity)
    if table == "fronts" and row in scenario.fronts:
        return _of(front_words(row, scenario), quantity)
    kinds = {"commitments": "commitment", "signals": "signal", "events": "event"}
    if table in kinds and row:
        return _of(f"{kinds[table]} {row}", quantity)
    return place


def _of(thing: str, quantity: str) -> str:
    """A quantity of a thing; without one, all of its quantities."""
    return f"{thing}: {quantity}" if quantity else thing
