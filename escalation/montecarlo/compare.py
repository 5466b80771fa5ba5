"""Two worlds on the same chance: what one change makes of a crisis."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError
from escalation.estimates.estimate import check_level, method_text
from escalation.estimates.html import table
from escalation.estimates.paired import DIFFERENCE_IS, PairedDifference, paired_difference
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.events import check_events, check_several, known
from escalation.montecarlo.parting import Parting, first_parting
from escalation.montecarlo.progress import Hook
from escalation.montecarlo.runner import play_worlds
from escalation.whole_numbers import whole
from escalation.world.plain_words import counted, event_words, told_events
from escalation.world.scenario import Scenario

__all__ = ["Comparison", "compare", "shared_events"]

World = TypeVar("World", Scenario, Ensemble)
Answer = TypeVar("Answer")

PAIRS = 10_000
"""Pairs of runs where nothing is said."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Comparison:
    """The same runs of two scenarios, which differ by what was changed alone.

    Parameters
    ----------
    first, second
        Ensembles of the two worlds, the unchanged and the changed, equal in seed and number of runs.
    differences
        Changed minus unchanged, for every event that a world lists and both can be asked for, and for those that were
        asked for besides.
    level
        Confidence level of the intervals.

    Examples
    --------
    >>> import escalation as esc
    >>> scenario = esc.load("two-state-deterrence")
    >>> pair = compare(scenario, scenario.without("threat"), runs=200, seed=1, progress=False)
    >>> pair.runs, pair.parted.shape
    (200, (200,))
    >>> pair.first.scenario.diff(pair.second.scenario)[0][0]
    'signals.threat'
    """

    first: Ensemble
    second: Ensemble
    differences: dict[str, PairedDifference]
    level: float = 0.95

    @property
    def runs(self) -> int:
        """Number of pairs of runs."""
        return self.first.runs

    @property
    def seed(self) -> int:
        """Seed of both worlds."""
        return self.first.seed

    @property
    def interrupted(self) -> bool:
        """Whether fewer runs were finished than were asked for."""
        return self.first.interrupted or self.second.interrupted

    @property
    def parted(self) -> NDArray[np.bool_]:
        """Whether acts or outcomes of each run differ between the worlds, shape (run,).

        Outcomes are compared by their days, on the fronts, rungs and commitments that both have; a front or
        commitment of one world alone counts where something happened on it. Acts above restraint are compared
        one by one where both worlds have the same ladder, fronts and period. Counts of vows are left out: a vow
        that was taken away differs from one that was kept even where everybody did the same.
        """
        apart = np.zeros(self.runs, dtype=np.bool_)
        for one, two in _columns(self.first, self.second):
            apart |= one != two
        return apart

    def difference(self, event: str, *, actor: str | None = None, target: str | None = None) -> PairedDifference:
        """Difference in the probability of any event, listed or not: changed minus unchanged.

        Parameters
        ----------
        event
            Name of the event.
        actor, target
            Count only acts on fronts of this actor, against this target.

        Returns
        -------
        PairedDifference
            The difference with its interval.

        Raises
        ------
        StudyError
            If a world has no such event, actor or front.

        Examples
        --------
        >>> import escalation as esc
        >>> scenario = esc.load("two-state-deterrence")
        >>> pair = compare(scenario, scenario.without("threat"), runs=200, seed=1, progress=False)
        >>> pair.difference("joint:defender+patron").n
        200
        """
        if actor is None and target is None and event in self.differences:
            return self.differences[event]
        one, two = _of_both(lambda world: world.occurs(event, actor=actor, target=target), self.first, self.second)
        return paired_difference(two, one, level=self.level, event=event)

    def first_parting(self, run: int) -> Parting | None:
        """First decision in which the two worlds part in a run.

        Parameters
        ----------
        run
            Number of the run, from 0.

        Returns
        -------
        Parting or None
            None where all decisions are the same; such a run can still have parted by a patron's answer.

        Raises
        ------
        StudyError
            If the run is not one of those compared, or goes on from another run, or an actor followed a rule of your
            own, which is not kept.
        """
        if rules := (*self.first.decision_rules, *self.second.decision_rules):
            raise StudyError(f"runs in which {rules[0]} followed a rule of your own cannot be replayed")
        if self.first.branched_from is not None:
            raise StudyError(f"runs that go on from run {self.first.branched_from} cannot be replayed from the start")
        number = whole("run", run, below=self.runs)
        return first_parting(self.first.scenario, self.second.scenario, seed=self.seed, run=number)

    def summary(self) -> dict[str, Any]:
        """Differences and probabilities of all events, as ``--json`` prints them.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        asked = tuple(self.differences)
        one, two = (world.summary(level=self.level, events=asked) for world in (self.first, self.second))
        return {
            "scenario": one["scenario"],
            "other": two["scenario"],
            "hash": one["hash"],
            "other_hash": two["hash"],
            "seed": self.seed,
            "runs": self.runs,
            "interrupted": self.interrupted,
            "horizon_days": one["horizon_days"],
            "changes": self.first.scenario.diff(self.second.scenario),
            "difference_is": DIFFERENCE_IS,
            "differences": {event: gap.to_dict() for event, gap in self.differences.items()},
            "probabilities": {"first": one["probabilities"], "second": two["probabilities"]},
        }

    def __repr__(self) -> str:
        names = f"{self.first.scenario.name!r} and {self.second.scenario.name!r}"
        return f"<Comparison of {names}: {counted(self.runs, 'pair')} of runs, seed {self.seed}>"

    def _repr_html_(self) -> str:
        rows = [
            (
                event_words(event, self.second.scenario),
                self.first.probability(event, level=self.level).number_text(),
                self.second.probability(event, level=self.level).number_text(),
                gap.number_text(),
                gap.test_text(),
                event,
            )
            for event in told_events(self.differences, self.second.scenario)
            for gap in (self.differences[event],)
        ]
        difference = method_text("bonett-price", level=self.level, n=self.runs)
        caption = f"Probabilities: {self.first.method.title()}. Differences, {DIFFERENCE_IS}: {difference}"
        return table(("event", "unchanged", "changed", "difference", "test", "id"), rows, caption=caption)


def compare(
    scenario: Scenario | Ensemble,
    other: Scenario | Ensemble,
    *,
    runs: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool | Hook | None = None,
    level: float = 0.95,
    events: Sequence[str] = (),
) -> Comparison:
    """Run two scenarios on the same chance, and compare them run by run.

    Intervals of differences are for a number of pairs that was chosen beforehand. They do not allow for a study that
    stopped at a precision.

    Two ensembles that were played already are compared as they are, for instance with a decision rule of your own and
    without: they must have the same seed and as many runs, and go on from the same run if they are branches.

    Parameters
    ----------
    scenario, other
        The unchanged world and the changed one, or ensembles of them. A difference is what the change did: changed
        minus unchanged.
    runs, seed, workers, executor, progress
        As in `escalation.montecarlo.runner.run`, by default 10,000 runs and the seed 0; not with ensembles. Ctrl-C
        returns the pairs that are finished.
    level
        Confidence level of the intervals.
    events
        Events to compare besides those that are listed, as ``joint:<actors>`` and ``agreement:<front>``.

    Returns
    -------
    Comparison
        Paired differences of the events for which both worlds can be asked [BonettPrice2012]_.

    Raises
    ------
    StudyError
        If an argument is not possible, or a world has no such event; before any run is played.
    KeyboardInterrupt
        If Ctrl-C was pressed before any pair was finished.

    Examples
    --------
    >>> import escalation as esc
    >>> scenario = esc.load("two-state-deterrence")
    >>> pair = compare(scenario, scenario.replace("rules.leash", 0.0), runs=200, seed=1, progress=False)
    >>> pair.differences["war"].n
    200
    >>> calm = esc.run(scenario, runs=20, seed=1, decision_rules={"challenger": lambda situation: situation.acts[0]})
    >>> compare(calm, esc.run(scenario, runs=20, seed=1)).first.decision_rules
    ('challenger',)
    """
    check_level(level)
    check_several(events)
    if isinstance(scenario, Ensemble) or isinstance(other, Ensemble):
        given = {"runs": runs, "seed": seed, "workers": workers, "executor": executor, "progress": progress}
        first, second = _played(scenario, other, [name for name, value in given.items() if value is not None])
        _check_events(events, first.scenario, second.scenario)
    else:
        _check_events(events, scenario, other)
        first, second = play_worlds(
            [scenario, other],
            runs=PAIRS if runs is None else runs,
            seed=0 if seed is None else seed,
            workers=workers,
            executor=executor,
            progress=progress,
        )
    differences = {
        event: paired_difference(second.occurs(event), first.occurs(event), level=level, event=event)
        for event in dict.fromkeys((*shared_events(first, second), *events))
    }
    return Comparison(first, second, differences, level)


def shared_events(first: Ensemble, second: Ensemble) -> list[str]:
    """Events that one of two worlds lists, and for which both can be asked; of a vow taken away, none is broken.

    Examples
    --------
    >>> import escalation as esc
    >>> scenario = esc.load("two-state-deterrence")
    >>> with_it, without = (
    ...     esc.run(world, runs=20, seed=1, progress=False) for world in (scenario, scenario.without("threat"))
    ... )
    >>> [event for event in shared_events(with_it, without) if event not in without.events]
    ['vow-broken:defender']
    """
    listed = dict.fromkeys((*first.events, *second.events))
    return [event for event in listed if known(event, first.axes) and known(event, second.axes)]


def _check_events(events: Sequence[str], unchanged: Scenario, changed: Scenario) -> None:
    for event in events:
        _of_both(functools.partial(check_events, (event,)), unchanged, changed)


def _of_both(ask: Callable[[World], Answer], first: World, second: World) -> list[Answer]:
    """What both worlds answer; where one alone refuses, the error says which."""
    answers: list[Answer] = []
    refusals: dict[str, StudyError] = {}
    for name, world in (("unchanged", first), ("changed", second)):
        try:
            answers.append(ask(world))
        except StudyError as error:
            refusals[name] = error
    if len(refusals) == 1:
        ((name, refusal),) = refusals.items()
        raise StudyError(f"in the {name} world: {refusal}") from refusal
    if refusals:
        raise refusals["unchanged"]
    return answers


def _played(one: Scenario | Ensemble, two: Scenario | Ensemble, given: Sequence[str]) -> tuple[Ensemble, Ensemble]:
    """Two ensembles whose runs belong together.

    Raises
    ------
    StudyError
        If one is a scenario, they differ in seed, number of runs or the run that they go on from, or something is given
        that is for playing them.
    """
    if not (isinstance(one, Ensemble) and isinstance(two, Ensemble)):
        raise StudyError("compare takes two scenarios, or two ensembles; run the scenario as the other was")
    if given:
        raise StudyError(f"{given[0]} does not go with ensembles: they have been played")
    if (one.seed, one.runs) != (two.seed, two.runs):
        raise StudyError(
            f"the first ensemble has the seed {one.seed} and {one.runs:,} runs, the second {two.seed} and "
            f"{two.runs:,}; only runs of the same seed and number belong together"
        )
    if one.branched_from != two.branched_from:
        first, second = (
            "begin at the start" if each.branched_from is None else f"go on from run {each.branched_from}"
            for each in (one, two)
        )
        raise StudyError(f"the runs of the first ensemble {first}, those of the second {second}: they share no chance")
    return one, two


_NOTHING = {"crossed": -1, "war_cause": 0, "agreed": -1, "conceded": -1, "joined": -1, "kept": 0, "broken": 0}
"""What stands in an outcome array where nothing happened."""


def _columns(first: Ensemble, second: Ensemble) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    """Columns of outcomes that stand for the same thing in both worlds, with periods made days."""
    yield _days(first, first.outcomes["settled"]), _days(second, second.outcomes["settled"])
    # A fingerprint is made of each act, its period and its front, by numbers which must mean the same in both worlds.
    if first.front_ids == second.front_ids and (first.scenario.ladder, first.period) == (
        second.scenario.ladder,
        second.period,
    ):
        yield first.outcomes["signature"], second.outcomes["signature"]
    rungs = [name for name in first.rung_names[1:] if name in second.rung_names]
    for front in dict.fromkeys(first.front_ids + second.front_ids):
        for name in ("war_cause", "agreed", "conceded"):
            yield _column(first, name, front), _column(second, name, front)
        for rung in rungs:
            yield _column(first, "crossed", front, rung), _column(second, "crossed", front, rung)
    for row in dict.fromkeys(first.commitment_rows + second.commitment_rows):
        for name in ("joined", "kept", "broken"):
            yield _column(first, name, row), _column(second, name, row)


def _column(ensemble: Ensemble, name: str, label: str, rung: str = "") -> NDArray[Any]:
    labels = ensemble.commitment_rows if name in ("joined", "kept", "broken") else ensemble.front_ids
    if label not in labels or name not in ensemble.outcomes:  # runs of an earlier version kept no concessions
        return np.array([_NOTHING[name]])
    column: NDArray[Any] = ensemble.outcomes[name][:, labels.index(label)]
    if rung:
        column = column[:, ensemble.rung_names.index(rung)]
    return _days(ensemble, column) if name in ("crossed", "agreed", "conceded", "joined") else column


def _days(ensemble: Ensemble, periods: NDArray[Any]) -> NDArray[np.float64]:
    # Rounded, so that days agree between worlds whose periods differ in length.
    return np.where(periods >= 0, np.round(ensemble.days, 9)[periods], -1.0)
