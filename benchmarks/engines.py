"""Speed of the two engines and of the runner, as ratios from one run on the same scenario.

Run ``python benchmarks/engines.py``, with ``--against TREE`` for another checkout of the package. Machines differ
and are noisy: read the ratios, which compare two things measured side by side, and not the times. ``--great`` adds the
memory of a hundred million runs, which takes long.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from subprocess import PIPE
from typing import Any

import mesa
from c_port.port import FLAGS, available, c_run_block

import escalation as esc
from escalation.engines.compiled import run_block
from escalation.engines.lower import Lowered, lower
from escalation.montecarlo.blocks import BLOCK_RUNS

SERVED = """
import sys, time
import escalation as esc
from escalation.engines.compiled import run_block
from escalation.engines.lower import lower
ready = {}
for line in sys.stdin:
    name, runs = line.split()
    if name not in ready:
        ready[name] = lower(esc.load(name))
        run_block(ready[name], seed=1, first=0, count=50)
    begun = time.thread_time()
    run_block(ready[name], seed=1, first=0, count=int(runs))
    print(time.thread_time() - begun, flush=True)
"""
PEAK = """
from pathlib import Path
import escalation as esc
ensemble = esc.run(
    esc.load({name!r}), runs={runs}, seed=1, progress=lambda done, runs: None, store={folder!r}, in_memory=False
)
ensemble.summary()
ensemble.fan()
told = Path("/proc/self/status").read_text()
print(int(told.partition("VmHWM:")[2].split()[0]) / 2**20)
"""
"""Peak memory as Linux counts it since the program began: what getrusage tells is never less than the parent had."""
FIRST = """
import time
begun = time.perf_counter()
import escalation as esc
ensemble = esc.run(esc.load({name!r}), runs={runs}, seed=1, progress=False)
ensemble.probability("war")
print(time.perf_counter() - begun)
"""
COMPILING = """
import time
import escalation as esc
from escalation.engines.compiled import run_block
from escalation.engines.lower import lower
lowered = lower(esc.load({name!r}))
begun = time.perf_counter(), time.process_time()
run_block(lowered, seed=1, first=0, count=1)
print(time.perf_counter() - begun[0], time.process_time() - begun[1])
"""


HERE = Path(__file__).resolve().parents[1]
TIMED = {"haniyeh-2024": 150, "july-1914": 300, "two-state-deterrence": 900}
"""Scenarios on which the engine is compared, and how many runs of each are one round."""


def processor() -> str:
    """Name of the processor, as Linux tells it."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in told.splitlines() if line.startswith("model name")), "")


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds that some work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def busy(work: Callable[[], object]) -> float:
    """Seconds of a core that some work takes in this thread: what else runs on the machine counts for less."""
    begun = time.thread_time()
    work()
    return time.thread_time() - begun


def spread(ratios: Sequence[float], digits: int = 2) -> str:
    """Median of some ratios, and their range."""
    return (
        f"{statistics.median(ratios):.{digits}f} (from {min(ratios):.{digits}f} to {max(ratios):.{digits}f} "
        f"in {len(ratios)} rounds)"
    )


def batch(scenario: esc.Scenario, runs: int) -> None:
    """Play runs of the Mesa model by `mesa.batch_run`, one core."""
    mesa.batch_run(
        esc.CrisisModel,
        parameters={"scenario": scenario, "run": range(runs)},  # of seed 0, with every Mesa
        number_processes=1,
        display_progress=False,
    )


def against_tree(tree: Path, rounds: int) -> None:
    """Print the ratio of the compiled engine to another tree's, one core each, in turns, each in its own process."""

    def server(root: Path) -> subprocess.Popen[str]:
        given = {**os.environ, "PYTHONPATH": str(root)}
        return subprocess.Popen([sys.executable, "-c", SERVED], stdin=PIPE, stdout=PIPE, text=True, env=given, cwd=root)

    def ask(process: subprocess.Popen[str], name: str, runs: int) -> float:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{name} {runs}\n")
        process.stdin.flush()
        return float(process.stdout.readline())

    with server(tree) as older, server(HERE) as ours:
        for name, runs in TIMED.items():
            ratios = [ask(older, name, runs) / ask(ours, name, runs) for _ in range(8 * rounds + 1)][1:]
            print(f"compiled / {tree.name}, one core, {name}: {spread(ratios)}")
        for process in (older, ours):
            assert process.stdin is not None
            process.stdin.close()


