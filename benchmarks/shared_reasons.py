"""How far actors that face one adversary respond alike, beyond what the model expects: in ICB's rows.

Run ``python benchmarks/shared_reasons.py TABLE``, where TABLE is a crisis-actor table that has both sides' countries
(``actor_cc``, ``adversary_cc``). Each actor's probability of a violent response is exact, that of the shipped fit. Two
actors of a crisis face one adversary where they name the same. With probability ς, `shared_reasons`, they share their
private reasons, and then one draw of reasons serves both. What follows for both responses is simulated. ς is the
likeliest value over all such pairs. An actor in many pairs counts less in each: a pair weighs 1/n, where n is the
larger number of pairs that one of its two actors is in. The interval holds 95 % of bootstraps over crises.

Beside these stand pairs whose actors face each other, and all others. All of it is printed once for all pairs, and once
for those of which neither actor's trigger was violent, so that how violent a trigger was cannot make them alike.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from escalation.data.covariates import covariates
from escalation.data.crisis_actors import read_crisis_actors, response_level
from escalation.data.fits import fitted_parameters
from escalation.data.generic_crisis import FRONT, INDIRECT, frames_of, quantities
from escalation.engines.lower import lower
from escalation.engines.responses import respond
from escalation.world.ladder import Role

SEED = 1
DRAWS = 4000
BOOTSTRAPS = 1000
MOST_ACTORS = 12
"""Crises with more actors are left out: two of them, parts of a world war, would have two in five of the pairs."""
SHARES = np.arange(0.0, 1.001, 0.05)
KINDS = ("face one adversary", "face each other", "others")
VIOLENT = 2
"""Level of a violent response."""

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Actor:
    """A row of the table: its crisis, the countries of either side, empty where none is named, and its trigger."""

    crisis: str
    country: str
    adversary: str
    struck: bool


@dataclass(frozen=True)
class Pairs:
    """Pairs of one kind: rows of both, their crisis, and their weight in the likelihood."""

    one: NDArray[np.intp]
    two: NDArray[np.intp]
    crisis: NDArray[np.str_]
    weight: Floats


def number(text: str) -> str:
    """Spell a country as ICB's two columns both do, or as nothing."""
    return str(int(float(text))) if text else ""


