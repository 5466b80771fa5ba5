"""`mesa.batch_run` with every Mesa that is allowed: each run is played once, or the user is told."""

from __future__ import annotations

import functools
import inspect
import warnings
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import mesa
import numpy as np
import pytest
from crises import crisis_of

from escalation.engines.mesa_model import CrisisModel
from escalation.errors import StudyError

SCENARIO = crisis_of(horizon=8, front={"a-b": {"revisionism": 0.9}}, actors={"a": {"tempo": 2.0}})
Course = list[tuple[Any, ...]]

RESEEDS = "rng" in inspect.signature(mesa.batch_run).parameters
"""Whether this Mesa hands every model a seed, or None: it does from 3.4 on."""

reseeds = pytest.mark.skipif(not RESEEDS, reason="this Mesa hands on what is named, and no more")
hands_on = pytest.mark.skipif(RESEEDS, reason="this Mesa replaces seeds that are named")


def batch(parameters: Mapping[str, Any], *, model: Any = CrisisModel, **options: Any) -> list[Course]:
    """Day by day what each run of a batch reported."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The `iterations` keyword", DeprecationWarning)
        rows = mesa.batch_run(model, parameters, data_collection_period=1, display_progress=False, **options)
    found: dict[int, Course] = defaultdict(list)
    for row in rows:
        if row["Step"] < 8:  # Mesa before 3.5 leaves the last one out
            found[row["RunId"]].append((row["day"], row["highest_rung"], row["wars"], row["name"], row["pressure"]))
    return [found[number] for number in sorted(found)]


def course(seed: int, run: int) -> Course:
    """The same of a single model, without Mesa's batches."""
    model, found = CrisisModel(SCENARIO, seed=seed, run=run), []
    for _ in range(8):
        found += [(model.day, model.highest_rung, model.wars, agent.name, agent.pressure) for agent in model.agents]
        model.step()
    return found


def test_a_bare_scenario_and_a_range_of_runs() -> None:
    found = batch({"scenario": SCENARIO, "run": range(20)})
    assert found == [course(0, run) for run in range(20)]
    assert len({str(each) for each in found}) > 10


def test_scenarios_in_a_list_are_played_in_turn() -> None:
    calm = SCENARIO.replace("fronts.a-b.revisionism", 0.0)
    assert len(batch({"scenario": [SCENARIO, calm], "run": np.arange(2)})) == 4


@hands_on
def test_seeds_that_are_named_are_played() -> None:
    assert batch({"scenario": SCENARIO, "seed": range(1, 21)}) == [course(seed, 0) for seed in range(1, 21)]


@reseeds
@pytest.mark.parametrize("more", [{}, {"run": [0, 1]}])
def test_seeds_that_mesa_drops_are_an_error_with_the_right_call(more: dict[str, Any]) -> None:
    with pytest.raises(StudyError, match=r"\{'run': range\(20\)\}.* rng=\[1, 2, 3\]"):
        batch({"scenario": SCENARIO, "seed": list(range(1, 21)), **more})


@reseeds
def test_seeds_of_the_batch_are_played() -> None:
    found = batch({"scenario": SCENARIO, "run": [0, 1]}, rng=range(1, 11))
    assert found == [course(seed, run) for seed in range(1, 11) for run in (0, 1)]
    assert batch({"scenario": SCENARIO}, rng=7) == [course(7, 0)]


@pytest.mark.parametrize("more", [{}, {"run": [0, 1]}])
def test_iterations_are_warned_of(more: dict[str, Any]) -> None:
    with pytest.warns(UserWarning, match="built before") as told:
        batch({"scenario": SCENARIO, **more}, iterations=3)
    assert "{'run': range(20)}" in str(told[0].message)


def test_a_warning_is_seen_once() -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("default")
        batch({"scenario": SCENARIO, "run": [0, 1]}, iterations=4)
    assert sum(each.category is UserWarning for each in told) == 1


def test_iterations_of_a_model_with_arguments_of_its_own_are_warned_of() -> None:
    class Mine(CrisisModel):
        def __init__(self, scenario: Any, *, seed: int = 0) -> None:
            super().__init__(scenario, seed=seed or 0, run=5)

    for model in (Mine, functools.partial(CrisisModel, run=5)):
        with pytest.warns(UserWarning, match="built before"):
            assert batch({"scenario": SCENARIO}, model=model, iterations=2) == [course(0, 5)] * 2


@reseeds
def test_repetitions_without_a_seed_are_warned_of() -> None:
    with pytest.warns(UserWarning, match="built before"):
        batch({"scenario": SCENARIO, "run": [0, 1]}, rng=[None] * 4)
    with pytest.warns(UserWarning, match="built before"):
        assert batch({"scenario": SCENARIO}, rng=[3, None]) == [course(3, 0), course(0, 0)]


def test_a_model_within_a_model_is_not_a_repetition() -> None:
    class Outer(mesa.Model):
        def __init__(self, seed: int | None = None) -> None:
            super().__init__(rng=seed)
            self.datacollector = mesa.DataCollector({"rung": "rung"})
            self.rung = CrisisModel(SCENARIO, seed=3).highest_rung
            self.datacollector.collect(self)

        def step(self) -> None:
            self.rung = CrisisModel(SCENARIO, seed=3).play().highest_rung
            self.running = False
            self.datacollector.collect(self)

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The `iterations` keyword", DeprecationWarning)
        assert len(mesa.batch_run(Outer, {}, iterations=2, display_progress=False)) == 2


# ----------------------------------------------------------------------------- processes, which are told less


@hands_on
def test_processes_play_the_same_runs() -> None:
    found = batch({"scenario": SCENARIO, "seed": [1, 2], "run": [0, 1]}, number_processes=2)
    assert found == [course(seed, run) for seed in (1, 2) for run in (0, 1)]


@reseeds
def test_processes_play_the_seeds_of_the_batch(capfd: pytest.CaptureFixture[str]) -> None:
    found = batch({"scenario": SCENARIO, "run": [0, 1]}, rng=[1, 2], number_processes=2)
    assert found == [course(seed, run) for seed in (1, 2) for run in (0, 1)]
    assert "Warning" not in capfd.readouterr().err


@reseeds
@pytest.mark.parametrize("parameters", [{"seed": [1, 2], "run": [0, 1]}, {"seed": [1, 2]}])
def test_processes_refuse_a_seed_that_was_dropped(parameters: dict[str, Any]) -> None:
    with pytest.raises(StudyError, match=r"\{'run': range\(20\)\}.* rng=\[1, 2, 3\]"):
        batch({"scenario": SCENARIO, **parameters}, number_processes=2)


@reseeds
def test_processes_that_cannot_tell_say_so_once(capfd: pytest.CaptureFixture[str]) -> None:
    assert batch({"scenario": SCENARIO, "run": [0, 1], "seed": [1, 2]}, number_processes=2)[0] == course(0, 0)
    assert capfd.readouterr().err.count("gave no seed, so every run has seed 0") == 1


def test_processes_warn_of_iterations(capfd: pytest.CaptureFixture[str]) -> None:
    batch({"scenario": SCENARIO, "run": [0, 1]}, iterations=2, number_processes=2)
    assert "builds runs that it has built before" in capfd.readouterr().err
