"""Rows: which row of which table bears which name of a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalation.world.commitment import Commitment
from escalation.world.distributions import support
from escalation.world.front import Front, actor_and_target
from escalation.world.ladder import Role
from escalation.world.scenario import Scenario

__all__ = ["Pledge", "Rows", "above_baseline", "holds_back", "restrains", "why_none_restrains"]


def holds_back(scenario: Scenario, terms: Commitment) -> bool:
    """Whether a patron's wish for restraint weighs with its protégé: it must have something to withdraw."""
    return scenario.rules.leash_holds == "always" or terms.on_condition


def restrains(scenario: Scenario, terms: Commitment) -> bool:
    """Whether a patron can hold its protégé back by a pledge: its wish weighs, by the strength of the pledge."""
    return holds_back(scenario, terms) and support(terms.strength)[1] > 0.0


def why_none_restrains(scenario: Scenario, sender: str, pledges: Sequence[Pledge]) -> str:
    """Why a patron holds its receivers back by none of its pledges to them; empty where it does by one."""
    if any(restrains(scenario, pledge.terms) for pledge in pledges):
        return ""
    lacks = f"no pledge of {sender} to its receivers is on condition"
    if any(holds_back(scenario, pledge.terms) for pledge in pledges):
        lacks = f"no pledge of {sender} that would hold its receivers back has a strength above 0"
    return f"{lacks}, so that it holds them back from nothing"


def above_baseline(scenario: Scenario, front: Front, rung: str) -> bool:
    """Whether a rung is above ongoing hostilities on a front."""
    ladder = scenario.ladder
    return front.baseline is None or ladder.rung(rung).intensity > ladder.rung(front.baseline).intensity


@dataclass(frozen=True, slots=True)
class Pledge:
    """A commitment to one protégé against one adversary: one row of pledges."""

    commitment: str
    protege: str
    adversary: str
    terms: Commitment

    @property
    def shared(self) -> bool:
        """Whether it is one of several pledges of a promise that is made to several protégés."""
        return len(self.terms.proteges) > 1

    @property
    def name(self) -> str:
        """Name of the row, as ``usa-isr:irn``; with the protégé, ``locarno:fra-deu``, where there are several."""
        return f"{self.commitment}:{self.supported if self.shared else self.adversary}"

    @property
    def supported(self) -> str:
        """Front of the protege on which the patron may join."""
        return f"{self.protege}-{self.adversary}"


class Rows:
    """Numbers what a scenario names, so that the rows of one table can refer to those of another.

    Parameters
    ----------
    scenario
        What is lowered.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.actors = {actor: row for row, actor in enumerate(scenario.actors)}
        self.commitments = {commitment: row for row, commitment in enumerate(scenario.commitments)}
        self.signals = {signal: row for row, signal in enumerate(scenario.signals)}
        self.events = {event: row for row, event in enumerate(scenario.events)}
        self.fronts: dict[str, tuple[Front | None, Pledge | None]] = {
            name: (front, None) for name, front in scenario.fronts.items()
        }
        self.pledges = self._find_pledges()
        self._open_fronts()
        while scenario.rules.belligerency:  # a patron at war has enemies of its own, on whom its allies can be called
            found = len(self.pledges)
            self.pledges = self._find_pledges()
            if len(self.pledges) == found:
                break
            self._open_fronts()
        self.front_rows = {front: row for row, front in enumerate(self.fronts)}
        # The pledges to the protégé on a front must stand together, for the front keeps only the first and the last.
        self.pledges.sort(key=lambda pledge: self.front_rows[pledge.supported])
        self.support: dict[str, tuple[int, int]] = {}
        for row, pledge in enumerate(self.pledges):
            first, _ = self.support.get(pledge.supported, (row, row))
            self.support[pledge.supported] = first, row + 1

    def _find_pledges(self) -> list[Pledge]:
        pledges = []
        for name, terms in self.scenario.commitments.items():
            adversaries = [terms.adversary] if terms.adversary else list(self.actors)
            for protege in self.actors:  # so that it does not matter in which order they are listed
                for adversary in adversaries if protege in terms.proteges else ():
                    faces = f"{adversary}-{protege}" in self.fronts
                    if adversary not in (terms.patron, protege) and faces:
                        pledges.append(Pledge(name, protege, adversary, terms))
        return pledges

    def _open_fronts(self) -> None:
        """Add the fronts that open where a patron joins."""
        for pledge in self.pledges:
            patron, adversary = pledge.terms.patron, pledge.adversary
            for latent in (f"{patron}-{adversary}", f"{adversary}-{patron}"):
                self.fronts.setdefault(latent, (None, pledge))

    def intensity(self, rung: str | None, role: Role) -> float:
        """Intensity of a rung, or of the first rung of a role where no rung is named."""
        ladder = self.scenario.ladder
        if rung is not None:
            return ladder.rung(rung).intensity
        return next(r.intensity for r in ladder.rungs if r.role.order >= role.order)

    def let_go(self, sender: str, receivers: Sequence[str], *, subject: str | None) -> list[Pledge]:
        """Pledges that an authorisation is about: those of its sender to its receivers, against its subject or all."""
        return [
            pledge
            for pledge in self.pledges
            if pledge.terms.patron == sender and pledge.protege in receivers and subject in (None, pledge.adversary)
        ]

    def mask(self, actors: tuple[str, ...]) -> int:
        """Set of actors as bits, one for each row."""
        return sum(1 << self.actors[actor] for actor in set(actors))

    def front_of(self) -> NDArray[np.int64]:
        """Row of the front between two actors, or -1; shape (actors, actors)."""
        table = np.full((len(self.actors), len(self.actors)), -1, np.int64)
        for name, row in self.front_rows.items():
            actor, target = actor_and_target(name)
            table[self.actors[actor], self.actors[target]] = row
        return table
