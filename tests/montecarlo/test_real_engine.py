"""The same promises with the compiled engine, and what its outcomes mean."""

from __future__ import annotations

import itertools
import multiprocessing
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from escalation.files import load
from escalation.montecarlo.compare import compare
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.runner import run
from escalation.world.scenario import Scenario

RUNS = 1_200


@pytest.fixture(scope="module")
def crisis() -> Scenario:
    return load("two-state-deterrence")


@pytest.fixture(scope="module")
def ensemble(crisis: Scenario) -> Ensemble:
    return run(crisis, runs=RUNS, seed=11)


@pytest.fixture(params=["processes", "dask"])
def cluster(request: pytest.FixtureRequest) -> Iterator[Executor]:
    if request.param == "processes":
        with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
            yield pool
        return
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=2, processes=False, dashboard_address="127.0.0.1:0"
        ) as local,
        distributed.Client(local) as client,
    ):
        yield client.get_executor()


def test_workers_and_blocks_change_nothing(crisis: Scenario, ensemble: Ensemble) -> None:
    from escalation.engines.compiled import run_block
    from escalation.engines.lower import lower

    assert run(crisis, runs=RUNS, seed=11, workers=1) == ensemble
    part = run_block(lower(crisis), seed=11, first=731, count=69)
    for name, array in part.items():
        assert np.array_equal(array, ensemble.outcomes[name][731:800])


def test_ten_million_runs_have_room() -> None:
    few = run(load("haniyeh-2024"), runs=100, seed=1)
    gibibytes = sum(array.nbytes for array in few.outcomes.values()) / 100 * 1e7 / 2**30
    assert gibibytes < 1.7


@pytest.mark.slow
def test_a_cluster_gives_the_same_runs(crisis: Scenario, ensemble: Ensemble, cluster: Executor) -> None:
    assert run(crisis, runs=RUNS, seed=11, executor=cluster) == ensemble


def test_what_the_outcomes_mean_holds(ensemble: Ensemble) -> None:
    rungs = [ensemble.occurs(f"rung:{name}") for name in ensemble.rung_names]
    assert rungs[0].all()
    for lower, higher in itertools.pairwise(rungs):
        assert (lower | ~higher).all()
    assert np.array_equal(ensemble.occurs("rung:war"), ensemble.occurs("war"))
    assert np.array_equal(ensemble.first_day("rung:war"), ensemble.first_day("war"))
    assert (ensemble.occurs("war") | ~ensemble.occurs("accident")).all()
    # A crisis that has settled can flare up; one at war cannot settle.
    both = ensemble.occurs("settled") & ensemble.occurs("war")
    assert (ensemble.first_day("settled")[both] < ensemble.first_day("war")[both]).all()
    # Not a scenario in which nothing happens.
    assert 0.0 < ensemble.probability("war").value < ensemble.probability("initiation").value < 1.0


def test_two_worlds_part_only_by_what_was_changed(crisis: Scenario) -> None:
    plain = run(crisis, runs=300, seed=11)
    same = compare(crisis, crisis.replace("title", "another title"), runs=300, seed=11)
    assert not same.parted.any()
    changed = compare(crisis, crisis.replace("rules.patron_reply", 2.0), runs=300, seed=11)
    assert changed.first == plain
    assert 0 < changed.parted.sum() < 300


def test_a_run_whose_outcomes_parted_has_a_decision_that_parted_it(crisis: Scenario) -> None:
    changed = compare(crisis, crisis.replace("rules.leash", 0.9), runs=300, seed=11)
    for k in np.flatnonzero(changed.parted)[:5]:
        parting = changed.first_parting(int(k))
        assert parting is not None
        assert parting.first != parting.second
        assert 0.0 < parting.day <= crisis.horizon
        assert parting.front in changed.first.front_ids


def test_it_comes_back_from_disk(ensemble: Ensemble, tmp_path: Path) -> None:
    ensemble.save(tmp_path / "outcomes.nc")
    assert Ensemble.load(tmp_path / "outcomes.nc") == ensemble


def test_the_engine_here_is_the_real_one() -> None:
    assert sys.modules["escalation.engines.compiled"].__file__ is not None
