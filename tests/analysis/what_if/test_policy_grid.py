"""These run the compiled engine."""

from __future__ import annotations

import numpy as np
import pytest

import escalation as esc
from escalation.analysis.what_if.policy_grid import policy_grid

REVISIONISM = "fronts.challenger-defender.revisionism"
COST = "actors.challenger.belligerence_cost"


@pytest.fixture(scope="module")
def scenario() -> esc.Scenario:
    return esc.load("two-state-deterrence")


def test_cells_are_plain_runs_of_the_changed_scenario(scenario: esc.Scenario) -> None:
    grid = policy_grid(
        scenario,
        (REVISIONISM, [0.2, 0.8]),
        (COST, [0.0, 0.4, 0.9]),
        event="initiation",
        runs=700,
        seed=3,
        progress=False,
    )
    assert grid["value"].dims == (REVISIONISM, COST)
    changed = scenario.replace(REVISIONISM, 0.8).replace(COST, 0.4)
    plain = esc.run(changed, runs=700, seed=3, progress=False).probability("initiation")
    cell = grid.sel({REVISIONISM: 0.8, COST: 0.4})
    assert (cell["value"].item(), cell["low"].item(), cell["high"].item()) == (plain.value, plain.low, plain.high)
    assert np.all(np.diff(grid["value"].to_numpy(), axis=0) > 0.0)
    assert grid.attrs["hash"] == scenario.hash
    assert (grid.attrs["runs"], grid.attrs["seed"], grid.attrs["event"]) == (700, 3, "initiation")


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ((COST, [0.1]), (COST, [0.2]), "two different places"),
        ((COST, []), (REVISIONISM, [0.2]), "one or more values"),
        (("rules.leesh", [0.1]), (COST, [0.2]), "did you mean 'leash'"),
    ],
)
def test_refusals(scenario: esc.Scenario, first: object, second: object, message: str) -> None:
    with pytest.raises(esc.StudyError, match=message):
        policy_grid(scenario, first, second, progress=False)


def test_a_value_that_is_not_allowed(scenario: esc.Scenario) -> None:
    with pytest.raises(esc.ScenarioError, match=REVISIONISM):
        policy_grid(scenario, (REVISIONISM, [2.0]), (COST, [0.2]), progress=False)
