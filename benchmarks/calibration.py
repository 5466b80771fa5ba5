"""Fits and forecasts of crises against those of another tree of the same package, as ratios of processor time.

Run ``python benchmarks/calibration.py TABLE --against TREE`` with a crisis-actor table and another checkout. Commands
of both trees run in turns, one at a time, each in a process of its own; what counts is the time that the cores gave it.
It is also said whether both print the same numbers.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from commands import HERE, compare, spent

FIT = """
import sys, time
try:
    from escalation.analysis.fit.crises.icb import fit_icb
except ModuleNotFoundError:  # a tree older than the folders of analysis/
    from escalation.analysis.calibration_icb import fit_icb
from escalation.data.sources import read_table
rows = read_table(sys.argv[1])
rows = rows.take(rows["year"] <= int(sys.argv[3]))
begun = time.process_time()
fit = fit_icb(rows, runs=int(sys.argv[2]))
print(time.process_time() - begun, fit.mode.evaluations, len(fit.names))
"""
"""A fit alone: its seconds of a core, how many sets of parameters it tried, and how many parameters there are."""


def fitted(tree: Path, arguments: Sequence[str]) -> tuple[float, int, int]:
    """Seconds of a core that a fit of a tree takes, sets of parameters that it tried, and number of parameters."""
    given = {**os.environ, "PYTHONPATH": str(tree)}
    command = [sys.executable, "-c", FIT, *arguments]
    seconds, sets, names = subprocess.run(
        command, env=given, cwd=tree, capture_output=True, text=True, check=True
    ).stdout.split()
    return float(seconds), int(sets), int(names)


def compare_sets(arguments: Sequence[str], against: Path, rounds: int) -> None:
    """Print how much less a set of parameters costs a fit here than in the other tree, which may have fewer of them."""
    ratios, ours, theirs = [], (0.0, 0, 0), (0.0, 0, 0)
    for _ in range(rounds):
        theirs, ours = fitted(against, arguments), fitted(HERE, arguments)
        ratios.append(theirs[0] / theirs[1] * ours[1] / ours[0])
    middle, low, high = statistics.median(ratios), min(ratios), max(ratios)
    print(f"the fit alone, by set of parameters: {middle:.2f} times as fast (from {low:.2f} to {high:.2f})")
    for name, (seconds, sets, names) in (("there", theirs), ("here", ours)):
        print(f"  {name}: {sets} sets of {names} parameters, {1e3 * seconds / sets:.0f} ms each", flush=True)


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", type=Path, help="crisis-actor table")
    parser.add_argument("--against", type=Path, required=True, help="another checkout of the package")
    parser.add_argument("--runs", type=int, default=16, help="runs of each crisis in the fit")
    parser.add_argument("--until", type=int, help="fit only rows up to this year, which is quicker")
    parser.add_argument("--folds", type=int, default=2, help="folds of the forecast, one repeat; 0 to leave it out")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    against, table = asked.against.resolve(), str(asked.table.resolve())
    once = ("forecast", "icb", table, "--repeats", "1", "--learn-until", "0", "--competitor", "model")
    for tree in (against, HERE):
        spent(tree, (*once, "--folds", "2", "--task", "response"))  # compiles, where that has not been done
    until = () if asked.until is None else ("--until", str(asked.until))
    fit = ("calibrate", "icb", table, "--runs", str(asked.runs), *until)
    compare(f"escalation {' '.join((*fit[:2], asked.table.name, *fit[3:]))}", fit, against, asked.rounds)
    compare_sets((table, str(asked.runs), str(asked.until or 9999)), against, asked.rounds)
    if asked.folds:
        given = (*once, "--folds", str(asked.folds))
        compare(f"escalation {' '.join((*given[:2], asked.table.name, *given[3:]))}", given, against, asked.rounds)


if __name__ == "__main__":
    main()
