"""
What mattered at Agadir?
========================

In July 1911 a German gunboat came to Agadir, a British minister gave a speech, and diplomats talked. Which word, pledge
or deed made force more likely, and which less? We leave out one item after the other, on the same chance.
"""

# %%
# From a shell: ``python examples/16_what_mattered.py demo --runs 20000 --seed 1``.

import argparse
from pathlib import Path

import matplotlib.pyplot as plt

import escalation as esc

parser = argparse.ArgumentParser(description="Leave out each word, pledge and deed of a crisis in turn.")
parser.add_argument("folder", nargs="?", default="demo", type=Path, help="where to put the figure")
parser.add_argument("--runs", type=int, default=20_000, help="runs of each world")
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)

# %%
# The crisis
# ----------
# It is one of the library. Three states took part, and seven items of its file were said, done or promised.

agadir = esc.load("agadir-1911")
print(agadir.description.strip())

# %%
# Leave each item out
# -------------------
# One world has everything in it. Each other world lacks one item, and what is about that item. All worlds meet the same
# chance, run by run, so a difference is the item's doing. An effect is what leaving the item out does: below 0, force
# is less likely without it.

study = esc.leave_one_out(agadir, event="initiation", runs=options.runs, seed=options.seed, progress=False)
print(f"With everything in it: {study.baseline}")
for item, came, change, *_ in study.table()[1]:
    print(f"{item:<56}came in {came:>6} of runs   {change}")

# %%
# How did the first two do it? The sentences say which belief each moved, and how the next decision then weighed force.

for sentence in study.sentences(most=2)[3:]:
    print(sentence)

# %%
# The forest plot
# ---------------

figure, ax = plt.subplots(figsize=(5.0, 3.0), layout="constrained")
esc.plot.leave_one_out(study, ax=ax)
esc.plot.save(ax, options.folder / "what-mattered.png")

# %%
# Read it row by row. The circle is the effect, and the line is its interval at 95 %. The vertical line at 0 is no
# effect. Where a line keeps clear of it the circle is filled: the runs tell this effect from none. A hollow circle says
# that they do not, which is a result too, for the effect is then no larger than the end of its line. To the left of 0
# force is *less* likely without the item, so the item made it more likely. To the right it is the other way round. An
# item that does not come in every run has a square below its circle, for the runs in which it came. Compare rows by
# size, and not by whether they are filled: with more runs more circles fill.
#
# What we see
# -----------
# - The gunboat did most. Without it force is less likely by 11 of 100 runs.
# - The offence that Germany took at the Mansion House speech comes next, with 9 of 100 runs.
# - Talks in Berlin, the British pledge to France and the German ambassador's assurance calmed. Without each of them
#   force is more likely.
# - The demand for the Congo and the *warning* in the Mansion House speech calmed, too, but each in less than one run of
#   100. It takes as many runs as these to see it.
#
# These effects do not add up, since each is of one item with all others in place. And they are those of the file: if
# you code the speech as a warning alone, you get another second row.

effect = {row.item.name: row.effect for row in study.rows}
assert list(effect)[:2] == ["panther", "mansion-house"], "others come first"
assert effect["panther"].high < effect["mansion-house"].low < effect["mansion-house"].high < 0.0, "they are not ranked"
assert round(effect["panther"].value, 2) == -0.11, "it is not 11 of 100 runs"
assert round(effect["mansion-house"].value, 2) == -0.09, "it is not 9 of 100 runs"
for name in ("talks-in-berlin", "gbr-fra", "metternich-assurance"):
    assert effect[name].low > 0.0, f"too few runs to see that {name} calms"
for name in ("congo-demand", "mansion-house-warning"):
    assert 0.0 < effect[name].low < effect[name].high < 0.01, f"the {name} did something else"
