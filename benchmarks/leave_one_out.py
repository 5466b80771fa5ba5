"""Time that leaving out each item of the main scenario takes, against as many runs by `escalation.run` in one call.

Run ``python benchmarks/leave_one_out.py --runs 10000 --rounds 3``. The two take turns on the same threads. On a busy
machine the time that the cores gave, and the fastest of each, say more than the median of the clock. Besides the
runs, leaving out takes the doses: runs that are played once more to see what each item moved.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import escalation as esc

SEED = 1


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Wall time of some work, and the time that all cores together gave to it."""
    wall, cores = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cores


def main() -> None:
    """Print the times of each round, and the median of their ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenario", default="haniyeh-2024")
    parser.add_argument("--runs", type=int, default=10_000, help="runs of each world")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    scenario = esc.load(options.scenario)
    study = esc.leave_one_out(scenario, runs=500, seed=SEED, progress=False)  # compiles, and counts the items
    worlds = 1 + len(study.rows)
    ratios, fastest = [], [float("inf")] * 2
    for number in range(options.rounds):
        plain = seconds(lambda: esc.run(scenario, runs=worlds * options.runs, seed=SEED, progress=False))
        left = seconds(lambda: esc.leave_one_out(scenario, runs=options.runs, seed=SEED, progress=False))
        wall, cores = (one / other for one, other in zip(left, plain, strict=True))
        ratios.append((wall, cores))
        fastest = [min(pair) for pair in zip(fastest, (left[0], plain[0]), strict=True)]
        print(
            f"round {number + 1}: leave one out {left[0]:.1f} s, {worlds * options.runs:,} runs in one call "
            f"{plain[0]:.1f} s, ratio {wall:.2f}; of the cores' time {cores:.2f}",
            flush=True,
        )
    print(f"{scenario.name}, {worlds - 1} items, {options.runs:,} runs of each world, {len(ratios)} rounds:")
    print(f"  fastest of each: {fastest[0]:.1f} s and {fastest[1]:.1f} s, ratio {fastest[0] / fastest[1]:.2f}")
    for name, found in zip(("wall time", "cores' time"), zip(*ratios, strict=True), strict=True):
        print(f"  {name}: ratio {statistics.median(found):.2f}, from {min(found):.2f} to {max(found):.2f}")


if __name__ == "__main__":
    main()
