"""A table: one run in which several actors are played by people, day by day, and all the others by the model.

It waits on the days on which a decision falls to a chair that is taken, and from a day on that can be named, on each.
On each, a record is kept of what was chosen and said; what was not chosen on a day that is over was chosen by the
model. So a record is replayed to the bit.

Examples
--------
>>> from escalation.engines.simulate import simulate
>>> from escalation.files import load
>>> crisis = load("two-state-deterrence")
>>> table = Table(crisis, seed=1)
>>> table.go_on({"challenger", "defender"})
>>> while not table.over:
...     preferred = {(s.actor, s.target): s.preferred for seat in table.seats for s in table.situations(seat)}
...     table.close(preferred)
>>> table.trajectory == simulate(crisis, seed=1)
True
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from escalation.app.briefed import briefed
from escalation.app.briefing import Briefing
from escalation.app.game import chairs
from escalation.app.person import CHANGED, deciding, more
from escalation.dynamics.decision import choose, note_choice
from escalation.dynamics.period import open_period
from escalation.dynamics.utility import weigh
from escalation.engines.buffers import filled
from escalation.engines.mesa_model import CrisisAgent, CrisisModel
from escalation.engines.situation import Situation, Statement
from escalation.engines.statements import heard_by
from escalation.engines.trajectory import Trajectory
from escalation.errors import StoreError, StudyError
from escalation.whole_numbers import whole_run, whole_seed
from escalation.world.near import near
from escalation.world.scenario import Scenario

__all__ = ["Act", "Day", "Record", "Table", "Word", "replayed"]


@dataclass(frozen=True, slots=True)
class Act:
    """An act that a chair chose.

    Parameters
    ----------
    actor, target
        Ids of who chose it, and against whom.
    act
        Its name.
    """

    actor: str
    target: str
    act: str


@dataclass(frozen=True, slots=True)
class Word:
    """Something that a chair said.

    Parameters
    ----------
    actor
        Id of who said it.
    statement
        What it said.
    """

    actor: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which the table waited.

    Parameters
    ----------
    day
        When, in days after the start.
    acts
        What was chosen; the model chose the rest.
    words
        What was said, in order.
    """

    day: float
    acts: tuple[Act, ...] = ()
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A game of several chairs, as it is saved.

    Parameters
    ----------
    scenario
        The crisis.
    seed, run
        Which trajectory it is: all that is chance in it.
    days
        Days that are over, in order.
    waiting
        The day that the table waits on, with the words said on it; none before the first and after the end.
    stops
        From which day on it waits on each; without an end where it waits only for decisions.
    """

    scenario: Scenario
    seed: int = 0
    run: int = 0
    days: tuple[Day, ...] = ()
    waiting: Day | None = None
    stops: float = math.inf


class _Seated(CrisisAgent):
    """An agent that does what its chair chose, and as the model does where it chose nothing."""

    def decide(self) -> None:
        model = self.model
        assert isinstance(model, _Model)
        for f in self.front_rows:
            if model.crisis.fronts[f].deciding > 0:
                weigh(model.crisis, f)
                if f in model.chosen:
                    note_choice(model.crisis, f, model.chosen[f])
                else:
                    choose(model.crisis, f)


class _Model(CrisisModel):
    """A run with acts that were chosen for the period that is open, by front."""

    chosen: dict[int, int]


class Table:
    """A run that waits for its chairs. It may be used from one thread at a time.

    Parameters
    ----------
    scenario
        The crisis.
    seed, run
        Which trajectory to play.

    Raises
    ------
    StudyError
        If the seed or run is not allowed.
    """

    def __init__(self, scenario: Scenario, *, seed: int = 0, run: int = 0) -> None:
        self.scenario, self.seed, self.run = scenario, whole_seed(seed), whole_run(run)
        self.chairs = chairs(scenario)
        self.seats: frozenset[str] = frozenset()
        self.stops = math.inf
        """From which day on it waits on each."""
        self._model = _Model(
            scenario, seed=self.seed, run=self.run, agents=dict.fromkeys(self.chairs, _Seated), recorded=True
        )
        self._model.chosen = {}
        self._open = False
        self._days: list[Day] = []
        self._words: list[Word] = []

    @property
    def waiting(self) -> bool:
        """Whether it waits on a day for its chairs."""
        return self._open

    @property
    def over(self) -> bool:
        """Whether the crisis has come to its end."""
        return not self._open and not more(self._model)

    @property
    def day(self) -> float:
        """Days after the start."""
        return self._model.day

    @property
    def record(self) -> Record:
        """What has been chosen and said so far."""
        waiting = Day(self.day, (), tuple(self._words)) if self._open else None
        return Record(self.scenario, self.seed, self.run, tuple(self._days), waiting, self.stops)

    @property
    def played(self) -> Scenario:
        """The scenario with what was said as signals."""
        return self._model.lowered.scenario

    @property
    def trajectory(self) -> Trajectory:
        """What has happened up to the end of the day before the one that is open, or in all."""
        outcomes, log = self._model.finished()
        if self._open:
            log = filled(log, self._model.crisis.clock[0].period - 1)
        return Trajectory.from_record(self._model.lowered, self.seed, self.run, outcomes, log)

    def seat(self, seats: Collection[str]) -> None:
        """Say which chairs are taken; a day that is open stays open.

        Raises
        ------
        StudyError
            If there is no such chair.
        """
        for actor in seats:
            if actor not in self.chairs:
                raise StudyError(f"{actor!r} has no chair in {self.scenario.name!r}{near(actor, self.chairs)}")
        self.seats = frozenset(seats)

    def go_on(self, seats: Collection[str]) -> None:
        """Play on until a decision falls to one of the chairs that are taken, to the next day to stop on, or the end.

        Raises
        ------
        StudyError
            If there is no such chair.
        """
        self.seat(seats)
        while not self._open and more(self._model):
            open_period(self._model.crisis)
            self._open = self.day >= self.stops or bool(deciding(self._model, self.seats))
            if not self._open:
                self._model.finish_step()

    def situations(self, actor: str) -> tuple[Situation, ...]:
        """Decisions that fall to an actor on the day that is open, as it sees them."""
        found = []
        for f in deciding(self._model, {actor}) if self._open else ():
            weigh(self._model.crisis, f)
            found.append(self._model.situation(f))
        return tuple(found)

    def heard(self, actor: str) -> tuple[str, ...]:
        """Ids of the signals and events that an actor knows of."""
        return heard_by(self._model.crisis, self.played, actor)

    def briefing(self, actor: str) -> Briefing:
        """What an actor is told on the day that is open."""
        return briefed(self._model, actor)

    def say(self, actor: str, statement: Statement) -> None:
        """Let a chair say something on the day that is open; others hear it in the next period.

        Raises
        ------
        StudyError
            If no day is open, or this cannot be said.
        """
        if not self._open:
            raise StudyError("no day is open on which something could be said")
        self._model.say(actor, statement)
        self._words.append(Word(actor, statement))

    def close(self, acts: Mapping[tuple[str, str], str], *, on: bool = True) -> None:
        """Close the day that is open, and play on to the next.

        Parameters
        ----------
        acts
            What was chosen, by actor and target; the model chooses where nothing was.
        on
            Whether to play on.

        Raises
        ------
        StudyError
            If no day is open, or a decision does not fall on it, or an act is not on offer.
        """
        if not self._open:
            raise StudyError("no day is open that could be closed")
        chosen = {}
        for (actor, target), act in acts.items():
            f = self._front(actor, target, act)
            chosen[f] = self._model.lowered.option_names.index(act)
        rows = tuple(Act(actor, target, act) for (actor, target), act in sorted(acts.items()))
        self._days.append(Day(self.day, rows, tuple(self._words)))
        self._model.chosen, self._words, self._open = chosen, [], False
        self._model.finish_step()
        self._model.chosen = {}
        if on:
            self.go_on(self.seats)

    def check(self, actor: str, target: str, act: str) -> None:
        """Check that an act can be chosen on the day that is open.

        Raises
        ------
        StudyError
            If no such decision falls on it, or the act is not on offer.
        """
        self._front(actor, target, act)

    def go_to(self, day: float) -> None:
        """Play on to a day and open it, whoever decides on it: where a saved game waited.

        Raises
        ------
        StudyError
            If it is not the end of a period that is still to come.
        """
        while more(self._model) and not self._open:
            open_period(self._model.crisis)
            if self.day == day:
                self._open = True
            elif self.day > day:
                break
            else:
                self._model.finish_step()
        if not self._open:
            raise StudyError("it is no day of this run that could come next")

    def _front(self, actor: str, target: str, act: str) -> int:
        for f in deciding(self._model, {actor}):
            situation = self._model.situation(f)
            if situation.target == target:
                if act not in situation.acts:
                    raise StudyError(f"the act {act!r} is not on offer{near(act, situation.acts)}")
                return f
        raise StudyError(f"no decision of {actor} against {target} falls on day {self.day:g}")


def replayed(record: Record) -> Table:
    """Replay a record, to where it was saved.

    Raises
    ------
    StudyError
        If the seed or run is not allowed.
    StoreError
        If its days are not those of this game.
    """
    table = Table(record.scenario, seed=record.seed, run=record.run)
    waiting = () if record.waiting is None else (record.waiting,)
    for number, day in enumerate((*record.days, *waiting), 1):
        try:
            table.go_to(day.day)
            for word in day.words:
                table.say(word.actor, word.statement)
            if number <= len(record.days):
                table.close({(row.actor, row.target): row.act for row in day.acts}, on=False)
        except StudyError as error:
            raise StoreError(f"day {day.day:g} of the game: {error}; {CHANGED}") from error
    if record.waiting is None and record.days:
        table.go_on(())
    table.stops = record.stops
    return table
