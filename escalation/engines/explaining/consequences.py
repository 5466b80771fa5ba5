"""Consequences: the wars that came in a run, however they did, and the patrons that joined."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.dynamics.roles import BY_ACCIDENT, BY_BRINKMANSHIP, BY_CHOICE, BY_COMMITMENT
from escalation.engines.days import days_of, latest
from escalation.engines.lowering.events import act_front
from escalation.engines.lowering.rows import Pledge, Rows
from escalation.engines.occurrences import events_that_occurred
from escalation.world.event import Provocation
from escalation.world.front import actor_and_target
from escalation.world.ladder import Role
from escalation.world.plain_words import actor_words, date_words, sentence
from escalation.world.scenario import Scenario
from escalation.world.war_words import ACCIDENT, CHOICE, COMMITMENT, EXCHANGE, joining_words, war_words

__all__ = ["CAUSES", "Consequence", "consequences", "stood_aside"]

CAUSES = {BY_CHOICE: CHOICE, BY_BRINKMANSHIP: EXCHANGE, BY_ACCIDENT: ACCIDENT, BY_COMMITMENT: COMMITMENT}
"""Causes of a war in words, by their numbers in the outcomes."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """A war that came between two sides, or a patron that joined.

    Parameters
    ----------
    kind
        ``"war"`` or ``"joined"``.
    day, date
        When, at the end of its period.
    actor, target
        The two sides of a war, by ids: who chose it, or the patron whose commitment brought it, comes first. Of a
        joining, the patron and its protégé.
    front
        Front of a war, from the first side to the second; of a joining, that of the patron to the adversary.
    cause
        Of a war: ``"choice"``, ``"exchange of force"``, ``"accident"`` or ``"commitment"``. Of a joining, what called
        on the patron: ``"act"`` or ``"war"``.
    commitment
        The pledge of a patron that joined, by the name of its row; else empty.
    words
        What came and why, in words that can follow a day.
    """

    kind: str
    day: float
    date: datetime.date
    actor: str
    target: str
    front: str
    cause: str
    commitment: str
    words: str

    @property
    def sentence(self) -> str:
        """What came on which day, and why."""
        return f"On day {self.day:g} ({date_words(self.date)}) {self.words}."

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain data that JSON can hold."""
        return asdict(self) | {"date": self.date.isoformat(), "sentence": self.sentence}


def consequences(
    scenario: Scenario,
    acts: NDArray[Any],
    outcomes: Mapping[str, NDArray[Any]],
    *,
    front_ids: tuple[str, ...],
    commitment_rows: tuple[str, ...],
    seed: int,
    run: int,
) -> tuple[Consequence, ...]:
    """Wars that came in a run, one for each pair of sides, and patrons that joined, in order of time.

    Parameters
    ----------
    scenario
        What was played.
    acts, outcomes, front_ids, commitment_rows, seed, run
        Those of a trajectory.
    """
    read = _Run(scenario, acts, outcomes, front_ids, commitment_rows, seed, run)
    found = [read.war(f) for f, front in enumerate(front_ids) if read.began[front] >= 0 and f < read.reverse(f)]
    found += [read.joining(p) for p in range(len(commitment_rows)) if outcomes["joined"][p] >= 0]
    return read.in_order(found)


def stood_aside(
    scenario: Scenario, outcomes: Mapping[str, NDArray[Any]], *, commitment_rows: tuple[str, ...]
) -> tuple[str, ...]:
    """Patrons that were called in a run and never joined, in words.

    Parameters
    ----------
    scenario
        What was played.
    outcomes, commitment_rows
        Those of a trajectory.
    """
    rows = {pledge.name: pledge for pledge in Rows(scenario).pledges}
    found = []
    for p, name in enumerate(commitment_rows):
        if outcomes["broken"][p] > 0 and outcomes["joined"][p] < 0:
            parties = (rows[name].terms.patron, rows[name].protege, rows[name].adversary)
            patron, protege, adversary = (actor_words(scenario, actor) for actor in parties)
            found.append(
                sentence(f"{patron} was called to stand by {protege} against {adversary}, and did not ({name})")
            )
    return tuple(found)


def _keys(each: Consequence) -> tuple[tuple[str, str], ...]:
    """What other consequences may name as their cause: the front of a war, either way, or a pledge that was kept."""
    if each.kind == "joined":
        return (("joined", each.commitment),)
    return (("war", f"{each.actor}-{each.target}"), ("war", f"{each.target}-{each.actor}"))


def _causes(pledge: Pledge) -> frozenset[tuple[str, str]]:
    """What has to come before a war that follows from a pledge: that it was kept, and the war of its protégé."""
    return frozenset({("joined", pledge.name), ("war", pledge.supported)})


