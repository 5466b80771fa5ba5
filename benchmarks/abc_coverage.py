"""How often the 90 % intervals of ``fit --method abc-smc`` hold the value that is known.

Run ``python benchmarks/abc_coverage.py --cases 100 --kept coverage.json``. In each case the value is drawn from the
prior, what was observed is simulated with it, and it is fitted. If the draws were those of the posterior, 90 % of the
intervals would hold the value [Cook2006]_. Cases that the file has are not fitted again, so that it can be broken off;
each is keyed by the seed and its number. The coverage of `moments` on the same cases is printed beside it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import escalation as esc
from escalation.analysis.fit.counts.calibration import Calibration, calibrate
from escalation.estimates.proportion import proportion
from escalation.files.study_key import source_hash
from escalation.files.whole import written_whole
from escalation.world.distributions import LogNormal

PATH = "actors.a.belligerence_cost"
PRIOR = LogNormal(median=0.5, sigma=0.8)
QUARREL = esc.Scenario.from_dict(
    {
        "name": "quarrel",
        "horizon": 30,
        "actors": {"a": {}, "b": {}},
        "fronts": {"a-b": {"revisionism": 0.7}, "b-a": {}},
    }
)
EVENTS = ("initiation", "rung:threat")
OBSERVED = 200
"""Cases in which each event was counted."""
ENDS = (0.05, 0.95)
Case = dict[str, list[float]]


def observed(truth: float, *, seed: int) -> dict[str, tuple[int, int]]:
    """What is seen where the value is known; each event in cases of its own, as a fit takes them to be."""
    scenario = QUARREL.replace(PATH, truth)
    counts = {}
    for place, event in enumerate(EVENTS):
        happened = esc.run(scenario, runs=OBSERVED, seed=seed + place, progress=False).occurs(event)
        counts[event] = (int(happened.sum()), OBSERVED)
    return counts


def quantile(values: NDArray[np.float64], weights: NDArray[np.float64], p: float) -> float:
    """Value below which so much of the weight lies."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][min(int(np.searchsorted(reached, p)), values.size - 1)])


def ends(found: Calibration) -> list[float]:
    """Ends of the interval."""
    return [quantile(found.posterior[:, 0], found.weights, p) for p in ENDS]


def case(number: int, *, seed: int, population: int, populations: int) -> Case:
    """Value and both intervals of one case."""
    drawn = np.random.default_rng([seed, number])
    truth = float(PRIOR.median * np.exp(PRIOR.sigma * drawn.standard_normal()))
    first, second = (int(one) for one in drawn.integers(2**62, size=2))
    counts = observed(truth, seed=first)
    priors = {PATH: PRIOR}
    abc = calibrate(
        QUARREL,
        counts,
        parameters=priors,
        method="abc-smc",
        seed=second,
        population=population,
        populations=populations,
        progress=False,
    )
    moments = calibrate(QUARREL, counts, parameters=priors, seed=second, progress=False)
    return {"truth": [truth], "abc-smc": ends(abc), "moments": ends(moments)}


def report(cases: list[Case]) -> None:
    """Print the coverage by each method."""
    for method in ("abc-smc", "moments"):
        held = [one[method][0] <= one["truth"][0] <= one[method][1] for one in cases]
        below = sum(one["truth"][0] < one[method][0] for one in cases)
        width = np.median([np.log(one[method][1] / one[method][0]) for one in cases])
        covered = proportion(sum(held), len(held), event=f"90 % interval by {method} holds the value")
        print(f"{covered.event}: {covered}; {below} values lie below; median width in logs {width:.3f}", flush=True)


def main() -> None:
    """Fit the cases that the file has not, and print the coverage."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--population", type=int, default=100)
    parser.add_argument("--populations", type=int, default=5)
    parser.add_argument("--kept", type=Path, help="file that keeps the cases")
    asked = parser.parse_args()
    study = {
        "seed": asked.seed,
        "population": asked.population,
        "populations": asked.populations,
        "sources": source_hash("fits"),
    }
    cases: list[Case] = []
    if asked.kept is not None and asked.kept.exists():
        kept = json.loads(asked.kept.read_text(encoding="utf-8"))
        if kept["study"] != study:
            raise SystemExit(f"{asked.kept}: holds cases of {kept['study']}, not of {study}")
        cases = kept["cases"]
    for number in range(len(cases), asked.cases):
        cases.append(case(number, seed=asked.seed, population=asked.population, populations=asked.populations))
        if asked.kept is not None:
            with written_whole(asked.kept) as part:
                part.write_text(json.dumps({"study": study, "cases": cases}), encoding="utf-8")
    report(cases[: asked.cases])


if __name__ == "__main__":
    main()
