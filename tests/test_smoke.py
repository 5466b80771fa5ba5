"""What must hold on every supported Python, with the oldest and the newest Mesa, of an installed package alone."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files as package_files
from pathlib import Path

import numpy as np
import pytest

import escalation as esc
from escalation import files

RUNS = 5
SMALL = "two-state-deterrence"


@pytest.mark.parametrize("name", files.library_names())
def test_every_scenario_of_the_library_is_there_and_runs_alike_in_both_engines(name: str) -> None:
    scenario = esc.load(name)
    acts = 0
    for run in range(RUNS):
        read, compiled = (esc.simulate(scenario, seed=1, run=run, engine=engine) for engine in ("mesa", "compiled"))
        np.testing.assert_array_equal(read.acts, compiled.acts)
        acts += len(compiled.acts)
    assert acts > 0, "no actor chose anything in any run, so nothing was compared"


def test_the_library_is_not_empty() -> None:
    assert {"haniyeh-2024", SMALL} <= set(files.library_names())


def test_an_ensemble_is_the_runs_it_is_made_of() -> None:
    scenario = esc.load(SMALL)
    whole = esc.run(scenario, runs=200, seed=1, workers=2, progress=False)
    part = esc.run(scenario, runs=100, seed=1, workers=1, progress=False)
    for name, values in part.outcomes.items():
        np.testing.assert_array_equal(values, whole.outcomes[name][:100], err_msg=name)


def test_two_worlds_are_compared_on_the_same_chance() -> None:
    scenario = esc.load(SMALL)
    same = esc.compare(scenario, scenario, runs=100, seed=1, progress=False)
    assert {estimate.value for estimate in same.differences.values()} == {0.0}


def test_a_study_goes_on_from_its_store(tmp_path: Path) -> None:
    scenario = esc.load(SMALL)
    esc.run(scenario, runs=60, seed=1, progress=False, store=tmp_path / "study")
    again = esc.run(scenario, runs=100, seed=1, progress=False, store=tmp_path / "study")
    assert again == esc.run(scenario, runs=100, seed=1, progress=False)


def test_the_agent_based_model_steps() -> None:
    scenario = esc.load(SMALL)
    model = esc.CrisisModel(scenario, seed=1)
    for _ in range(3):
        model.step()
    assert {agent.name for agent in model.agents} == set(scenario.actors)


def test_every_public_name_is_there_and_typed() -> None:
    assert [name for name in esc.__all__ if not hasattr(esc, name)] == []
    assert (package_files("escalation") / "py.typed").is_file()


def test_the_version_is_that_of_the_distribution() -> None:
    assert version("escalation") == esc.__version__
