"""War by how many states a crisis drew in: in ICB's rows, and in the model where every pair of adversaries is played.

Run ``python benchmarks/several_actors.py TABLE``, where TABLE is a crisis-actor table with both sides' countries
(``actor_cc``, ``adversary_cc``). A crisis of the fit is that of its first actor and its adversary. Here each pair of
adversaries in a crisis is played as a crisis of its own, by the first row that names it, with the shipped fit. War
comes if it comes between any of them; their chances are taken as independent. So this tells whether the risk of war
adds up over fronts as it does in the data.

An adversary that is no crisis actor has less at stake. In the last column its stake is 0.5, which the codebook has for
something at one remove. The second table tells such first pairs from the others.

To be read with care. Who becomes a crisis actor is known with hindsight: whoever is attacked in a war becomes one.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import escalation as esc
from escalation.data.covariates import Covariates, covariates
from escalation.data.crisis_actors import first_actors, read_crisis_actors
from escalation.data.fits import fitted_parameters
from escalation.data.generic_crisis import crisis_scenario

SEED = 1
WAR = 4
"""ICB's level of violence of full-scale war."""
LOW_STAKE = 0.5
DRAWS = 2000
MOST = 4
"""Crises with this many actors or more are one row of the table."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Crises:
    """Crises of the fit; those whose first actor's row falls within a war are left out, as there."""

    rows: Covariates
    pairs: list[list[int]]
    """For each crisis the first row that names each pair of adversaries in it."""
    both: NDArray[np.bool_]
    """Whether the adversary that a row names is a crisis actor."""
    war: Floats
    """For each crisis 1 if it was a war, else 0."""
    actors: NDArray[np.int64]
    """Crisis actors of each."""


def read(path: str) -> Crises:
    """Read a table."""
    table = read_crisis_actors(path)
    rows = covariates(table)
    with Path(path).open(encoding="utf-8", newline="") as file:
        by_number = {int(line["cracno"]): line for line in csv.DictReader(file)}
    lines = [by_number[int(number)] for number in table["cracno"]]
    actors = {(line["crisno"], line["actor_cc"]): float(line["actor_cc"]) for line in lines}
    known = {(crisis, country) for (crisis, _), country in actors.items()}
    sides = [(float(line["actor_cc"]), float(line["adversary_cc"] or "nan")) for line in lines]
    pairs: dict[str, dict[frozenset[float], int]] = defaultdict(dict)
    for place in np.argsort(table["cracno"]).tolist():
        pairs[lines[place]["crisno"]].setdefault(frozenset(sides[place]), place)
    names = [lines[place]["crisno"] for place in first_actors(table).tolist() if rows.intrawar[place] != 1.0]
    wars = {line["crisno"] for line in lines if int(float(line["viol_actor"])) == WAR}
    return Crises(
        rows=rows,
        pairs=[list(pairs[name].values()) for name in names],
        both=np.array(
            [(line["crisno"], adversary) in known for line, (_, adversary) in zip(lines, sides, strict=True)]
        ),
        war=np.array([float(name in wars) for name in names]),
        actors=np.array([sum(crisis == name for crisis, _ in actors) for name in names]),
    )


def chance_of_war(rows: Covariates, place: int, runs: int, stake: float = 1.0) -> float:
    """Share of runs of the crisis of one row that end in war, with a stake for the adversary."""
    scenario = crisis_scenario(fitted_parameters(), rows, place).replace("fronts.adversary-actor.stake", stake)
    return esc.run(scenario, runs=runs, seed=SEED, progress=False).probability("war").value


def interval(values: Floats) -> str:
    """Mean with a 95 % interval from bootstraps of crises."""
    draws = np.random.default_rng(SEED).choice(values, (DRAWS, len(values))).mean(axis=1)
    low, high = np.quantile(draws, [0.025, 0.975])
    return f"{values.mean():.3f} [{low:.3f}, {high:.3f}]"


def together(chances: dict[int, float], pairs: list[int]) -> float:
    """Probability that war comes between any of some pairs, as if each were a crisis of its own."""
    return 1.0 - float(np.prod([1.0 - chances[place] for place in pairs]))


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", help="crisis-actor table with both sides' countries")
    parser.add_argument("--runs", type=int, default=400, help="runs of each pair")
    options = parser.parse_args()
    crises = read(options.table)
    places = sorted({place for pairs in crises.pairs for place in pairs})
    alike = {place: chance_of_war(crises.rows, place, options.runs) for place in places}
    coded = {
        place: alike[place] if crises.both[place] else chance_of_war(crises.rows, place, options.runs, LOW_STAKE)
        for place in places
    }
    first = np.array([alike[pairs[0]] for pairs in crises.pairs])
    all_alike = np.array([together(alike, pairs) for pairs in crises.pairs])
    all_coded = np.array([together(coded, pairs) for pairs in crises.pairs])
    print("crisis actors  crises  pairs  war: data             first pair  all pairs  all, stakes coded")
    drawn_in = np.minimum(crises.actors, MOST)
    for name, of in [
        *((f"{k} or more" if k == MOST else f"{k}", drawn_in == k) for k in range(1, MOST + 1)),
        ("all", drawn_in > 0),
    ]:
        pairs = np.mean([len(crises.pairs[n]) for n in np.flatnonzero(of)])
        print(
            f"{name:<13}  {of.sum():<6}  {pairs:<5.1f}  {interval(crises.war[of]):<20}  {first[of].mean():<10.3f}  "
            f"{all_alike[of].mean():<9.3f}  {all_coded[of].mean():.3f}"
        )
    both = np.array([crises.both[pairs[0]] for pairs in crises.pairs])
    low = np.array([coded[pairs[0]] for pairs in crises.pairs])
    print("\nadversary of the first pair  crises  war: data             stakes 1  stakes coded")
    for name, of in (("a crisis actor", both), ("none", ~both)):
        print(
            f"{name:<27}  {of.sum():<6}  {interval(crises.war[of]):<20}  {first[of].mean():<8.3f}  {low[of].mean():.3f}"
        )


if __name__ == "__main__":
    main()
