"""
Proxies
=======

A patron is injured, and a militia on its rival's border fights on its behalf. How far the patron controls the militia
is rarely known. Does it decide who strikes, and whether it comes to war?
"""

# %%
# From a shell: ``python examples/08_proxies.py demo --runs 2000 --seed 1``.

import argparse
from pathlib import Path

import matplotlib.pyplot as plt

import escalation as esc
from escalation.estimates.paired import PairedDifference
from escalation.plotting.style import DARK, dress, entitle, shades

parser = argparse.ArgumentParser(description="A principal, its proxy, and control.")
parser.add_argument("folder", nargs="?", default="demo", type=Path, help="where to put the figure")
parser.add_argument("--runs", type=int, default=2_000)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)

# %%
# Principal and proxy
# -------------------
# The proxy maximises a mixture of its own utility and its principal's, with the weight κ, its *control*, on the second
# [Salehyan2010]_. When the principal decides what to do about an open injury, its proxies decide in the same period.

border = esc.Scenario.from_dict(
    {
        "name": "border",
        "horizon": 60,
        "actors": {
            "patron": {"domestic_pressure": 0.5},
            "rival": {"capability": 1.2},
            "militia": {"kind": "armed-group", "capability": 0.3, "principal": "patron", "control": 0.0},
        },
        "fronts": {"patron-rival": {}, "rival-patron": {}, "militia-rival": {}, "rival-militia": {}},
        "events": {
            "killing": {
                "kind": "provocation",
                "date": 1,
                "victims": [{"actor": "patron", "severity": 0.7}],
                "suspects": [{"actors": ["rival"]}],
            }
        },
    }
)

# %%
# From a free hand to full control
# --------------------------------
# A difference is what control did: minus a militia that the patron does not control at all.

controls = (0.25, 0.5, 0.75, 1.0)
gaps: dict[str, list[PairedDifference]] = {"militia strikes": [], "patron strikes": [], "war": []}
for control in controls:
    world = border.replace("actors.militia.control", control)
    pair = esc.compare(border, world, runs=options.runs, seed=options.seed)
    for name, found in gaps.items():
        who = name.partition(" ")[0]
        event, actor = ("war", None) if name == "war" else ("initiation", who)
        found.append(pair.difference(event, actor=actor))
    print(f"control {control:g}: " + "; ".join(f"{name} {found[-1].number_text()}" for name, found in gaps.items()))

# %%
# Another victim
# --------------
# And if the militia had been hit, and not the patron? From a free hand to full control, once more.

hurt = border.replace("events.killing.victims.0.actor", "militia")
pair = esc.compare(hurt, hurt.replace("actors.militia.control", 1.0), runs=options.runs, seed=options.seed)
calmed = pair.difference("initiation", actor="militia")
print("militia injured, full control: militia strikes", calmed)

# %%
# The figure
# ----------

figure, ax = plt.subplots(figsize=(3.3, 2.6), layout="constrained")
ax.axhline(0.0, color=DARK, linewidth=0.8)
for (name, found), colour, marker in zip(gaps.items(), shades(3, lightest=0.7), ("s", "^", "o"), strict=True):
    middle = [gap.value for gap in found]
    ends = [[gap.value - gap.low for gap in found], [gap.high - gap.value for gap in found]]
    ax.errorbar(controls, middle, yerr=ends, color=colour, marker=marker, markersize=3.5, capsize=2.0, label=name)
ax.set_xticks(controls)
ax.set_xlabel("Control κ of the patron over the militia")
ax.set_ylabel("Probability minus that\nwith a free hand")
ax.legend(frameon=False, fontsize=8)
entitle(ax, "What a tighter hold on the militia does")
dress(ax, guides="y")
esc.plot.save(ax, options.folder / "proxies.png")

# %%
# What we see
# -----------
# - Control does not restrain where the injury was the patron's: the tighter its hold, the more the militia answers it.
#   A militia that decides for itself has less reason to.
# - It restrains where the militia was the one injured, and the patron has nothing to answer.
# - What the injured patron does itself hardly changes.
# - War becomes likelier: there are two fronts on which an exchange can get out of hand.

militia, patron, war = gaps.values()
rising = [gap.value for gap in militia]
assert rising == sorted(rising), "too few runs to see the militia follow its patron"
assert militia[0].low > 0.0, "too few runs to see the militia follow its patron"
assert all(gap.low > -0.01 and gap.high < 0.01 for gap in patron), "the patron itself did otherwise"
assert calmed.high < 0.0, "too few runs to see the militia held back"
assert war[-1].low > 0.0, "too few runs to see war become likelier"
