"""
Spoilers
========

A ceasefire holds between a state and rebels. A small faction lives by the war, and a bomb goes off. To strike back may
be just what the faction wants. If the rebels tell the state so in private, and are half believed, does it help?
"""

# %%
# From a shell: ``python examples/06_spoilers.py demo --runs 3000 --seed 1``.

import argparse
from pathlib import Path

import matplotlib.pyplot as plt

import escalation as esc
from escalation.estimates.paired import PairedDifference
from escalation.plotting.style import DARK, dress, entitle

parser = argparse.ArgumentParser(description="A spoiler, and a word about its motive.")
parser.add_argument("folder", nargs="?", default="demo", type=Path, help="where to put the figure")
parser.add_argument("--runs", type=int, default=3_000)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)

# %%
# A ceasefire with a spoiler
# --------------------------
# Extremists attack to provoke an answer that ruins the talks [KyddWalter2002]_. In the model a *spoiler* gains from
# escalation as such. An actor that believes that it is being baited pays for taking the bait. The state blames the
# faction most, the rebels a little. On day 4 the rebels disclose: they want you to strike.

told = esc.Scenario.from_dict(
    {
        "name": "ceasefire",
        "horizon": 60,
        "actors": {
            "state": {},
            "rebels": {"kind": "armed-group", "capability": 0.5, "honesty": 0.7},
            "faction": {"kind": "armed-group", "capability": 0.2},
        },
        "fronts": {
            "state-rebels": {},
            "rebels-state": {},
            "state-faction": {"motive": 0.2},
            "faction-state": {"spoiler": 0.6, "revisionism": 0.2},
        },
        "events": {
            "bomb": {
                "kind": "provocation",
                "date": 3,
                "victims": [{"actor": "state", "severity": 0.6}],
                "suspects": [{"actors": ["faction"], "likelihood": 3.0}, {"actors": ["rebels"]}],
                "other": {"prior": 0.2},
            }
        },
        "signals": {
            "tip": {
                "kind": "disclosure",
                "date": 4,
                "sender": "rebels",
                "receivers": ["state"],
                "subject": "faction",
                "channel": "private",
                "strength": 10.0,
            }
        },
    }
)

# %%
# What does each thing change?
# ----------------------------
# Differences are of strikes by the actor and on the front named, from pairs of runs.


def change(unchanged: esc.Scenario, changed: esc.Scenario) -> dict[str, PairedDifference]:
    """What the change did: strikes in the changed world minus those in the unchanged."""
    pair = esc.compare(unchanged, changed, runs=options.runs, seed=options.seed)
    fronts = {"faction strikes": ("faction", "state"), "state hits the faction": ("state", "faction")}
    return {name: pair.difference("initiation", actor=actor, target=target) for name, (actor, target) in fronts.items()}


untold = told.without("tip")
trusted = told.replace("actors.rebels.honesty", 1.0).replace("signals.tip.alignment", 1.0)
trusted = trusted.replace("signals.tip.credence", 1.0)
rows = {
    "spoiler, to none": change(untold.replace("fronts.faction-state.spoiler", 0.0), untold),
    "the tip, half believed": change(untold, told),
    "the tip, fully believed": change(trusted.without("tip"), trusted),
}
for name, gaps in rows.items():
    for what, gap in gaps.items():
        print(f"{name:<26}{what:<24}{gap}")

# %%
# The figure
# ----------

figure, panels = plt.subplots(2, figsize=(3.3, 3.4), sharey=True, layout="constrained")
for panel, what in zip(panels, ("faction strikes", "state hits the faction"), strict=True):
    panel.axvline(0.0, color=DARK, linewidth=0.8)
    for row, gaps in enumerate(rows.values()):
        gap = gaps[what]
        panel.errorbar(
            gap.value, row, xerr=[[gap.value - gap.low], [gap.high - gap.value]], color=DARK, marker="o", markersize=3.5
        )
    panel.set_xlabel("Change in probability")
    entitle(panel, what.capitalize())
    panel.set_yticks(range(len(rows)), rows)
    panel.set_ylim(len(rows) - 0.5, -0.5)
    panel.locator_params(axis="x", nbins=4)
    dress(panel, guides="x")
esc.plot.save(panels[0], options.folder / "spoilers.png")

# %%
# What we see
# -----------
# - What the spoiler gains from violence makes it strike far more often, and so makes the state strike back more.
# - Told of the motive, the state hits the faction less often, although nothing that the faction does was excused.
# - The more the word is believed, the more it does. And as the state answers less, the faction strikes less too.

spoiler, half, full = rows.values()
assert spoiler["faction strikes"].low > 0.1, "too few runs to see the spoiler"
assert spoiler["state hits the faction"].low > 0.0, "too few runs to see the answer"
assert half["state hits the faction"].high < 0.0, "too few runs to see what the tip does"
assert full["state hits the faction"].high < half["state hits the faction"].low, "too few runs to see what belief does"
assert half["faction strikes"].high < 0.0, "too few runs to see the faction strike less"
