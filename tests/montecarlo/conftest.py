"""A drawn engine, keyed by seed and run, so that what the runner does can be told from its outcomes."""

from __future__ import annotations

import math
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from escalation.montecarlo import blocks
from escalation.world.front import fronts_on_one_target
from escalation.world.scenario import Scenario

HORIZON = 40
REAL = ("test_real_engine", "test_deeds", "test_scheduled_deeds", "test_occurrence", "test_words")
"""Files of tests whose runs are played by the model itself."""


def make(**changes: Any) -> Scenario:
    return Scenario.from_dict(
        {
            "name": "drawn",
            "start": "2024-07-31",
            "horizon": HORIZON,
            "actors": {"ara": {}, "bor": {}, "cal": {}},
            "fronts": {"ara-bor": {}, "bor-ara": {}},
            "commitments": {"cal-bor": {"patron": "cal", "protege": "bor", "adversary": "ara"}},
            "signals": {
                "oath": {
                    "kind": "vow",
                    "date": "2024-08-02",
                    "sender": "ara",
                    "receivers": ["bor"],
                    "due": 5.0,
                }
            },
            **changes,
        }
    )


@dataclass(frozen=True)
class DrawnLowered:
    scenario: Scenario
    periods: int
    actor_ids: tuple[str, ...]
    front_ids: tuple[str, ...]
    commitment_rows: tuple[str, ...]
    rung_names: tuple[str, ...]


def lower(scenario: Scenario) -> DrawnLowered:
    rows = tuple(f"{c.id}:{c.adversary}" for c in scenario.commitments.values())
    # The patron's front opens only when it joins.
    latent = tuple(f"{c.patron}-{c.adversary}" for c in scenario.commitments.values())
    return DrawnLowered(
        scenario,
        math.ceil(scenario.horizon / scenario.period - 1e-9),
        scenario.actor_ids,
        scenario.front_ids + latent,
        rows,
        scenario.ladder.names,
    )


def draw_run(lowered: DrawnLowered, seed: int, run: int) -> dict[str, np.ndarray]:
    """One run, a pure function of seed and run; the scenario's rules enter as the odds of climbing."""
    fronts, rungs, rows = len(lowered.front_ids), len(lowered.rung_names), len(lowered.commitment_rows)
    rng = np.random.default_rng([seed, run])
    # A fixed number of draws whatever the scenario, so that two worlds share their chance.
    chance, steps = rng.random((8, 8)), rng.geometric(0.15, size=(8, 8))
    climb = 0.5 + lowered.scenario.rules.leash
    higher = np.logical_and.accumulate(chance[:fronts, : rungs - 1] < climb, axis=1)
    periods = np.cumsum(steps[:fronts, : rungs - 1], axis=1)
    crossed = np.zeros((fronts, rungs), dtype=np.int16)
    crossed[:, 1:] = np.where(higher & (periods <= lowered.periods), periods, -1)
    war = crossed[:, -1] >= 0
    agreed = np.full(fronts, -1, dtype=np.int16)
    if lowered.scenario.rules.conciliation and chance[5, 0] < 0.3 and steps[5, 0] <= lowered.periods:
        agreed[:2] = steps[5, 0]  # both sides of the front that is open from the start
    conceded = np.where(agreed >= 0, np.maximum(agreed - 1, 0), -1).astype(np.int16)
    force = np.where(crossed[:, 3:] >= 0, crossed[:, 3:], 10_000).min(axis=1)
    pairs = fronts_on_one_target(lowered.front_ids)
    joint = [max(force[one], force[two]) if abs(force[one] - force[two]) <= 14 else 10_000 for one, two in pairs]
    joined = np.where(chance[7, :rows] < 0.4, steps[7, :rows], -1).astype(np.int16)
    return {
        "crossed": crossed,
        "war_cause": np.where(war, 1 + steps[:fronts, 7] % 3, 0).astype(np.int8),
        "agreed": agreed,
        "conceded": conceded,
        "joint": np.array([period if period < 10_000 else -1 for period in joint], dtype=np.int16),
        "joined": joined,
        "kept": (joined >= 0).astype(np.int16),
        "broken": (joined < 0).astype(np.int16),
        "vows_kept": np.zeros(len(lowered.actor_ids), dtype=np.int16),
        "vows_broken": (chance[6, : len(lowered.actor_ids)] < 0.3).astype(np.int16),
        "settled": np.int16(-1 if war.any() else min(steps[6, 7] + 20, lowered.periods)),
        "ended": np.int16(lowered.periods),
        "signature": np.int32(zlib.crc32(crossed.tobytes()) >> 1),
    }


def run_block(lowered: DrawnLowered, *, seed: int, first: int, count: int) -> dict[str, np.ndarray]:
    played = [draw_run(lowered, seed, run) for run in range(first, first + count)]
    return {name: np.stack([one[name] for one in played]) for name in played[0]}


def simulate(scenario: Scenario, *, seed: int, run: int, engine: str = "compiled") -> SimpleNamespace:
    lowered = lower(scenario)
    outcome = draw_run(lowered, seed, run)
    acts = [
        (int(period), front, rung, rung == 3)
        for front, row in enumerate(outcome["crossed"])
        for rung, period in enumerate(row)
        if rung > 0 and period > 0
    ]
    kind = [("period", "i4"), ("front", "i2"), ("rung", "i2"), ("covert", "?")]
    return SimpleNamespace(
        acts=np.array(sorted(acts), dtype=kind), front_ids=lowered.front_ids, rung_names=lowered.rung_names
    )


def digest(outcomes: dict[str, np.ndarray]) -> dict[str, int]:
    return {name: zlib.crc32(array.astype(np.int64).tobytes()) for name, array in outcomes.items()}


@pytest.fixture(autouse=True)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """Put the drawn engine in place of the real one, except where that is tried; a test may change it."""
    here = SimpleNamespace(
        lower=lower,
        run_block=run_block,
        simulate=simulate,
        make=make,
        digest=digest,
        lowered=0,
        blocks=[],
        source_hash="drawn",
    )
    if request.module.__name__.endswith(REAL):
        yield here
        return

    def counted_lower(scenario: Scenario) -> DrawnLowered:
        here.lowered += 1
        return here.lower(scenario)

    def noted_block(lowered: DrawnLowered, *, seed: int, first: int, count: int) -> dict[str, np.ndarray]:
        here.blocks.append((first, count))
        return here.run_block(lowered, seed=seed, first=first, count=count)

    for name, function in (("lower", counted_lower), ("compiled", noted_block), ("simulate", None)):
        module = ModuleType(f"escalation.engines.{name}")
        if name == "lower":
            module.lower = function
        elif name == "compiled":
            module.run_block = function
        else:
            module.simulate = simulate
        monkeypatch.setitem(sys.modules, module.__name__, module)
    for user in ("files.study_key", "montecarlo.blocks", "montecarlo.runner"):
        monkeypatch.setattr(f"escalation.{user}.source_hash", lambda *_: here.source_hash)
    monkeypatch.setattr(blocks, "BLOCK_RUNS", 50)
    for user in ("gathered", "stopping"):
        monkeypatch.setattr(f"escalation.montecarlo.{user}.BLOCK_RUNS", 50)
    blocks.lowered_there.cache_clear()
    yield here
    blocks.lowered_there.cache_clear()


@pytest.fixture
def scenario() -> Scenario:
    return make()
