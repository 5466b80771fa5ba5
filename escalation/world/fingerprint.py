"""The hash of a scenario: equal hashes mean equal results from equal seeds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from escalation.world.base import Part
from escalation.world.plain import plain

__all__ = ["fingerprint"]

_DESCRIPTIVE = {
    (): ("name", "title", "description", "sources", "fit", "observed"),
    ("ladder",): ("name", "description"),
    ("ladder", "rungs"): ("mid", "cameo", "goldstein"),
    ("actors",): ("name", "kind", "note"),
    ("fronts",): ("note",),
    ("commitments",): ("title", "note", "source"),
    ("signals",): ("title", "note", "source"),
    ("events",): ("title", "note", "source", "mediators"),
}
"""Keys of each table that can change no result."""

_LATER: dict[tuple[str, ...], dict[str, Any]] = {
    ("rules",): {"force_preparation": 1.0},
    ("fronts",): {"struck_first": False},
    ("signals",): {"or_else": None, "share": None},
    ("events",): {"latest": None, "rung": None},
    ("commitments",): {"while_below": None, "begins": None, "lapses": None, "planned": False},
}
"""Keys that came after hashes had been published, with their defaults: they count where they are set."""


def fingerprint(scenario: Part, *, without: Sequence[str] = ()) -> str:
    """Hash of all that can change a result.

    Left out are the scenario's name, title, description, sources and observed acts; the name of its fit, whose values
    count; the name and description of its ladder and the codes of its rungs; names, kinds and mediators, and every
    title, note and source. The order of tables counts, and so do defaults, whether they are written out or not; but for
    keys that came later, whose defaults do not, so that the hash of an older file stays what it was.

    Parameters
    ----------
    scenario
        The scenario.
    without
        Dotted paths of values that are to be left out as well.

    Returns
    -------
    str
        SHA-256 of the canonical JSON, as 64 hexadecimal digits.
    """
    data = plain(scenario, iso=True)
    for (*tables,), keys in _DESCRIPTIVE.items():
        for row in _rows(data, tables):
            for key in keys:
                row.pop(key, None)
    for (*tables,), unset in _LATER.items():
        for row in _rows(data, tables):
            for key, value in unset.items():
                if key in row and row[key] == value:
                    del row[key]
    for path in without:
        _leave_out(data, path)
    text = json.dumps(_canonical(data), ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _rows(data: dict[str, Any], tables: list[str]) -> list[dict[str, Any]]:
    """Rows of a table; the whole of it, where it is not one of rows."""
    found: Any = data
    for table in tables:
        found = found[table]
    if tables in ([], ["ladder"], ["rules"]):
        return [found]
    return list(found.values()) if isinstance(found, dict) else list(found)


def _leave_out(data: Any, path: str) -> None:
    first, _, rest = path.partition(".")
    key = int(first) if isinstance(data, list) else first
    if rest:
        _leave_out(data[key], rest)
    else:
        data[key] = None


def _canonical(value: Any) -> Any:
    """Tables as lists of pairs, which keep their order; one zero, not two."""
    if isinstance(value, dict):
        return [[key, _canonical(entry)] for key, entry in value.items()]
    if isinstance(value, list):
        return [_canonical(entry) for entry in value]
    return value + 0.0 if isinstance(value, float) else value
