"""A small crisis in which everything that a scenario can state is stated."""

from __future__ import annotations

import copy
from typing import Any

from first_version import FIRST_VERSION

from escalation.world.ladder import load_ladder

__all__ = ["ABSENT", "Changes", "edited"]

Changes = dict[str, Any]
"""Values by their dotted places in the data of a scenario."""

ABSENT = object()
"""Stands for a key that is left out."""

_INCIDENTS = {"rate": 0.05, "excitation": 0.3, "decay": 1.0, "severity": 0.7, "blame": 0.8}

_RICH: dict[str, Any] = {
    "name": "rich",
    "start": "2024-01-01",
    "as_of": "2024-01-02",
    "horizon": 40,
    "ladder": load_ladder("default").model_dump(mode="json", exclude_none=True),
    "rules": FIRST_VERSION | {"settle_days": 10.0, "brinkmanship_scale": 0.05, "accident_hazard": 0.002},
    "actors": {
        "a": {"honesty": 0.9, "response_delay": 3.0, "tempo": 10.0},
        "b": {"honesty": 0.9, "response_delay": 3.0, "tempo": 10.0},
        "c": {"capability": 2.0, "honesty": 0.9},
        "d": {"capability": 0.5, "principal": "a", "control": 0.5},
        "e": {"capability": 0.1},
    },
    "fronts": {
        "a-b": {"revisionism": 0.6, "fear": 0.3, "first_strike_advantage": 0.2, "incidents": _INCIDENTS},
        "b-a": {"fear": 0.3},
        "d-b": {},
        "b-d": {},
    },
    "commitments": {"pledge": {"patron": "c", "protege": "b", "adversary": "a"}},
    "events": {
        "attack": {
            "kind": "provocation",
            "date": "2024-01-02",
            "victims": [{"actor": "b", "severity": 0.7}],
            "suspects": [{"actors": ["a"]}, {"actors": ["d"]}],
            "other": {"prior": 0.3},
        },
        "clash": {
            "kind": "accident",
            "date": 12,
            "planned": True,
            "actor": "b",
            "victims": [{"actor": "a", "severity": 0.8}],
        },
        "purge": {"kind": "internal-shock", "date": 1, "actor": "a", "severity": 0.5},
        "talks": {"kind": "mediation", "date": 1, "parties": ["a", "b"], "strength": 0.6},
    },
    "signals": {
        "vow": {"kind": "vow", "date": 1, "sender": "b", "receivers": ["a"]},
        "threat": {"kind": "threat", "date": 1, "sender": "a", "receivers": ["b"], "due": 30.0},
        "demand": {"kind": "demand", "date": 1, "sender": "b", "receivers": ["a"]},
        "warning": {
            "kind": "warning",
            "date": 1,
            "sender": "c",
            "receivers": ["a"],
            "subject": "pledge",
            "channel": "private",
            "strength": 9.0,
        },
        "calming": {
            "kind": "reassurance",
            "date": 1,
            "sender": "c",
            "subject": "b",
            "receivers": ["a"],
            "channel": "private",
            "strength": 9.0,
        },
        "telling": {"kind": "disclosure", "date": 1, "sender": "c", "receivers": ["a"], "subject": "b"},
        "denial": {"kind": "denial", "date": 1, "sender": "a", "receivers": ["b"], "subject": "attack"},
    },
}


def edited(changes: Changes) -> dict[str, Any]:
    """Return the data of the rich crisis with values set, or left out where they are `ABSENT`."""
    data = copy.deepcopy(_RICH)
    for path, value in changes.items():
        *parents, last = path.split(".")
        holder: Any = data
        for key in parents:
            holder = holder[int(key)] if isinstance(holder, list) else holder.setdefault(key, {})
        if value is ABSENT:
            del holder[last]
        elif isinstance(holder, list):
            holder[int(last)] = value
        else:
            holder[last] = value
    return data
