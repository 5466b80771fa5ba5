"""
Your own crisis
===============

A scenario is a short text file. Here we write one with three actors and run it. What would have changed if a vow had
not been made, or if a pact were held in doubt?
"""

# %%
# From a shell: ``python examples/02_your_own_crisis.py demo --runs 2000 --seed 1``.

import argparse
from pathlib import Path

import matplotlib.pyplot as plt

import escalation as esc

parser = argparse.ArgumentParser(description="A scenario of one's own, run and changed.")
parser.add_argument("folder", nargs="?", default="demo", type=Path, help="where to put scenario and figure")
parser.add_argument("--runs", type=int, default=2_000)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)

# %%
# Write it down
# -------------
# State only what matters; all else has a default. Two states quarrel over a strait, and a third has pledged to stand by
# one of them. A patrol boat is sunk, most likely by the other side. Where you are unsure of a number, give a
# distribution instead.

TEXT = """
name = "strait"
title = "A boat is sunk in the strait"
start = 2031-05-01
horizon = 60

[actors.north]
domestic_pressure = 0.5
[actors.south]
capability = { distribution = "lognormal", median = 0.8, sigma = 0.3 }
[actors.patron]
capability = 3.0

[fronts.north-south]
revisionism = 0.6
[fronts.south-north]
stake = 1.2

[commitments.pact]
patron = "patron"
protege = "south"

[events.boat-sunk]
kind = "provocation"
date = 2031-05-02
victims = [{ actor = "north", severity = 0.5 }]
suspects = [{ actors = ["south"], likelihood = 4.0 }]
other = { prior = 0.5 }

[signals.vow]
kind = "vow"
date = 2031-05-03
sender = "north"
receivers = ["south"]
due = 20
"""
path = options.folder / "strait.toml"
path.write_text(TEXT, encoding="utf-8")

# %%
# Read it
# -------
# A fault in the file would be named with its place, what is wrong there and what is allowed.

scenario = esc.load(path)
print(scenario)

# %%
# Run it
# ------

ensemble = esc.run(scenario, runs=options.runs, seed=options.seed)
for event in ensemble.events:
    print(f"{event:<24}{ensemble.probability(event)}")

# %%
# Change one thing
# ----------------
# What if nobody had heard the vow? And what if the pact were taken to be worth little?

silent = scenario.without("vow")
doubted = scenario.replace("commitments.pact.credence.mean", 0.2)
changes = {}
for name, other in (("without the vow", silent), ("pact doubted", doubted)):
    comparison = esc.compare(scenario, other, runs=options.runs, seed=options.seed)
    changes[name] = comparison.differences["initiation"]
    print(f"{name}: initiation {changes[name]}")

# %%
# See it
# ------

figure = plt.figure(figsize=(3.3, 6.7), layout="constrained")
above, below = (part.add_subplot() for part in figure.subfigures(2, squeeze=False, height_ratios=(4, 2.7)).flat)
esc.plot.network(scenario, ax=above)
esc.plot.fan(ensemble, ax=below)
esc.plot.save(above, options.folder / "strait.png")
print("Scenario and figure are in", options.folder)

# %%
# What we see
# -----------
# A difference is what the change did: changed minus unchanged.
#
# - Without the vow there is less force than with it: an actor that has promised an answer in public pays for restraint.
# - With the pact doubted there is more force than with the pact as it is.
#
# The last lines check these two sentences. They fail with few runs, since few runs show less.

assert changes["without the vow"].high < 0.0, "too few runs to see what the vow does"
assert changes["pact doubted"].low > 0.0, "too few runs to see what the pact does"
