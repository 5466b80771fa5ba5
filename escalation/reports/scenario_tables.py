"""A scenario as the tables of elements 5 and 6 of an ODD: how a run begins, and what comes to it from outside."""

from __future__ import annotations

from typing import Any

from escalation.reports.tables import Table
from escalation.world.base import Part
from escalation.world.distributions import Distribution
from escalation.world.event import Accident, Event, InternalShock, Mediation, Provocation
from escalation.world.plain_words import counted
from escalation.world.scenario import Scenario
from escalation.world.signal import Signal

__all__ = ["scenario_tables", "value_text"]

_DESCRIPTIVE = {"id", "name", "note", "source", "kind"}


def scenario_tables(scenario: Scenario) -> dict[str, Table]:
    """Tables of a scenario's initialization (ODD element 5) and input data (element 6) [Grimm2020]_.

    Parameters
    ----------
    scenario
        The scenario.

    Returns
    -------
    dict
        Tables by title; parts that the scenario does not have are left out. Distributions are drawn once per run.

    Examples
    --------
    >>> import escalation as esc
    >>> list(scenario_tables(esc.load("two-state-deterrence")))[:3]
    ['5 Initialization: time', '5 Initialization: ladder', '5 Initialization: rules']
    """
    tables = {
        "5 Initialization: time": _time(scenario),
        "5 Initialization: ladder": _ladder(scenario),
        "5 Initialization: rules": _values({"rules": scenario.rules}, first="", by_field=True),
        "5 Initialization: actors": _values(scenario.actors, first="parameter", by_field=True),
        "5 Initialization: fronts": _values(scenario.fronts, first="front"),
        "5 Initialization: commitments": _values(scenario.commitments, first="commitment"),
        "6 Input data: signals": _signals(scenario),
        "6 Input data: events": _events(scenario),
        "6 Input data: sources": Table(("key", "source"), tuple(scenario.sources.items())),
    }
    return {title: table for title, table in tables.items() if table.rows}


def _time(scenario: Scenario) -> Table:
    as_of = "none" if scenario.as_of is None else str(scenario.date(scenario.day(scenario.as_of)))
    rows = (
        ("start", str(scenario.start)),
        ("information date", as_of),
        ("horizon", counted(scenario.horizon, "day")),
        ("period", counted(scenario.period, "day")),
        ("stops when settled", value_text(scenario.stop_when_settled)),
        ("ladder", scenario.ladder.name),
        ("hash", scenario.hash),
    )
    return Table(("quantity", "value"), rows)


def _ladder(scenario: Scenario) -> Table:
    fields = ("name", "intensity", "gain", "destruction", "role", "covert", "mid", "cameo", "goldstein")
    rows = (tuple(value_text(getattr(rung, field)) for field in fields) for rung in scenario.ladder.rungs)
    return Table(fields, tuple(rows))


def _values(parts: dict[str, Any], *, first: str, by_field: bool = False) -> Table:
    """Table of the values of alike parts: a row a part, or a row a field."""
    flat = {name: _flat(part) for name, part in parts.items()}
    fields = list(dict.fromkeys(field for values in flat.values() for field in values))
    if by_field:
        columns = (first or "parameter", *(flat if first else ("value",)))
        return Table(columns, tuple((f, *(values.get(f, "") for values in flat.values())) for f in fields))
    used = [f for f in fields if any(values[f] for values in flat.values() if f in values)]
    rows = ((name, *(values.get(f, "") for f in used)) for name, values in flat.items())
    return Table((first, *used), tuple(rows))


def _flat(part: Part) -> dict[str, str]:
    """Fields of a part as text; those of a part within it under a dotted name."""
    found: dict[str, str] = {}
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in _DESCRIPTIVE:
            continue
        if isinstance(value, Part) and not isinstance(value, Distribution):
            found |= {f"{name}.{field}": text for field, text in _flat(value).items()}
        else:
            found[name] = value_text(value)
    return found


