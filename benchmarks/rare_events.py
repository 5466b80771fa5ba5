"""Cost of rare events by splitting against brute force, as ratios of simulated days at one standard error.

Run ``python benchmarks/rare_events.py``. Brute force would need p·(1 − p)/s² runs to their horizon for a standard error
s. Both sides are counted in simulated days, so that the
ratio knows no machine. It has an error of its own, since s is an estimate from the repetitions. The gambler's ruin has
a closed form, and so no error there. How much longer a day takes that is split is measured beside, in CPU time.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

import escalation as esc
from escalation.analysis.rare.splitting import split

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from ruin import exact, gambler

COSTS = (2.0, 4.0, 6.0, 7.0)


def deterred(cost: float) -> esc.Scenario:
    """Two-state deterrence in which force costs both sides this much at home; how rare it is follows no fit."""
    scenario = esc.load("two-state-deterrence").replace("fit", None)
    for actor in ("challenger", "defender"):
        scenario = scenario.replace(f"actors.{actor}.belligerence_cost", cost)
    return scenario


def resampled(estimates: tuple[float, ...], ratio: float) -> tuple[float, float]:
    """Interval of 95 % of a ratio that goes with one over the variance of the estimates, by bootstrap."""
    values = np.array(estimates)
    rows = np.random.default_rng(0).integers(len(values), size=(2000, len(values)))
    variances = values[rows].var(axis=1, ddof=1)
    low, high = np.quantile(ratio * values.var(ddof=1) / variances, (0.025, 0.975))
    return float(low), float(high)


def crises(event: str, *, seed: int, particles: int, repetitions: int) -> None:
    """Print the ratio for events of a crisis that are rarer and rarer."""
    print(f"{event} in two-state deterrence, seed {seed}, {repetitions} repetitions of {particles:,} paths")
    for cost in COSTS:
        found = esc.rare_event(deterred(cost), event, seed=seed, particles=particles, repetitions=repetitions)
        if found.standard_error == 0.0:
            print(f"  at a cost of {cost:g}: {found}; no ratio")
            continue
        ratio = found.brute_force_days / found.simulated_days
        low, high = resampled(found.estimates, ratio)
        print(
            f"  at a cost of {cost:g}: P = {found.value:.3g} [{found.low:.3g}, {found.high:.3g}], "
            f"{found.simulated_days:,.0f} days; brute force {ratio:,.3g} times as many [{low:,.3g}, {high:,.3g}]"
        )


def show_days(event: str) -> None:
    """Print how many times the CPU time of a plain day a day takes that is split."""
    for scenario in (deterred(COSTS[-1]), esc.load("haniyeh-2024")):
        esc.rare_event(scenario, event, particles=40, repetitions=2, workers=1)  # compiles what is not at hand
        esc.run(scenario, runs=40, workers=1, progress=False)
        began = time.process_time()
        days = esc.rare_event(scenario, event, seed=1, particles=500, repetitions=2, workers=1).simulated_days
        split_day = (time.process_time() - began) / days
        began = time.process_time()
        esc.run(scenario, runs=50_000, seed=1, workers=1, progress=False)
        plain_day = (time.process_time() - began) / (50_000 * float(scenario.horizon))
        print(
            f"{scenario.name}: a day that is split takes {split_day / plain_day:.0f} times the CPU time of a plain one"
        )


def ruin(*, particles: int, repetitions: int) -> None:
    """Print the ratio for the gambler's ruin near 1e-7, and how far the estimate is from the closed form."""
    truth = exact(0.3, 20, 1)
    splits = [split(gambler(0.3, 20, 1), target=20, particles=particles, first_key=k << 32) for k in range(repetitions)]
    found = np.array([one.probability for one in splits])
    error = found.std(ddof=1) / np.sqrt(repetitions)
    # A path that is ruined takes 1 / (0.7 - 0.3) steps on average from a fortune of 1.
    brute = truth * (1.0 - truth) / found.var(ddof=1) / (0.7 - 0.3)
    steps = np.mean([one.steps for one in splits])
    print(f"gambler's ruin, p = 0.3 from 1 to 20, {repetitions} repetitions of {particles:,} paths")
    print(f"  P = {found.mean():.4g} ± {error:.2g}, {(found.mean() - truth) / error:+.2f} s.e. from {truth:.6g}")
    print(f"  {steps:,.0f} steps a repetition; brute force {brute / steps:,.3g} times as many")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--event", default="war", help="what is to happen in the crisis (default war)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the crises (default 1)")
    parser.add_argument("--particles", type=int, default=2000, help="paths of a repetition (default 2000)")
    parser.add_argument("--repetitions", type=int, default=20, help="repetitions (default 20)")
    options = parser.parse_args()
    show_days(options.event)
    ruin(particles=options.particles // 2, repetitions=options.repetitions)
    crises(options.event, seed=options.seed, particles=options.particles, repetitions=options.repetitions)
