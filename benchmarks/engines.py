"""Speed of the two engines and of the runner, as ratios from one run on the same scenario.

Run ``python benchmarks/engines.py``. Machines differ and are noisy: read the ratios, which compare two things measured
side by side, and not the times.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import mesa

import escalation as esc
from escalation.engines.compiled import run_block
from escalation.engines.lower import Lowered, lower

PEAK = """
import resource
import escalation as esc
ensemble = esc.run(esc.load({name!r}), runs={runs}, seed=1, progress=False)
ensemble.probability("war")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)
"""
FIRST = """
import time
begun = time.perf_counter()
import escalation as esc
ensemble = esc.run(esc.load({name!r}), runs=20_000, seed=1, progress=False)
ensemble.probability("war")
print(time.perf_counter() - begun)
"""


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds that some work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def batch(scenario: esc.Scenario, runs: int) -> None:
    """Play runs of the Mesa model by `mesa.batch_run`, one core."""
    mesa.batch_run(
        esc.CrisisModel,
        parameters={"scenario": [scenario], "seed": [1], "run": list(range(runs))},
        number_processes=1,
        display_progress=False,
    )


def engines(scenario: esc.Scenario, rounds: int) -> None:
    """Print the ratio of the compiled engine to the Mesa model, one core each, in turns."""
    lowered = lower(scenario)
    few, many = 20, 4000
    ratios, readable, compiled = [], [], []
    for _ in range(rounds):
        readable.append(few / seconds(lambda: batch(scenario, few)))
        compiled.append(many / seconds(lambda: run_block(lowered, seed=1, first=0, count=many)))
        ratios.append(compiled[-1] / readable[-1])
    print(
        f"compiled / mesa.batch_run, one core: {statistics.median(ratios):.0f} "
        f"(from {min(ratios):.0f} to {max(ratios):.0f} in {rounds} rounds; "
        f"medians {statistics.median(compiled):,.0f} and {statistics.median(readable):.1f} runs a second)"
    )


def threads(scenario: esc.Scenario, rounds: int) -> None:
    """Print the ratio of two threads to one."""
    ratios = []
    for _ in range(rounds):
        one = seconds(lambda: esc.run(scenario, runs=20_000, seed=1, workers=1, progress=False))
        two = seconds(lambda: esc.run(scenario, runs=20_000, seed=1, workers=2, progress=False))
        ratios.append(one / two)
    print(f"two threads / one: {statistics.median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f})")


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
    """Least seconds of three that some runs take on one core."""
    return min(seconds(lambda: run_block(lowered, seed=1, first=0, count=runs)) for _ in range(3))


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


def fresh(text: str) -> str:
    """Run a program in a fresh process and return what it prints."""
    answer = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    return answer.stdout.strip()


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenario", default="haniyeh-2024")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory-runs", type=int, default=1_000_000)
    asked = parser.parse_args()
    scenario = esc.load(asked.scenario)
    run_block(lower(scenario), seed=1, first=0, count=10)
    print(f"{asked.scenario}, Python {platform.python_version()}, Mesa {mesa.__version__}")
    engines(scenario, asked.rounds)
    threads(scenario, asked.rounds)
    scaling(scenario)
    print(f"a new process to an answer from 20,000 runs: {float(fresh(FIRST.format(name=asked.scenario))):.1f} s")
    peak = fresh(PEAK.format(name=asked.scenario, runs=asked.memory_runs))
    print(f"peak memory of {asked.memory_runs:,} runs: {float(peak):.2f} GiB")


if __name__ == "__main__":
    main()