def engines(scenario: esc.Scenario, rounds: int) -> None:
    """Print the ratio of the compiled engine to the Mesa model, one core each, in turns."""
    lowered = lower(scenario)
    few, many = 20, 4000
    readable, compiled = [], []
    for _ in range(rounds):
        readable.append(few / busy(lambda: batch(scenario, few)))
        compiled.append(many / busy(lambda: run_block(lowered, seed=0, first=0, count=many)))
    ratios = [one / other for one, other in zip(compiled, readable, strict=True)]
    print(f"compiled / mesa.batch_run, one core: {spread(ratios, 0)}")
    print(f"  medians: {statistics.median(compiled):,.0f} and {statistics.median(readable):.1f} runs a second")


def against_c(name: str, rounds: int) -> None:
    """Print the ratio of the compiled engine to the C port, one core each, in turns, and whether they agree."""
    if not available():
        print("compiled / C port: gcc is not here")
        return
    lowered, runs = lower(esc.load(name)), TIMED[name]
    run_block(lowered, seed=1, first=0, count=50)
    ours = run_block(lowered, seed=1, first=0, count=4 * runs)
    theirs = c_run_block(lowered, seed=1, first=0, count=4 * runs)
    same = all(array.tobytes() == theirs[name].tobytes() for name, array in ours.items())
    ratios = []
    for _ in range(8 * rounds):
        c_port = busy(lambda: c_run_block(lowered, seed=1, first=0, count=runs))
        ratios.append(c_port / busy(lambda: run_block(lowered, seed=1, first=0, count=runs)))
    print(f"compiled / C port (gcc {' '.join(FLAGS)}), one core, {name}: {spread(ratios)}")
    print(f"  outcomes of {4 * runs:,} runs: {'the same bits' if same else 'DIFFERENT'}")


def threads(scenario: esc.Scenario, rounds: int) -> None:
    """Print the ratio of two threads to one, on work of some seconds."""
    ratios = []
    for _ in range(rounds):
        one = seconds(lambda: esc.run(scenario, runs=50_000, seed=1, workers=1, progress=False))
        two = seconds(lambda: esc.run(scenario, runs=50_000, seed=1, workers=2, progress=False))
        ratios.append(one / two)
    print(f"two threads / one: {spread(ratios)}")


def study(executor: Executor, scenario: esc.Scenario) -> float:
    """Wall-clock seconds of a study of sixteen blocks, after a short one that wakes the workers."""

    def play(blocks: int, seed: int) -> esc.Ensemble:
        runs = blocks * BLOCK_RUNS
        return esc.run(scenario, runs=runs, seed=seed, executor=executor, progress=False)

    play(4, seed=2)
    return seconds(lambda: play(16, seed=1))


