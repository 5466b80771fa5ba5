"""What must hold on every supported Python, with the versions of Mesa and numba that it resolves to."""

from __future__ import annotations

import numpy as np
import pytest

import escalation as esc
from escalation import files

RUNS = 5


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
    assert {"haniyeh-2024", "two-state-deterrence"} <= set(files.library_names())


def test_an_ensemble_is_the_runs_it_is_made_of() -> None:
    scenario = esc.load("two-state-deterrence")
    whole = esc.run(scenario, runs=200, seed=1, workers=2, progress=False)
    part = esc.run(scenario, runs=100, seed=1, workers=1, progress=False)
    for name, values in part.outcomes.items():
        np.testing.assert_array_equal(values, whole.outcomes[name][:100], err_msg=name)
