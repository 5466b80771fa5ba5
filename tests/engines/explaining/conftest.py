from __future__ import annotations

import pytest

from escalation.engines.explaining.explanation import Explanation
from escalation.engines.simulate import simulate
from escalation.engines.trajectory import Trajectory
from escalation.files import load


@pytest.fixture(scope="session")
def path() -> Trajectory:
    """A run of the main scenario in which Iran threatens, and one change would have made restraint likelier."""
    return simulate(load("haniyeh-2024"), seed=1, run=54, engine="mesa")


@pytest.fixture(scope="session")
def threat(path: Trajectory) -> Explanation:
    """The explanation of a decision that was not restraint, nor was restraint likelier."""
    for act in path.acts:
        actor, target = path.front_ids[act["front"]].split("-")
        if act["rung"] > 0:
            (found,) = path.explain(float(act["period"]), actor, target=target)
            if not found.restraint_likelier:
                return found
    raise AssertionError("choose another run")
