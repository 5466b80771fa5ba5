"""
A private warning, Tehran 2024
==============================

On 31 July 2024 the Hamas leader Ismail Haniyeh is killed in Tehran. Iran vows to answer. A newspaper
reports, and Washington denies, that US officials came in secret and said: if you attack Israel, we will
defend it. Did such a warning matter, and why or why not? We play the crisis with and without it, on the
same chance, and compare run by run.
"""

# %%
# From a shell: ``python examples/01_haniyeh_2024.py demo --runs 10000 --seed 1``.

import argparse
import textwrap
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt

import escalation as esc
from escalation.estimates.per_hundred import per_hundred
from escalation.world.plain_words import item_label

parser = argparse.ArgumentParser(description="The Haniyeh crisis with and without the American warning.")
parser.add_argument("folder", nargs="?", default="demo", type=Path, help="where to put text and figure")
parser.add_argument("--runs", type=int, default=10_000)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)
runs, seed = options.runs, options.seed
strike: dict[str, Any] = {"event": "initiation", "actor": "irn", "target": "isr"}

# %%
# Two worlds on the same chance
# -----------------------------
# The scenario is a file of the library: actors, fronts, commitments, and a dated timeline with its sources. Both worlds
# get the same seed. Run number 17 of the one differs from run 17 of the other by the warning alone, so even a small
# effect can be seen.

crisis = esc.load("haniyeh-2024")
comparison = esc.compare(crisis, crisis.without("us-private-warning"), runs=runs, seed=seed)
world = comparison.first

# %%
# The main outcomes, in plain words. No probability comes without its interval, and what never happened is
# given as an upper bound.

outcomes = {
    "Iran uses force against Israel": world.probability(**strike),
    "Iran and Israel go to war": world.probability("war", actor="irn", target="isr"),
    "A war on any front": world.probability("war"),
    "The United States fights Iran for Israel": world.probability("joined:usa-isr"),
    "The crisis settles for now": world.probability("settled"),
}
told = [
    f"Asked: does Iran use force against Israel within {crisis.horizon} days, and did the American warning matter?",
    "",
    *(f"{name}: {per_hundred(chance)}." for name, chance in outcomes.items()),
]

# %%
# Did the warning matter?
# -----------------------
# A difference is what leaving the warning out does: without it minus with it.

gap = comparison.difference(**strike)
clear = not gap.low <= 0.0 <= gap.high
way = "likelier" if gap.value > 0.0 else "less likely"
found = f"a strike by Iran is {way}" if clear else "no difference was seen"
told += ["", f"Without the warning {found}: the change is {per_hundred(gap)}."]

# %%
# Why, or why not? Two studies tell. `leave_one_out` leaves out each item in turn, and says which beliefs it
# moved. The warning was given on one visit, with three other messages, so it tells of the visit as a whole.
# Of the four the warning alone is about the pledge.

