"""The numbers that a scenario assumes: what each is, its value, and on whose word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from escalation.reports.scenario_tables import value_text
from escalation.reports.tables import Table
from escalation.world.base import Part
from escalation.world.citations import cited
from escalation.world.distributions import Distribution
from escalation.world.plain_words import place_words
from escalation.world.scenario import Scenario

__all__ = ["assumed_numbers", "numbered_source", "reasons"]

_TABLES = ("actors", "fronts", "commitments", "signals", "events", "rules")


def assumed_numbers(scenario: Scenario) -> Table:
    """Table of all numbers that a scenario states or takes from its fit: a row a number, with what it rests on.

    A distribution is the judgement of whoever wrote the file, and so is a number without a source. A number of a part
    that names sources is a judgement on what these say. What is neither stated nor fitted is the library's default,
    and left out.

    Parameters
    ----------
    scenario
        The scenario.

    Examples
    --------
    >>> import escalation as esc
    >>> table = assumed_numbers(esc.load("two-state-deterrence"))
    >>> table.columns
    ('number', 'value', 'rests on')
    >>> table.rows[0]
    ('challenger: war cost, resolute', '0.5', 'judgement')
    """
    stated = scenario.to_dict()
    rows, fitted = [], dict[tuple[str, str, str], list[str]]()
    for name in _TABLES:
        table = getattr(scenario, name)
        parts = {"": table} if isinstance(table, Part) else table
        for row, part in parts.items():
            place = f"{name}.{row}" if row else name
            mine = stated.get(name, {})
            mine = mine.get(row, {}) if row else mine
            for path, value, is_stated in _numbers(part, mine):
                if not is_stated:
                    fitted.setdefault((name, path, value_text(value)), []).append(row)
                    continue
                words = place_words(f"{place}.{path}", scenario)
                rows.append((words, value_text(value), _basis(part, scenario)))
    basis = f"as in the fit ({scenario.fit})"
    rows += [(_of_several(place, whose, scenario), place[2], basis) for place, whose in fitted.items()]
    return Table(("number", "value", "rests on"), tuple(rows))


def _of_several(place: tuple[str, str, str], whose: list[str], scenario: Scenario) -> str:
    """Words for a quantity that several parts have with the same value."""
    table, path, _ = place
    one = place_words(".".join(part for part in (table, whose[0], path) if part), scenario)
    if len(whose) == 1:
        return one
    every = len(whose) == len(getattr(scenario, table))
    names = place_words(f"{table}.{whose[0]}", scenario)
    others = [place_words(f"{table}.{row}", scenario) for row in whose]
    return one.replace(names, f"all {table}" if every else ", ".join(others), 1)


def reasons(scenario: Scenario) -> tuple[str, ...]:
    """Notes of a scenario's parts, as far as they have one, each after the words for its part."""
    return tuple(
        f"{place_words(f'{name}.{row}', scenario)}: {_numbered(part.note, scenario)}"
        for name in _TABLES[:-1]
        for row, part in getattr(scenario, name).items()
        if part.note
    )


def numbered_source(source: str, scenario: Scenario) -> str:
    """Source of an item with the numbers of the labels that it begins with, as they stand in the list of sources.

    Examples
    --------
    >>> import escalation as esc
    >>> numbered_source("caliber: talks in Tehran", esc.load("haniyeh-2024"))
    '[2] talks in Tehran'
    """
    labels = cited(source, scenario.sources)
    if not labels:
        return source
    return f"{_brackets(labels, scenario)} {source.partition(':')[2].strip()}".strip()


def _numbered(text: str, scenario: Scenario) -> str:
    """Text with the numbers of the labels that stand in round brackets."""

    def resolved(found: re.Match[str]) -> str:
        labels = [label.strip() for label in found[1].split(",")]
        return _brackets(labels, scenario) if all(label in scenario.sources for label in labels) else found[0]

    return re.sub(r"\(([^()]+)\)", resolved, text)


def _brackets(labels: list[str], scenario: Scenario) -> str:
    order = list(scenario.sources)
    return f"[{', '.join(str(order.index(label) + 1) for label in labels)}]"


def _basis(part: Part, scenario: Scenario) -> str:
    labels = cited(getattr(part, "source", ""), scenario.sources)
    if labels:
        return f"judgement on {_brackets(labels, scenario)}"
    return "judgement"


def _numbers(part: Part, stated: Any, path: str = "") -> Iterator[tuple[str, Any, bool]]:
    """Numbers of a part that are not defaults, with their place in it and whether the file states them."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        mine = stated.get(name) if isinstance(stated, Mapping) else None
        if not _is_default(part, name) or mine is not None:
            yield from _within(f"{path}{name}", value, mine)


def _within(place: str, value: Any, stated: Any) -> Iterator[tuple[str, Any, bool]]:
    if isinstance(value, Distribution) or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        yield place, value, stated is not None
    elif isinstance(value, Part):
        yield from _numbers(value, stated, f"{place}.")
    elif isinstance(value, tuple):
        for k, one in enumerate(value):
            if isinstance(one, Part):
                who = getattr(one, "actor", "") or "+".join(getattr(one, "actors", ())) or str(k + 1)
                yield from _numbers(one, stated[k] if stated is not None else None, f"{place}.{who}.")


def _is_default(part: Part, name: str) -> bool:
    field = type(part).model_fields[name]
    return not field.is_required() and getattr(part, name) == field.get_default(
        call_default_factory=True, validated_data={}
    )
