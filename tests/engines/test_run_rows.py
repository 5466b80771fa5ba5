"""Many crises in one call: each row is the scenario that states its numbers, bit for bit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from first_version import FIRST_VERSION

from escalation.engines.compiled import run_block, run_rows
from escalation.engines.lower import lower
from escalation.errors import StudyError
from escalation.world.distributions import LogNormal, Uniform
from escalation.world.scenario import Scenario

COST, SETTLE, LEASH = "actors.a.belligerence_cost", "rules.settle_days", "rules.leash"
QUARREL = Scenario(
    name="quarrel",
    horizon=40,
    stop_when_settled=True,
    actors={"a": {"belligerence_cost": Uniform(low=0.0, high=1.0)}, "b": {}, "c": {}},
    fronts={"a-b": {"revisionism": 0.7}, "b-a": {}},
    commitments={"pact": {"patron": "c", "protege": "a", "adversary": "b"}},
    rules=FIRST_VERSION | {"settle_days": LogNormal(median=30.0, sigma=1.0), "leash": Uniform(low=0.0, high=1.0)},
)


def test_each_row_is_the_scenario_with_its_numbers() -> None:
    costs, medians = [0.1, 0.3, 0.9], [2.0, 12.0, 40.0]
    runs = np.array([0, 50, 100])[:, np.newaxis] + np.arange(50)
    found = run_rows(lower(QUARREL), {COST: costs, SETTLE: medians}, spread={SETTLE: 0.4}, seed=2, runs=runs)
    for row, (cost, median) in enumerate(zip(costs, medians, strict=True)):
        stated = QUARREL.replace(COST, cost).replace(SETTLE, LogNormal(median=median, sigma=0.4))
        alone = run_block(lower(stated), seed=2, first=50 * row, count=50)
        for name, array in alone.items():
            assert array.tobytes() == found[name][row].tobytes(), name
    assert len({found["signature"][row].tobytes() for row in range(3)}) == 3


def test_rows_with_runs_in_common_are_played_as_each_alone() -> None:
    """What runs of one number draw alike is drawn once, whatever clocks and private reasons the rows have."""
    lasting = {"rules.shock_persistence": Uniform(low=1.0, high=9.0), "actors.a.tempo": Uniform(low=0.5, high=9.0)}
    scenario = QUARREL
    for path, distribution in lasting.items():
        scenario = scenario.replace(path, distribution)
    lowered, rng = lower(scenario), np.random.default_rng(0)
    values = {COST: rng.random(12), SETTLE: rng.uniform(2.0, 60.0, 12)}
    values |= {path: np.linspace(0.1, 9.0, 12) for path in lasting}  # hundreds of draws, to few
    spread = {SETTLE: rng.uniform(0.1, 1.0, 12)}
    runs = np.tile(np.arange(40).reshape(2, 20), (6, 1))  # rows 0, 2, ... and 1, 3, ... have their runs in common
    together = run_rows(lowered, values, spread=spread, seed=2**40 + 1, runs=runs)
    for row in range(12):
        one = {path: column[row : row + 1] for path, column in values.items()}
        its = {SETTLE: float(spread[SETTLE][row])}
        alone = run_rows(lowered, one, spread=its, seed=2**40 + 1, runs=runs[row : row + 1])
        for name, array in alone.items():
            assert array[0].tobytes() == together[name][row].tobytes(), (row, name)
    assert len({together["signature"][row].tobytes() for row in range(12)}) == 12


def test_calls_side_by_side_do_not_meet() -> None:
    lowered, runs = lower(QUARREL), np.arange(400).reshape(4, 100)

    def play(median: float) -> bytes:
        values = {SETTLE: np.full(4, median)}
        return bytes(run_rows(lowered, values, spread={SETTLE: 0.4}, seed=2, runs=runs)["settled"].tobytes())

    medians = [2.0, 12.0, 40.0, 3.0] * 4
    alone = [play(median) for median in medians]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(play, medians)) == alone
    before = lower(QUARREL)
    assert lowered.draw_records.tobytes() == before.draw_records.tobytes()
    assert lowered.template.tobytes() == before.template.tobytes()


def test_a_run_can_end_with_war() -> None:
    risky = QUARREL.replace("rules.brinkmanship_scale", 0.5)
    lowered, runs = lower(risky), np.arange(300).reshape(1, 300)
    whole, short = (
        run_rows(lowered, {COST: [0.1]}, seed=3, runs=runs, until_war=until_war) for until_war in (False, True)
    )
    war = (whole["war_cause"] > 0).any(axis=2)
    assert 10 < war.sum() < 300
    assert short["settled"].tobytes() == whole["settled"].tobytes()
    assert short["signature"][~war].tobytes() == whole["signature"][~war].tobytes()
    # Period of the war on the first front, where war came about: the run ended with it.
    began = np.where(war, np.where(whole["war_cause"] > 0, whole["crossed"][..., -1], 1000).min(axis=2), 0)
    assert (short["ended"][war] == began[war]).all()
    assert (short["ended"][war] < whole["ended"][war]).mean() > 0.9


def test_no_rows_are_no_runs() -> None:
    found = run_rows(lower(QUARREL), {COST: []}, seed=1, runs=np.empty((0, 5), np.int64))
    assert found["crossed"].shape[:2] == (0, 5)


def test_what_has_no_place_or_no_median_is_refused() -> None:
    runs = np.zeros((1, 1), np.int64)
    with pytest.raises(StudyError, match=r"rules.bait is not a distribution of quarrel"):
        run_rows(lower(QUARREL), {"rules.bait": [0.1]}, seed=1, runs=runs)
    with pytest.raises(StudyError, match=r"no medians for rules.settle_days"):
        run_rows(lower(QUARREL), {COST: [0.1]}, spread={SETTLE: 0.4}, seed=1, runs=runs)
