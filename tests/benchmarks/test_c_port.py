"""The C port plays the same runs as the compiled engine, bit for bit, so that their speeds can be compared."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import authorising, scenarios

from escalation.engines.lower import lower
from escalation.files import library_names, load
from escalation.world.scenario import Scenario

port = pytest.importorskip("c_port.port", reason="benchmarks are not part of a source distribution")
pytestmark = pytest.mark.skipif(not port.available(), reason="the C port needs gcc")


@pytest.mark.parametrize("name", library_names())
def test_scenarios_of_the_library(name: str) -> None:
    assert port.differing(lower(load(name)), seed=2**63 + 5, count=400) == []


@pytest.mark.parametrize("depth", [0, 1, 2, "fixed-point"])
def test_every_depth(depth: int | str) -> None:
    scenario = load("haniyeh-2024").replace("rules.depth", depth)
    assert port.differing(lower(scenario), seed=3, count=30) == []


def test_a_clock_that_ticks_more_often_than_the_shortest_period() -> None:
    scenario = load("haniyeh-2024").replace("period", 0.05).replace("horizon", 30)
    for actor in scenario.actors:
        scenario = scenario.replace(f"actors.{actor}.tempo", 0.001)
    assert port.differing(lower(scenario), seed=3, count=60) == []


def test_stakes_as_great_as_they_may_be() -> None:
    scenario = load("haniyeh-2024")
    for front in scenario.fronts:
        scenario = scenario.replace(f"fronts.{front}.stake", 1e9)
    assert port.differing(lower(scenario), seed=3, count=60) == []


@settings(max_examples=15)
@given(scenario=scenarios(), seed=st.integers(0, 2**64 - 1))
def test_random_scenarios(scenario: Scenario, seed: int) -> None:
    assert port.differing(lower(scenario), seed=seed, count=10) == []


@settings(max_examples=10)
@given(scenario=authorising(), seed=st.integers(0, 2**64 - 1))
def test_random_scenarios_with_leave_to_act(scenario: Scenario, seed: int) -> None:
    assert port.differing(lower(scenario), seed=seed, count=10) == []


@pytest.mark.parametrize("first", ["order", "part"])
@pytest.mark.parametrize("conciliation", [True, False])
def test_demands_that_are_granted(first: str, conciliation: bool) -> None:
    """A part of a private demand, then the whole, or neither; and the demand leaks while it stands, or later."""
    data = load("two-state-deterrence").to_dict()
    rules = {"face": 0.5, "amends_in_words": 0.9, "conciliation": conciliation}
    data["rules"] = data.get("rules", {}) | rules
    order = {"kind": "demand", "date": 1.1, "sender": "defender", "receivers": ["challenger"], "due": 9.0}
    order |= {"rung": "limited-strike", "or_else": 5.0, "channel": "private", "leak": 0.3}
    part = {"kind": "concession", "date": 1.4, "sender": "challenger", "receivers": ["defender"], "subject": "order"}
    words = {"order": order, "part": part | {"share": 0.8}}
    whole = part | {"date": 5.5, "share": 1.0, "occurred": 0.5}
    data["signals"] = {first: words[first], **words, "whole": whole}
    victim = {"actor": "defender", "severity": 0.6}
    suspects = [{"actors": ["challenger"]}]
    data["events"] = {"raid": {"kind": "provocation", "date": 0.5, "victims": [victim], "suspects": suspects}}
    assert port.differing(lower(Scenario.from_dict(data)), seed=4, count=2_000) == []


@pytest.mark.parametrize("rung", ["threat", "display", "major-strike"])
@pytest.mark.parametrize("depth", [1, 2])
def test_acts_that_tell_of_their_authors(rung: str, depth: int) -> None:
    """A proxy's act as well, which its principal has a say in."""
    data = load("haniyeh-2024").replace("rules.depth", depth).to_dict()
    data["events"]["us-deployment"]["rung"] = rung
    data["events"]["shukr-killed"]["rung"] = rung
    raid = {"kind": "provocation", "date": 3, "victims": [{"actor": "isr", "severity": 0.6}], "rung": rung}
    data["events"]["raid"] = raid | {"suspects": [{"actors": ["hzb"]}], "planned": True}
    assert port.differing(lower(Scenario.from_dict(data)), seed=3, count=400) == []


@pytest.mark.parametrize("rung", [None, "limited-strike"])
@pytest.mark.parametrize("channel", ["public", "private"])
def test_leave_to_act(rung: str | None, channel: str) -> None:
    """Leave that may leak, later leave that may have been said, and either taken back."""
    data = load("two-state-deterrence").to_dict()
    pledge = {"patron": "patron", "protege": "challenger", "adversary": "defender", "conditional": True}
    data["commitments"]["pact"] = pledge | {"strength": 0.9}
    data["rules"] = data.get("rules", {}) | {"leash": 1.0}
    leave = {"kind": "authorisation", "date": 1.1, "sender": "patron", "receivers": ["challenger"], "due": 40.0}
    leave |= {"channel": channel} | ({} if rung is None else {"rung": rung})
    back = {"kind": "withdrawal", "date": 20, "sender": "patron", "receivers": ["challenger"], "subject": "leave"}
    data["signals"] |= {
        "later": leave | {"date": 6, "occurred": 0.5, "subject": "defender"},
        "leave": leave | ({"leak": 0.2} if channel == "private" else {}),
        "back": back | {"channel": channel, "occurred": 0.5},
    }
    assert port.differing(lower(Scenario.from_dict(data)), seed=4, count=2_000) == []


def test_another_algorithm_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    lowered = lower(load("haniyeh-2024"))
    other = lower(load("haniyeh-2024").replace("actors.irn.precision", 4.5))
    theirs = port.c_run_block(other, seed=1, first=0, count=300)
    monkeypatch.setattr(port, "c_run_block", lambda *_, **__: theirs)
    assert port.differing(lowered, seed=1, count=300) != []
