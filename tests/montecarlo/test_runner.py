from __future__ import annotations

import pickle
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from escalation.errors import StudyError
from escalation.montecarlo import pool
from escalation.montecarlo.runner import play_worlds, run
from escalation.world.scenario import Scenario


class Inline(Executor):
    """Runs each call at once, pickled there and back as a process or a cluster would."""

    def __init__(self) -> None:
        self.calls = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        self.calls += 1
        future: Future[Any] = Future()
        try:
            call, given = pickle.loads(pickle.dumps((fn, args)))
            future.set_result(pickle.loads(pickle.dumps(call(*given))))
        except Exception as error:  # noqa: BLE001 - as executors do
            future.set_exception(error)
        return future


class Shuffled(ThreadPoolExecutor):
    """Finishes in an order of its own."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        def late(*given: Any) -> Any:
            time.sleep(random.Random(str(given)).random() * 0.01)
            return fn(*given)

        return super().submit(late, *args)


class Lossy(Inline):
    """Loses every other block, as a killed worker does."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        future = super().submit(fn, *args)
        if self.calls % 2:
            return future
        lost: Future[Any] = Future()
        lost.set_exception(BrokenProcessPool("a worker was killed"))
        return lost


class Shut(Inline):
    """Takes three blocks, then refuses."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        if self.calls >= 3:
            raise BrokenProcessPool("the pool is not usable any more")
        return super().submit(fn, *args)


class Swapping(Inline):
    """Deliberately wrong: answers each call with the result of the one before."""

    def __init__(self) -> None:
        super().__init__()
        self.last: Future[Any] | None = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        now = super().submit(fn, *args)
        answer, self.last = self.last or now, now
        return answer


@pytest.fixture
def whole(engine: SimpleNamespace, scenario: Scenario) -> dict[str, int]:
    """What 430 runs of seed 7 are, played in one go."""
    return engine.digest(engine.run_block(engine.lower(scenario), seed=7, first=0, count=430))


@pytest.fixture(params=["threads", "own threads", "shuffled", "pickled"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor | None]:
    made = {
        "threads": lambda: None,
        "own threads": lambda: ThreadPoolExecutor(3),
        "shuffled": lambda: Shuffled(4),
        "pickled": Inline,
    }[request.param]()
    yield made
    if made is not None:
        # Still usable: whoever made it shuts it down.
        assert made.submit(int, "3").result() == 3
        made.shutdown()


@pytest.mark.parametrize("workers", [None, 1, 3])
def test_every_executor_gives_the_same_runs(
    engine: SimpleNamespace,
    scenario: Scenario,
    whole: dict[str, int],
    executor: Executor | None,
    workers: int | None,
) -> None:
    got = run(scenario, runs=430, seed=7, workers=workers, executor=executor)
    assert engine.digest(got.outcomes) == whole
    assert (got.runs, got.interrupted, got.seed) == (430, False, 7)


@pytest.mark.parametrize("lossy", [Lossy, Shut])
def test_a_lost_worker_costs_a_block_not_the_study(
    engine: SimpleNamespace, scenario: Scenario, whole: dict[str, int], lossy: type[Executor]
) -> None:
    with pytest.warns(RuntimeWarning, match="lost a block .*BrokenProcessPool") as said:
        got = run(scenario, runs=430, seed=7, executor=lossy())
    assert engine.digest(got.outcomes) == whole
    assert len(said) == 1
    assert said[0].filename == __file__


def test_an_executor_that_swaps_answers_is_found_out(scenario: Scenario) -> None:
    with pytest.raises(StudyError, match="the result of its own call"):
        run(scenario, runs=430, seed=7, executor=Swapping())


def test_an_answer_of_too_few_runs_is_found_out(engine: SimpleNamespace, scenario: Scenario) -> None:
    short = engine.run_block
    engine.run_block = lambda lowered, *, seed, first, count: short(lowered, seed=seed, first=first, count=count - 1)
    with pytest.raises(StudyError, match="asked for 50 runs from run 0 on"):
        run(scenario, runs=50)


@pytest.mark.parametrize(
    "executor", [None, pytest.param(Inline(), marks=pytest.mark.filterwarnings("ignore:the executor lost"))]
)
def test_a_fault_in_the_engine_comes_back_as_it_is(
    engine: SimpleNamespace, scenario: Scenario, executor: Executor | None
) -> None:
    def faulty(*_: object, **__: object) -> None:
        raise ZeroDivisionError("in the engine")

    engine.run_block = faulty
    with pytest.raises(ZeroDivisionError, match="in the engine"):
        run(scenario, runs=10, executor=executor)


def test_an_executor_that_is_none_is_refused(scenario: Scenario) -> None:
    with pytest.raises(StudyError, match=r"executor is a int; it must be a concurrent.futures.Executor"):
        run(scenario, runs=10, executor=2)  # type: ignore[arg-type]


def test_where_no_thread_can_be_started_the_study_says_so(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(ThreadPoolExecutor, "submit", refused)
    with pytest.raises(RuntimeError, match="can't start new thread"):
        run(scenario, runs=10)


def test_a_worker_of_another_version_is_found_out(
    engine: SimpleNamespace, scenario: Scenario, whole: dict[str, int]
) -> None:
    class Outdated(Inline):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
            engine.source_hash = "older"
            try:
                return super().submit(fn, *args)
            finally:
                engine.source_hash = "drawn"

    with pytest.warns(RuntimeWarning, match="this worker has another version of escalation"):
        got = run(scenario, runs=430, seed=7, executor=Outdated())
    assert engine.digest(got.outcomes) == whole


@pytest.mark.parametrize("answer", [None, (), (1, 2), "block"])
def test_an_answer_that_is_none_is_found_out(scenario: Scenario, answer: Any) -> None:
    class Dropping(Inline):
        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_result(answer)
            return future

    with pytest.raises(StudyError, match="the executor gave back others"):
        run(scenario, runs=430, executor=Dropping())


def test_a_fleet_lowers_a_scenario_once_per_process_not_per_block(engine: SimpleNamespace, scenario: Scenario) -> None:
    run(scenario, runs=430, executor=Inline())
    # Once here for the names along the axes, once in the worker.
    assert engine.lowered == 2


@pytest.mark.parametrize("told", ["by the caller", "by the executor"])
def test_no_more_blocks_are_under_way_than_twice_as_many_as_are_played_at_once(scenario: Scenario, told: str) -> None:
    most = 0

    class Counting(Executor):
        _max_workers = 2 if told == "by the executor" else None
        waiting: list[tuple[Future[Any], Callable[..., Any], tuple[Any, ...]]] = []

        def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
            nonlocal most
            future: Future[Any] = Future()
            self.waiting.append((future, fn, args))
            most = max(most, len(self.waiting))
            if len(self.waiting) == 4:
                threading.Timer(0.01, self.answer).start()
            return future

        def answer(self) -> None:
            # All are taken before the first is answered: what comes after that is for the next timer.
            taken = self.waiting[:]
            self.waiting.clear()
            for future, fn, args in taken:
                future.set_result(fn(*args))

    workers = 2 if told == "by the caller" else None
    assert run(scenario, runs=800, workers=workers, executor=Counting()).runs == 800
    assert most == 4


def test_a_study_needs_little_more_than_what_it_keeps(
    engine: SimpleNamespace, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tracemalloc

    monkeypatch.setattr("escalation.montecarlo.blocks.BLOCK_RUNS", 500)
    monkeypatch.setattr("escalation.montecarlo.gathered.BLOCK_RUNS", 500)
    one = engine.run_block(engine.lower(scenario), seed=0, first=0, count=1)

    def cheap(_: object, *, seed: int, first: int, count: int) -> dict[str, np.ndarray]:
        return {name: np.repeat(array, count, axis=0) for name, array in one.items()}

    engine.run_block = cheap
    tracemalloc.start()
    try:
        kept = sum(array.nbytes for array in run(scenario, runs=200_000).outcomes.values())
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 1.1 * kept + 2**20


def test_a_seed_and_a_run_name_a_trajectory_for_ever(scenario: Scenario) -> None:
    few, many = run(scenario, runs=60, seed=3), run(scenario, runs=200, seed=3)
    for name, array in few.outcomes.items():
        assert np.array_equal(array, many.outcomes[name][:60])
    assert not np.array_equal(run(scenario, runs=60, seed=4).outcomes["crossed"], few.outcomes["crossed"])


@pytest.mark.parametrize("runs", [1, 49, 50, 51, 100])
def test_runs_need_not_fill_a_block(engine: SimpleNamespace, scenario: Scenario, runs: int) -> None:
    assert run(scenario, runs=runs).runs == runs
    assert sum(count for _, count in engine.blocks) == runs


@pytest.mark.parametrize("name", ["runs", "seed", "workers"])
@pytest.mark.parametrize("value", [-1, 1.5, "3", True, 2**64, np.float64(3.0)])
def test_impossible_numbers_are_refused(scenario: Scenario, name: str, value: Any) -> None:
    most = {"runs": "1,099,511,627,775", "seed": "18,446,744,073,709,551,615", "workers": "65,535"}
    with pytest.raises(StudyError, match=rf"{name} is .* whole number from [01] to {most[name]}$"):
        run(scenario, **{name: value})


@pytest.mark.parametrize(("name", "value"), [("runs", 0), ("workers", 0), ("runs", 2**40)])
def test_bounds_are_sharp(scenario: Scenario, name: str, value: int) -> None:
    with pytest.raises(StudyError, match=f"{name} is {value}"):
        run(scenario, **{name: value})


def test_the_greatest_seed_and_numbers_of_numpy_are_taken(scenario: Scenario) -> None:
    got = run(scenario, runs=np.int64(5), seed=np.uint64(2**64 - 1), workers=np.int8(1))
    assert (got.seed, got.runs, type(got.seed)) == (2**64 - 1, 5, int)


def press_ctrl_c() -> None:
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)


def press_during_block_150(engine: SimpleNamespace) -> None:
    plain = engine.run_block

    def pressing(lowered: Any, *, seed: int, first: int, count: int) -> Any:
        if first == 150:
            press_ctrl_c()
            time.sleep(0.2)
        return plain(lowered, seed=seed, first=first, count=count)

    engine.run_block = pressing


def test_ctrl_c_returns_the_first_runs_without_gaps(
    engine: SimpleNamespace, scenario: Scenario, whole: dict[str, int]
) -> None:
    plain = engine.run_block
    press_during_block_150(engine)
    got = run(scenario, runs=100_000, seed=7, workers=2)
    assert got.interrupted
    # Block 150 was being played, and is waited for.
    assert 200 <= got.runs < 1_000
    assert engine.digest(got.outcomes) == engine.digest(plain(engine.lower(scenario), seed=7, first=0, count=got.runs))


def test_a_slow_block_leaves_no_hole(
    engine: SimpleNamespace, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "PATIENCE", 0.05)
    plain, release = engine.run_block, threading.Event()

    def stuck(lowered: Any, *, seed: int, first: int, count: int) -> Any:
        if first == 100:
            release.wait(10.0)
        if first == 150:
            press_ctrl_c()
        return plain(lowered, seed=seed, first=first, count=count)

    engine.run_block = stuck
    try:
        got = run(scenario, runs=100_000, workers=2)
    finally:
        release.set()
    assert (got.runs, got.interrupted) == (100, True)


def test_a_second_ctrl_c_waits_no_longer(engine: SimpleNamespace, scenario: Scenario) -> None:
    plain, release = engine.run_block, threading.Event()

    def stuck(lowered: Any, *, seed: int, first: int, count: int) -> Any:
        if first == 100:
            press_ctrl_c()
            time.sleep(0.2)
            press_ctrl_c()
            release.wait(10.0)
        return plain(lowered, seed=seed, first=first, count=count)

    engine.run_block = stuck
    begun = time.monotonic()
    try:
        got = run(scenario, runs=100_000, workers=1)
    finally:
        release.set()
    assert (got.runs, got.interrupted) == (100, True)
    assert time.monotonic() - begun < pool.PATIENCE


def test_ctrl_c_before_anything_is_finished_is_raised(
    engine: SimpleNamespace, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "PATIENCE", 0.05)
    release = threading.Event()

    def stuck(*_: object, **__: object) -> None:
        press_ctrl_c()
        release.wait(10.0)

    engine.run_block = stuck
    try:
        with pytest.raises(KeyboardInterrupt):
            run(scenario, runs=1000, workers=1)
    finally:
        release.set()


def test_a_worker_that_was_interrupted_interrupts_the_study(scenario: Scenario) -> None:
    class Struck(Inline):
        """As processes do on Ctrl-C, which they all receive."""

        def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
            future = super().submit(fn, *args)
            if self.calls > 3:
                future = Future()
                future.set_exception(KeyboardInterrupt())
            return future

    got = run(scenario, runs=1000, workers=1, executor=Struck())
    assert (got.runs, got.interrupted) == (150, True)


def test_worlds_played_together_are_those_played_alone(engine: SimpleNamespace, scenario: Scenario) -> None:
    other = scenario.replace("rules.leash", 0.4)
    one, two = play_worlds([scenario, other], runs=120, seed=5, workers=2, executor=Inline(), progress=False)
    assert one == run(scenario, runs=120, seed=5)
    assert two == run(other, runs=120, seed=5)
    assert one != two
