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
from pathlib import Path

import matplotlib.pyplot as plt

import escalation as esc
from escalation.plotting.marks import casing
from escalation.plotting.style import DARK, dress, entitle, shades

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
# A rule is a function. It gets a situation (the day, what was suffered, the acts on offer and what the model thinks of
# each) and returns the name of an act.


def in_kind(situation: esc.Situation) -> str:
    """Do what was last suffered, if it is on offer, and nothing where nothing was."""
    received = situation.received
    if received is not None and received.act in situation.acts:
        return received.act
    return "restraint"


# %%
# Ask somebody
# ------------
# This rule puts the decision into words, asks, and looks for an act in the answer.
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
# reasons in each ensemble, so that they can be compared run by run.

trials = {"answers in kind": in_kind, "asks an adviser": ask}
rungs = ("display", "limited-strike", "war")
own = esc.run(scenario, runs=options.runs, seed=options.seed)
ensembles = {"the model's own": own}
for name, rule in trials.items():
    ensembles[name] = esc.run(scenario, runs=options.runs, seed=options.seed, decision_rules={"south": rule})

print(f"share of {options.runs} runs that reached a rung, or a higher one, by the rule of the south")
for name, ensemble in ensembles.items():
    shares = [f"{rung} {ensemble.probability(rung=rung).number_text()}" for rung in rungs]
    print(f"{name}\n  {', '.join(shares)}")
for name in trials:
    gap = esc.compare(own, ensembles[name]).difference("rung:limited-strike")
    print(f"{name} minus the model's own, limited strike or more: {gap}")

# %%
# The figure
# ----------

figure, ax = plt.subplots(figsize=(3.3, 2.7), layout="constrained")
for row, (name, ensemble) in enumerate(ensembles.items()):
    reached = [ensemble.probability(rung=rung) for rung in rungs]
    places = [place + 0.27 * (row - 1) for place in range(len(rungs))]
    colour = shades(len(ensembles), lightest=0.7)[row]
    ax.bar(places, [one.value for one in reached], 0.25, color=colour, label=name)
    for place, one in zip(places, reached, strict=True):
        ax.plot([place, place], [one.low, one.high], color=DARK, linewidth=0.8, path_effects=casing())
ax.set_xticks(range(len(rungs)), [rung.replace("-", " ") for rung in rungs])
ax.set_ylabel("Share of runs that reached it")
figure.legend(frameon=False, fontsize=8, loc="outside lower center", ncols=2)
entitle(ax, "How far it goes, by who decides for South")
dress(ax, guides="y")
esc.plot.save(ax, options.folder / "rules.png")

# %%
# Some tens of runs show how a rule behaves, and the intervals say how little they tell of how likely anything is. Ask
# for more runs: each takes some milliseconds. A rule that raises, or chooses an act that is not on offer, stops the
# study with its actor, day and run, and the runs before that one are kept.
#
# For more than a choice of acts, an actor can be a Mesa agent of your own: a subclass of ``esc.CrisisAgent`` that
# ``esc.CrisisModel(scenario, agents={"south": ...})`` plays.
