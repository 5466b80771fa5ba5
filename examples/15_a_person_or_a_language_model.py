"""
A person or a language model as an actor
========================================

Let somebody else decide for one side: a person at the keyboard, or a language model. What should you tell them? What do
you do with an answer that cannot be used? And how does the crisis go, compared with the model's own choices?
"""

# %%
# From a shell: ``python examples/15_a_person_or_a_language_model.py demo --runs 60 --seed 1``; with ``--person`` you
# play one crisis yourself.

import argparse
import re
from collections.abc import Callable
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

import escalation as esc
from escalation.estimates.paired import paired_difference
from escalation.plotting.style import DARK, GREY, dress, entitle

parser = argparse.ArgumentParser(description="A crisis in which somebody else decides for one side.")
parser.add_argument("folder", nargs="?", default="demo", type=Path, help="where to put the figure")
parser.add_argument("--runs", type=int, default=60)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--person", action="store_true", help="play one crisis at the keyboard, and nothing else")
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)

# %%
# A crisis
# --------
# North was injured and blames South. You, or the one whom you ask, decide for North.

strait = esc.Scenario.from_dict(
    {
        "name": "strait",
        "horizon": 60,
        "actors": {"north": {}, "south": {"response_delay": 4.0}},
        "fronts": {"north-south": {"revisionism": 0.4}, "south-north": {"revisionism": 0.3}},
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
# Put it into words
# -----------------
# A decision comes as a `Situation`. The answer depends on the wording of the question, so keep the wording with your
# results. This one states beliefs and injuries. It states neither utilities nor what the model would do.


def question(situation: esc.Situation) -> str:
    """Put a decision into words."""
    last = situation.received
    suffered = f"On day {last.day:g} it did this to you: {last.act}." if last else "It has done nothing open to you."
    return (
        f"Day {situation.day:g}. You lead {situation.actor}; the other side is {situation.target}. {suffered} "
        f"An injury of {situation.injury:.2f}, on a scale from 0 to 1, is unanswered. You give it a chance of "
        f"{situation.resolve:.2f} that it is resolute, and of {situation.fear:.2f} that it attacks whatever you do. "
        f"Answer with one of: {', '.join(situation.acts)}."
    )


# %%
# Ask, and ask again
# ------------------
# An answer may name no act on offer, or several. Then it is asked again, a few times, and after that it counts as
# restraint, which is always on offer. All that was said is kept: what a person or a language model decides cannot be
# played again by its seed, only from its record.


def acts_named(answer: str, acts: tuple[str, ...]) -> list[str]:
    """Acts on offer that an answer names, the name of one not being a part of another's."""
    named, rest = [], answer.lower()
    for act in sorted(acts, key=len, reverse=True):
        if re.search(rf"(?<![\w-]){re.escape(act)}(?![\w-])", rest):
            named.append(act)
            rest = rest.replace(act, "")
    return named


class Asked:
    """A decision rule that asks, reads the answer, and keeps a record."""

    def __init__(self, answer: Callable[[str], str], *, patience: int = 3) -> None:
        self.answer, self.patience = answer, patience
        self.record: list[tuple[str, str, bool]] = []

    def __call__(self, situation: esc.Situation) -> str:
        """Return the act that the answer names."""
        words = question(situation)
        for _ in range(self.patience):
            said = self.answer(words)
            named = acts_named(said, situation.acts)
            self.record.append((words, said, len(named) == 1))
            if len(named) == 1:
                return named[0]
            words += " That was not one of them. Name one act, and no other."
        return "restraint"


# %%
# Who answers
# -----------
# Here a stand-in, so that the lesson needs no key and no network: an adviser that counsels in prose, in proportion to
# the injury, and on every third day rather asks back. A call to a language model takes its place, with the same
# signature; so does ``input``.


def adviser(words: str) -> str:
    """Answer in prose, as somebody might."""
    day = int(float(words.removeprefix("Day ").partition(".")[0]))
    if day % 3 == 0 and "Name one act" not in words:
        return "That depends. Could you tell me more?"
    injury = float(words.partition("An injury of ")[2].partition(",")[0])
    act = "display" if injury >= 0.35 else "threat" if injury >= 0.1 else "restraint"
    return f"We should not let this get out of hand. Let us answer it by {act}, and talk."


if options.person:
    played = esc.CrisisModel(strait, seed=options.seed, decision_rules={"north": Asked(input)}).play()
    print("It went as far as:", played.highest_rung)
    raise SystemExit

# %%
# The same chance
# ---------------
# Run 17 has the same types, delays and private reasons, whoever decides for North.

rungs = strait.ladder.names
asked = Asked(adviser)
peaks = {
    name: np.array(
        [
            rungs.index(esc.CrisisModel(strait, seed=options.seed, run=run, decision_rules=rules).play().highest_rung)
            for run in range(options.runs)
        ]
    )
    for name, rules in (("the model's own", {}), ("adviser", {"north": asked}))
}
force = rungs.index("limited-strike")
gap = paired_difference(peaks["adviser"] >= force, peaks["the model's own"] >= force, event="initiation")
print("force used, adviser minus the model's own:", gap)
print(f"{len(asked.record)} answers, of which {sum(not usable for *_, usable in asked.record)} could not be used")
print("the first:", *asked.record[0][:2], sep="\n  ")

# %%
# The figure
# ----------

figure, ax = plt.subplots(figsize=(3.3, 2.6), layout="constrained")
for (name, reached), shift, colour in zip(peaks.items(), (-0.2, 0.2), (GREY, DARK), strict=True):
    ax.bar(np.arange(len(rungs)) + shift, np.bincount(reached, minlength=len(rungs)), 0.4, color=colour, label=name)
ax.set_xticks(range(len(rungs)), [rung.replace("-", " ") for rung in rungs], rotation=40, ha="right")
ax.set_ylabel(f"Runs of {options.runs} that peaked there")
ax.legend(frameon=False, fontsize=8, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2)
entitle(ax, "How high the crisis climbs, by who decides")
dress(ax, guides="y")
esc.plot.save(ax, options.folder / "asked.png")

# %%
# What we see
# -----------
# - The adviser, who never strikes, keeps some crises from coming to force. Not all: South decides as well.
# - Some of its answers could not be used. Count them, and say so beside the result.
#
# Some tens of runs show how somebody decides. They do not show how likely anything is, and they say nothing of what a
# government would do.

assert gap.high < 0.0, "too few runs to see the adviser make a difference"
assert (peaks["adviser"] >= force).any(), "no crisis came to force"
assert not all(usable for *_, usable in asked.record), "every answer could be used"
