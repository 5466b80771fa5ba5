"""
Who did it?
===========

A pipeline is blown up, by a hand that nobody has seen. The victim divides its blame between a neighbour and an armed
group. What happens as the evidence against the neighbour grows? And does a denial end the matter, or pass the blame to
others?
"""

# %%
# From a shell: ``python examples/07_attribution.py demo --runs 2000 --seed 1``.

import argparse
from pathlib import Path

import matplotlib.pyplot as plt

import escalation as esc
from escalation.estimates.estimate import Estimate
from escalation.plotting.marks import draw_bound
from escalation.plotting.style import DARK, GREY, dress, entitle

parser = argparse.ArgumentParser(description="Blame, evidence and a denial.")
parser.add_argument("folder", nargs="?", default="demo", type=Path, help="where to put the figure")
parser.add_argument("--runs", type=int, default=2_000)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)

# %%
# Three hypotheses
# ----------------
# South did it, the group did it, or somebody else. Each has a prior weight and a likelihood of the evidence, and
# Bayes's rule makes them shares of blame. What falls on "other" is not retaliated against, nor is a share so small that
# it calls for no decision. A denial multiplies the weights once more, as far as the denier is believed [Baliga2020]_.

denied = esc.Scenario.from_dict(
    {
        "name": "pipeline",
        "horizon": 60,
        "actors": {"north": {}, "south": {}, "group": {"kind": "armed-group", "capability": 0.3}},
        "fronts": {"north-south": {}, "south-north": {}, "north-group": {}, "group-north": {}},
        "events": {
            "blast": {
                "kind": "provocation",
                "date": 1,
                "victims": [{"actor": "north", "severity": 0.7}],
                "suspects": [{"actors": ["south"], "likelihood": 2.0}, {"actors": ["group"]}],
                "other": {"prior": 0.5},
            }
        },
        "signals": {
            "denial": {
                "kind": "denial",
                "date": 2,
                "sender": "south",
                "receivers": ["north"],
                "subject": "blast",
            }
        },
    }
)
silent = denied.without("denial")

# %%
# The evidence grows
# ------------------
# The same runs at each strength of the evidence against South.

ratios = (0.3, 1.0, 3.0, 10.0)
struck: dict[str, list[Estimate]] = {"south": [], "group": []}
for ratio in ratios:
    ensemble = esc.run(
        silent.replace("events.blast.suspects.0.likelihood", ratio), runs=options.runs, seed=options.seed
    )
    for target, estimates in struck.items():
        estimates.append(ensemble.probability("initiation", actor="north", target=target))
    print(f"evidence {ratio:>4g} to 1:  South struck {struck['south'][-1]},  the group {struck['group'][-1]}")

# %%
# A denial
# --------
# South denies in public. Its honesty is the ordinary one, and then that of a known liar.

moved = {}
for name, world in (("believed", denied), ("a known liar", denied.replace("actors.south.honesty", 0.0))):
    pair = esc.compare(world.without("denial"), world, runs=options.runs, seed=options.seed)
    moved[name] = {target: pair.difference("initiation", actor="north", target=target) for target in ("south", "group")}
    for target, gap in moved[name].items():
        print(f"denial, {name}: strikes on {target} {gap}")

# %%
# The figure
# ----------
# If a target was never struck, there is an arrowhead at the upper bound, and no point at 0.

figure, ax = plt.subplots(figsize=(3.3, 2.6), layout="constrained")
for (target, estimates), colour, marker in zip(struck.items(), (DARK, GREY), ("o", "s"), strict=True):
    middle = [estimate.value or float("nan") for estimate in estimates]
    ends = [[one.value - one.low for one in estimates], [one.high - one.value for one in estimates]]
    ax.errorbar(ratios, middle, yerr=ends, color=colour, marker=marker, markersize=3.5, capsize=2.0, label=target)
    for ratio, estimate in zip(ratios, estimates, strict=True):
        if estimate.value == 0.0:
            draw_bound(ax, ratio, estimate.high)
ax.set_xscale("log")
ax.set_xticks(ratios, [f"{ratio:g}" for ratio in ratios])
ax.minorticks_off()
ax.set_xlabel("Likelihood of the evidence if South did it,\nagainst the group")
ax.set_ylabel("Probability of a strike on it")
ax.legend(frameon=False, fontsize=8, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2)
entitle(ax, "Whom the strikes hit, by the evidence")
dress(ax, guides="y")
esc.plot.save(ax, options.folder / "attribution.png")

# %%
# What we see
# -----------
# - Blame is a fixed sum. What the evidence lays on South it takes from the group, and the strikes follow.
# - A denial that is believed spares South some strikes, and brings some on the group. It does not end the matter; it
#   passes a part of the blame on.
# - The denial of a known liar changes nothing at all.

lowest, *_, highest = struck["south"]
assert highest.low > lowest.high, "too few runs to see the evidence tell"
assert struck["group"][-1].high < struck["group"][0].low, "too few runs to see the group relieved"
assert moved["believed"]["south"].high < 0.0 < moved["believed"]["group"].low, "too few runs to see the denial"
assert all(gap.discordant == (0, 0) for gap in moved["a known liar"].values()), "a liar's denial changed something"
