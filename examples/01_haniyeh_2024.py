"""
A private warning, Tehran 2024
==============================

On 31 July 2024 the Hamas leader Ismail Haniyeh is killed in Tehran. Iran vows to answer. A newspaper
reports, and Washington denies, that US officials came in secret and said: if you attack Israel, we will
defend it. Would such a warning matter? We run the crisis with and without it, on the same chance, and
compare run by run.
"""

# %%
# From a shell: ``python examples/01_haniyeh_2024.py demo --runs 20000 --seed 1``.

import argparse
import datetime
from pathlib import Path

import matplotlib.pyplot as plt

import escalation as esc

parser = argparse.ArgumentParser(description="The Haniyeh crisis with and without the American warning.")
parser.add_argument("folder", nargs="?", default="demo", type=Path, help="where to put table and figure")
parser.add_argument("--runs", type=int, default=20_000)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)

# %%
# Two worlds
# ----------
# The scenario is a file of the library: actors, fronts, commitments, and a dated timeline with its sources.
# Leaving out a signal gives another scenario. What spoke of that signal goes with it, here the denial
# that the visit took place.

scenario = esc.load("haniyeh-2024")
silent = scenario.without("us-private-warning")
print("Left out:", ", ".join(path for path, _, _ in scenario.diff(silent)))

# %%
# The same chance
# ---------------
# Both worlds get the same seed. Run number 17 of the one differs from run 17 of the other by the warning
# alone, so that even a small effect can be told from chance.

comparison = esc.compare(scenario, silent, runs=options.runs, seed=options.seed)
warned, unwarned = comparison.first, comparison.second

# %%
# No probability comes without its interval, and what never happened is given as an upper bound.
# A difference is what leaving the warning out does: without it minus with it.

lines = [f"{'event':<28}{'with warning':<28}{'without':<28}difference"]
for event, difference in comparison.differences.items():
    cells = [world.probability(event).number_text() for world in (warned, unwarned)]
    lines.append(f"{event:<28}{cells[0]:<28}{cells[1]:<28}{difference.number_text()}")
lines.append(f"{comparison.runs:,} pairs of runs, seed {comparison.seed}; intervals of 95 %")
table = "\n".join(lines)
print(table)
(options.folder / "haniyeh-2024.txt").write_text(table + "\n", encoding="utf-8")

# %%
# The question of the day
# -----------------------
# Any event can be asked of one front, and by a date.

strike = warned.probability("initiation", actor="irn", target="isr")
by_september = warned.probability("initiation", actor="irn", target="isr", by=datetime.date(2024, 9, 1))
difference = comparison.difference("initiation", actor="irn", target="isr")
print("Iran strikes Israel:      ", strike)
print("... by 1 September:       ", by_september)
print("... without minus with:   ", difference)

# %%
# In how many runs did the warning change anything, and where does the first of them part?

parted = comparison.parted.nonzero()[0]
print(f"The warning changed {parted.size:,} of {comparison.runs:,} runs.")
if parted.size > 0:
    print("The first:", comparison.first_parting(int(parted[0])))

# %%
# The figure
# ----------
# Each plot is a function: data and axes in, axes out.

figure = plt.figure(figsize=(3.3, 7.8), layout="constrained")
above, middle, below = (
    part.add_subplot() for part in figure.subfigures(3, squeeze=False, height_ratios=(2.3, 2.6, 2.9)).flat
)
esc.plot.peaks(warned, ax=above)
esc.plot.first_passage(warned, ["initiation", "war"], ax=middle)
esc.plot.comparison(comparison, events=["initiation", "war", "settled", "agreement", "joined:usa-isr"], ax=below)
esc.plot.save(above, options.folder / "haniyeh-2024.png")
print("Table and figure are in", options.folder)

# %%
# What this does not say
# ----------------------
# These are consequences of the judgements in the file, not a forecast to act on. Change a judgement, run
# again, and see what hangs on it.
