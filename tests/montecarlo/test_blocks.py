"""Compact outcomes say what the wide ones say, in all that is asked of them."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from escalation.montecarlo import peaks
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.blocks import compact
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.events import earliest, event_names, query
from escalation.montecarlo.paths import paths
from escalation.world.scenario import Scenario

RUNS = 300


@pytest.fixture
def wide(engine: SimpleNamespace) -> dict[str, np.ndarray]:
    return engine.run_block(engine.lower(engine.make()), seed=1, first=0, count=RUNS)


@pytest.fixture
def axes(engine: SimpleNamespace) -> Axes:
    lowered = engine.lower(engine.make())
    return Axes.named(
        engine.make(),
        front_ids=lowered.front_ids,
        actor_ids=lowered.actor_ids,
        commitment_rows=lowered.commitment_rows,
    )


def test_values_stay_and_most_bytes_go(wide: dict[str, np.ndarray]) -> None:
    small = compact(wide, periods=127)
    assert small.keys() == wide.keys()
    for name, array in wide.items():
        assert small[name].tolist() == array.tolist()
    assert small["crossed"].nbytes == wide["crossed"].nbytes // 2
    assert small["kept"].dtype == wide["kept"].dtype  # a count, which no number of periods limits


def test_long_runs_keep_their_types(wide: dict[str, np.ndarray]) -> None:
    assert compact(wide, periods=128) is wide


def test_every_event_is_found_in_both(wide: dict[str, np.ndarray], axes: Axes) -> None:
    small = compact(wide, periods=40)
    for event in event_names(axes):
        asked = query(event, axes)
        happened = asked.occurs(wide)
        assert event == "accident" or 0 < happened.sum() < RUNS, event  # something to tell apart
        assert np.array_equal(asked.occurs(small), happened)
        if asked.dated:
            assert np.array_equal(asked.first_period(small), asked.first_period(wide))
            assert asked.first_period(small).dtype == np.int16


def test_peaks_fans_and_paths_are_the_same(wide: dict[str, np.ndarray], axes: Axes, scenario: Scenario) -> None:
    small = compact(wide, periods=40)
    every = np.arange(41)
    assert np.array_equal(peaks.peak(small, [0, 1, 2]), peaks.peak(wide, [0, 1, 2]))
    assert np.array_equal(peaks.reached(small, [0, 1, 2], every), peaks.reached(wide, [0, 1, 2], every))
    one, two = (Ensemble(scenario, 1, outcomes, axes) for outcomes in (small, wide))
    assert one == two
    assert paths(one, least="threat") == paths(two, least="threat")


def test_the_last_period_of_a_byte_is_before_never() -> None:
    columns = np.array([[-1, -1], [-1, 127], [127, 126], [0, -1]], dtype=np.int8)
    assert earliest(columns.T).tolist() == [-1, 127, 126, 0]
