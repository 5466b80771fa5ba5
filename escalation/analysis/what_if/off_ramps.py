"""Off-ramps: the fewest signals and commitments that keep an event's probability under a limit."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.what_if.levers import Lever, clash
from escalation.analysis.what_if.worlds import World, play_event, race, race_runs
from escalation.errors import ScenarioError, StudyError
from escalation.estimates.estimate import Estimate, check_level
from escalation.estimates.html import table
from escalation.estimates.paired import DIFFERENCE_IS, PairedDifference, paired_difference
from escalation.estimates.proportion import proportion
from escalation.montecarlo.pool import Crew
from escalation.montecarlo.provenance import study_head
from escalation.whole_numbers import whole, whole_seed
from escalation.world.plain_words import asked_words
from escalation.world.scenario import Scenario

__all__ = ["OffRamps", "Ramp", "off_ramps"]

RIVALS = 3
"""Sets that came next to the winner, which are checked with it and built upon."""

PARTNERS = 12
"""Single levers that are added to them."""


@dataclass(frozen=True, slots=True)
class Ramp:
    """A set of levers that won a race among those of its size, checked on runs of its own.

    Parameters
    ----------
    levers
        Names of the levers; none for the scenario as it is.
    probability
        Probability of the event. The upper end of the interval (Clopper-Pearson) is what counts against the limit.
    meets
        Whether that end is under the limit.
    effect
        What the levers do: the probability of the event with them minus that without. Below 0 they make it rarer.
    rivals
        The sets next in the race, by the names of their levers: the probability of the event with them minus that with
        the winner. An interval above 0 says that the winner is the better of the two.
    tried
        Number of sets in the race.
    """

    levers: tuple[str, ...]
    probability: Estimate
    meets: bool
    effect: PairedDifference
    rivals: dict[tuple[str, ...], PairedDifference]
    tried: int

    def to_dict(self) -> dict[str, Any]:
        """Ramp as ``--json`` prints it."""
        return {
            "levers": list(self.levers),
            "probability": self.probability.to_dict(),
            "meets": self.meets,
            "effect": self.effect.to_dict(),
            "rivals": [{"levers": list(names), "behind": gap.to_dict()} for names, gap in self.rivals.items()],
            "tried": self.tried,
        }


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OffRamps:
    """What was found in the search for an off-ramp.

    Parameters
    ----------
    scenario, event, limit, seed
        What was asked.
    ramps
        The best set found of each size, from no lever on; the last is the first to meet the limit, if any does.
    levers
        The levers that were tried, by name.
    level
        Confidence that no set is said to meet the limit which does not, over all sizes together.
    spent
        Runs in all.
    actor, target
        Whose acts count, against whom; none where all do.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("two-state-deterrence")
    >>> levers = esc.signals_by(crisis, "patron", kinds=["warning"])
    >>> study = off_ramps(crisis, event="initiation", limit=0.001, levers=levers, max_size=1, runs=400, progress=False)
    >>> study.verdict
    'no set of 1 or fewer of the 4 levers was found that keeps this under 0.001: somebody chooses force'
    """

    scenario: Scenario
    event: str
    limit: float
    seed: int
    ramps: tuple[Ramp, ...]
    levers: dict[str, Lever]
    level: float
    spent: int
    actor: str | None = None
    target: str | None = None

    @property
    def baseline(self) -> Estimate:
        """Probability of the event without any lever."""
        return self.ramps[0].probability

    @property
    def found(self) -> Ramp | None:
        """Smallest set that meets the limit; none where no set was found that does."""
        return self.ramps[-1] if self.ramps[-1].meets else None

    @property
    def best(self) -> Ramp:
        """Set with the lowest probability of the event, whether or not it meets the limit."""
        return min(self.ramps, key=lambda ramp: ramp.probability.value)

    @property
    def verdict(self) -> str:
        """What was found, in a sentence."""
        limit = f"this under {self.limit:g}: {self.asked}"
        if self.found is None:
            most = len(self.ramps) - 1
            return f"no set of {most} or fewer of the {len(self.levers)} levers was found that keeps {limit}"
        if not self.found.levers:
            return f"no lever is needed to keep {limit}"
        return f"with confidence {100 * self.level:g} %, {self._words(self.found)} keeps {limit}"

    @property
    def asked(self) -> str:
        """The event in plain words, with whose acts count."""
        return asked_words(self.event, self.scenario, actor=self.actor, target=self.target)

    def _words(self, ramp: Ramp) -> str:
        return " + ".join(self.levers[name].words(self.scenario) for name in ramp.levers)

    def summary(self) -> dict[str, Any]:
        """All of it, as ``--json`` prints it.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        used = dict.fromkeys(name for ramp in self.ramps for name in ramp.levers)
        return {
            **study_head(self.scenario, seed=self.seed, runs=self.spent),
            "horizon_days": float(self.scenario.horizon),
            "event": self.event,
            "actor": self.actor,
            "target": self.target,
            "limit": self.limit,
            "confidence": self.level,
            "verdict": self.verdict,
            "found": self.found.to_dict() if self.found else None,
            "probabilities": {self.event: self.best.probability.to_dict()},
            "baseline": self.baseline.to_dict(),
            "difference_is": DIFFERENCE_IS,
            "ramps": [ramp.to_dict() for ramp in self.ramps],
            "levers": [self.levers[name].to_dict() for name in used],
            "tried": list(self.levers),
        }

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Best set of each size, as texts.

        Returns
        -------
        list of (str, str, str, str)
            The levers in words, probability of the event, whether it meets the limit, and the names of the levers.
        """
        return [
            (
                self._words(ramp) or "nothing",
                ramp.probability.number_text(),
                "yes" if ramp.meets else "no",
                " + ".join(ramp.levers),
            )
            for ramp in self.ramps
        ]

    def __repr__(self) -> str:
        return f"<OffRamps of {self.scenario.name!r}: {self.verdict}>"

    def _repr_html_(self) -> str:
        return table(("levers", self.asked, f"under {self.limit:g}", "id"), self.rows(), caption=self.verdict)


def off_ramps(
    scenario: Scenario,
    *,
    event: str = "war",
    limit: float = 0.05,
    levers: Sequence[Lever],
    actor: str | None = None,
    target: str | None = None,
    max_size: int = 2,
    runs: int = 20_000,
    seed: int = 0,
    level: float = 0.95,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool | None = None,
) -> OffRamps:
    """Search the smallest set of levers that brings an event's probability under a limit.

    Single levers race against one another on common random numbers [Karnin2013]_. The winner and the next three are
    checked on runs of another seed. If the winner does not meet the limit, sets of two race, made of those four and
    the twelve best single levers, and so on. So a larger set is looked for only where no smaller one was found; a
    pair of levers each of which does little alone can be missed.

    Parameters
    ----------
    scenario
        The crisis.
    event
        Name of the event.
    limit
        What its probability is to stay under, strictly between 0 and 1.
    levers
        What can be tried, as from `signals_by` and `commitments_by`.
    actor, target
        Count only acts on fronts of this actor, against this target.
    max_size
        Most levers in a set.
    runs
        Runs for each race, roughly. A quarter of them again checks each set that is checked.
    seed
        Seed of the races; the checks have one that follows from it.
    level
        Confidence with which a set must meet the limit. It holds over all sizes together, each being given its part
        of what is allowed to go wrong.
    workers
        Number of threads; by default one for each core. Results do not depend on it.
    executor
        Executor to send the work to instead, as in `escalation.montecarlo.runner.run`.
    progress
        Whether to show a progress bar; by default on a terminal, where the work is long.

    Returns
    -------
    OffRamps
        The best set of each size, and whether it meets the limit.

    Raises
    ------
    StudyError
        If an argument is not possible, or two levers have one name.
    KeyboardInterrupt
        If Ctrl-C was pressed.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("two-state-deterrence")
    >>> levers = [esc.ChangeLever("fronts.challenger-defender.revisionism", 0.0)]
    >>> study = off_ramps(crisis, event="initiation", limit=0.1, levers=levers, runs=2_000, seed=1, progress=False)
    >>> study.found.levers
    ('fronts.challenger-defender.revisionism=0.0',)
    """
    check_level(level)
    if not 0.0 < limit < 1.0:
        raise StudyError(f"limit is {limit!r}; it must lie strictly between 0 and 1, as 0.05 does")
    names = [lever.name for lever in levers]
    if not names:
        raise StudyError("levers is empty; it must hold one or more, as from signals_by and commitments_by")
    if twice := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        raise StudyError(f"two levers have the name {twice[0]!r}; each needs a name of its own")
    runs, seed = whole("runs", runs, least=100), whole_seed(seed)
    max_size = min(whole("max_size", max_size, least=1), len(levers))
    # What the bar shows as the whole of the work, were every size to be tried.
    total = sum(_runs_of_race(count, runs) for count in (len(levers), *[(RIVALS + 1) * PARTNERS] * (max_size - 1)))
    total += (runs // 4) * (1 + (RIVALS + 1) * max_size)
    with Crew(total, workers=workers, executor=executor, progress=progress, at_most=True) as crew:
        search = _Search(scenario, tuple(levers), event, actor, target, crew, seed, runs)
        ramps = search.ramps(limit, max_size=max_size, level=level)
        return OffRamps(
            scenario=scenario,
            event=event,
            limit=limit,
            seed=seed,
            ramps=ramps,
            levers=dict(zip(names, levers, strict=True)),
            level=level,
            spent=crew.runs,
            actor=actor,
            target=target,
        )


def _runs_of_race(count: int, budget: int) -> int:
    return sum(worlds * more for worlds, more in race_runs(count, budget))


@dataclass(frozen=True, slots=True)
class _Search:
    scenario: Scenario
    levers: tuple[Lever, ...]
    event: str
    actor: str | None
    target: str | None
    crew: Crew
    seed: int
    runs: int

    def ramps(self, limit: float, *, max_size: int, level: float) -> tuple[Ramp, ...]:
        """Best set of each size, until one meets the limit."""
        # Each size can be wrong, so each gets its part of the level; one end of two-sided intervals counts.
        level = 1.0 - 2.0 * (1.0 - level) / (max_size + 1)
        base = self._check([self._world(())])[0]
        ramps = [self._ramp(base, [()], base[np.newaxis], 1, limit, level)]
        best: list[tuple[int, ...]] = [()]
        partners: Sequence[int] = range(len(self.levers))
        while not ramps[-1].meets and len(ramps) <= max_size:
            worlds = self._worlds(best, partners)
            if not worlds:
                break
            sets = list(worlds)
            ran = race(list(worlds.values()), budget=self.runs, seed=self.seed, crew=self.crew)
            ranked = [sets[k] for k in ran.ranking]
            if len(ramps) == 1:
                partners = [lever for (lever,) in ranked[:PARTNERS]]
            best = ranked[: RIVALS + 1]
            checked = self._check([worlds[levers] for levers in best])
            ramps.append(self._ramp(base, best, checked, len(sets), limit, level))
        return tuple(ramps)

    def _worlds(self, best: Sequence[tuple[int, ...]], partners: Sequence[int]) -> dict[tuple[int, ...], World]:
        """Worlds with one lever more than the best sets so far; levers that exclude one another are left out."""
        sets = dict.fromkeys(
            tuple(sorted((*levers, partner)))
            for levers, partner in itertools.product(best, partners)
            if not any(lever == partner or clash(self.levers[lever], self.levers[partner]) for lever in levers)
        )
        worlds = {}
        for levers in sets:
            try:
                worlds[levers] = self._world(levers)
            # Levers that are allowed alone may not be so together; one that is refused alone is a mistake of whoever
            # gave it.
            except (ScenarioError, StudyError):
                if len(levers) == 1:
                    raise
        return worlds

    def _world(self, levers: tuple[int, ...]) -> World:
        scenario = self.scenario
        for lever in levers:
            scenario = self.levers[lever].apply(scenario)
        return World.of(scenario, self.event, actor=self.actor, target=self.target)

    def _check(self, worlds: Sequence[World]) -> NDArray[np.bool_]:
        """Play worlds on runs that no race has seen; shape (worlds, runs)."""
        fresh = int(np.random.SeedSequence(self.seed).generate_state(1, np.uint64)[0])
        return play_event(worlds, seed=fresh, first=0, count=self.runs // 4, crew=self.crew)

    def _ramp(
        self,
        base: NDArray[np.bool_],
        sets: Sequence[tuple[int, ...]],
        happened: NDArray[np.bool_],
        tried: int,
        limit: float,
        level: float,
    ) -> Ramp:
        """Report on the winner, the first of the sets, and how far the others are behind."""
        hits, count = int(np.count_nonzero(happened[0])), happened.shape[1]
        estimate = proportion(hits, count, method="clopper-pearson", level=level, event=self.event)
        return Ramp(
            levers=self._names(sets[0]),
            probability=estimate,
            # On fresh runs: those of the race picked the set because the event was rare in them.
            meets=estimate.high < limit,
            effect=paired_difference(happened[0], base, event=self.event),
            rivals={
                self._names(levers): paired_difference(row, happened[0], event=self.event)
                for levers, row in zip(sets[1:], happened[1:], strict=True)
            },
            tried=tried,
        )

    def _names(self, levers: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(self.levers[lever].name for lever in levers)
