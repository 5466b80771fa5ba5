"""Events that have happened once there is war: a run that ends there gives the same answer."""

from __future__ import annotations

import numpy as np
import pytest
from crises import crisis_of

from escalation.engines.compiled import run_block
from escalation.engines.lower import lower
from escalation.files import library_names, load
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.events import event_names, query
from escalation.world.scenario import Scenario


def decided(scenario: Scenario, *, actor: str | None = None) -> set[str]:
    """Events that are decided by war."""
    lowered = lower(scenario)
    axes = Axes.of(scenario, lowered)
    names = ["war", "accident", "initiation", *(f"rung:{name}" for name in axes.rung_names[1:])]
    if actor is None:
        names += event_names(axes)
    return {name for name in names if query(name, axes, actor=actor).decided_by_war(lowered)}


def test_war_as_such_decides_of_war_and_of_rungs() -> None:
    scenario = load("two-state-deterrence")
    rungs = {f"rung:{rung.name}" for rung in scenario.ladder.rungs[1:]}
    assert decided(scenario) == {"war", *rungs}
    assert decided(scenario, actor="defender") == set()  # war counts on each of its fronts, but not of each other's


def test_where_there_is_war_from_the_start_nothing_is_decided_by_another() -> None:
    assert decided(crisis_of("a-b c-b", front={"a-b": {"at_war": True}, "b-a": {"at_war": True}})) == set()


@pytest.mark.parametrize("name", library_names())
def test_a_run_that_ends_with_war_gives_the_same_answer(name: str) -> None:
    scenario = load(name)
    lowered = lower(scenario)
    axes = Axes.of(scenario, lowered)
    whole = run_block(lowered, seed=3, first=0, count=300)
    short = run_block(lowered, seed=3, first=0, count=300, until_war=True)
    war = query("war", axes)
    if war.decided_by_war(lowered) and war.occurs(whole).any():
        assert short["ended"].sum() < whole["ended"].sum()
    for event in decided(scenario):
        asked = query(event, axes)
        assert np.array_equal(asked.occurs(short), asked.occurs(whole)), event
