"""Scenarios made from a scenario: without an item, with one more, with one value changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from escalation.errors import StudyError
from escalation.world.near import near, short
from escalation.world.places import Path, dotted
from escalation.world.plain import plain

if TYPE_CHECKING:
    from escalation.world.base import Part
    from escalation.world.scenario import Scenario

__all__ = ["changes", "with_item", "with_value", "without_items"]

_REMOVABLE = ("signals", "events", "commitments")


def without_items(scenario: Scenario, items: Sequence[str]) -> Scenario:
    """Scenario without signals, events or commitments, nor the signals that are about them."""
    data = plain(scenario)
    known = [key for table in _REMOVABLE for key in data[table]]
    for item in items:
        if item not in known:
            raise StudyError(f"no signal, event or commitment {short(item)} in {scenario.name!r}{near(item, known)}")
    leaving = list(items)
    for gone in leaving:
        for table in _REMOVABLE:
            data[table].pop(gone, None)
        leaving += [
            key
            for key, signal in data["signals"].items()
            if signal["kind"] in ("denial", "warning", "refusal", "withdrawal") and signal["subject"] == gone
        ]
    return scenario.from_dict(data)


def with_item(scenario: Scenario, table: str, part: Part) -> Scenario:
    """Scenario with one more signal or event, marked as planned where it comes after `as_of`."""
    row = plain(part)
    data = plain(scenario)
    for other in _REMOVABLE:
        if row["id"] in data[other]:
            raise StudyError(f"the id {row['id']!r} is already used in {other}; choose another")
    dates = [scenario.day(row[key]) for key in ("date", "reported", "latest") if row.get(key) is not None]
    if scenario.as_of is not None and max(dates) > scenario.day(scenario.as_of):
        row["planned"] = True
    data[table][row["id"]] = row
    return scenario.from_dict(data)


def with_value(scenario: Scenario, path: str, value: Any) -> Scenario:
    """Scenario with one value changed, named by its dotted path."""
    # Of another fit, the scenario takes what it does not state itself.
    data = {"fit": None, **scenario.to_dict(iso=False)} if path == "fit" else plain(scenario)
    *parents, last = path.split(".")
    holder: Any = data
    for depth, key in enumerate(parents):
        holder = holder[_key(holder, key, parents[:depth])]
    holder[_key(holder, last, parents)] = plain(value)
    return scenario.from_dict(data)


def _key(holder: Any, key: str, before: list[str]) -> str | int:
    """Key or position in a table or list, if it has it."""
    place = dotted([*before, key])
    if isinstance(holder, dict):
        if key in holder:
            return key
        raise StudyError(f"no {place!r} to replace{near(key, holder)}")
    if isinstance(holder, list):
        if key.isascii() and key.isdigit() and int(key) < len(holder):
            return int(key)
        raise StudyError(f"no {place!r} to replace; allowed are positions from 0 to {len(holder) - 1}")
    whole = f"{dotted(before)!r} is {short(holder)} and has no keys; replace it whole"
    raise StudyError(f"no {place!r} to replace: {whole}")


def changes(mine: Any, theirs: Any) -> list[tuple[str, Any, Any]]:
    """Places at which two scenarios differ, each with both values; None where one lacks it."""
    return [(dotted(path), *values) for path, values in _changes((), mine, theirs)]


def _changes(path: Path, mine: Any, theirs: Any) -> list[tuple[Path, tuple[Any, Any]]]:
    tables = isinstance(mine, dict) and isinstance(theirs, dict)
    if tables and mine.get("distribution") == theirs.get("distribution"):
        keys = list(dict.fromkeys([*mine, *theirs]))
        return [found for key in keys for found in _changes((*path, key), mine.get(key), theirs.get(key))]
    if isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        pairs = enumerate(zip(mine, theirs, strict=True))
        return [found for i, (one, other) in pairs for found in _changes((*path, i), one, other)]
    return [] if mine == theirs else [(path, (mine, theirs))]