def value_text(value: Any) -> str:
    """How a value reads; nothing for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return f"{value:g}"
    if isinstance(value, tuple):
        return ", ".join(map(value_text, value))
    return _distribution(value) if isinstance(value, Distribution) else str(value)


def _distribution(quantity: Distribution) -> str:
    """A distribution with its parameters, and after them the bounds at which it is cut off."""
    values = {name: getattr(quantity, name) for name in type(quantity).model_fields if name != "distribution"}
    given = {name: value for name, value in values.items() if value is not None}
    ordered = [name for name in given if name not in ("low", "high")] + [n for n in ("low", "high") if n in given]
    return f"{quantity.distribution}({', '.join(f'{name} {value_text(given[name])}' for name in ordered)})"


def _when(scenario: Scenario, item: Signal | Event) -> tuple[str, str]:
    day = scenario.day(item.date)
    return f"{day:g}", f"{scenario.date(day)}{' (planned)' if item.planned else ''}"


def _occurred(item: Signal | Event) -> str:
    return value_text(item.reliability if item.occurred is None else item.occurred)


def _signals(scenario: Scenario) -> Table:
    columns = ("day", "date", "id", "kind", "from", "to", "about", "channel", "what else", "occurred", "source")
    rows = []
    for signal in sorted(scenario.signals.values(), key=lambda said: scenario.day(said.date)):
        else_said = {
            "rung": signal.rung,
            "trigger": signal.trigger,
            "due": signal.due,
            "or else": signal.or_else,
            "share": signal.share,
            "strength": signal.strength,
            "credence": signal.credence,
            "alignment": signal.alignment,
            "leak": signal.leak if signal.channel == "private" else None,
            "reported": signal.reported,
            "occasion": signal.occasion,
        }
        rows.append(
            (
                *_when(scenario, signal),
                signal.id,
                signal.kind.value,
                signal.sender,
                ", ".join(signal.receivers),
                value_text(signal.subject),
                signal.channel,
                "; ".join(f"{name} {value_text(value)}" for name, value in else_said.items() if value is not None),
                _occurred(signal),
                signal.source,
            )
        )
    return Table(columns, tuple(rows))


def _events(scenario: Scenario) -> Table:
    columns = ("day", "date", "id", "kind", "what", "occurred", "source")
    ordered = sorted(scenario.events.values(), key=lambda event: scenario.day(event.date))
    return Table(
        columns,
        tuple(
            (*_when(scenario, event), event.id, event.kind, _what(event), _occurred(event), event.source)
            for event in ordered
        ),
    )


def _what(event: Event) -> str:
    if isinstance(event, InternalShock):
        return f"{event.actor}: severity {value_text(event.severity)}, half-life {value_text(event.half_life)} days"
    if isinstance(event, Mediation):
        mediators = f" by {', '.join(event.mediators)}" if event.mediators else ""
        parties = f"{', '.join(event.parties[:-1])} and {event.parties[-1]}"
        latest = "" if event.latest is None else f", latest {event.latest}"
        lasts = f"{value_text(event.span)} days{latest}"
        return f"between {parties}{mediators}: strength {value_text(event.strength)}, {lasts}"
    victims = ", ".join(f"{victim.actor} (severity {value_text(victim.severity)})" for victim in event.victims)
    if isinstance(event, Accident):
        return f"{event.actor} to {victims}; publicity {value_text(event.publicity)}, blame {value_text(event.blame)}"
    rung = "" if event.rung is None else f"; rung {event.rung}"
    return f"to {victims}{rung}; publicity {value_text(event.publicity)}; suspects {_suspects(event)}"


def _suspects(event: Provocation) -> str:
    told = [(" with ".join(suspect.actors), suspect.prior, suspect.likelihood) for suspect in event.suspects]
    told.append(("other", event.other.prior, event.other.likelihood))
    return ", ".join(
        f"{who} (prior {value_text(prior)}, likelihood {value_text(likely)})" for who, prior, likely in told
    )
