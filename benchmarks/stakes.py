"""How much more often force is used, and ends in war, where more is at stake: in ICB's rows and in the model.

Run ``python benchmarks/stakes.py TABLE``, where TABLE is a crisis-actor table that has ICB's column ``gravity``, the
gravest threat to an actor's values, and both sides' countries (``actor_cc``, ``adversary_cc``). A stake is read off the
gravity by three codings, for the gravity has no scale; where the adversary is no crisis actor its stake is 1. All other
numbers are those of the shipped fit, in which every stake is 1.

First come slopes of violent and military responses on the logarithm of the actor's stake, at several values of
``injury_stakes``; the model's probabilities are exact. Then crises are played in which both sides are crisis actors,
at several values of ``brinkmanship_stakes``: slopes of war on the mean logarithm of the two stakes, also without the
two gravest threats, and how likely the wars of the data are. Slopes are those of logistic regressions. ICB codes the
gravity with hindsight: the gravest threat at any time.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import escalation as esc
from escalation.data.covariates import Covariates, covariates
from escalation.data.crisis_actors import first_actors, read_crisis_actors, response_level
from escalation.data.fits import fitted_parameters
from escalation.data.generic_crisis import FRONT, crisis_scenario, frames_of, quantities
from escalation.engines.lower import lower
from escalation.engines.responses import respond
from escalation.world.distributions import Uniform
from escalation.world.ladder import Role

SEED = 1
INJURY_STAKES = (0.0, 0.25, 0.5, 0.75, 1.0)
BRINKMANSHIP_STAKES = (0.0, 1.0, 2.0, 3.0, 4.0)
OTHER_FRONT = "adversary-actor"
CODINGS = {
    "A, limited threats .7": (0.7, 0.7, 1.0, 1.0, 1.0, 1.2, 1.5, 1.0),
    "B, political threats .7, too": (0.7, 0.7, 0.7, 1.0, 1.0, 1.2, 1.5, 1.0),
    "C, influence .7, too, limited military threats .5": (0.7, 0.5, 0.7, 1.0, 0.7, 1.2, 1.5, 1.0),
}
"""Stake by ICB's gravity: to the economy, limited military, political, territorial, to influence, of grave damage, to
existence, other."""
GRAVEST = (5, 6)
NOT_KNOWN = -1
WAR = 4

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Table:
    """Rows of the fit, with the gravity of either side and the crisis's worst violence."""

    rows: Covariates
    levels: Ints
    own: Ints
    other: Ints
    war: NDArray[np.bool_]
    first: Ints


