"""Both engines play the same trajectory, bit for bit, on random scenarios that may use every mechanism.

``ESCALATION_AGREEMENT=500 pytest tests/agreement`` draws as many scenarios as it says.
"""

from __future__ import annotations

import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import scenarios

from escalation.dynamics.outcomes import Outcomes
from escalation.engines.compiled import run_block
from escalation.engines.lower import lower
from escalation.engines.mesa_model import CrisisModel
from escalation.engines.simulate import simulate
from escalation.engines.trajectory import Trajectory
from escalation.files import library_names, load
from escalation.world.scenario import Scenario

SCENARIOS = int(os.environ.get("ESCALATION_AGREEMENT", "25"))


def unlike(one: Trajectory, other: Trajectory) -> list[str]:
    """Names of the arrays in which two trajectories differ."""
    arrays = ("acts", "likelihoods", "utilities", "fronts", "pledges", "actors")
    found = [name for name in arrays if getattr(one, name).tobytes() != getattr(other, name).tobytes()]
    return found + [name for name, array in one.outcomes.items() if array.tobytes() != other.outcomes[name].tobytes()]


def assert_agree(scenario: Scenario, seed: int, run: int) -> Trajectory:
    read, compiled = (simulate(scenario, seed=seed, run=run, engine=engine) for engine in ("mesa", "compiled"))
    assert unlike(read, compiled) == []
    assert read == compiled
    return read


@settings(max_examples=SCENARIOS)
@given(scenario=scenarios(), seed=st.integers(0, 2**64 - 1), run=st.integers(0, 2**40 - 2))
def test_random_scenarios(scenario: Scenario, seed: int, run: int) -> None:
    for offset in range(2):
        assert_agree(scenario, seed, run + offset)


@settings(max_examples=max(5, SCENARIOS // 5))
@given(scenario=scenarios(max_actors=4), seed=st.integers(0, 2**64 - 1))
def test_a_block_of_runs_is_the_readable_runs_one_after_the_other(scenario: Scenario, seed: int) -> None:
    """No run leaves anything behind in the memory that the next one begins with."""
    block = run_block(lower(scenario), seed=seed, first=5, count=3)
    for n in range(3):
        outcomes, _ = CrisisModel(scenario, seed=seed, run=5 + n).play().finished()
        for name, read in zip(Outcomes._fields, outcomes, strict=True):
            np.testing.assert_array_equal(block[name][n], read[0], err_msg=f"{name} of run {5 + n}")


@pytest.mark.parametrize("name", library_names())
def test_scenarios_of_the_library(name: str) -> None:
    scenario = load(name)
    paths = [assert_agree(scenario, 7, run) for run in range(6)]
    assert sum(len(path.acts) for path in paths) > 0, "nobody decided anything, so nothing was compared"


def test_unlike_trajectories_are_unequal() -> None:
    scenario = load("two-state-deterrence")
    path = simulate(scenario, seed=1, run=0)
    assert path == simulate(scenario, seed=1, run=0)
    assert path != simulate(scenario, seed=1, run=1)
    assert path != simulate(scenario, seed=2, run=0)
    assert path != simulate(scenario.replace("rules.bait", 0.61), seed=1, run=0)
