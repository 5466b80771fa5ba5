"""Two actors with nothing at stake but what a test gives them."""

from __future__ import annotations

from typing import Any

import pytest
from first_version import FIRST_VERSION

from escalation.dynamics.state import Crisis
from escalation.engines.lower import lower
from escalation.engines.readable import begin_run, readable_crisis
from escalation.world.scenario import Scenario

RUNGS = [
    {"name": "restraint", "intensity": 0.0, "gain": 0.0, "destruction": 0.0, "role": "restraint"},
    {"name": "strike", "intensity": 0.6, "gain": 0.3, "destruction": 0.2, "role": "force"},
    {"name": "war", "intensity": 1.0, "gain": 0.7, "destruction": 1.0, "role": "war"},
]
NO_SIDE_TERMS: dict[str, Any] = FIRST_VERSION | {
    "accident_hazard": 0.0,
    "bait": 0.0,
    "pressure_weight": 0.0,
    "leash": 0.0,
    "face": 0.0,
}
"""The first version of the model, without conciliation, and without what a test does not speak of."""
PLAIN = {"belligerence_cost": 0.0, "domestic_pressure": 0.0}


class Bench:
    """Builds the smallest scenarios, and the tables of a run of them for the readable engine."""

    def scenario(self, **tables: Any) -> Scenario:
        """Scenario of actors a and b on a ladder of three rungs, with the tables given laid over it."""
        data: dict[str, Any] = {
            "name": "bench",
            "horizon": 30,
            "ladder": {"name": "three", "rungs": RUNGS},
            "rules": dict(NO_SIDE_TERMS),
            "actors": {"a": dict(PLAIN), "b": dict(PLAIN)},
            "fronts": {"a-b": {"fear": 0.0, "motive": 0.0}, "b-a": {"fear": 0.0, "motive": 0.0}},
        }
        for name, table in tables.items():
            rows = data.setdefault(name, {})
            for key, row in table.items():
                rows[key] = {**rows.get(key, {}), **row} if isinstance(row, dict) else row
        return Scenario.model_validate(data)

    def crisis(self, *, run: int = 0, seed: int = 1, **tables: Any) -> Crisis:
        """Tables of one run, just begun."""
        lowered = lower(self.scenario(**tables))
        crisis = readable_crisis(lowered)
        begin_run(crisis, lowered, seed, run)
        return crisis


@pytest.fixture(scope="session")
def bench() -> Bench:
    """Maker of the smallest scenarios."""
    return Bench()