def read(path: str) -> Table:
    """Read a table; the gravity of an adversary that is no crisis actor is not known."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        lines = {int(line["cracno"]): line for line in csv.DictReader(file)}
    table = read_crisis_actors(path)
    these = [lines[int(number)] for number in table["cracno"]]
    gravity = {(line["crisno"], float(line["actor_cc"])): int(line["gravity"]) for line in these}
    wars = {line["crisno"] for line in these if int(float(line["viol_actor"])) == WAR}
    adversaries = [(line["crisno"], float(line["adversary_cc"])) if line["adversary_cc"] else None for line in these]
    return Table(
        rows=covariates(table),
        levels=response_level(table),
        own=np.array([int(line["gravity"]) for line in these]),
        other=np.array([NOT_KNOWN if one is None else gravity.get(one, NOT_KNOWN) for one in adversaries]),
        war=np.array([line["crisno"] in wars for line in these]),
        first=first_actors(table),
    )


def stakes_of(gravity: Ints, coding: tuple[float, ...]) -> Floats:
    """Stakes by gravity, and 1 where it is not known."""
    return np.where(gravity == NOT_KNOWN, 1.0, np.array(coding)[gravity])


def slope(x: Floats, share: Floats) -> tuple[float, float]:
    """Slope of a logistic regression of a share on x, with the standard error that as many cases would have."""

    def unlikely(at: Floats) -> float:
        score = at[0] + at[1] * x
        return float((np.logaddexp(0.0, score) - share * score).sum())

    at = minimize(unlikely, np.zeros(2), method="BFGS").x
    p = 1.0 / (1.0 + np.exp(-(at[0] + at[1] * x)))
    design = np.column_stack([np.ones_like(x), x])
    information = design.T @ (design * (p * (1.0 - p))[:, np.newaxis])
    return float(at[1]), float(np.sqrt(np.linalg.inv(information)[1, 1]))


def responses(parameters: dict[str, float], table: Table, own: Floats, other: Floats, elasticity: float) -> Floats:
    """Probability of a response below the military level, of one without violence, and of a violent one."""
    given = quantities(parameters, table.rows) | {f"fronts.{FRONT}.stake": own, f"fronts.{OTHER_FRONT}.stake": other}
    found = np.zeros((len(table.rows), 3))
    for scenario, places in frames_of(table.rows):
        opened = scenario.replace("rules.injury_stakes", elasticity)
        for front in (FRONT, OTHER_FRONT):
            opened = opened.replace(f"fronts.{front}.stake", Uniform(low=0.5, high=1.5))
        lowered = lower(opened)
        acts = respond(lowered, {path: given[path][places] for path in lowered.distributions}, front=FRONT)
        for act, rung in enumerate(lowered.option_rungs):
            role = scenario.ladder.rungs[rung].role.order
            found[places, int(role >= Role.DISPLAY.order) + int(role >= Role.FORCE.order)] += acts[:, act]
    return found


def show_responses(parameters: dict[str, float], table: Table) -> None:
    """Print the slopes of responses on the actor's stake."""
    for name, coding in CODINGS.items():
        own, other = stakes_of(table.own, coding), stakes_of(table.other, coding)
        x = np.log(own)
        violent, military = (slope(x, (table.levels >= level).astype(np.float64)) for level in (2, 1))
        print(f"{name}: violent {violent[0]:.2f} ± {violent[1]:.2f}, military {military[0]:.2f} ± {military[1]:.2f}")
        for elasticity in INJURY_STAKES:
            likely = responses(parameters, table, own, other, elasticity)
            at_least = [slope(x, likely[:, level:].sum(axis=1))[0] for level in (2, 1)]
            told = float(np.log(likely[np.arange(len(likely)), table.levels]).sum())
            print(
                f"  injury_stakes {elasticity:g}: violent {at_least[0]:.2f}, military {at_least[1]:.2f}, "
                f"log-likelihood {told:.1f}",
                flush=True,
            )


def show_wars(parameters: dict[str, float], table: Table, runs: int) -> None:
    """Print the slopes of war on both sides' stakes, and how likely the wars are."""
    first = table.first[table.other[table.first] != NOT_KNOWN]
    war = table.war[first].astype(np.float64)
    milder = ~np.isin(table.own[first], GRAVEST) & ~np.isin(table.other[first], GRAVEST)
    fewer = f"{int(milder.sum())} and {int(war[milder].sum())} without the gravest"
    print(f"{len(first)} crises, {int(war.sum())} wars; {fewer}")
    scenarios = [crisis_scenario(parameters, table.rows, int(place)) for place in first]
    for name, coding in CODINGS.items():
        both = np.stack([stakes_of(gravity[first], coding) for gravity in (table.own, table.other)], axis=1)
        x = np.log(both).mean(axis=1)
        (found, error), (of_milder, wider) = slope(x, war), slope(x[milder], war[milder])
        print(f"{name}: war {found:.2f} ± {error:.2f}, without the gravest {of_milder:.2f} ± {wider:.2f}")
        for elasticity in BRINKMANSHIP_STAKES:
            share = np.zeros(len(first))
            for n, (scenario, (own, other)) in enumerate(zip(scenarios, both.tolist(), strict=True)):
                played = scenario.replace(f"fronts.{FRONT}.stake", own).replace(f"fronts.{OTHER_FRONT}.stake", other)
                played = played.replace("rules.brinkmanship_stakes", elasticity)
                share[n] = esc.run(played, runs=runs, seed=SEED, progress=False).probability("war").value
            kept = (share * runs + 0.5) / (runs + 1.0)
            told = float((war * np.log(kept) + (1.0 - war) * np.log1p(-kept)).sum())
            print(
                f"  brinkmanship_stakes {elasticity:g}: war {slope(x, share)[0]:.2f}, "
                f"without the gravest {slope(x[milder], share[milder])[0]:.2f}, share {share.mean():.3f}, "
                f"log-likelihood {told:.1f}, Brier score {((share - war) ** 2).mean():.4f}",
                flush=True,
            )


def main() -> None:
    """Print slopes and likelihoods."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", help="crisis-actor table with gravity")
    parser.add_argument("--runs", type=int, default=200, help="runs of each crisis that is played")
    options = parser.parse_args()
    table, parameters = read(options.table), fitted_parameters()
    show_responses(parameters, table)
    show_wars(parameters, table, options.runs)


if __name__ == "__main__":
    main()