class _Run:
    """What is read of one run."""

    def __init__(
        self,
        scenario: Scenario,
        acts: NDArray[Any],
        outcomes: Mapping[str, NDArray[Any]],
        front_ids: tuple[str, ...],
        commitment_rows: tuple[str, ...],
        seed: int,
        number: int,
    ) -> None:
        self.scenario, self.acts, self.outcomes, self.front_ids = scenario, acts, outcomes, front_ids
        self.seed, self.number = seed, number
        self.days = days_of(scenario)
        periods = np.where(outcomes["war_cause"] > 0, outcomes["crossed"][:, -1], -1)
        self.began = dict(zip(front_ids, periods.tolist(), strict=True))
        rows = {pledge.name: pledge for pledge in Rows(scenario).pledges}
        self.pledges = [rows[name] for name in commitment_rows]

    def in_order(self, found: Sequence[Consequence]) -> tuple[Consequence, ...]:
        """Put wars and joinings in order of time; those of one day so that each follows all of some cause of its own.

        A war by commitment is told of the pledges alone that had brought it by then. What came of it on the same day,
        its own allies' wars for instance, is no cause of it.
        """
        told: list[Consequence] = []
        left = sorted(found, key=lambda each: (each.day, each.kind == "joined"))
        while left:
            known = frozenset(key for each in told for key in _keys(each))
            today = [each for each in left if each.day == left[0].day]
            causes = [self.causes_of(each) for each in today]
            ready = [
                each
                for each, any_of in zip(today, causes, strict=True)
                if not any_of or any(c <= known for c in any_of)
            ]
            # Where each waits for another, as two wars that brought each other about, the day is told as it stands.
            told += [self._as_brought(each, known) for each in ready] or today
            left = [each for each in left if each not in (ready or today)]
        return tuple(told)

    def _as_brought(self, each: Consequence, known: frozenset[tuple[str, str]]) -> Consequence:
        return self.war(self.front_ids.index(each.front), known) if each.cause == COMMITMENT else each

    def reverse(self, f: int) -> int:
        actor, target = actor_and_target(self.front_ids[f])
        return self.front_ids.index(f"{target}-{actor}")

    def war(self, f: int, known: frozenset[tuple[str, str]] | None = None) -> Consequence:
        """War on a front; by commitment, of those pledges alone whose own causes are known, if it is said which are."""
        pair = (self.front_ids[f], self.front_ids[self.reverse(f)])
        period = self.began[pair[0]]
        cause = CAUSES[int(self.outcomes["war_cause"][f])]
        chosen = [front for front in pair if any(rung.role is Role.WAR for rung in self._done(front, period))]
        kept = [pledge for p, pledge in enumerate(self.pledges) if self._brought(p, pair, period)]
        if known is not None:
            kept = [pledge for pledge in kept if _causes(pledge) <= known]
        first = pair[0]
        if cause == CHOICE:
            first = chosen[0]
        if cause == COMMITMENT:
            first = f"{kept[0].terms.patron}-{kept[0].adversary}"
        sides = actor_and_target(first)
        words = war_words(
            self.scenario,
            sides,
            cause,
            chosen_by=[actor_and_target(front)[0] for front in chosen],
            kept=[(pledge.terms.patron, pledge.protege) for pledge in kept],
        )
        return self._told("war", period, sides, first, cause, "", words)

    def joining(self, p: int) -> Consequence:
        pledge, period = self.pledges[p], int(self.outcomes["joined"][p])
        at_war = 0 <= self.began[pledge.supported] <= period
        front = f"{pledge.adversary}-{pledge.protege}"
        rungs = self.scenario.ladder.names
        chosen = max((rungs.index(rung.name) for rung in self._done(front, period, covert=False)), default=0)
        scheduled = max(map(rungs.index, self._done_on_timeline(front, period)), default=0)
        act = max(chosen, scheduled)
        words = joining_words(
            self.scenario,
            (pledge.terms.patron, pledge.protege, pledge.adversary),
            pledge.name,
            act=rungs[act] if act else "",
            scheduled=scheduled > chosen,
            at_war=at_war,
        )
        sides = (pledge.terms.patron, pledge.protege)
        front = f"{pledge.terms.patron}-{pledge.adversary}"
        return self._told("joined", period, sides, front, "war" if at_war else "act", pledge.name, words)

    def causes_of(self, each: Consequence) -> list[frozenset[tuple[str, str]]]:
        """What may have brought about a consequence, any of several sets; none where only acts or chance did.

        A war by commitment follows a pledge that was kept and the war of its protégé. Things are named as in `_keys`.
        """
        if each.cause == COMMITMENT:
            pair = (each.front, f"{each.target}-{each.actor}")
            kept = [pledge for p, pledge in enumerate(self.pledges) if self._brought(p, pair, self.began[each.front])]
            return [_causes(pledge) for pledge in kept]
        if each.kind == "joined" and each.cause == "war":
            pledge = next(pledge for pledge in self.pledges if pledge.name == each.commitment)
            return [frozenset({("war", pledge.supported)})]
        return []

    def _done(self, front: str, period: int, *, covert: bool = True) -> list[Any]:
        """Rungs above restraint of what was done on a front in a period."""
        f = self.front_ids.index(front)
        here = self.acts[(self.acts["period"] == period) & (self.acts["front"] == f) & (self.acts["rung"] > 0)]
        return [self.scenario.ladder.rungs[act["rung"]] for act in here if covert or not act["covert"]]

    def _done_on_timeline(self, front: str, period: int) -> list[str]:
        """Rungs of what the timeline had done on a front in a period, where they are stated."""
        scenario = self.scenario
        limits = latest(scenario)
        rungs = {
            name: event.rung
            for name, event in scenario.events.items()
            if isinstance(event, Provocation)
            and scenario.rules.scheduled_answers
            and event.rung is not None
            and act_front(scenario, event) == front
            and limits[period - 1] <= scenario.day(event.date) < limits[period]
        }
        occurred = events_that_occurred(scenario, seed=self.seed, run=self.number) if rungs else frozenset()
        return [rung for name, rung in rungs.items() if name in occurred]

    def _brought(self, p: int, pair: tuple[str, str], period: int) -> bool:
        """Whether a pledge that was kept brought war on a pair of fronts: its protégé is at war with the same."""
        pledge: Pledge = self.pledges[p]
        joined, at_war = int(self.outcomes["joined"][p]), self.began[pledge.supported]
        return f"{pledge.terms.patron}-{pledge.adversary}" in pair and 0 <= joined <= period and 0 <= at_war <= period

    def _told(
        self, kind: str, period: int, sides: tuple[str, str], front: str, cause: str, commitment: str, words: str
    ) -> Consequence:
        day = float(self.days[period])
        return Consequence(kind, day, self.scenario.date(day), *sides, front, cause, commitment, words)
