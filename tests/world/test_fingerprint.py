from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from strategies import scenarios

from escalation.world.scenario import Scenario

DESCRIPTIVE = {
    "name": "other",
    "title": "other",
    "description": "other",
    "sources": {"k": "other"},
    "observed": [],
    "ladder.name": "other",
    "ladder.description": "other",
    "ladder.rungs.1.mid": 5,
    "ladder.rungs.1.cameo": "20",
    "ladder.rungs.1.goldstein": 0.0,
    "actors.a.name": "other",
    "actors.a.kind": "armed-group",
    "actors.a.note": "other",
    "fronts.a-b.note": "other",
    "commitments.pact.note": "other",
    "commitments.pact.source": "other",
    "signals.vow.note": "other",
    "signals.vow.source": "other",
    "events.talks.note": "other",
    "events.talks.source": "other",
    "events.talks.mediators": [],
}
TELLING = {
    "start": "1999-12-31",
    "horizon": 31,
    "period": 0.5,
    "stop_when_settled": True,
    "ladder.rungs.1.name": "menace",
    "ladder.rungs.1.intensity": 0.1,
    "rules.leash": 0.3,
    "actors.a.capability": 2.0,
    "actors.p.control": 0.6,
    "fronts.a-b.stake": 2.0,
    "commitments.pact.public": False,
    "commitments.pact.while_below": "war",
    "commitments.pact.lapses": 4.0,
    "signals.vow.reliability": 0.9,
    "signals.vow.occurred": 1.0,
    "signals.vow.receivers": ["b", "c"],
    "events.killing.victims.0.severity": 0.5,
}


@pytest.mark.parametrize("path", DESCRIPTIVE)
def test_descriptions_do_not_count(data: dict[str, Any], path: str) -> None:
    scenario = Scenario.from_dict(data)
    changed = scenario.replace(path, DESCRIPTIVE[path])
    assert changed != scenario
    assert changed.hash == scenario.hash


@pytest.mark.parametrize("path", TELLING)
def test_all_else_counts(data: dict[str, Any], path: str) -> None:
    scenario = Scenario.from_dict(data)
    assert scenario.replace(path, TELLING[path]).hash != scenario.hash


def test_defaults_count_whether_written_or_not(data: dict[str, Any]) -> None:
    short = Scenario.from_dict(data)
    data |= {"period": 1, "ladder": "default", "rules": {"leash": 0.2}}
    data["actors"]["a"]["control"] = -0.0
    assert Scenario.from_dict(data).hash == short.hash


def test_the_order_of_tables_counts(data: dict[str, Any]) -> None:
    before = Scenario.from_dict(data)
    data["actors"] = dict(reversed(data["actors"].items()))
    after = Scenario.from_dict(data)
    assert after == before
    assert after.hash != before.hash


def test_the_hash_is_the_same_everywhere(data: dict[str, Any]) -> None:
    """A change here is a change of what stored studies are known by."""
    assert Scenario.from_dict(data).hash == "da9ef45d51b51530ea1fcdae2966bc2f3e35d004c2956316dfa3b1b5794d351a"


@given(scenarios(max_actors=4))
def test_a_hash_is_64_hexadecimal_digits(scenario: Scenario) -> None:
    assert len(scenario.hash) == 64
    assert int(scenario.hash, 16) >= 0
