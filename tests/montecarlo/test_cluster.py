from __future__ import annotations

import gc
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from escalation.errors import StudyError
from escalation.montecarlo import cluster
from escalation.montecarlo.cluster import dask_executor, slots
from escalation.montecarlo.runner import run
from escalation.world.scenario import Scenario

distributed = pytest.importorskip("distributed")


def test_a_cluster_is_an_executor(scenario: Scenario) -> None:
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=2, processes=False, dashboard_address="127.0.0.1:0"
        ) as local,
        dask_executor(local.scheduler_address) as (executor, threads),
    ):
        assert threads == 2
        assert slots(executor) == 2
        assert run(scenario, runs=120, seed=3, executor=executor) == run(scenario, runs=120, seed=3)


def test_part_of_a_cluster_and_one_that_grows_do_not_say_how_many_blocks_they_play_at_once() -> None:
    where = {"n_workers": 1, "threads_per_worker": 2, "processes": False, "dashboard_address": "127.0.0.1:0"}
    with distributed.LocalCluster(**where) as local, distributed.Client(local) as client:
        assert slots(client.get_executor()) == 2
        (worker,) = client.nthreads()
        assert slots(client.get_executor(workers=[worker])) is None
        local.adapt(minimum=1, maximum=2)
        assert slots(client.get_executor()) is None


def test_executors_of_the_standard_library_say_how_many_blocks_they_play_at_once() -> None:
    class Silent(Executor):
        pass

    with ThreadPoolExecutor(3) as threads, ProcessPoolExecutor(2) as processes:
        assert (slots(threads), slots(processes), slots(Silent())) == (3, 2, None)


def test_a_scheduler_that_does_not_answer() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{closed.getsockname()[1]}"
        with (
            pytest.raises(StudyError, match=rf"{address}: no Dask scheduler answers there"),
            dask_executor(address, patience=0.5),
        ):
            pytest.fail("it connected")


@pytest.mark.parametrize("address", ["nonsense://127.0.0.1:1", "127.0.0.1:port"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(StudyError, match="no Dask scheduler"), dask_executor(address, patience=0.5):
        pytest.fail("it connected")


@pytest.fixture
def lonely_scheduler(tmp_path: Path) -> Iterator[str]:
    """Address of a scheduler in a process of its own, which has no workers."""
    told = tmp_path / "scheduler.json"
    # Without a dashboard it would still take that one's usual port.
    words = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0")
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *words, "--scheduler-file", str(told)], stderr=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + 120.0
        while not (told.exists() and told.read_text().endswith("}")):
            assert process.poll() is None, "the scheduler ended"
            assert time.monotonic() < end, "the scheduler does not start"
            time.sleep(0.05)
        yield json.loads(told.read_text())["address"]
    finally:
        process.kill()
        process.wait()


def test_a_scheduler_without_workers(lonely_scheduler: str) -> None:
    with (
        pytest.raises(StudyError, match="the scheduler has no workers"),
        dask_executor(lonely_scheduler, patience=1.0),
    ):
        pytest.fail("it went on")


def test_a_client_that_never_connected_is_gone_at_once() -> None:
    # Collected later, it would close itself at a time when that can wait for ever.
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{closed.getsockname()[1]}"
        gc.collect()
        gc.disable()
        try:
            before = clients()
            with pytest.raises(StudyError, match="no Dask scheduler"), dask_executor(address, patience=0.5):
                pytest.fail("it connected")
            assert clients() == before
        finally:
            gc.enable()


def clients() -> int:
    # Not isinstance, which asks weak proxies for a class that may be gone.
    return sum(issubclass(type(each), distributed.Client) for each in gc.get_objects())


def test_without_distributed_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda _: None)
    with pytest.raises(StudyError, match=r"pip install '\.\[dask\]'"), dask_executor("tcp://127.0.0.1:8786"):
        pytest.fail("it connected")
