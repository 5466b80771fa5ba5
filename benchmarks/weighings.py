"""Time that the compiled engine takes to weigh the acts on a front once, against another tree of the same package.

Run ``python benchmarks/weighings.py --against TREE`` with another checkout. Both trees get the same scenarios, play the
same runs some days on, and then weigh every open front there again and again, in short turns; what counts is the time
that a core gave to the thread. A weighing is all that `escalation.dynamics.utility.expected_utilities` does. So it does
not matter that the trees decide at different times. Where a tree's defaults have more acts or terms, a weighing of it
does more work.
"""

from __future__ import annotations

import argparse
import inspect
import json
import os
import statistics
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

import escalation as esc
from escalation.data.generic_crisis import frame
from escalation.dynamics.state import Crisis
from escalation.dynamics.utility import expected_utilities
from escalation.engines.compiled import advance, begin_states
from escalation.engines.lower import lower
from escalation.world.fits import fit_names

try:
    from escalation.engines.memory import crisis_at
except ImportError:  # a tree whose tables were always known to the compiler
    from escalation.engines.pointers import crisis_at  # type: ignore[attr-defined]

HERE = Path(__file__).resolve().parents[1]
SEED, RUNS, PERIODS = 1, 50, 5
GENERIC = "generic crisis"
FIRST_VERSION, LATEST = "icb-1918-1994", "icb-icbe-1918-1994"
OPEN_AT_FIRST = ("leash", "patron_reply", "contest_exponent", "brinkmanship_scale", "injury_half_life", "settle_days")
"""Rules that the generic crisis left open in the first version."""
Matrix = Any


def weigh_again(block: Matrix, states: Matrix, header: Matrix, times: int, found: Matrix) -> None:
    """Weigh the open fronts of some states a number of times.

    Parameters
    ----------
    block
        Memory of the crisis; shape (words,).
    states
        Memory of each state; shape (states, words).
    header
        Where each table of the crisis lies.
    times
        How often each front is weighed.
    found
        Receives how many weighings that were, and a check sum.
    """
    crisis: Crisis = crisis_at(header)
    weighings = 0
    total = 0.0
    for n in range(len(states)):
        for word in range(len(block)):
            block[word] = states[n, word]
        for f in range(len(crisis.fronts)):
            if crisis.fronts[f].active == 0 or crisis.fronts[f].at_war == 1:
                continue
            for _ in range(times):
                expected_utilities(crisis, f, crisis.utility_resolute[f], crisis.utility_irresolute[f])
                total += crisis.utility_resolute[f][0]
                weighings += 1
    found[0] = weighings
    found[1] = total


def scenario_of(name: str, version: str, tree: Path) -> esc.Scenario:
    """Scenario by the first version's rules or by the defaults here; read from a tree's library if it stands there."""
    if name == GENERIC:
        takes = inspect.signature(frame).parameters  # older trees tell fewer cases apart
        generic = frame(**dict.fromkeys(("pact", "adverse_pact", "struck") & takes.keys(), True))
        if version == "defaults" or not hasattr(generic.rules, "conciliation"):
            return generic
        data = generic.to_dict()
        data["rules"] = {rule: value for rule, value in data["rules"].items() if rule in OPEN_AT_FIRST}
        return esc.Scenario.from_dict({**data, "fit": FIRST_VERSION})
    text = (tree / "escalation" / "library" / f"{name}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    if version == "defaults" and LATEST in fit_names():
        data["fit"] = LATEST
    return esc.Scenario.from_dict(data)


def header_for(lowered: Any, block: Matrix) -> Matrix:
    """Where each table lies in a block of memory; trees of before the method have a function for it."""
    if hasattr(lowered, "header"):
        return lowered.header(block)
    from escalation.engines import pointers, tables

    made: Any = pointers
    return made.header_of(tables.views(block, lowered))


def entry(function: Any) -> Any:
    """Entry of a tree's compiled engine; trees of before the class took numba's options, too."""
    try:
        from escalation.engines.compiled import machine_code  # type: ignore[attr-defined]
    except ImportError:
        from escalation.engines.kept_code import Entry

        return Entry(function)
    return machine_code(function)


def serve(tree: Path) -> None:
    """Weigh as often as each line that is read says, and write what it took."""
    weigh, found = entry(weigh_again), np.zeros(2)
    held: dict[str, tuple[Matrix, Matrix, Matrix, Any]] = {}
    for line in sys.stdin:
        name, version, times = json.loads(line)
        key = f"{name} {version}"
        if key not in held:
            lowered = lower(scenario_of(name, version, tree))
            runs = np.arange(RUNS, dtype=np.int64)
            states = begin_states(lowered, seed=SEED, runs=runs)
            advance(lowered, states, seed=SEED, runs=runs, periods=PERIODS)
            block = lowered.template.copy()
            held[key] = block, states, header_for(lowered, block), lowered
        block, states, header, _ = held[key]
        begun = time.thread_time()
        weigh(block, states, header, times, found)
        print((time.thread_time() - begun) / max(found[0], 1), flush=True)


def child(tree: Path, against: Path) -> subprocess.Popen[str]:
    """Process of a tree that weighs on demand; scenarios are those of the other tree, the older one."""
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).resolve()), "--serve", "--against", str(against)],
        env={**os.environ, "PYTHONPATH": str(tree)},
        cwd=tree,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def ask(process: subprocess.Popen[str], name: str, version: str, times: int) -> float:
    """Seconds of a core that one weighing takes in the tree of a process."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps([name, version, times]) + "\n")
    process.stdin.flush()
    answer = process.stdout.readline()
    if not answer:
        raise SystemExit(f"the process of {process.args!r} has ended")
    return float(answer)


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, required=True, help="another checkout of the package")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--times", type=int, default=20, help="weighings of each front in a turn")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    against = asked.against.resolve()
    if asked.serve:
        serve(against)
        return
    ours, theirs = child(HERE, against), child(against, against)
    for name in (GENERIC, "haniyeh-2024"):
        for version in ("first version", "defaults"):
            for process in (ours, theirs):
                ask(process, name, version, 1)  # compiles, where that has not been done
            here: list[float] = []
            there: list[float] = []
            for turn in range(asked.rounds):
                for process, taken in ((ours, here), (theirs, there))[:: 1 if turn % 2 else -1]:
                    taken.append(ask(process, name, version, asked.times))
            ratios = [one / other for one, other in zip(here, there, strict=True)]
            quartiles = statistics.quantiles(ratios, n=4)
            print(
                f"{name}, {version}: a weighing takes {statistics.median(ratios):.3f} times as long as there "
                f"(half of {asked.rounds} rounds from {quartiles[0]:.3f} to {quartiles[2]:.3f}; "
                f"least times {1e6 * min(here):.2f} and {1e6 * min(there):.2f} µs, ratio {min(here) / min(there):.3f})",
                flush=True,
            )
    for process in (ours, theirs):
        process.communicate()


if __name__ == "__main__":
    main()