mattered = esc.leave_one_out(crisis, **strike, runs=runs // 2, seed=seed)
visit = mattered.row("us-private-warning")
moved = visit.dose.beliefs if visit.dose else ()
pledge = [belief for belief in moved if belief.name.startswith("commitments.usa-isr:")]
told += [
    f"On that day Iran believes the American pledge to defend Israel at {belief.without:.2f} without the visit, and at "
    f"{belief.within:.2f} with it (0 is no belief, 1 is certainty; medians)."
    for belief in pledge
]

# %%
# `conditional_effect` leaves the same warning out at several values of what Iran believed beforehand.

curve = esc.conditional_effect(
    crisis, "commitments.usa-isr.credence.mean", [0.02, 0.25, 0.5, 0.75, 0.98],
    without="us-private-warning", **strike, runs=runs, seed=seed,
)  # fmt: skip
best, ends = curve.largest, (curve.points[0], curve.points[-1])
alike = [f"{point.value:g}" for point in curve.points if point is not best and point.effect.high >= best.effect.low]
told += [
    (
        f"Had Iran believed otherwise beforehand: of five beliefs tried, the warning matters most at {best.value:g}, "
        f"where the change is {per_hundred(best.effect)}."
    ),
    *(f"At {point.value:g} it is {per_hundred(point.effect)}." for point in ends),
]
if alike:
    told += [
        f"The interval at {best.value:g} overlaps with that at {' and '.join(alike)}, so the place of the peak is open."
    ]

# %%
# The sentences about the reasons come from these numbers. Each is printed only if the numbers support it.

whole = mattered.row("usa-isr").effect
told += ["", "Why it mattered no more, or no less:"]
if visit.came.high < 0.5:
    told += [f"It is in doubt that the visit took place: it did in {per_hundred(visit.came)}."]
told += [
    f"Iran's belief in the pledge changed by {abs(belief.within - belief.without):.2f} on the visit."
    for belief in pledge
]
if best.effect.low <= gap.high and gap.low <= best.effect.high:
    told += [
        "That Iran believed the pledge already is not the main reason: at no belief tried is the change clearly larger."
    ]
else:
    told += ["What Iran believed beforehand made a difference: the largest change is clearly another."]
if whole.low > gap.high:
    told += [f"The pledge weighs more than a word about it: without the pledge the change is {per_hundred(whole)}."]

# %%
# What mattered most
# ------------------

told += ["", "What mattered most for a strike by Iran on Israel:", *mattered.in_words(most=3)]

# %%
# What this does not say
# ----------------------
# Change a judgement in the file, run again, and see what hangs on it.

told += [
    "",
    (
        "These numbers are no forecast. They follow from the judgements in the scenario file, and many of those are "
        "open to dispute."
    ),
    (
        f"Intervals are of 95 % and hold the chance of the runs alone: {runs:,} runs of each world ({mattered.runs:,} "
        f"for what mattered most), seed {seed}."
    ),
]
text = "\n".join(part for line in told for part in textwrap.wrap(line, 100) or [""])
print(text)
(options.folder / "haniyeh-2024.txt").write_text(text + "\n", encoding="utf-8")

# %%
# The figure
# ----------
# Each plot is a function: data and axes in, axes out. Titles and names are put in plain words here.

figure, (above, middle, below) = plt.subplots(3, 1, figsize=(5.6, 8.6), layout="constrained", height_ratios=(2, 3, 2.4))
chances = list(outcomes.values())
sides = [[max(0.0, one.value - one.low) for one in chances], [max(0.0, one.high - one.value) for one in chances]]
above.barh(range(len(chances)), [one.value for one in chances], xerr=sides, color="#cb5f36", ecolor="#222222")
above.set_yticks(range(len(chances)), [textwrap.fill(name, 26) for name in outcomes], fontsize=8)
above.invert_yaxis()
above.set_xlim(0, 1)
above.set_xlabel(f"Share of {runs:,} runs, with 95 % intervals", fontsize=8)
above.tick_params(labelsize=8)
above.spines[["top", "right"]].set_visible(False)

esc.plot.leave_one_out(mattered, most=6, ax=middle)
names = [textwrap.fill(item_label(row.item.name, crisis), 30) for row in mattered.rows[:6]]
middle.set_yticks(range(len(names)), names)
middle.set_xlabel(
    "Change in the share of runs in which Iran strikes Israel,\n■ over the runs in which it came", fontsize=8
)

esc.plot.conditional_effect(curve, ax=below)
below.set_xlabel(
    "How far Iran believes the American pledge beforehand\n■ over the runs in which the warning came", fontsize=8
)
below.set_ylabel("Change without the warning", fontsize=8)

titles = ("Main outcomes", "What mattered: leaving out each item", "When the warning would have mattered")
for axes, title in zip((above, middle, below), titles, strict=True):
    axes.set_title(title, loc="left", fontsize=9, fontweight="bold", pad=14 if axes is middle else 6)
esc.plot.save(above, options.folder / "haniyeh-2024.png")
print("\nText and figure are in", options.folder)