def actors(path: str) -> tuple[list[Actor], Floats, Bools, Bools]:
    """Read a table: its rows, the probability of each act, which acts are violent, and who responded with violence."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        lines = {int(line["cracno"]): line for line in csv.DictReader(file)}
    table = read_crisis_actors(path)
    rows = covariates(table)
    found = [
        Actor(
            crisis=line["crisno"],
            country=number(line["actor_cc"]),
            adversary=number(line["adversary_cc"]),
            struck=bool(group >= INDIRECT),
        )
        for line, group in zip((lines[int(row)] for row in table["cracno"]), rows.group, strict=True)
    ]
    given = quantities(fitted_parameters(), rows)
    acts = np.zeros((0, 0))
    violent = np.zeros(0, np.bool_)
    for scenario, places in frames_of(rows):
        lowered = lower(scenario)
        likely = respond(lowered, {path: given[path][places] for path in lowered.distributions}, front=FRONT)
        if not acts.size:
            acts = np.zeros((len(rows), likely.shape[1]))
            roles = [scenario.ladder.rungs[rung].role.order for rung in lowered.option_rungs]
            violent = np.array([role >= Role.FORCE.order for role in roles])
        acts[places] = likely
    return found, acts, violent, np.asarray(response_level(table) >= VIOLENT)


def kind_of(one: Actor, two: Actor) -> int:
    """Say how two actors of a crisis stand to each other, as a place in `KINDS`."""
    if one.adversary == two.country or two.adversary == one.country:
        return 1
    return 0 if one.adversary and one.adversary == two.adversary else 2


def pairs_of(rows: list[Actor], *, struck: bool) -> list[Pairs]:
    """Pairs of actors of one crisis, by their kind; those with a violent trigger only if that is asked for."""
    members: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        members.setdefault(row.crisis, []).append(place)
    found: list[list[tuple[int, int]]] = [[] for _ in KINDS]
    for places in members.values():
        if len(places) > MOST_ACTORS:
            continue
        for n, one in enumerate(places):
            for two in places[n + 1 :]:
                if not struck and (rows[one].struck or rows[two].struck):
                    continue
                found[kind_of(rows[one], rows[two])].append((one, two))
    gathered = []
    for pairs in found:
        ends = np.array(pairs, np.intp).reshape(-1, 2)
        times = np.bincount(ends.ravel(), minlength=len(rows))
        gathered.append(
            Pairs(
                one=ends[:, 0],
                two=ends[:, 1],
                crisis=np.array([rows[one].crisis for one in ends[:, 0]]),
                weight=1.0 / np.maximum(times[ends].max(axis=1), 1),
            )
        )
    return gathered


def together(acts: Floats, violent: Bools) -> Floats:
    """Violent responses of every row to the same draws of private reasons; shape (rows, draws).

    Each actor does the act of the greatest sum of its logarithm of probability and the reason for it. What its type
    adds to chance counts among its reasons here.
    """
    reasons = np.random.default_rng(SEED).gumbel(size=(DRAWS, acts.shape[1]))
    value = np.log(np.maximum(acts, 1e-300))
    return np.stack([violent[(row + reasons).argmax(axis=1)] for row in value]).astype(np.float64)


def log_likelihoods(pairs: Pairs, likely: Floats, alike: Floats, observed: Bools) -> Floats:
    """Logarithm of the likelihood of both responses of each pair at each of `SHARES`; shape (pairs, shares)."""
    one, two = likely[pairs.one], likely[pairs.two]
    share = SHARES[np.newaxis, :]
    both = (1.0 - share) * (one * two)[:, np.newaxis] + share * alike[:, np.newaxis]
    first, second = one[:, np.newaxis] - both, two[:, np.newaxis] - both
    neither = 1.0 - both - first - second
    saw_one, saw_two = observed[pairs.one][:, np.newaxis], observed[pairs.two][:, np.newaxis]
    told = np.where(saw_one, np.where(saw_two, both, first), np.where(saw_two, second, neither))
    return np.asarray(np.log(np.maximum(told, 1e-6)) * pairs.weight[:, np.newaxis])


def show(kind: str, pairs: Pairs, likely: Floats, shown: Floats, observed: Bools) -> None:
    """Print the likeliest share of one kind of pairs, with its interval."""
    alike = np.array([(shown[one] * shown[two]).mean() for one, two in zip(pairs.one, pairs.two, strict=True)])
    told = log_likelihoods(pairs, likely, alike, observed)
    crises, place = np.unique(pairs.crisis, return_inverse=True)
    by_crisis = np.zeros((len(crises), len(SHARES)))
    np.add.at(by_crisis, place, told)
    generator = np.random.default_rng(SEED)
    drawn = generator.integers(0, len(crises), (BOOTSTRAPS, len(crises)))
    best = SHARES[np.array([by_crisis[rows].sum(axis=0).argmax() for rows in drawn])]
    low, high = np.quantile(best, (0.025, 0.975))
    total = by_crisis.sum(axis=0)
    standing = (observed - likely) / np.sqrt(likely * (1.0 - likely))
    correlation = (standing[pairs.one] * standing[pairs.two]).mean()
    print(
        f"{kind}: {len(pairs.one)} pairs of {len(crises)} crises; correlation of what the model does not explain "
        f"{correlation:.2f}; likeliest share {SHARES[total.argmax()]:.2f} [{low:.2f}, {high:.2f}], "
        f"log-likelihood {total.max() - total[0]:+.1f} beside 0",
        flush=True,
    )
    curve = ", ".join(f"{SHARES[n]:.1f} {total[n] - total[0]:+.1f}" for n in range(0, len(SHARES), 2))
    print(f"  log-likelihood beside 0, by share: {curve}", flush=True)


def main() -> None:
    """Print the likeliest shares of all kinds of pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", help="crisis-actor table with both sides' countries")
    options = parser.parse_args()
    rows, acts, violent, observed = actors(options.table)
    likely = acts[:, violent].sum(axis=1)
    shown = together(acts, violent)
    print(f"{len(rows)} rows; violent responses {observed.mean():.3f}, model {likely.mean():.3f}")
    for struck in (True, False):
        print("All pairs" if struck else "Pairs of which neither actor's trigger was violent")
        for kind, pairs in zip(KINDS, pairs_of(rows, struck=struck), strict=True):
            show(kind, pairs, likely, shown, observed)


if __name__ == "__main__":
    main()
