"""Data of a scenario changed: without an item, with one more, with one value replaced.

The data are the fields of a scenario, or what `escalation.world.plain.plain` makes of it. `Scenario.from_dict` makes a
scenario of them, and checks it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from escalation.errors import StudyError
from escalation.world.base import Part
from escalation.world.dates import day_of
from escalation.world.near import near, short, written
from escalation.world.places import Path, dotted
from escalation.world.plain import plain
from escalation.world.references import located
from escalation.world.timeline import authorisation_faults
from escalation.world.view import View

__all__ = ["changes", "dependants", "with_item", "with_value", "without_items"]

_REMOVABLE = ("signals", "events", "commitments")


def without_items(data: dict[str, Any], items: Sequence[str]) -> dict[str, Any]:
    """Take out signals, events or commitments, and what cannot stand without them; plain data, changed in place.

    With an item go the signals that are about it. With a commitment go also the leave to act that its patron could not
    give without it, while the same words to another protégé stand; and pledges against its patron that need the front
    it may open.
    """
    known = [key for table in _REMOVABLE for key in data[table]]
    for item in items:
        if item not in known:
            raise StudyError(f"no signal, event or commitment {short(item)} in {data['name']!r}{near(item, known)}")
    leaving = list(items)
    for gone in leaving:
        for table in _REMOVABLE:
            data[table].pop(gone, None)
        leaving += [
            key
            for key, signal in data["signals"].items()
            if signal["kind"] in ("denial", "warning", "refusal", "withdrawal", "concession")
            and signal["subject"] == gone
        ]
        leaving += _without_pledge(data)
        if gone == leaving[-1]:
            leaving += dependants(data)
    return data


def dependants(data: Mapping[str, Any]) -> list[str]:
    """Signals, events and commitments that cannot stand as they are, where something else was left out; plain data."""
    places = [path for path, _ in located(data) if len(path) > 1 and path[0] in _REMOVABLE]
    return list(dict.fromkeys(str(path[1]) for path in places if path[1] in data[str(path[0])]))


def _without_pledge(data: Mapping[str, Any]) -> list[str]:
    """Authorisations whose sender has no pledge to any receiver any more, or none against their subject.

    Where it has one to some of the receivers, the leave to these stands; plain data, changed in place.
    """
    given = {key: signal for key, signal in data["signals"].items() if signal["kind"] == "authorisation"}
    if not given:
        return []
    view, gone = View(data), []
    for key, signal in given.items():
        faults = dict(authorisation_faults(view, signal))
        kept = [name for i, name in enumerate(signal["receivers"]) if ("receivers", i) not in faults]
        if not kept or ("subject",) in faults:
            gone.append(key)
        elif len(kept) < len(signal["receivers"]):
            signal["receivers"] = kept
    return gone


def with_item(data: Mapping[str, Any], table: str, part: Part) -> dict[str, Any]:
    """Add a signal, event or commitment; what has a day is marked as planned where it comes after `as_of`.

    Parameters
    ----------
    data
        Fields of a scenario; what is in them may be parts or plain data, and is left as it is.
    table
        Name of the table.
    part
        What to add.
    """
    row, start = plain(part), data["start"]
    for other in _REMOVABLE:
        if row["id"] in data[other]:
            raise StudyError(f"the id {row['id']!r} is already used in {other}; choose another")
    dated = ("date", "reported", "latest", "begins", "lapses")
    days = [day_of(row[key], start=start) for key in dated if row.get(key) is not None]
    if data["as_of"] is not None and days and max(days) > day_of(data["as_of"], start=start):
        row["planned"] = True
    return {**data, table: {**data[table], row["id"]: row}}


def with_value(data: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Replace one value, named by its dotted path; the data are left as they are, and may hold parts."""
    changed: dict[str, Any] = dict(data)
    *parents, last = path.split(".")
    holder: Any = changed
    for depth, name in enumerate(parents):
        key = _key(holder, name, parents[:depth])
        # Only what lies on the way is copied as plain data. The parts beside it have been checked, and are not again.
        within = holder[key]
        holder[key] = dict(within) if isinstance(within, dict) else plain(within)
        holder = holder[key]
    holder[_key(holder, last, parents)] = plain(value)
    return changed


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
        allowed = f"allowed are positions from 0 to {len(holder) - 1}" if holder else "the list is empty"
        raise StudyError(f"no {place!r} to replace; {allowed}")
    what = "is not given" if holder is None else f"is {written(holder)} and has no keys"
    raise StudyError(f"no {place!r} to replace: {dotted(before)!r} {what}; replace it whole")


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
