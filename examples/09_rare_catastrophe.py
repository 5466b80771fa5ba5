"""
A rare catastrophe
==================

Two states have every reason to keep the peace, and an incident comes between them. No war happens in twenty thousand
runs. Is war impossible then? How likely is an event that no run shows?
"""

# %%
# From a shell: ``python examples/09_rare_catastrophe.py demo --runs 20000 --particles 2000 --seed 1``.

import argparse
from pathlib import Path

import matplotlib.pyplot as plt

import escalation as esc
from escalation.plotting.style import DARK, GREY, dress, entitle

parser = argparse.ArgumentParser(description="The probability of a war that brute force does not see.")
parser.add_argument("folder", nargs="?", default="demo", type=Path, help="where to put the figure")
parser.add_argument("--runs", type=int, default=20_000)
parser.add_argument("--particles", type=int, default=2_000)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)

# %%
# Two that would rather not
# -------------------------
# Force costs both very much at home, neither wants anything of the other, and the incident was small.

alert = esc.Scenario.from_dict(
    {
        "name": "alert",
        "horizon": 15,
        "actors": {"red": {"belligerence_cost": 8.0}, "blue": {"belligerence_cost": 8.0}},
        "fronts": {"red-blue": {}, "blue-red": {}},
        "events": {
            "incident": {
                "kind": "provocation",
                "date": 1,
                "victims": [{"actor": "red", "severity": 0.4}],
                "suspects": [{"actors": ["blue"]}],
            }
        },
    }
)

# %%
# Brute force
# -----------
# No event in n runs is not a zero. It is an upper bound, and that is how it prints.

brute = esc.run(alert, runs=options.runs, seed=options.seed).probability("war")
print("brute force:", brute)

# %%
# Splitting
# ---------
# `rare_event` follows many paths, and copies those that have come nearer to war than the rest. The copies go on with
# luck of their own. The share of paths that is lost at each step up the ladder gives an estimate without bias
# [Cerou2007]_, and independent repetitions give its interval.

rare = esc.rare_event(alert, "war", seed=options.seed, particles=options.particles, repetitions=6)
print("splitting:  ", rare)
saved = rare.brute_force_days / rare.simulated_days
print(f"Brute force would need {saved:,.0f} times as many days for the same standard error.")

# %%
# The figure
# ----------
# The bound of the one, the interval of the other, and the single repetitions in grey.

figure, ax = plt.subplots(figsize=(3.3, 1.8), layout="constrained")
ax.plot([brute.high], [0], marker="<", color=DARK, markerfacecolor="white", linestyle="")
ends = [[rare.value - rare.low], [rare.high - rare.value]]
single = [estimate for estimate in rare.estimates if estimate > 0.0]
ax.plot(single, [1] * len(single), marker="|", color=GREY, linestyle="", markersize=9)
ax.errorbar(rare.value, 1.25, xerr=ends, color=DARK, marker="o", markersize=3.5, capsize=2.0)
ax.set_xscale("log")
ax.set_yticks([0, 1.12], [f"{options.runs:,} runs", "splitting"])
ax.set_ylim(-0.6, 1.8)
ax.set_xlabel("Probability of war")
dress(ax, guides="x")
entitle(ax, "A rare war, by splitting and by brute force")
esc.plot.save(ax, options.folder / "rare.png")

# %%
# What we see
# -----------
# - Brute force saw no war, and says only that war is rarer than its bound.
# - Splitting finds it, far below that bound, and with less than a tenth of the work.
# - Its interval spans more than a factor of three, since few paths carry most of the weight. More `particles` and
#   `repetitions` narrow it.
#
# This is how rare war is in the model. No data say whether it is as rare in the world.

assert brute.value == 0.0, "brute force saw a war"
assert 0.0 < rare.low < rare.high < brute.high, "too few particles to get below the bound"
assert saved > 10.0, "splitting saved less than was said"
assert rare.high > 3.0 * rare.low, "the interval is narrower than was said"
