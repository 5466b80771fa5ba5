from __future__ import annotations

import pytest

from escalation.engines.explaining.explanation import Explanation
from escalation.engines.simulate import simulate
from escalation.engines.trajectory import Trajectory
from escalation.files import load

FRONT = "irn-isr"


def telling(path: Trajectory) -> Explanation | None:
    """A decision of Iran's against Israel that was no restraint, nor was that likelier, and that Israel's threat
    bears on; several changes, one of them of Iran's honour, would have made restraint likelier."""
    for act in path.acts:
        if path.front_ids[act["front"]] != FRONT or act["rung"] == 0:
            continue
        (found,) = path.explain(float(act["period"]), "irn", target="isr")
        sources = {move.source for belief in found.beliefs for move in belief.moves}
        kinds = {change.name.rsplit(".", 1)[0] for change in found.changes}
        if not found.restraint_likelier and "netanyahu-threat" in sources and "actors.irn.honour" in kinds:
            return found
    return None


@pytest.fixture(scope="session")
def path() -> Trajectory:
    """A run of the main scenario in which Iran acts against Israel, as `telling` has it."""
    scenario = load("haniyeh-2024")
    for run in range(200):
        path = simulate(scenario, seed=1, run=run, engine="mesa")
        if telling(path) is not None:
            return path
    raise AssertionError("no run tells enough")


@pytest.fixture(scope="session")
def threat(path: Trajectory) -> Explanation:
    """The explanation of that decision."""
    found = telling(path)
    assert found is not None
    return found
