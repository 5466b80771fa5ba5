"""Whole commands against those of another tree of the same package, as ratios of processor time.

Run ``python benchmarks/commands.py --against TREE`` with another checkout. Commands of both trees run in turns, one at
a time, each in a process of its own; what counts is the time that the cores gave it. It is also said whether both print
the same numbers.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parents[1]
COMMANDS = (
    ("hindcast", "all", "--runs", "2000"),
    ("ablate", "haniyeh-2024", "--runs", "2000"),
    ("sensitivity", "haniyeh-2024", "--event", "war"),
    ("off-ramps", "haniyeh-2024", "--event", "war", "--sender", "usa"),
)
TOLD_APART = ("date", "version", "command")
"""What a summary says besides numbers."""


def spent(tree: Path, arguments: Sequence[str]) -> tuple[float, dict[str, Any]]:
    """Seconds of a core that a command of a tree takes, and the object that it prints.

    Raises
    ------
    SystemExit
        If the command fails; with what it printed.
    """
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    before = os.times()
    done = subprocess.run(
        [sys.executable, "-m", "escalation", *arguments, "--json"],
        env=environment,
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )
    after = os.times()
    if done.returncode != 0:
        raise SystemExit(f"{tree}: escalation {' '.join(arguments)} failed:\n{done.stderr}")
    seconds = after.children_user + after.children_system - before.children_user - before.children_system
    found: dict[str, Any] = json.loads(done.stdout)
    return seconds, {key: value for key, value in found.items() if key not in TOLD_APART}


def compare(name: str, arguments: Sequence[str], against: Path, rounds: int) -> None:
    """Print how much less a command takes here than in the other tree."""
    ours, theirs, same = [], [], True
    for _ in range(rounds):
        seconds, other = spent(against, arguments)
        theirs.append(seconds)
        seconds, found = spent(HERE, arguments)
        ours.append(seconds)
        same = same and found == other
    ratios = [one / other for one, other in zip(theirs, ours, strict=True)]
    middle, low, high = statistics.median(ratios), min(ratios), max(ratios)
    print(f"{name}: {middle:.2f} times as fast (from {low:.2f} to {high:.2f} in {rounds} rounds)")
    print(f"  medians: {statistics.median(theirs):.1f} s there, {statistics.median(ours):.1f} s here")
    print(f"  results: {'the same numbers' if same else 'DIFFERENT'}", flush=True)


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, required=True, help="another checkout of the package")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    against = asked.against.resolve()
    for tree in (against, HERE):
        spent(tree, ("run", "two-state-deterrence", "--runs", "10"))  # compiles, where that has not been done
    for command in COMMANDS:
        compare(f"escalation {' '.join(command)}", command, against, asked.rounds)


if __name__ == "__main__":
    main()
