"""A small crisis with something of everything, and a run of it."""

from __future__ import annotations

import pytest

import escalation as esc
from escalation.world.scenario import Scenario


@pytest.fixture(scope="session")
def busy() -> Scenario:
    """Two quarrel, a third stands by one of them; acts, a covert rung, signals of both channels, events, incidents."""
    return Scenario.from_dict(
        {
            "name": "busy",
            "title": "A busy <crisis>",
            "start": "2024-01-01",
            "horizon": 30,
            "stop_when_settled": True,
            "rules": {"settle_days": 6.0, "shared_reasons": 0.0},
            "actors": {
                "ara": {"name": "Ara & Sons", "tempo": 2.0, "response_delay": 2.0},
                "bor": {"name": "Bor", "tempo": 3.0, "response_delay": 2.0},
                "cal": {"resolve": 0.9},
            },
            "fronts": {
                "ara-bor": {
                    "revisionism": 0.9, "stake": 1.5, "incidents": {"rate": 0.3, "severity": 0.3},
                    "fear": {"distribution": "beta", "a": 2, "b": 6},
                },
                "bor-ara": {"revisionism": 0.6, "spoiler": 0.3},
            },
            "commitments": {"oath": {"patron": "cal", "protege": "bor", "adversary": "ara"}},
            "signals": {
                "call": {"kind": "threat", "date": 1, "sender": "bor", "receivers": ["ara"]},
                "whisper": {
                    "kind": "reassurance", "date": 2, "sender": "cal", "receivers": ["ara"], "channel": "private",
                },
                "leaked": {
                    "kind": "warning", "subject": "oath", "date": 2, "sender": "cal", "receivers": ["ara"],
                    "channel": "private", "reported": 4,
                },
            },
            "events": {
                "blow": {
                    "kind": "provocation", "date": 1, "victims": [{"actor": "bor", "severity": 0.5}],
                    "suspects": [{"actors": ["ara"]}],
                },
                "talks": {"kind": "mediation", "date": 3, "parties": ["ara", "bor"], "mediators": ["cal"]},
                "unrest": {"kind": "internal-shock", "date": 5, "actor": "ara", "severity": 0.2},
                "crash": {
                    "kind": "accident", "date": 6, "actor": "ara", "victims": [{"actor": "bor", "severity": 0.3}],
                },
            },
        }
    )  # fmt: skip


@pytest.fixture(scope="session")
def two_states() -> Scenario:
    return esc.load("two-state-deterrence")
