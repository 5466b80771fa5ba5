"""How much more often crises with higher stakes become wars, in ICB's rows and in the model.

Run ``python benchmarks/stakes.py TABLE``, where TABLE is a crisis-actor table that has ICB's column ``gravity``, the
gravest threat to an actor's values, and both sides' countries (``actor_cc``, ``adversary_cc``). Crises are compared in
which both sides are crisis actors. A stake is read off the gravity by three codings, for the gravity has no scale. The
crises are played with these stakes and the shipped fit, at several elasticities ``brinkmanship_stakes``. Printed are
slopes of a logistic regression of war on the mean logarithm of the two stakes, without the two gravest threats as
well, and how likely the wars of the data are. ICB codes the gravity with hindsight: the gravest threat at any time.
"""

from __future__ import annotations

import argparse
import csv
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import escalation as esc
from escalation.data.covariates import covariates
from escalation.data.crisis_actors import first_actors, read_crisis_actors
from escalation.data.fits import fitted_parameters
from escalation.data.generic_crisis import FRONT, crisis_scenario

SEED = 1
ELASTICITIES = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0)
CODINGS = {
    "by the codebook": (0.7, 0.7, 1.0, 1.0, 1.0, 1.2, 1.5, 1.0),
    "political threats an interest": (0.7, 0.7, 0.7, 1.0, 1.0, 1.2, 1.5, 1.0),
    "influence an interest as well": (0.7, 0.5, 0.7, 1.0, 0.7, 1.2, 1.5, 1.0),
}
"""Stake by ICB's gravity: economic, limited military, political, territorial, influence, grave damage, existence, other."""
GRAVEST = (5, 6)
WAR = 4

Floats = NDArray[np.float64]


class Pair(NamedTuple):
    """A crisis with both sides' gravity: its row among the first actors, and whether it became a war."""

    place: int
    gravity: tuple[int, int]
    war: bool


def pairs_of(path: str) -> list[Pair]:
    """Crises of the fit whose adversary is a crisis actor, too."""
    with open(path, encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    table = read_crisis_actors(path)
    places = {int(table["cracno"][row]): place for place, row in enumerate(first_actors(table))}
    of_side = {(line["crisno"], float(line["actor_cc"])): int(line["gravity"]) for line in lines if line["gravity"]}
    found = []
    for line in lines:
        place = places.get(int(line["cracno"]))
        if place is None or not line["adversary_cc"]:
            continue
        sides = [of_side.get((line["crisno"], float(line[side]))) for side in ("actor_cc", "adversary_cc")]
        wars = [other["viol_actor"] for other in lines if other["crisno"] == line["crisno"]]
        if None not in sides:
            found.append(Pair(place, (sides[0], sides[1]), str(WAR) in wars))
    return found


def slope(x: Floats, share: Floats) -> tuple[float, float]:
    """Slope of a logistic regression of a share on x, with the standard error that 0 and 1 would have."""

    def unlikely(at: Floats) -> float:
        score = at[0] + at[1] * x
        return float((np.logaddexp(0.0, score) - share * score).sum())

    at = minimize(unlikely, np.zeros(2), method="BFGS").x
    p = 1.0 / (1.0 + np.exp(-(at[0] + at[1] * x)))
    design = np.column_stack([np.ones_like(x), x])
    information = design.T @ (design * (p * (1.0 - p))[:, np.newaxis])
    return float(at[1]), float(np.sqrt(np.linalg.inv(information)[1, 1]))


def main() -> None:
    """Print slopes and likelihoods."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", help="crisis-actor table with gravity")
    parser.add_argument("--runs", type=int, default=200, help="runs of each crisis")
    options = parser.parse_args()
    pairs, parameters = pairs_of(options.table), fitted_parameters()
    table = read_crisis_actors(options.table)
    crises = covariates(table).take(first_actors(table))
    war = np.array([pair.war for pair in pairs], np.float64)
    graver = np.array([any(gravity in GRAVEST for gravity in pair.gravity) for pair in pairs])
    scenarios = [crisis_scenario(parameters, crises, pair.place) for pair in pairs]
    print(f"{len(pairs)} crises, {int(war.sum())} wars; without the gravest {int((~graver).sum())}, {int(war[~graver].sum())}")
    for name, stakes in CODINGS.items():
        both = np.array([[stakes[gravity] for gravity in pair.gravity] for pair in pairs])
        x = np.log(both).mean(axis=1)
        (all_of, error), (some, wider) = slope(x, war), slope(x[~graver], war[~graver])
        print(f"{name}: data {all_of:.2f} ± {error:.2f}; without the gravest {some:.2f} ± {wider:.2f}")
        for elasticity in ELASTICITIES:
            share = np.zeros(len(pairs))
            for n, (scenario, (own, other)) in enumerate(zip(scenarios, both, strict=True)):
                played = scenario.replace(f"fronts.{FRONT}.stake", float(own)).replace(
                    "fronts.adversary-actor.stake", float(other)
                ).replace("rules.brinkmanship_stakes", elasticity)
                ensemble = esc.run(played, runs=options.runs, seed=SEED, progress=False)
                share[n] = ensemble.probability("war").value
            kept = (share * options.runs + 0.5) / (options.runs + 1.0)
            likely = float((war * np.log(kept) + (1.0 - war) * np.log1p(-kept)).sum())
            brier = float(((share - war) ** 2).mean())
            (all_of, _), (some, _) = slope(x, share), slope(x[~graver], share[~graver])
            print(
                f"  elasticity {elasticity:g}: slope {all_of:.2f}, without the gravest {some:.2f}, wars {share.mean():.3f}, "
                f"log-likelihood {likely:.1f}, Brier score {brier:.4f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
