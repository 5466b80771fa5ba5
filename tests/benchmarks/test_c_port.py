"""The C port plays the same runs as the compiled engine, bit for bit, so that their speeds can be compared."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import scenarios

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


@settings(max_examples=15)
@given(scenario=scenarios(), seed=st.integers(0, 2**64 - 1))
def test_random_scenarios(scenario: Scenario, seed: int) -> None:
    assert port.differing(lower(scenario), seed=seed, count=10) == []


def test_another_algorithm_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    lowered = lower(load("haniyeh-2024"))
    other = lower(load("haniyeh-2024").replace("actors.irn.precision", 4.5))
    theirs = port.c_run_block(other, seed=1, first=0, count=300)
    monkeypatch.setattr(port, "c_run_block", lambda *_, **__: theirs)
    assert port.differing(lowered, seed=1, count=300) != []
