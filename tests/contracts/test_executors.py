"""One contract for all executors; and executors that break it, each caught."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from escalation.files import load
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.runner import run
from escalation.world.scenario import Scenario

from .executor_contract import (
    CHECKS,
    PATIENCE,
    RUNS,
    SEED,
    BrokenContractError,
    Check,
    gives_the_same_bits,
)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("two-state-deterrence")


@pytest.fixture(scope="module")
def expected(scenario: Scenario) -> Ensemble:
    """The study on the runner's own threads, one after the other."""
    return run(scenario, runs=RUNS, seed=SEED, workers=1)


class Inline(Executor):
    """Does each call at once."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args))
        except Exception as error:  # noqa: BLE001 - as executors do
            future.set_exception(error)
        return future


@contextmanager
def dask() -> Iterator[Executor]:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=2, processes=False, dashboard_address="127.0.0.1:0"
        ) as local,
        distributed.Client(local, set_as_default=False) as client,
    ):
        yield client.get_executor()


def processes() -> Executor:
    return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"))


MAKERS = {
    "threads": lambda: ThreadPoolExecutor(2),
    "one thread": lambda: ThreadPoolExecutor(1),
    "inline": Inline,
    "processes": processes,
    "dask": dask,
}


@pytest.fixture(scope="module", params=MAKERS)
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    with MAKERS[request.param]() as made:
        yield made


@pytest.mark.filterwarnings("ignore:.*:DeprecationWarning:distributed")
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_an_executor_keeps_the_contract(
    executor: Executor, scenario: Scenario, expected: Ensemble, check: Check
) -> None:
    check(executor, scenario, expected, PATIENCE)


# ---------------------------------------------------------------------------- deliberately wrong


class Wrong(Inline):
    """Does something else with every third call."""

    def __init__(self) -> None:
        self.calls = 0
        self.last: Future[Any] | None = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        self.calls += 1
        future = super().submit(fn, *args)
        answer = self.spoil(future) if self.calls % 3 == 0 else future
        self.last = future
        return answer

    def spoil(self, future: Future[Any]) -> Future[Any]:
        raise NotImplementedError


class Dropping(Wrong):
    """Drops a block: says it is done, and has nothing."""

    def spoil(self, _: Future[Any]) -> Future[Any]:
        nothing: Future[Any] = Future()
        nothing.set_result(None)
        return nothing


class Forgetting(Wrong):
    """Drops a block: never says anything."""

    def spoil(self, _: Future[Any]) -> Future[Any]:
        return Future()


class Repeating(Wrong):
    """Repeats a block: answers with the one before."""

    def spoil(self, _: Future[Any]) -> Future[Any]:
        assert self.last is not None
        return self.last


class Late(Wrong):
    """Returns late: what it was asked for comes only when it is told to stop."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[tuple[Future[Any], Future[Any]]] = []

    def spoil(self, future: Future[Any]) -> Future[Any]:
        late: Future[Any] = Future()
        self.held.append((late, future))
        return late

    def shutdown(self, *_: Any, **__: Any) -> None:
        for late, future in self.held:
            if late.set_running_or_notify_cancel():
                late.set_result(future.result())


class Forging(Wrong):
    """Gives each block its right name, and the runs of another."""

    def spoil(self, future: Future[Any]) -> Future[Any]:
        forged: Future[Any] = Future()
        answer = future.result()
        if self.last is not None and isinstance(answer, tuple) and isinstance(answer[1], dict):
            answer = answer[0], {name: array[::-1] for name, array in answer[1].items()}
        forged.set_result(answer)
        return forged


@pytest.mark.parametrize("wrong", [Dropping, Forgetting, Repeating, Late, Forging])
def test_an_executor_that_is_wrong_is_caught(wrong: type[Wrong], scenario: Scenario, expected: Ensemble) -> None:
    gives_the_same_bits(Inline(), scenario, expected, PATIENCE)
    made = wrong()
    with pytest.raises(BrokenContractError) as caught:
        gives_the_same_bits(made, scenario, expected, 3.0)
    made.shutdown()
    how = {
        Dropping: "the executor gave back others",
        Repeating: "the executor gave back others",
        Forgetting: "nothing came back",
        Late: "nothing came back",
        Forging: "differs",
    }
    assert how[wrong] in str(caught.value)


def test_an_executor_that_spoils_small_calls_is_caught(scenario: Scenario, expected: Ensemble) -> None:
    for check in CHECKS[:2]:
        check(Inline(), scenario, expected, PATIENCE)
    for wrong in (Dropping, Repeating):
        with pytest.raises(BrokenContractError):
            CHECKS[0](wrong(), scenario, expected, 3.0)


class Swallowing(Inline):
    """Keeps errors to itself."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        future = super().submit(fn, *args)
        if future.exception() is None:
            return future
        quiet: Future[Any] = Future()
        quiet.set_result(None)
        return quiet


def test_an_executor_that_keeps_errors_to_itself_is_caught(scenario: Scenario, expected: Ensemble) -> None:
    with pytest.raises(BrokenContractError, match="error of a call was lost"):
        CHECKS[1](Swallowing(), scenario, expected, PATIENCE)
