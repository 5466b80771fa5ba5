"""Through how many files and functions two steps of the model pass: weighing a front, and a strike that takes effect.

Run ``python benchmarks/walks.py`` for the tree that is first on the path, by default the one that is installed. It
plays runs in the readable engine under a profiler, which notes every function of the package that is called while
either lasts. So it measures through how many files whoever reads the code has to follow one thought. A strike takes two
steps of the period: its act takes effect, and it may lead to war.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import escalation as esc
from escalation.dynamics.roles import FORCE

PACKAGE = Path(esc.__file__).parent
WEIGHING, STRIKE = "weigh", "strike"
FOLLOWED = {"weigh": WEIGHING, "acts_take_effect": STRIKE, "acts_lead_to_war": STRIKE}
"""What is followed, by the functions in which it happens."""
BEGINNINGS = ("weigh", "acts_take_effect")


def _strikes(frame: FrameType) -> bool:
    """Whether an act of force is among those that take effect."""
    crisis = frame.f_locals["crisis"]
    return any(front.chosen >= 0 and crisis.options[front.chosen].role >= FORCE for front in crisis.fronts)


class Walks:
    """A profiler that notes what is called while what is followed lasts."""

    def __init__(self) -> None:
        self.found: dict[str, list[set[CodeType]]] = {WEIGHING: [], STRIKE: []}
        self._step: CodeType | None = None
        self._depth = 0

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:  # noqa: ARG002 - the profiler passes three
        """Take one event of the profiler; `sys.setprofile` calls this."""
        code = frame.f_code
        if event not in ("call", "return") or not code.co_filename.startswith(str(PACKAGE)):
            return
        if self._step is None:
            if event == "call" and code.co_name in FOLLOWED and (code.co_name == "weigh" or _strikes(frame)):
                self._step, self._depth = code, 0
                if code.co_name in BEGINNINGS:
                    self.found[FOLLOWED[code.co_name]].append(set())
            else:
                return
        if event == "call":
            self._depth += 1
            self.found[FOLLOWED[self._step.co_name]][-1].add(code)
        else:
            self._depth -= 1
            if self._depth == 0:
                self._step = None


def walks(name: str, *, seed: int, runs: int) -> dict[str, list[set[CodeType]]]:
    """Functions that each weighing, and the strikes of each period, call in some runs of a library scenario."""
    scenario = esc.load(name)
    found: dict[str, list[set[CodeType]]] = {WEIGHING: [], STRIKE: []}
    for run in range(runs):
        model = esc.CrisisModel(scenario, seed=seed, run=run)
        profiler = Walks()
        sys.setprofile(profiler)
        try:
            model.play()
        finally:
            sys.setprofile(None)
        for step, calls in profiler.found.items():
            found[step] += calls
    return found


def files(calls: set[CodeType]) -> set[str]:
    """Files of the package in which some functions stand."""
    return {Path(code.co_filename).relative_to(PACKAGE).as_posix() for code in calls}


def told(step: str, each: list[set[CodeType]], listed: bool) -> Iterator[str]:
    """Lines that say how far a step goes."""
    if not each:
        yield f"{step}: none in these runs"
        return
    calls = set().union(*each)
    in_files, in_functions = [len(files(one)) for one in each], [len(one) for one in each]
    yield (
        f"{step}: {len(each)} of them; one passes through {statistics.median(in_files):g} files and "
        f"{statistics.median(in_functions):g} functions (median), at most {max(in_files)} and {max(in_functions)}; "
        f"all together {len(files(calls))} and {len(calls)}"
    )
    if listed:
        for file in sorted(files(calls)):
            names = sorted(code.co_name for code in calls if Path(code.co_filename) == PACKAGE / file)
            yield f"  {file}: {', '.join(names)}"


def main() -> None:
    """Print how far each step goes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenario", default="haniyeh-2024")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--list", action="store_true", help="name the files and functions")
    asked = parser.parse_args()
    print(f"{PACKAGE.parent}, {asked.scenario}, seed {asked.seed}, runs 0 to {asked.runs - 1}")
    for step, each in walks(asked.scenario, seed=asked.seed, runs=asked.runs).items():
        for line in told(step, each, asked.list):
            print(line)


if __name__ == "__main__":
    main()
