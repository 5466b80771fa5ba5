"""What acts follow what: how much violence begets violence, and how much an actor goes on as before.

Each act toward another counts with the next act that the other does toward its author. Violence of the next act is
regressed on whether violence was received and whether the receiver's own previous act was violent: reciprocity, and
inertia. In coded events an act is whatever was said or done; in a played crisis it is an act above restraint, or a
conciliatory one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.fit.crises.courses import VIOLENT_TRIGGER
from escalation.data.covariates import Covariates
from escalation.data.generic_crisis import crisis_scenario
from escalation.data.rows import Rows
from escalation.data.signal_pairs import CONCILIATORY, VIOLENT, next_acts
from escalation.engines.simulate import simulate
from escalation.engines.trajectory import Trajectory
from escalation.world.front import actor_and_target
from escalation.world.ladder import CONCILIATORY as CONCILIATION
from escalation.world.ladder import Role

__all__ = ["NextActs", "next_acts_in_crises", "next_acts_in_pairs"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

Act = tuple[float, str, bool, bool]
"""Day and author of an act, whether it was violent, and whether conciliatory."""

ADVERSARIES = {"actor", "adversary"}


@dataclass(frozen=True, slots=True)
class NextActs:
    """Occasions on which an act was followed by one of its receiver's; arrays of shape (occasions,).

    Parameters
    ----------
    received, previous, following
        Whether what was received, the receiver's own previous act, and its next act were violent.
    conciliatory
        Whether the next act was conciliatory.
    known
        Whether the receiver had acted before.
    crisis
        Number of the crisis.
    """

    received: Flags
    previous: Flags
    following: Flags
    conciliatory: Flags
    known: Flags
    crisis: NDArray[np.int64]

    def slopes(self) -> Floats:
        """Slopes of a violent next act on violence received and on a violent own previous act; shape (2,)."""
        return self._slopes(self.known)

    def conciliatory_share(self) -> float:
        """Share of next acts that are conciliatory."""
        return float(self.conciliatory.mean())

    def _slopes(self, which: NDArray[Any]) -> Floats:
        received, previous = self.received[which], self.previous[which]
        design = np.column_stack([np.ones(received.size), received, previous])
        return np.asarray(np.linalg.lstsq(design, self.following[which].astype(np.float64), rcond=None)[0][1:])

    def drawn(self, draws: int, seed: int) -> tuple[Floats, Floats]:
        """Draws of the slopes, shape (draws, 2), and of the conciliatory share, shape (draws,), over crises."""
        crises, place = np.unique(self.crisis, return_inverse=True)
        order = np.argsort(place, kind="stable")
        ends = np.searchsorted(place[order], np.arange(crises.size + 1))
        rng = np.random.default_rng([20_132, seed])
        slopes, shares = np.zeros((draws, 2)), np.zeros(draws)
        for k in range(draws):
            these = np.concatenate([order[ends[c] : ends[c + 1]] for c in rng.integers(crises.size, size=crises.size)])
            slopes[k] = self._slopes(these[self.known[these]])
            shares[k] = self.conciliatory[these].mean()
        return slopes, shares


def next_acts_in_pairs(pairs: Rows, *, adversaries: bool = False) -> NextActs:
    """Occasions in coded events.

    Parameters
    ----------
    pairs
        Signal pairs.
    adversaries
        Count those between adversaries alone.
    """
    whole = Rows({**pairs.columns, "adversaries": np.ones(len(pairs))}, pairs.source, pairs.version)
    acts = next_acts(whole, anyone=False)
    these = (acts >= 0) & ((pairs["adversaries"] == 1) | (not adversaries))
    return NextActs(
        received=pairs["received"][these] == "violence",
        previous=pairs["receiver_previous"][these] == "v",
        following=acts[these] == VIOLENT,
        conciliatory=acts[these] == CONCILIATORY,
        known=pairs["receiver_previous"][these] != "0",
        crisis=pairs["crisno"][these].astype(np.int64),
    )


def next_acts_in_crises(
    parameters: Mapping[str, float], crises: Covariates, *, runs: int = 1, seed: int = 0
) -> NextActs:
    """Occasions in played crises of crisis-actor rows; the trigger counts as an act of the adversary.

    Parameters
    ----------
    parameters
        Values of the global parameters.
    crises
        Covariates of the crises.
    runs
        Runs of each.
    seed
        Seed of the runs.
    """
    found: list[tuple[bool, bool, bool, bool, bool, int]] = []
    for place in range(len(crises)):
        scenario = crisis_scenario(parameters, crises, place)
        opening = (-1.0, "adversary", bool(crises.group[place] >= VIOLENT_TRIGGER), False)
        # As in the fit, no two crises share a run, and so their draws.
        for run in range(place * runs, (place + 1) * runs):
            acts = [opening, *_acts(simulate(scenario, seed=seed, run=run))]
            found += [(*occasion, place) for occasion in _occasions(acts)]
    flags = np.array([occasion[:5] for occasion in found], np.bool_).reshape(len(found), 5)
    received, previous, following, conciliatory, known = flags.T
    places = np.array([occasion[5] for occasion in found], np.int64)
    return NextActs(received, previous, following, conciliatory, known, places)


def _acts(path: Trajectory) -> list[Act]:
    """Acts of the actor and its adversary against each other that are above restraint, or conciliatory."""
    rungs = path.scenario.ladder.rungs
    found = []
    for act in path.acts:
        author, target = actor_and_target(path.front_ids[act["front"]])
        conciliatory = path.option_names[act["option"]] == CONCILIATION
        if {author, target} == ADVERSARIES and (act["rung"] > 0 or conciliatory):
            violent = rungs[act["rung"]].role.order >= Role.FORCE.order
            found.append((float(path.days[act["period"]]), author, violent, conciliatory))
    return sorted(found)


def _occasions(acts: list[Act]) -> list[tuple[bool, bool, bool, bool, bool]]:
    """Occasions of one run, from its acts in order of time: day, author, violent, conciliatory."""
    found = []
    for day, author, violent, _ in acts:
        others = [act for act in acts if act[1] != author]
        before = [act for act in others if act[0] < day]
        after = next((act for act in others if act[0] > day), None)
        if after is not None:
            found.append((violent, bool(before) and before[-1][2], after[2], after[3], bool(before)))
    return found
