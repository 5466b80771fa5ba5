"""
A table of crises
=================

A crisis-actor table has a row for each state in a crisis: what set it off, how strong it was, who stood by it, and how
it responded. Does the model, fitted to one half of such a table, forecast the other half better than the mere frequency
of each response does?
"""

# %%
# From a shell: ``python examples/14_a_table_of_crises.py demo --rows 800 --seed 1``.

import argparse
import csv
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

import escalation as esc
from escalation.analysis.fit.crises.icb import fit_responses
from escalation.analysis.fit.crises.responses import LEVELS, response_probabilities
from escalation.analysis.score.scores import calibration_curve, log_score
from escalation.data.covariates import covariates
from escalation.data.crisis_actors import read_crisis_actors, response_level
from escalation.data.generic_crisis import crisis_scenario
from escalation.data.parameters import informed_by, moved, prior_means
from escalation.estimates.paired import paired_difference
from escalation.plotting.style import DARK, GREY, dress, entitle

parser = argparse.ArgumentParser(description="A fit to a table of crises, and forecasts of rows it has not seen.")
parser.add_argument("folder", nargs="?", default="demo", type=Path, help="where to put table and figure")
parser.add_argument("--rows", type=int, default=800)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)

# %%
# Make a table
# ------------
# You have to fetch real tables yourself, such as that of International Crisis Behavior [Brecher2023]_. This one is made
# up: triggers, capability and pacts are drawn at random, and the responses by the model with numbers of our own.
# Columns bear ICB's names and codes. Put the path of your table in its place.

rng = np.random.default_rng(options.seed)
n = options.rows
columns = {
    "crisno": np.arange(1, n + 1),
    "cracno": np.arange(1, n + 1),
    "year": rng.integers(1950, 1990, n),
    "trigger": rng.integers(2, 10, n),  # 2 political ... 7 military, 8 indirect violent, 9 violent
    "trig_entity": rng.choice(["state", "nonstate"], n, p=[0.8, 0.2]),
    "regime": rng.integers(1, 6, n),  # 1 democratic ... 5 military
    "iwc": np.ones(n, dtype=int),  # not within a war
    "response": np.ones(n, dtype=int),  # to be drawn
    "viol_actor": np.ones(n, dtype=int),
    "cap_share": rng.uniform(0.05, 0.95, n).round(3),
    "n_defpact": rng.integers(0, 3, n),
    "adv_n_defpact": rng.integers(0, 3, n),
}


def write(path: Path) -> Path:
    """Write the table as a CSV file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
    return path


CHANGED = {"precision": 6.0, "injury_other": 0.8, "injury_violent": 4.5}
truth = prior_means() | CHANGED
path = write(options.folder / "crises.csv")
likely = response_probabilities(truth, covariates(read_crisis_actors(path)))
drawn = (rng.uniform(size=(n, 1)) > likely.cumsum(axis=1)).sum(axis=1)
columns["response"] = np.array([2, 7, 9])[np.minimum(drawn, 2)]  # verbal, military, violent
rows = read_crisis_actors(write(path))

# %%
# Learn from one half
# -------------------
# The response is an actor's first decision, so how likely it is needs no simulation: it is computed exactly.

seen, levels = covariates(rows), response_level(rows)
half = np.arange(n) < n // 2
names = informed_by("response")
mode = fit_responses(seen.take(half), levels[half], prior_means())
fitted = moved(prior_means(), names, mode.z)
for name in CHANGED:
    print(f"{name:<20}prior {prior_means()[name]:.2f}   fitted {fitted[name]:.2f}   true {truth[name]:.2f}")

# %%
# Forecast the other
# ------------------
# The log score of a forecast is −ln of the probability that it gave to what came: lower is better. The rival gives each
# response its frequency in the first half. Scores are paired, row by row.

asked, came = seen.take(~half), levels[~half]
forecast = response_probabilities(fitted, asked)
frequency = np.bincount(levels[half], minlength=len(LEVELS)) / half.sum()
rival = np.tile(frequency, (came.size, 1))
gain = paired_difference(log_score(forecast, came), log_score(rival, came), event="log score")
print("model less frequency:", gain)

# %%
# A row is a scenario
# -------------------
# Each row can also be read, run and changed as a scenario of its own.

violent = int(np.flatnonzero(seen.group == 5)[0])
crisis = crisis_scenario(fitted, seen, violent)
print(crisis)
print("war:", esc.run(crisis, runs=500, seed=options.seed).probability("war"))

# %%
# The figure
# ----------
# Forecasts of a violent response against how often it came. Those of a good forecaster lie on the line.

figure, ax = plt.subplots(figsize=(3.3, 3.2), layout="constrained")
ax.plot([0, 1], [0, 1], color=GREY, linewidth=0.8)
for point in calibration_curve(forecast[:, -1], came == len(LEVELS) - 1):
    share = point.observed
    ends = [[share.value - share.low], [share.high - share.value]]
    ax.errorbar(point.forecast, share.value, yerr=ends, color=DARK, marker="o", markersize=3.5, capsize=2.0)
ax.set_xlabel("Forecast of a violent response")
ax.set_ylabel("How often it came")
dress(ax, guides="y")
entitle(ax, "Does what is called likely happen?")
esc.plot.save(ax, options.folder / "table.png")

# %%
# What we see
# -----------
# - On rows that it has not seen, the fitted model beats the frequencies. It had to, since it made the table: this says
#   that the fit works, and nothing about the world. The page on calibration says how it does on real
#   crises, beside its rivals.
# - On the whole the numbers came nearer to those that made the table. They did not reach them, since four hundred rows
#   say little about each of them alone.

assert gain.high < 0.0, "too few rows to beat the frequencies"
far = sum(abs(np.log(prior_means()[name] / truth[name])) for name in CHANGED)
near = sum(abs(np.log(fitted[name] / truth[name])) for name in CHANGED)
assert near < far, "the fit went away from what made the table"
