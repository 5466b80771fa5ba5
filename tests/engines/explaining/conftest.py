from __future__ import annotations

import pytest

from escalation.engines.explaining.explain import decisions
from escalation.engines.explaining.explanation import Explanation
from escalation.engines.simulate import simulate
from escalation.engines.trajectory import Trajectory
from escalation.files import load

FRONT = "irn-isr"
EARLY = 15.0
SIGNAL = "netanyahu-threat"


def telling(path: Trajectory) -> Explanation | None:
    """Iran's first act against Israel, if it tells enough.

    It is early, Iran decides on another front on the same date too, and restraint was not likelier. Israel's threat
    moved belief in its resolve. Several changes would have made restraint likelier, one of them of Iran's honour.
    """
    listed = decisions(path)
    first = next((row for row in listed if row.front == FRONT), None)
    if first is None or first.rung == 0 or not 2.0 < first.day < EARLY:
        return None
    if not any(row.date == first.date and row.actor == "irn" and row.front != FRONT for row in listed):
        return None
    (found,) = path.explain(first.day, "irn", target="isr")
    resolve = next(belief for belief in found.beliefs if belief.name == f"fronts.{FRONT}.resolve")
    told = [move.kind for move in resolve.moves if move.source == SIGNAL]
    kinds = {change.name.rsplit(".", 1)[0] for change in found.changes}
    if found.restraint_likelier or told != ["signal"] or "actors.irn.honour" not in kinds or len(kinds) < 2:
        return None
    return found


@pytest.fixture(scope="session")
def path() -> Trajectory:
    """A run of the main scenario in which Iran acts against Israel, as `telling` has it: the first that does."""
    scenario = load("haniyeh-2024")
    for run in range(200):
        if telling(simulate(scenario, seed=1, run=run)) is not None:
            return simulate(scenario, seed=1, run=run, engine="mesa")
    raise AssertionError("no run tells enough")


@pytest.fixture(scope="session")
def threat(path: Trajectory) -> Explanation:
    """The explanation of that decision."""
    found = telling(path)
    assert found is not None
    return found
