"""What a patron's credence does to strikes in `two-state-deterrence`, over the intervals of the shipped fit.

Run ``python benchmarks/credence.py --draws 60``. Each world is played with the pledge's credence at 0.05 and at 0.95.
First come the fitted values, then each parameter at either end of its interval, the widest first, then draws of all
parameters, as in `benchmarks/draws_of_the_fit.py`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np

import escalation as esc

sys.path.insert(0, str(Path(__file__).parent))
from draws_of_the_fit import HELD, drawn, fitted_names, of_fit, shipped

SEED = 1


def share(parameters: Mapping[str, float], credence: float, runs: int) -> float:
    """Share of runs in which the challenger uses force against the defender."""
    scenario = of_fit("two-state-deterrence", parameters).replace("commitments.alliance.credence.mean", credence)
    ensemble = esc.run(scenario, runs=runs, seed=SEED, progress=False)
    return float(ensemble.probability("rung:limited-strike", actor="challenger", target="defender").value)


def main() -> None:
    """Print the relative change of strikes by the credence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20_000, help="runs of each world")
    parser.add_argument("--draws", type=int, default=60, help="draws of all parameters")
    options = parser.parse_args()
    values, held = shipped(), HELD["parameters"]

    def change(parameters: Mapping[str, float], runs: int) -> float:
        little, much = (share(parameters, credence, runs) for credence in (0.05, 0.95))
        return much / little - 1.0

    print(f"as fitted: {change(values, options.runs):+.2f} ({options.runs:,} runs of each world, seed {SEED})")
    ends = {
        name: [change({**values, name: float(held[name][end])}, options.runs) for end in ("low", "high")]
        for name in fitted_names()
    }
    for name in sorted(ends, key=lambda name: -abs(ends[name][1] - ends[name][0]))[:5]:
        print(
            f"  {name} at {held[name]['low']:g} and {held[name]['high']:g}: {ends[name][0]:+.2f}, {ends[name][1]:+.2f}"
        )
    rng = np.random.default_rng([20_133, SEED])
    found = [change(drawn(rng)[0], options.runs) for _ in range(options.draws)]
    low, median, high = np.percentile(found, [2.5, 50.0, 97.5])
    print(f"over {options.draws} draws: median {median:+.2f}, 95% from {low:+.2f} to {high:+.2f}")


if __name__ == "__main__":
    main()
