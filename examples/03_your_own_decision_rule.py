"""
Your own decision rule
======================

By the model's own rule an actor weighs every act and mostly takes a good one. Is that how decisions are made? Here
one side answers in kind instead, and then we ask somebody else: a function that could stand for a person or a
language model. Only the rule changes; chance stays the same.
"""

# %%
# From a shell: ``python examples/03_your_own_decision_rule.py demo --runs 40 --seed 1``.

import argparse
from collections.abc import Callable
from pathlib import Path

import matplotlib.pyplot as plt

import escalation as esc
from escalation.plotting.style import dress, shades

parser = argparse.ArgumentParser(description="Decision rules of one's own against the model's.")
parser.add_argument("folder", nargs="?", default="demo", type=Path, help="where to put the figure")
parser.add_argument("--runs", type=int, default=40)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)

# %%
# A crisis to try it on
# ---------------------
# A boat was sunk, and the north holds the south to account. Both want something of the other.

scenario = esc.Scenario.from_dict(
    {
        "name": "strait",
        "horizon": 60,
        "actors": {"north": {}, "south": {"response_delay": 4.0}},
        "fronts": {"north-south": {"revisionism": 0.6}, "south-north": {"revisionism": 0.3}},
        "events": {
            "boat-sunk": {
                "kind": "provocation",
                "date": 1,
                "victims": [{"actor": "north", "severity": 0.6}],
                "suspects": [{"actors": ["south"], "likelihood": 4.0}],
            }
        },
    }
)

# %%
# Answer in kind
# --------------
# An actor is a Mesa agent. Its method ``choose`` gets a situation (the day, what was suffered, the acts on offer and
# what the model thinks of each) and returns the name of an act.


class InKind(esc.CrisisAgent):
    """Does what was last done to it, and nothing where nothing was."""

    def choose(self, situation: esc.Situation) -> str:
        """Return the latest act suffered, if it is on offer."""
        received = situation.received
        if received is not None and received.act in situation.acts:
            return received.act
        return "restraint"


# %%
# Ask somebody
# ------------
# A plain function does as well. This one puts the decision into words, asks, and looks for an act in the answer.
# What answers here is a stub that is always the same; ``input``, or a call to a language model, fits in its place.


def adviser(question: str) -> str:
    """Stand-in for whoever is asked: counsels a show of force to whom was injured, and else patience."""
    return "I would make a display of it." if "injured" in question else "Wait: restraint."


def ask(situation: esc.Situation) -> str:
    """Ask the adviser, and take the first act on offer that the answer names."""
    mood = "You were injured." if situation.injury > 0.1 else "Nothing is owed."
    question = f"Day {situation.day:g}, against {situation.target}. {mood} Choose: {', '.join(situation.acts)}."
    answer = adviser(question)
    return next((act for act in situation.acts if act in answer), "restraint")


# %%
# The same chance, three rules
# ----------------------------
# The south follows the rule under trial, the north the model's own. Run 17 has the same types, delays and private
# reasons in each row.

trials: list[tuple[str, dict[str, type[esc.CrisisAgent]], dict[str, Callable[[esc.Situation], str]]]] = [
    ("the model's own", {}, {}),
    ("answers in kind", {"south": InKind}, {}),
    ("asks an adviser", {}, {"south": ask}),
]
rungs = ("display", "limited-strike", "war")
counted = {}
print(f"{'rule of the south':<20}{''.join(f'{rung:>16}' for rung in rungs)}   in {options.runs} runs, or higher")
for name, agents, rules in trials:
    reached = dict.fromkeys(rungs, 0)
    for run in range(options.runs):
        model = esc.CrisisModel(scenario, seed=options.seed, run=run, agents=agents, rules=rules).play()
        for rung in rungs:
            reached[rung] += scenario.ladder.names.index(model.highest_rung) >= scenario.ladder.names.index(rung)
    counted[name] = reached
    print(f"{name:<20}{''.join(f'{count:>16}' for count in reached.values())}")

# %%
# The figure
# ----------

figure, ax = plt.subplots(figsize=(3.5, 2.2), layout="constrained")
for row, (name, reached) in enumerate(counted.items()):
    places = [place + 0.27 * (row - 1) for place in range(len(rungs))]
    ax.bar(places, list(reached.values()), 0.25, color=shades(len(counted), lightest=0.7)[row], label=name)
ax.set_xticks(range(len(rungs)), rungs)
ax.set_ylabel(f"Runs of {options.runs} that reached it")
ax.legend(frameon=False, fontsize=8)
dress(ax, guides="y")
figure.savefig(options.folder / "rules.png", dpi=300)

# %%
# Some tens of runs show how a rule behaves, not how likely anything is. An act that is not on offer is an error, with
# the names of those that are.
