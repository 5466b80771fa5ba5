"""How far the fit decides the library's scores: the ten chosen crises over draws of the fitted numbers.

Run ``python benchmarks/library_over_the_fit.py --draws 300``. First come the scores with the shipped numbers, then
those of the draws. For the parameters that a score depends on most it says how much the score changes with one standard
deviation of the parameter, by a linear regression on all of them.

Each parameter is drawn by itself, as in `benchmarks/draws_of_the_fit.py`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import escalation as esc

sys.path.insert(0, str(Path(__file__).parent))
from draws_of_the_fit import drawn, fitted_names, of_fit, shipped

SEED = 1
DRAWN_BY_LOT = ("beagle-1977", "postage-stamps-1937")
AIMS = {"RPS of the peak": 0.090, "Brier score of war": 0.170}

Floats = NDArray[np.float64]


def scores(parameters: Mapping[str, float], runs: int) -> tuple[float, float]:
    """Mean RPS of the peak and mean Brier score of war over the ten chosen crises."""
    names = [name for name in esc.library_names() if name not in (*DRAWN_BY_LOT, "two-state-deterrence")]
    crises = [of_fit(name, parameters) for name in names]
    cases = esc.hindcast(crises, runs=runs, seed=SEED, progress=False).summary()["cases"].values()
    found = [case["questions"] for case in cases]
    peak = np.mean([questions["peak"]["scores"]["model"]["rps"] for questions in found])
    war = np.mean([questions["war"]["scores"]["model"]["brier"] for questions in found])
    return float(peak), float(war)


def show(what: str, found: Floats, moved: Floats, names: list[str]) -> None:
    """Print the spread of a score, how often it meets its aim, and which parameters it goes with."""
    low, median, high = np.percentile(found, [2.5, 50.0, 97.5])
    met = int((found <= AIMS[what]).sum())
    print(f"{what}: median {median:.4f}, 95% from {low:.4f} to {high:.4f}; {met} of {len(found)} at most {AIMS[what]}")
    design = np.column_stack([np.ones(len(found)), moved])
    slopes = np.linalg.lstsq(design, found, rcond=None)[0][1:]
    for n in np.argsort(-np.abs(slopes))[:5]:
        print(f"  {names[n]}: {slopes[n]:+.4f} with a standard deviation")


def main() -> None:
    """Print the library's scores over draws of the fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=4_000, help="runs of each crisis")
    parser.add_argument("--draws", type=int, default=300, help="draws of all parameters")
    options = parser.parse_args()
    peak, war = scores(shipped(), options.runs)
    print(f"as fitted: RPS of the peak {peak:.4f}, Brier score of war {war:.4f} ({options.runs:,} runs, seed {SEED})")
    rng = np.random.default_rng([20_133, SEED])
    draws = [drawn(rng) for _ in range(options.draws)]
    found = np.array([scores(parameters, options.runs) for parameters, _ in draws])
    moved = np.array([deviations for _, deviations in draws])
    for column, what in enumerate(AIMS):
        show(what, found[:, column], moved, fitted_names())


if __name__ == "__main__":
    main()
