"""What a patron's credence does to strikes in `two-state-deterrence`, over the intervals of the shipped fit.

Run ``python benchmarks/credence.py --draws 60``. Each world is played with the pledge's credence at 0.05 and at 0.95.
First come the fitted values, then each parameter at either end of its interval, the widest first, then draws of all
parameters, each by itself from a normal distribution on its own scale. The fit's correlations are not used, so the
range of the draws is rather too wide.
"""

from __future__ import annotations

import argparse
import math
import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

import numpy as np

import escalation as esc
from escalation.data.fits import defaults_of, load_fit
from escalation.data.parameters import PARAMETERS

SEED = 1
FIT = "icb-icbe-1918-1994"
SCALES: dict[str, tuple[Callable[[float], float], Callable[[float], float]]] = {
    "linear": (float, float),
    "log": (math.log, math.exp),
    "logit": (lambda p: math.log(p / (1.0 - p)), lambda x: 1.0 / (1.0 + math.exp(-x))),
}


def share(parameters: Mapping[str, float], shares: Mapping[str, float], credence: float, runs: int) -> float:
    """Share of runs in which the challenger uses force against the defender."""
    path = files("escalation") / "library" / "two-state-deterrence.toml"
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    del data["fit"]
    defaults = defaults_of(parameters, shares)
    data["rules"] = defaults["rules"] | data.get("rules", {})
    data["actors"] = {name: defaults["actors"] | actor for name, actor in data["actors"].items()}
    data["commitments"]["alliance"]["credence"] = {"mean": credence}
    ensemble = esc.run(esc.Scenario.from_dict(data), runs=runs, seed=SEED, progress=False)
    return float(ensemble.probability("rung:limited-strike", actor="challenger", target="defender").value)


def main() -> None:
    """Print the relative change of strikes by the credence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20_000, help="runs of each world")
    parser.add_argument("--draws", type=int, default=60, help="draws of all parameters")
    options = parser.parse_args()
    fit = load_fit(FIT)
    held, shares = fit["parameters"], fit["shares"]
    values = {name: float(held[name]["value"]) for name in PARAMETERS}

    def change(parameters: Mapping[str, float], runs: int) -> float:
        little, much = (share(parameters, shares, credence, runs) for credence in (0.05, 0.95))
        return much / little - 1.0

    print(f"as fitted: {change(values, options.runs):+.2f} ({options.runs:,} runs of each world, seed {SEED})")
    fitted = [name for name in PARAMETERS if "low" in held[name]]
    ends = {
        name: [change({**values, name: float(held[name][end])}, options.runs) for end in ("low", "high")]
        for name in fitted
    }
    for name in sorted(ends, key=lambda name: -abs(ends[name][1] - ends[name][0]))[:5]:
        print(
            f"  {name} at {held[name]['low']:g} and {held[name]['high']:g}: {ends[name][0]:+.2f}, {ends[name][1]:+.2f}"
        )
    rng = np.random.default_rng([20_133, SEED])
    found = []
    for _ in range(options.draws):
        drawn = dict(values)
        for name in fitted:
            onto, back = SCALES[held[name]["scale"]]
            middle, low, high = (onto(float(held[name][key])) for key in ("value", "low", "high"))
            drawn[name] = back(middle + rng.normal() * (high - low) / (2.0 * 1.96))
        found.append(change(drawn, options.runs))
    low, median, high = np.percentile(found, [2.5, 50.0, 97.5])
    print(f"over {options.draws} draws: median {median:+.2f}, 95% from {low:+.2f} to {high:+.2f}")


if __name__ == "__main__":
    main()
