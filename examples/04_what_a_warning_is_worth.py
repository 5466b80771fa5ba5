"""
What a warning is worth
=======================

A patron tells a challenger in private: if you attack, we will defend them. How many attacks does that avert? We send
the same warning in worlds that differ in one respect, and count on the same chance. The worlds differ in how honest
East thinks the patron is, in how far it believed the pledge already, and in how early the warning comes.
"""

# %%
# From a shell: ``python examples/04_what_a_warning_is_worth.py demo --runs 3000 --seed 1``.

import argparse
from pathlib import Path

import matplotlib.pyplot as plt

import escalation as esc
from escalation.estimates.paired import PairedDifference
from escalation.plotting.style import DARK, dress

parser = argparse.ArgumentParser(description="The worth of a private warning.")
parser.add_argument("folder", nargs="?", default="demo", type=Path, help="where to put the figure")
parser.add_argument("--runs", type=int, default=3_000)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)

# %%
# The crisis
# ----------
# East wants what West holds, and has just been injured. A third state has pledged to stand by West, but East gives
# the pledge a chance of 0.3 only. On day 2 the patron warns East in private. All of it is invented.

islands = esc.Scenario.from_dict(
    {
        "name": "islands",
        "horizon": 60,
        "actors": {"east": {}, "west": {}, "patron": {"capability": 3.0, "honesty": 0.9}},
        "fronts": {"east-west": {"revisionism": 0.8}, "west-east": {}},
        "commitments": {
            "pledge": {
                "patron": "patron",
                "protege": "west",
                "adversary": "east",
                "credence": {"mean": 0.3, "weight": 2.0},
            }
        },
        "events": {
            "incident": {
                "kind": "provocation",
                "date": 1,
                "victims": [{"actor": "east", "severity": 0.5}],
                "suspects": [{"actors": ["west"]}],
            }
        },
        "signals": {
            "warning": {
                "kind": "warning",
                "date": 2,
                "sender": "patron",
                "receivers": ["east"],
                "subject": "pledge",
                "channel": "private",
            }
        },
    }
)

# %%
# With and without it
# -------------------
# Run 17 with the warning and run 17 without it meet the same luck. So they part only where the warning made somebody
# choose otherwise, and an effect of one run in a hundred shows.


def worth(scenario: esc.Scenario) -> PairedDifference:
    """East's strikes with the warning minus those without it, in pairs of runs: the change is to send it."""
    pair = esc.compare(scenario.without("warning"), scenario, runs=options.runs, seed=options.seed)
    return pair.difference("initiation", actor="east")


print("As it is:", worth(islands))

# %%
# Three things it may hang on
# ---------------------------
# Each row changes one number of the scenario and sends the warning again.

sweeps = {
    "Honesty of the patron": ("actors.patron.honesty", (0.0, 0.5, 0.9)),
    "Credence in its pledge": ("commitments.pledge.credence.mean", (0.05, 0.3, 0.95)),
    "Day of the warning": ("signals.warning.date", (2, 8, 20)),
}
found = {}
for title, (place, values) in sweeps.items():
    found[title] = [worth(islands.replace(place, value)) for value in values]
    for value, gap in zip(values, found[title], strict=True):
        print(f"{title:<24}{value:>6g}   {gap}")

# %%
# The figure
# ----------
# What the warning adds to East's chance of striking: below 0 it deters.

figure, panels = plt.subplots(3, figsize=(3.3, 5.2), sharey=True, layout="constrained")
for panel, (title, (_, values)) in zip(panels, sweeps.items(), strict=True):
    middle = [gap.value for gap in found[title]]
    ends = [[gap.value - gap.low for gap in found[title]], [gap.high - gap.value for gap in found[title]]]
    panel.axhline(0.0, color=DARK, linewidth=0.8)
    panel.errorbar(values, middle, yerr=ends, color=DARK, marker="o", markersize=3.5, linewidth=1.0, capsize=2.0)
    panel.set_xlabel(title)
    dress(panel, guides="y")
figure.supylabel("Strikes with the warning minus without", fontsize=8)
figure.suptitle("What the warning does", x=0.01, ha="left", fontsize=8, fontweight="bold")
esc.plot.save(panels[0], options.folder / "warning.png")

# %%
# What we see
# -----------
# - A warning by a patron that is thought to lie changes nothing in any run.
# - It deters most where the pledge stands in doubt. Where it is believed already there is little to add. Where
#   it is thought empty, a word does not change that.
# - A late word comes after many decisions have been made.
# - Even at its best it averts a few strikes in a hundred. East mostly weighs other things: what it wants and what it
#   has suffered.
#
# The last lines check these sentences. They fail with few runs, since few runs show less.

liar, doubtful, honest = found["Honesty of the patron"]
empty, doubted, believed = found["Credence in its pledge"]
early, later, late = found["Day of the warning"]
assert liar.discordant == (0, 0), "a warning that nobody believes changed something"
assert honest.value < doubtful.value < liar.value, "too few runs to see what honesty does"
assert honest.high < 0.0, "too few runs to see the warning deter"
assert doubted.high < min(empty.low, believed.low), "too few runs to see where it deters most"
assert early.value < later.value, "too few runs to see what lateness costs"
assert early.high < late.low, "too few runs to see what lateness costs"
assert honest.low > -0.05, "it averts more than a few in a hundred"
