"""
Your own counts
===============

You have a record of 120 crises like yours. In some of them there was a show of force, in some a strike, in some a war.
What do these counts say about the unknown numbers of your scenario, and what do they leave open?
"""

# %%
# From a shell: ``python examples/13_your_own_data.py demo --runs 1000 --seed 1``.

import argparse
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

import escalation as esc
from escalation.plotting.style import DARK, GREY, dress
from escalation.world.distributions import LogNormal

parser = argparse.ArgumentParser(description="Numbers of a scenario, from counts.")
parser.add_argument("folder", nargs="?", default="demo", type=Path, help="where to put the figure")
parser.add_argument("--runs", type=int, default=1_000, help="runs for each trial of the numbers")
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)

# %%
# A scenario with two numbers that nobody knows
# ---------------------------------------------
# How much does belligerence cost Red at home, and how easily does an exchange get out of hand? We start from what seems
# plausible, a *prior* for each.

crisis = esc.Scenario.from_dict(
    {
        "name": "border-incidents",
        "horizon": 30,
        "actors": {"red": {}, "blue": {}},
        "fronts": {"red-blue": {}, "blue-red": {}},
        "events": {
            "incident": {
                "kind": "provocation",
                "date": 1,
                "victims": [{"actor": "red", "severity": 0.6}],
                "suspects": [{"actors": ["blue"]}],
            }
        },
    }
)
priors = {
    "actors.red.belligerence_cost": LogNormal(median=0.4, sigma=0.7),
    "rules.brinkmanship_scale": LogNormal(median=0.01, sigma=1.0),
}

# %%
# The record
# ----------
# So that we can see whether it works, this record comes from the model itself, with numbers that we then forget. Put
# your own counts here instead: how often it happened, and in how many cases.

truth = {"actors.red.belligerence_cost": 0.8, "rules.brinkmanship_scale": 0.03}
world = crisis
for place, value in truth.items():
    world = world.replace(place, value)
CASES = 120
record = esc.run(world, runs=CASES, seed=98)
counts = {event: (int(record.occurs(event).sum()), CASES) for event in ("rung:display", "initiation", "war")}
print(counts)

# %%
# What the counts say
# -------------------
# Each trial of the numbers plays the same runs, so that trials differ by the numbers alone. What comes out is the mode
# of the posterior, with an interval.

found = esc.calibrate(crisis, counts, parameters=priors, runs=options.runs, seed=options.seed)
for place, estimate in found.parameters.items():
    print(f"{place:<32}{estimate.number_text():<26} true: {truth[place]}")
left = {place: np.log(found.posterior[:, k]).std() / prior.sigma for k, (place, prior) in enumerate(priors.items())}
for place, share in left.items():
    print(f"{place:<32}{share:.0%} of the prior's width is left")
for event, (happened, cases) in counts.items():
    print(f"{event:<14} observed {happened / cases:.2f}   fitted {found.fitted[event]:.2f}")

# %%
# The figure
# ----------
# The prior in grey, draws of the posterior on top, and the numbers that we forgot.

figure, panels = plt.subplots(2, figsize=(3.3, 3.6), layout="constrained")
for column, (panel, (place, prior)) in enumerate(zip(panels, priors.items(), strict=True)):
    draws = np.log10(found.posterior[:, column])
    before = np.log10(np.random.default_rng(1).lognormal(np.log(prior.median), prior.sigma, 4_000))
    bins = np.linspace(before.min(), before.max(), 40)
    panel.hist(before, bins, density=True, color=GREY, alpha=0.5)
    panel.hist(draws, bins, density=True, histtype="step", color=DARK)
    panel.axvline(np.log10(truth[place]), color=DARK, linestyle="--", linewidth=0.8)
    panel.set_xlabel(f"log₁₀ of {place.rpartition('.')[2].replace('_', ' ')}")
    panel.set_yticks([])
    dress(panel)
title = "What the record says (line), and what was\nthought before (grey); dashed: the truth"
figure.suptitle(title, x=0.01, ha="left", fontsize=8, fontweight="bold")
esc.plot.save(panels[0], options.folder / "your-data.png")

# %%
# What we see
# -----------
# - The intervals hold the numbers that made the record, and the fitted scenario makes what was counted about as likely
#   as it was.
# - What belligerence costs is known far better than before. How easily force gets out of hand is known somewhat better:
#   few wars were counted.
# - How much is learnt hangs on the record, too. Of the 120 crises of ``seed=99`` more saw a show of force, and the cost
#   stays much less certain.
#
# ``found.scenario`` is the scenario with these numbers, and ``escalation.save`` writes it as a file.

for place, estimate in found.parameters.items():
    assert estimate.low < truth[place] < estimate.high, f"{place} was missed"
for event, (happened, cases) in counts.items():
    assert abs(found.fitted[event] - happened / cases) < 0.1, f"{event} is not fitted"
assert left["actors.red.belligerence_cost"] < 0.45, "it was not learnt"
assert left["actors.red.belligerence_cost"] < left["rules.brinkmanship_scale"] < 0.8, "it was learnt otherwise"
