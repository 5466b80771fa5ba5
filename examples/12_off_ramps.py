"""
Off-ramps
=========

Two states fear each other, and to strike first is an advantage. Perhaps nobody wants the crisis, and it escalates all
the same. A broker and the accused have a few things that they could still say or do. Which is the smallest set of them
that keeps a major strike unlikely enough?
"""

# %%
# From a shell: ``python examples/12_off_ramps.py demo --runs 4000 --seed 1``.

import argparse
from pathlib import Path

import matplotlib.pyplot as plt

import escalation as esc
from escalation.plotting.style import DARK, GREY, dress, entitle

parser = argparse.ArgumentParser(description="The smallest set of words and pledges that keeps escalation unlikely.")
parser.add_argument("folder", nargs="?", default="demo", type=Path, help="where to put the figure")
parser.add_argument("--runs", type=int, default=4_000, help="runs for each race")
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)

# %%
# A security dilemma
# ------------------
# East was injured and blames West. Each fears attack, and fear makes striking first tempting. A broker backs East, and
# offers talks that bind nobody: in the file their strength is 0.

twins = esc.Scenario.from_dict(
    {
        "name": "twins",
        "horizon": 60,
        "actors": {"east": {}, "west": {}, "broker": {"honesty": 0.9, "capability": 3.0}},
        "fronts": {
            "east-west": {"fear": 0.6, "first_strike_advantage": 0.5, "revisionism": 0.5},
            "west-east": {"fear": 0.6, "first_strike_advantage": 0.5},
        },
        "commitments": {"pledge": {"patron": "broker", "protege": "east"}},
        "events": {
            "incident": {
                "kind": "provocation",
                "date": 1,
                "victims": [{"actor": "east", "severity": 0.5}],
                "suspects": [{"actors": ["west"]}],
                "other": {"prior": 0.3},
            },
            "talks": {"kind": "mediation", "date": 2, "parties": ["east", "west"], "strength": 0.0, "span": 30},
        },
    }
)

# %%
# What could be tried
# -------------------
# Private words by the broker and by West, other terms of the pledge, and talks that put something at stake.

levers: list[esc.SignalLever | esc.CommitmentLever | esc.ChangeLever] = [
    *esc.signals_by(twins, "broker", channels=["private"], kinds=["reassurance", "warning", "disclosure"]),
    *esc.signals_by(twins, "west", receivers=["east"], channels=["private"], kinds=["reassurance", "denial"]),
    *esc.commitments_by(twins, "broker"),
    esc.ChangeLever("events.talks.strength", 0.4),
]
print(f"{len(levers)} levers")

# %%
# The search
# ----------
# All single levers race on the same chance, half of them being dropped after each round. The best are checked on runs
# that no race has seen, since the winner of a race looks better than it is. Only if none meets the limit do pairs
# race.

LIMIT = 0.45
study = esc.off_ramps(
    twins, event="rung:major-strike", limit=LIMIT, levers=levers, runs=options.runs, seed=options.seed
)
for names, probability, meets, _ in study.rows():
    print(f"{probability}  under {LIMIT}: {meets:<4} {names}")
print(study.verdict)

# %%
# The figure
# ----------
# The best set of each size against the limit. The upper end of the interval has to be under it.

figure, ax = plt.subplots(figsize=(3.3, 2.0), layout="constrained")
ax.axvline(LIMIT, color=GREY, linestyle="--", linewidth=0.8)
for row, ramp in enumerate(study.ramps):
    chance = ramp.probability
    ends = [[chance.value - chance.low], [chance.high - chance.value]]
    fill = DARK if ramp.meets else "white"
    ax.errorbar(chance.value, row, xerr=ends, color=DARK, marker="o", markersize=4, markerfacecolor=fill)
words = {
    "events.talks.strength=0.4": "talks with something at stake",
    "commitments.pledge.conditional=true": "a condition on the pledge",
}
ax.set_yticks(
    range(len(study.ramps)),
    [" and\n".join(words.get(name, name) for name in ramp.levers) or "nothing" for ramp in study.ramps],
)
ax.set_ylim(len(study.ramps) - 0.5, -0.5)
ax.set_xlabel("Probability of a major strike")
dress(ax, guides="x")
entitle(ax, "Which levers keep it under the limit")
esc.plot.save(ax, options.folder / "off-ramps.png")

# %%
# What we see
# -----------
# - No single lever does it. Talks with something at stake do most, and are not enough.
# - Talks and a condition on the broker's pledge keep it under the limit together. East may lose that help by striking
#   first, and this holds East back.
#
# The search does not say what each would cost in politics, and levers that lost the race may be worth having for other
# reasons. `found.rivals` says how far behind they were.

nothing, single, pair = study.ramps
assert not nothing.meets, "no lever was needed"
assert not single.meets, "a single lever is enough"
assert single.levers == ("events.talks.strength=0.4",), "talks do not do most"
assert study.found is pair, "no pair was found: too few runs"
assert any("conditional" in name for name in pair.levers), "it was another lever"
assert pair.effect.high < 0.0, "too few runs to see what the pair does"
