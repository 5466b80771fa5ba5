"""What an actor does next after an act of its own, in coded events and in played crises of the fit.

Run ``python benchmarks/own_previous_acts.py TABLE PAIRS``, with a crisis-actor table and a table of signal pairs
(`escalation.data.signal_pairs.read_pairs`). Each line is of occasions on which an actor had done something (a
conciliatory act, hostile words, a display, force) and then received force, or anything else, from its adversary. It has
the share of the next acts that are violent. Intervals of coded events hold 95 % of bootstraps over crises. Crises of
the table's first actors are played with the shipped fit, six runs of each; the trigger is an act of the adversary.
"""

from __future__ import annotations

import argparse
from collections import defaultdict

import numpy as np

from escalation.data.covariates import covariates
from escalation.data.crisis_actors import first_actors, read_crisis_actors
from escalation.data.fits import fitted_parameters
from escalation.data.generic_crisis import VIOLENT, crisis_scenario
from escalation.data.signal_pairs import read_pairs
from escalation.engines.simulate import simulate
from escalation.engines.trajectory import Trajectory
from escalation.world.front import actor_and_target
from escalation.world.ladder import CONCILIATORY, Role

SEED = 1
RUNS = 6
BOOTSTRAPS = 1000
SIDES = {"actor", "adversary"}
KINDS = {"c": "a conciliatory act", "h": "hostile words", "m": "a display", "v": "force"}

Occasions = dict[tuple[bool, str], list[tuple[int, bool]]]
"""By whether force was received and the own previous act: crisis, and whether the next act was violent."""
Act = tuple[float, str, str]
"""Day, author and kind of an act."""


def coded(path: str) -> Occasions:
    """Occasions between adversaries in coded events, of which a next act is known."""
    pairs = read_pairs(path)
    known = (pairs["adversaries"] == 1) & (pairs["next_act"] != "none")
    found: Occasions = defaultdict(list)
    for n in np.flatnonzero(known):
        key = (pairs["received"][n] == "violence", str(pairs["receiver_previous"][n]))
        found[key].append((int(pairs["crisno"][n]), bool(pairs["next_act"][n] == "violence")))
    return found


def acts_of(path: Trajectory) -> list[Act]:
    """Acts of a run above restraint, or conciliatory, by the two sides of the crisis against each other."""
    rungs = path.scenario.ladder.rungs
    found = []
    for act in path.acts:
        author, target = actor_and_target(path.front_ids[act["front"]])
        role = rungs[act["rung"]].role
        kind = "v" if role.order >= Role.FORCE.order else "m" if role.order >= Role.DISPLAY.order else "h"
        if path.option_names[act["option"]] == CONCILIATORY:
            kind = "c"
        if {author, target} == SIDES and (act["rung"] > 0 or kind == "c"):
            found.append((float(path.days[act["period"]]), author, kind))
    return found


def played(path: str) -> Occasions:
    """Occasions in played crises."""
    table = read_crisis_actors(path)
    rows, parameters = covariates(table), fitted_parameters()
    found: Occasions = defaultdict(list)
    for place in first_actors(table).tolist():
        scenario = crisis_scenario(parameters, rows, place)
        trigger = (-1.0, "adversary", "v" if rows.group[place] >= VIOLENT - 1 else "h")
        for run in range(place * RUNS, (place + 1) * RUNS):
            acts = sorted([trigger, *acts_of(simulate(scenario, seed=SEED, run=run))])
            for day, author, kind in acts:
                others = [act for act in acts if act[1] != author]
                before = [act for act in others if act[0] < day]
                after = next((act for act in others if act[0] > day), None)
                if before and after is not None:
                    found[kind == "v", before[-1][2]].append((place, after[2] == "v"))
    return found


def share(occasions: list[tuple[int, bool]]) -> float:
    """Share of the next acts that are violent."""
    return float(np.mean([violent for _, violent in occasions]))


def interval(occasions: list[tuple[int, bool]]) -> tuple[float, float]:
    """95 % interval of the share, by a bootstrap of crises."""
    crises, place = np.unique([crisis for crisis, _ in occasions], return_inverse=True)
    violent = np.bincount(place, weights=[violent for _, violent in occasions])
    number = np.bincount(place)
    rng = np.random.default_rng(SEED)
    drawn = rng.integers(crises.size, size=(BOOTSTRAPS, crises.size))
    low, high = np.quantile(violent[drawn].sum(axis=1) / number[drawn].sum(axis=1), (0.025, 0.975))
    return float(low), float(high)


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", help="crisis-actor table")
    parser.add_argument("pairs", help="table of signal pairs")
    options = parser.parse_args()
    data, model = coded(options.pairs), played(options.table)
    for force in (False, True):
        for kind, words in KINDS.items():
            seen, expected = data[force, kind], model[force, kind]
            low, high = interval(seen)
            print(
                f"after {words}, received {'force' if force else 'anything else'}: data {share(seen):.3f} "
                f"[{low:.3f}, {high:.3f}] of {len(seen)}, model {share(expected):.3f} of {len(expected)}"
            )


if __name__ == "__main__":
    main()
