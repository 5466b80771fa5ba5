"""
Alliances and entrapment
========================

A patron that pledges support protects its protégé, and may be drawn into a war that it never wanted. Does the pledge
make the protégé bolder? And what does a clause do by which support is owed only if the protégé does not strike first?
"""

# %%
# From a shell: ``python examples/05_alliances_and_entrapment.py demo --runs 3000 --seed 1``.

import argparse
from pathlib import Path

import matplotlib.pyplot as plt

import escalation as esc
from escalation.estimates.paired import paired_difference
from escalation.plotting.style import DARK, GREY, dress, entitle

parser = argparse.ArgumentParser(description="What a pledge does to the protégé and to its rival.")
parser.add_argument("folder", nargs="?", default="demo", type=Path, help="where to put the figure")
parser.add_argument("--runs", type=int, default=3_000)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)

# %%
# A bold protégé
# --------------
# The client would change the status quo, and its rival a little too. The patron is three times as strong as either.
# That allies may entrap, and be restrained by the fear of it, is an old argument [Snyder1984]_. Whether unconditional
# pledges embolden is contested: [Benson2011]_ finds that they do, [Johnson2011]_ that defence pacts deter without it.

without = esc.Scenario.from_dict(
    {
        "name": "straits",
        "horizon": 90,
        "actors": {"client": {}, "rival": {}, "patron": {"capability": 3.0}},
        "fronts": {"client-rival": {"revisionism": 0.8}, "rival-client": {"revisionism": 0.2}},
    }
)

# %%
# Three pledges
# -------------
# A patron can also hold its protégé back, which the model calls its leash. It can do so only if it could withdraw its
# help, so only under a pledge on condition. One pledge leaves the client free whatever it does, one is on condition
# that the client does not strike first, and with one of that kind the patron also holds the client back.


def pledged(*, conditional: bool, leash: bool) -> esc.Scenario:
    """The crisis with a pledge to the client."""
    terms = {
        "patron": "patron",
        "protege": "client",
        "adversary": "rival",
        "stake": 0.8,
        "conditional": conditional,
        "credence": {"mean": 0.7},
    }
    rules = {} if leash else {"leash": 0.0}
    return esc.Scenario.from_dict(without.to_dict() | {"commitments": {"pledge": terms}, "rules": rules})


pledges = {
    "free hand": pledged(conditional=False, leash=False),
    "on condition": pledged(conditional=True, leash=False),
    "held back as well": pledged(conditional=True, leash=True),
}

# %%
# Against no pledge at all
# ------------------------
# A difference is what the pledge did: with it minus without it, from pairs of runs on the same chance.

strikes = {}
played = {}
drawn_in = {}
for name, world in pledges.items():
    pair = esc.compare(without, world, runs=options.runs, seed=options.seed)
    played[name] = pair.second
    strikes[name] = [pair.difference("initiation", actor=actor) for actor in ("client", "rival")]
    drawn_in[name] = pair.second.probability("joined:pledge")
    print(f"{name}\n  client strikes  {strikes[name][0]}\n  rival strikes   {strikes[name][1]}")
    print(f"  patron joins    {drawn_in[name]}")

taken = paired_difference(
    *(played[name].occurs("initiation", actor="client") for name in ("on condition", "free hand"))
)
print(f"client strikes, with the clause minus with a free hand: {taken}")

# %%
# An attack that the file states
# ------------------------------
# A file can have the rival attack on a day. If it states the `rung` of what was done, the attack calls on the patron,
# as an attack that the rival chooses would. A severity alone says how grave it was felt to be, and calls on nobody.

attack = {
    "kind": "provocation",
    "date": 5,
    "victims": [{"actor": "client", "severity": 0.8}],
    "suspects": [{"actors": ["rival"]}],
    "other": {"prior": 0.0},
    "rung": "major-strike",
}
world = pledges["on condition"]
attacked = esc.Scenario.from_dict(world.to_dict() | {"events": {"attack": attack}})
answered = esc.compare(world, attacked, runs=options.runs, seed=options.seed).difference("joined:pledge")
print(f"patron joins, with the attack minus without: {answered}")

# %%
# The figure
# ----------

figure, ax = plt.subplots(figsize=(3.3, 2.4), layout="constrained")
ax.axvline(0.0, color=DARK, linewidth=0.8)
for row, name in enumerate(pledges):
    for gap, shift, colour, who in zip(strikes[name], (-0.12, 0.12), (DARK, GREY), ("client", "rival"), strict=True):
        ends = [[gap.value - gap.low], [gap.high - gap.value]]
        ax.errorbar(gap.value, row + shift, xerr=ends, color=colour, marker="o", markersize=3.5, label=who)
ax.set_yticks(range(len(pledges)), pledges)
ax.invert_yaxis()
ax.locator_params(axis="x", nbins=4)
ax.set_xlabel("Strikes with the pledge minus without", loc="right")
handles, labels = ax.get_legend_handles_labels()
ax.legend(handles[:2], labels[:2], frameon=False, fontsize=8, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2)
entitle(ax, "What each pledge does to who strikes")
dress(ax, guides="x")
esc.plot.save(ax, options.folder / "alliances.png")

# %%
# What we see
# -----------
# - Every pledge deters the rival.
# - A free hand makes the client bolder. The clause takes a part of that away, and still deters the rival, though less.
# - A patron that holds its client back more than undoes the boldness.
# - In each case the patron is drawn in now and then. That is what its word costs.
# - Where the rival attacks first, the patron comes in most runs, about as often as it is expected to.

(bold, deterred), (clause, less), (held, _) = strikes.values()
assert all(rival.high < 0.0 for _, rival in strikes.values()), "too few runs to see the rival deterred"
assert bold.low > 0.0, "too few runs to see the client emboldened"
assert taken.high < 0.0 < clause.low, "too few runs to see what the clause takes away"
assert deterred.high < less.low, "too few runs to tell the two pledges apart"
assert held.high < 0.0, "too few runs to see the client held back"
assert all(joined.low > 0.0 for joined in drawn_in.values()), "the patron was never drawn in"
assert answered.low > 0.0, "too few runs to see the patron come to the aid of a client that was attacked"
