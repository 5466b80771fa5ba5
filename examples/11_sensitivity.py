"""
Which guess matters?
====================

Five numbers of a scenario are guesses, and there is time to look into one of them. Which? We move each guess over its
range, from many places, and see by how much the answer moves.
"""

# %%
# From a shell: ``python examples/11_sensitivity.py demo --runs 300 --samples 10 --seed 1``.

import argparse
from pathlib import Path

import matplotlib.pyplot as plt

import escalation as esc

parser = argparse.ArgumentParser(description="Which of five guesses an answer hangs on.")
parser.add_argument("folder", nargs="?", default="demo", type=Path, help="where to put the figure")
parser.add_argument("--runs", type=int, default=300, help="runs at each point")
parser.add_argument("--samples", type=int, default=10, help="trajectories of the design")
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)

# %%
# A crisis, and five guesses about it
# -----------------------------------
# The ranges are part of the question. A guess with a wide range has more room to matter.

crisis = esc.Scenario.from_dict(
    {
        "name": "island",
        "horizon": 60,
        "actors": {"east": {}, "west": {}},
        "fronts": {"east-west": {"revisionism": 0.7}, "west-east": {}},
    }
)
guesses = {
    "fronts.east-west.revisionism": (0.55, 0.95),
    "fronts.east-west.stake": (0.5, 2.0),
    "fronts.east-west.fear": (0.0, 0.5),
    "actors.east.belligerence_cost": (0.2, 0.6),
    "actors.west.resolve": (0.2, 0.8),
}

# %%
# One step at a time
# ------------------
# A design of elementary effects [Morris1991]_ changes one guess at a time, along many paths through the ranges. The
# same runs are played at all points, so that a difference is the guess's doing. ``mu_star`` is the mean size of an
# effect, ``mu`` its mean with the sign. A result from few runs would depend on those runs, so there are some hundreds.

found = esc.sensitivity(
    crisis,
    event="initiation",
    actor="east",
    method="morris",
    parameters=guesses,
    samples=options.samples,
    runs=options.runs,
    seed=options.seed,
)
for name, *texts in found.rows():
    print(f"{name:<32}{'   '.join(texts)}")

# %%
# The figure
# ----------

figure, ax = plt.subplots(figsize=(3.3, 2.6), layout="constrained")
esc.plot.tornado(found, ax=ax)
esc.plot.save(ax, options.folder / "sensitivity.png")

# %%
# What we see
# -----------
# - What East wants, and how much it wants it, move the answer most: its revisionism and its stake. Their intervals
#   overlap, so this study does not say which of the two comes first. Look into both.
# - Where belligerence costs East more at home, it holds East back. Where East fears attack more, it strikes more often.
# - How resolute East thinks West is matters least here: less than half as much as what East wants.
#
# The last is no law. In a crisis that turns on West's answer the order would be another, and so it would with other
# ranges.

first = list(found.indices)[:2]
size = {name: indices["mu_star"] for name, indices in found.indices.items()}
assert set(first) == {f"fronts.east-west.{name}" for name in ("revisionism", "stake")}, "others come first"
assert min(size[name].high for name in first) > max(size[name].low for name in first), "they can be told apart"
assert found.indices["actors.east.belligerence_cost"]["mu"].high < 0.0, "too few runs to see its sign"
assert found.indices["fronts.east-west.fear"]["mu"].low > 0.0, "too few runs to see the sign of fear"
assert list(found.indices)[-1] == "actors.west.resolve", "something else matters least"
west, east = size["actors.west.resolve"], size["fronts.east-west.revisionism"]
assert west.high < east.low, "too few runs to tell it from the first"
assert west.value < east.value / 2.0, "it matters more than was said"
