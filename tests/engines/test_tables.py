from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from crises import crisis_of

from escalation.arithmetic.elementary import WIDTH
from escalation.dynamics.state import Crisis
from escalation.engines.lower import lower
from escalation.engines.memory import RECORDS
from escalation.engines.readable import begin_run, readable_crisis
from escalation.engines.tables import views

SCENARIO = crisis_of(
    "a-b c-b",
    front={"a-b": {"stake": {"distribution": "uniform", "low": 0.5, "high": 1.5}}},
    commitments={"pact": {"patron": "c", "protege": "b", "adversary": "a"}},
    signals={"word": {"kind": "vow", "date": 1, "sender": "a", "receivers": ["b"]}},
)


def test_to_write_to_a_view_is_to_write_to_the_block() -> None:
    lowered = lower(SCENARIO)
    block = lowered.template.copy()
    tables = views(block, lowered)
    tables.fronts[0]["injury"] = 0.5  # type: ignore[index]
    tables.act_value[1][2] = 7.0
    again = views(block, lowered)
    assert again.fronts[0]["injury"] == 0.5  # type: ignore[index]
    assert again.act_value[1][2] == 7.0
    assert views(lowered.template, lowered).fronts[0]["injury"] == 0.0  # type: ignore[index]


def test_tables_share_no_word() -> None:
    lowered = lower(SCENARIO)
    used = np.zeros(len(lowered.template), int)
    for place in lowered.places.values():
        words = int(np.prod(place.shape)) * (
            len(dataclasses.fields(RECORDS[place.kind])) if place.kind in RECORDS else 1
        )
        used[place.start : place.start + words] += 1
    assert set(used) <= {0, 1}
    assert (used == 0).sum() < 3 * WIDTH  # before tables in lanes, which begin on a cache line


@pytest.mark.parametrize("name", Crisis._fields)
def test_the_readable_tables_hold_what_the_block_holds(name: str) -> None:
    lowered = lower(SCENARIO)
    array, table = (getattr(crisis, name) for crisis in (views(lowered.template, lowered), readable_crisis(lowered)))
    assert len(array) == len(table)
    if name in RECORDS:
        assert [tuple(row) for row in array.tolist()] == [dataclasses.astuple(row) for row in table]
    else:
        assert array.tolist() == table


def test_runs_of_one_scenario_share_no_table() -> None:
    lowered = lower(SCENARIO)
    one, two = readable_crisis(lowered), readable_crisis(lowered)
    one.fronts[0].injury = 0.5
    one.blame[0][0] = 0.5
    assert (two.fronts[0].injury, two.blame[0][0]) == (0.0, 0.0)


def test_a_run_is_named_and_drawn() -> None:
    lowered = lower(SCENARIO)
    stakes = set()
    for seed, run in ((1, 0), (1, 1), (2**40, 0)):
        crisis = readable_crisis(lowered)
        begin_run(crisis, lowered, seed, run)
        clock = crisis.clock[0]
        assert (clock.seed_low + 2**32 * clock.seed_high, clock.run) == (seed, run)
        assert 0.5 < crisis.fronts[0].stake < 1.5
        stakes.add(crisis.fronts[0].stake)
    assert len(stakes) == 3
