"""
What is not known, and what is chance
=====================================

Nobody knows what a war would cost, or how much an island is worth to the state that wants it. And if we knew, a crisis
could still go this way or that. How much of each kind of uncertainty is in an answer, and which of them do more runs
reduce?
"""

# %%
# From a shell: ``python examples/10_uncertainty.py demo --draws 128 --runs 50 --seed 1``.

import argparse
from pathlib import Path

import matplotlib.pyplot as plt

import escalation as esc

parser = argparse.ArgumentParser(description="Epistemic uncertainty and chance, told apart.")
parser.add_argument("folder", nargs="?", default="demo", type=Path, help="where to put the figure")
parser.add_argument("--draws", type=int, default=128)
parser.add_argument("--runs", type=int, default=50, help="runs at each draw")
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)

# %%
# Judgements as distributions
# ---------------------------
# Any number of a scenario may be a distribution. It says what we think of the number, and it is drawn once for each
# run. For the costs an expert was asked three quantiles: one chance in ten that it is below the first, even odds for
# the second, one in ten that it is above the third.

crisis = esc.Scenario.from_dict(
    {
        "name": "island",
        "horizon": 60,
        "actors": {
            "east": {
                "war_cost": {
                    "resolute": {
                        "distribution": "elicited",
                        "probabilities": [0.1, 0.5, 0.9],
                        "values": [0.3, 0.6, 1.2],
                        "low": 0.0,
                    },
                    "irresolute": {
                        "distribution": "elicited",
                        "probabilities": [0.1, 0.5, 0.9],
                        "values": [0.6, 1.2, 2.4],
                        "low": 0.0,
                    },
                }
            },
            "west": {},
        },
        "fronts": {
            "east-west": {
                "stake": {"distribution": "lognormal", "median": 1.0, "sigma": 0.5},
                "revisionism": {"distribution": "beta", "a": 4.0, "b": 2.0},
            },
            "west-east": {},
        },
    }
)

# %%
# Draw by draw
# ------------
# The distributions are drawn by a design that fills their space evenly. At each draw runs are played in which all
# numbers are known, so that chance alone decides.


def study(runs: int) -> esc.Uncertainty:
    """How likely East is to strike, with so many runs at each draw."""
    return esc.uncertainty(crisis, event="initiation", actor="east", draws=options.draws, runs=runs, seed=options.seed)


short, long = study(options.runs), study(4 * options.runs)
for name, text in long.lines():
    print(f"{name:<20}{text}")

# %%
# Do more runs help?
# ------------------
# Four times as many runs halve the error of chance. The *band*, where the probability would lie if our numbers were
# the true ones, stays as wide as our ignorance.

for name, found in (("short", short), ("long", long)):
    print(f"{name:<8}error of chance {found.error:.4f}   band {found.band.number_text()}")

# %%
# The figure
# ----------
# The probability at each draw, in order; the band; and the error of chance, which is much smaller.

figure, ax = plt.subplots(figsize=(3.3, 2.8), layout="constrained")
esc.plot.uncertainty(long, ax=ax)
esc.plot.save(ax, options.folder / "uncertainty.png")

# %%
# What we see
# -----------
# - More runs made the error of chance about half as large, and left the band where it was.
# - The band is many times as wide as that error. If you reported the narrow interval alone, you would claim to know
#   what was only assumed.
# - Most of the variance of a single run is chance all the same: known numbers would not tell us how one crisis ends.

width = {name: found.band.high - found.band.low for name, found in (("short", short), ("long", long))}
assert 0.4 < long.error / short.error < 0.6, "the error of chance was not halved"
assert 0.8 < width["long"] / width["short"] < 1.25, "the band moved with the runs"
assert width["long"] > 10.0 * long.error, "the band is not many times as wide"
assert long.share.high < 0.5, "most of the variance is not chance"