def on_dask(scenario: esc.Scenario, workers: int) -> float:
    """Wall-clock seconds of a study on Dask workers.

    The cluster is a new one, because Dask remembers blocks, and because an idle cluster takes its part of the cores.
    """
    import distributed

    cluster: Any = distributed.LocalCluster
    connect: Any = distributed.Client
    with (
        cluster(n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0") as local,
        connect(local, set_as_default=False) as client,
        client.get_executor() as executor,
    ):
        return study(executor, scenario)


def idle_dask(workers: int, wait: float = 8.0) -> float:
    """Share of so many cores that a Dask cluster takes while it has nothing to do.

    Its scheduler is in this process. Where there are no more cores than workers, this share is lost to the blocks.
    """
    import distributed

    cluster: Any = distributed.LocalCluster
    connect: Any = distributed.Client
    with (
        cluster(n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0") as local,
        connect(local, set_as_default=False) as client,
    ):
        client.run(time.process_time)

        def taken() -> float:
            by_worker: dict[str, float] = client.run(time.process_time)
            return time.process_time() + sum(by_worker.values())

        begun = taken()
        time.sleep(wait)
        return (taken() - begun) / (workers * wait)


def on_processes(scenario: esc.Scenario, workers: int) -> float:
    """Wall-clock seconds of a study on bare processes."""
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as executor:
        return study(executor, scenario)


def dask_workers(scenario: esc.Scenario, rounds: int) -> None:
    """Print the speed of two Dask workers as a share of twice one's, on blocks that last a second or more.

    Two bare processes, in turns with them, tell how much of it this machine gives to anybody.
    """
    if find_spec("distributed") is None:
        print("Dask: distributed is not here")
        return
    slow = scenario.replace("rules.depth", "fixed-point")
    ready = lower(slow)
    run_block(ready, seed=1, first=0, count=50)
    block = seconds(lambda: run_block(ready, seed=1, first=0, count=BLOCK_RUNS))
    dask, processes = [], []
    for _ in range(rounds):
        dask.append(on_dask(slow, 1) / on_dask(slow, 2) / 2.0)
        processes.append(on_processes(slow, 1) / on_processes(slow, 2) / 2.0)
    print(f"two Dask workers, share of linear, blocks of {block:.1f} s: {spread(dask)}")
    print(f"two bare processes, the same: {spread(processes)}")
    idle = [idle_dask(2) for _ in range(rounds)]
    print(f"an idle cluster of two Dask workers takes of two cores: {spread([100.0 * share for share in idle], 1)} %")


def crowd(actors: int) -> esc.Scenario:
    """Return a scenario in which every actor faces every other."""
    names = [f"a{n}" for n in range(actors)]
    pairs = [(one, two) for one in names for two in names if one != two]
    return esc.Scenario(
        name="crowd",
        horizon=60,
        actors={name: esc.Actor(id=name, tempo=10.0) for name in names},
        fronts={
            f"{one}-{two}": esc.Front(id=f"{one}-{two}", actor=one, target=two, revisionism=0.6) for one, two in pairs
        },
    )


def cost_of(lowered: Lowered, runs: int) -> float:
    """Least seconds of a core, of three times, that some runs take."""
    return min(busy(lambda: run_block(lowered, seed=1, first=0, count=runs)) for _ in range(3))


def _per(work: Callable[[int], Lowered], sizes: list[int], units: Callable[[int], float], runs: int) -> str:
    base, parts = 0.0, []
    for size in sizes:
        lowered = work(size)
        cost = cost_of(lowered, runs) / units(size)
        base = base or cost
        parts.append(f"{size}: {cost / base:.2f}")
    return ", ".join(parts)


def scaling(scenario: esc.Scenario) -> None:
    """Print the cost per run, per day and per live front, relative to the smallest: 1 throughout is linear."""
    lowered = lower(scenario)
    base, parts = 0.0, []
    for runs in (1000, 4000, 16_000):
        cost = cost_of(lowered, runs) / runs
        base = base or cost
        parts.append(f"{runs}: {cost / base:.2f}")
    print(f"cost per run, by runs: {', '.join(parts)}")
    two = esc.load("two-state-deterrence")
    by_days = _per(lambda days: lower(two.replace("horizon", days)), [90, 180, 360, 720], float, 2000)
    print(f"cost per day, by days: {by_days}")
    by_front = _per(lambda n: lower(crowd(n)), [3, 6, 9, 12], lambda n: n * (n - 1.0), 300)
    print(f"cost per live front, by actors (each faces all others): {by_front}")
    print(f"40 actors, 1,560 fronts: {1e3 * cost_of(lower(crowd(40)), 20) / 20:.1f} ms a run (least of 3)")


def fresh(text: str, **environment: str) -> list[float]:
    """Run a program in a fresh process and return the numbers that it prints."""
    given = {**os.environ, **environment}
    answer = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True, env=given)
    return [float(number) for number in answer.stdout.split()]


def waiting(name: str) -> None:
    """Print how long a first call compiles, and how long a later process takes to its first result."""
    with tempfile.TemporaryDirectory() as folder:
        wall, core = fresh(COMPILING.format(name=name), XDG_CACHE_HOME=folder)
    print(f"first call ever, compiling: {wall:.1f} s ({core:.1f} s of a core)")
    for asked, runs in (("two-state-deterrence", 1000), (name, 20_000)):
        times = [fresh(FIRST.format(name=asked, runs=runs))[0] for _ in range(3)]
        print(f"a new process to an answer from {runs:,} runs of {asked}: {min(times):.2f} s (least of 3)")


def memory(name: str, runs: int) -> None:
    """Print the peak memory of a study that is in a store alone, and of what is asked of it."""
    with tempfile.TemporaryDirectory() as folder:
        peak = fresh(PEAK.format(name=name, runs=runs, folder=f"{folder}/study"))[0]
    print(f"peak memory of {runs:,} runs of {name}, in a store: {peak:.2f} GiB", flush=True)


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, help="another checkout of the package")
    parser.add_argument("--scenario", default="haniyeh-2024")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--great", action="store_true", help="also the memory of a hundred million runs")
    asked = parser.parse_args()
    scenario = esc.load(asked.scenario)
    run_block(lower(scenario), seed=1, first=0, count=10)
    print(
        f"{asked.scenario}, {processor()}, Python {platform.python_version()}, Mesa {mesa.__version__}, "
        f"load {os.getloadavg()[0]:.1f}"
    )
    if asked.against is not None:
        against_tree(asked.against.resolve(), asked.rounds)
    for name in TIMED:
        against_c(name, asked.rounds)
    engines(scenario, asked.rounds)
    threads(scenario, asked.rounds)
    dask_workers(scenario, min(asked.rounds, 3))
    scaling(scenario)
    waiting(asked.scenario)
    for runs in (1_000_000, 10_000_000, *((100_000_000,) if asked.great else ())):
        memory("two-state-deterrence", runs)


if __name__ == "__main__":
    main()
