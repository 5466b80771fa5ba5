"""One scenario with every mechanism, as plain data, to be spoilt by the tests."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

DATA: dict[str, Any] = {
    "name": "quarrel",
    "as_of": 5.0,
    "horizon": 30,
    "actors": {"a": {}, "b": {"honesty": 0.6}, "c": {}, "p": {"principal": "a", "control": 0.5}},
    "fronts": {"a-b": {}, "b-a": {}, "p-b": {"baseline": "display"}, "b-p": {"at_war": False}},
    "commitments": {"pact": {"patron": "c", "protege": "b", "adversary": "a", "trigger": "display"}},
    "events": {
        "killing": {
            "kind": "provocation",
            "date": 1.0,
            "victims": [{"actor": "a", "severity": 0.6}],
            "suspects": [{"actors": ["b"]}, {"actors": ["b", "c"], "prior": 0.5}],
        },
        "crash": {
            "kind": "accident",
            "date": 2.0,
            "actor": "a",
            "victims": [{"actor": "b", "severity": 0.2}],
        },
        "purge": {"kind": "internal-shock", "date": 2.0, "actor": "a", "severity": 0.3},
        "talks": {"kind": "mediation", "date": 3.0, "parties": ["a", "b"], "mediators": ["c"]},
    },
    "signals": {
        "vow": {"kind": "vow", "date": 1.0, "sender": "a", "receivers": ["b"], "rung": "limited-strike"},
        "warn": {"kind": "warning", "date": 2.0, "sender": "c", "receivers": ["a"], "subject": "pact"},
        "calm": {"kind": "reassurance", "date": 2.0, "sender": "b", "receivers": ["a"], "subject": "b"},
        "tell": {
            "kind": "disclosure",
            "date": 2.0,
            "sender": "c",
            "receivers": ["a"],
            "subject": "b",
            "channel": "private",
            "leak": 0.1,
            "reported": 4.0,
        },
        "deny": {"kind": "denial", "date": 2.0, "sender": "c", "receivers": ["a"], "subject": "killing"},
        "unsay": {"kind": "denial", "date": 5.0, "sender": "c", "receivers": ["b"], "subject": "deny"},
        "halt": {
            "kind": "threat",
            "date": 9.0,
            "planned": True,
            "sender": "b",
            "receivers": ["c"],
            "subject": "a",
            "trigger": "major-strike",
        },
    },
    "observed": [{"date": 12.0, "actor": "a", "target": "b", "rung": "limited-strike"}],
}


@pytest.fixture
def data() -> dict[str, Any]:
    """A valid scenario, fresh for each test."""
    return deepcopy(DATA)
