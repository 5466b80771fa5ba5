"""Plain words for the ids of results: actors, rungs, fronts, events and quantities, as they are printed for people."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from escalation.world.front import actor_and_target

if TYPE_CHECKING:
    from escalation.world.commitment import Commitment
    from escalation.world.scenario import Scenario

__all__ = [
    "EVENTS",
    "QUESTIONS",
    "actor_name",
    "asked_words",
    "date_words",
    "event_words",
    "front_words",
    "place_words",
    "rung_words",
    "told_events",
]

EVENTS = {
    "initiation": "somebody chooses force",
    "war": "war, however it comes about",
    "settled": "the crisis settles",
    "agreement": "an agreement between two sides",
    "accident": "war by accident",
}
"""Events that are asked for by one word; `event_words` has the others too."""

QUESTIONS = {
    "peak": "the highest rung reached",
    "violence": "the highest level of violence",
    "hostility": "the highest level of hostility",
    "initiation": EVENTS["initiation"],
    "war": EVENTS["war"],
    "agreement": EVENTS["agreement"],
}
"""What a hindcast asks of a whole crisis."""


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
    >>> crisis = esc.load("haniyeh-2024")
    >>> event_words("rung:limited-strike", crisis)
    'limited strike or worse'
    >>> event_words("joined:usa-isr-hezbollah", crisis)
    'United States comes to the aid of Israel against Hezbollah'
    """
    if event in EVENTS:
        return EVENTS[event]
    kind, _, name = event.partition(":")
    if kind == "rung":
        top = name == scenario.ladder.names[-1]
        return f"{rung_words(name)} (the top rung)" if top else f"{rung_words(name)} or worse"
    if kind == "agreement":
        return f"an agreement between {' and '.join(actor_name(scenario, actor) for actor in actor_and_target(name))}"
    if kind == "joint":
        names = [actor_name(scenario, actor) for actor in name.split("+")]
        which = "" if len(names) == 2 else "two of "
        whom = "the same adversary at about the same time"
        return f"{which}{', '.join(names[:-1])} and {names[-1]} first use force on {whom}"
    if kind == "joined":
        return _joined_words(name, scenario)
    return f"{actor_name(scenario, name)} breaks a vow" if name in scenario.actors else event


def _joined_words(row: str, scenario: Scenario) -> str:
    """That a patron joins; with the id of its pledge where it has made another with the same words."""
    commitment, _, named = row.partition(":")
    pledge = scenario.commitments[commitment]
    protege, _, adversary = named.rpartition("-")  # the protégé is named where there are several
    words = _aid_words(pledge, scenario, protege=protege or None, adversary=adversary or None)
    same = [
        each for each in scenario.commitments.values() if _aid_words(each, scenario) == _aid_words(pledge, scenario)
    ]
    return words if len(same) == 1 else f"{words} ({commitment})"


def _aid_words(
    pledge: Commitment, scenario: Scenario, *, protege: str | None = None, adversary: str | None = None
) -> str:
    proteges = (protege,) if protege else pledge.proteges
    against = adversary or pledge.adversary
    aided = " or ".join(actor_name(scenario, one) for one in proteges)
    whom = f" against {actor_name(scenario, against)}" if against else ""
    return f"{actor_name(scenario, pledge.patron)} comes to the aid of {aided}{whom}"


def told_events(events: Iterable[str], scenario: Scenario) -> list[str]:
    """Events that a table tells of: all but the top rung of the ladder, for that is war, which has a row.

    Examples
    --------
    >>> import escalation as esc
    >>> told_events(["war", "rung:display", "rung:war"], esc.load("haniyeh-2024"))
    ['war', 'rung:display']
    """
    top = f"rung:{scenario.ladder.names[-1]}"
    return [event for event in events if event != top]


def asked_words(event: str, scenario: Scenario, *, actor: str | None, target: str | None) -> str:
    """Event of an ensemble in plain words, with whose acts count, against whom.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("haniyeh-2024")
    >>> asked_words("initiation", crisis, actor="irn", target="isr")
    'Iran chooses force against Israel'
    >>> asked_words("rung:major-strike", crisis, actor=None, target="isr")
    'major strike or worse against Israel'
    >>> asked_words("accident", crisis, actor="irn", target=None)
    'war by accident, in which Iran takes part'
    """
    words = event_words(event, scenario)
    if actor is None and target is None:
        return words
    names = [actor_name(scenario, name) for name in (actor, target) if name is not None]
    whom = f" against {names[-1]}" if target is not None else ""
    if event == "initiation":
        return f"{names[0] if actor is not None else 'somebody'} chooses force{whom}"
    if event.startswith("rung:"):
        return f"{words}{f' by {names[0]}' if actor is not None else ''}{whom}"
    if event == "agreement" and len(names) == 2:
        return f"an agreement between {' and '.join(names)}"
    if event == "agreement":
        return f"an agreement with {names[0]}"
    if event in ("war", "accident"):
        pair = len(names) == 2
        return f"{words}, between {' and '.join(names)}" if pair else f"{words}, in which {names[0]} takes part"
    return f"{words} ({f'by {names[0]}' if actor is not None else ''}{whom})".replace("( ", "(")


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
