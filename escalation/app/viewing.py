"""A viewing: one run or game, looked at day by day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from escalation.app.board import Standing, standings
from escalation.app.chronicle import Happening, chronicle
from escalation.app.game import Position, explain_choice, without_signals
from escalation.app.pictures import Source
from escalation.app.shared_views import Debriefing
from escalation.engines.compiled import at_hand
from escalation.engines.explaining.explain import Decision, decisions
from escalation.engines.explaining.explanation import Explanation
from escalation.engines.explaining.traces import Traces
from escalation.engines.lower import lower_once
from escalation.engines.simulate import simulate
from escalation.engines.trajectory import Trajectory
from escalation.world.plain_words import actor_name
from escalation.world.scenario import Scenario

__all__ = ["Viewing"]


@dataclass(frozen=True, slots=True, eq=False)
class Viewing:
    """A run or a game that is over, with all that can be asked of it by day.

    Days are counted in periods, so that a step is one period of the model; see `day`.

    Parameters
    ----------
    trajectory
        The run.
    happenings
        Its chronicle.
    decided
        Its decisions.
    game
        The game it is of, if one person played in it.
    debriefing
        The game it is of, if several people did.
    """

    trajectory: Trajectory
    happenings: tuple[Happening, ...]
    decided: tuple[Decision, ...]
    game: Position | None = None
    debriefing: Debriefing | None = None

    @classmethod
    def of_run(cls, scenario: Scenario, *, seed: int, run: int) -> Viewing:
        """Play a run; in the readable engine where the model is not compiled yet, so that nobody waits for that."""
        engine: Literal["compiled", "mesa"] = "compiled" if at_hand(lower_once(scenario)) else "mesa"
        return cls._of(simulate(scenario, seed=seed, run=run, engine=engine), None)

    @classmethod
    def of_game(cls, here: Position) -> Viewing:
        """Look at a game."""
        return cls._of(here.trajectory, here)

    @classmethod
    def of_debriefing(cls, debriefing: Debriefing) -> Viewing:
        """Look at a game of several chairs."""
        found = cls._of(debriefing.trajectory, None)
        return replace(found, debriefing=debriefing)

    @classmethod
    def _of(cls, trajectory: Trajectory, game: Position | None) -> Viewing:
        return cls(trajectory, chronicle(trajectory), decisions(trajectory), game)

    @property
    def scenario(self) -> Scenario:
        """The crisis."""
        return self.trajectory.scenario

    @property
    def periods(self) -> int:
        """Number of periods that were played."""
        return len(self.trajectory.fronts) - 1

    def day(self, period: int) -> float:
        """Day after the start on which a period ends."""
        return float(self.trajectory.days[min(max(period, 0), self.periods)])

    def on(self, period: int) -> tuple[Happening, ...]:
        """What happened in a period."""
        return tuple(row for row in self.happenings if abs(row.day - self.day(period)) < 1e-6)

    def before(self, period: int) -> tuple[Happening, ...]:
        """What happened before a period, the latest first."""
        return tuple(row for row in reversed(self.happenings) if row.day < self.day(period) - 1e-6)

    def choices(self, period: int) -> tuple[Decision, ...]:
        """Decisions that fell in a period, the highest first."""
        fell = [row for row in self.decided if abs(row.day - self.day(period)) < 1e-6]
        return tuple(sorted(fell, key=lambda row: -row.rung))

    def next_busy(self, period: int, *, back: bool = False) -> int:
        """Next period, or the one before, in which something happened or was decided; the end or start if none is."""
        busy = {row.day for row in self.happenings} | {row.day for row in self.decided}
        here = self.day(period)
        days = [day for day in busy if (day < here - 1e-6 if back else day > here + 1e-6)]
        if not days:
            return 0 if back else self.periods
        return int(np.argmin(np.abs(self.trajectory.days - (max(days) if back else min(days)))))

    def standings(self, period: int) -> tuple[Standing, ...]:
        """What goes on along each front in a period."""
        return standings(self.scenario, self.happenings, day=self.day(period))

    def traces(self, front: str) -> Traces:
        """What the actor of a front believed and felt through the run."""
        return self.trajectory.traces(front)

    def by_person(self, decision: Decision) -> bool:
        """Whether a person took a decision."""
        if self.debriefing is not None:
            return (decision.day, decision.front) in self.debriefing.chosen
        return self.game is not None and decision.actor == self.game.game.actor

    @property
    def person_words(self) -> str:
        """What is said of a choice by a person."""
        whose = "yours" if self.debriefing is None else "its team's"
        return f"This choice was {whose}. The model does not know the reasons."

    def source(self, figure: str, day: float) -> Source:
        """Where a figure of it is from, which tells of the days up to one."""
        played, path = self.game, self.trajectory
        if self.debriefing is not None:
            scenario, changes = self.debriefing.scenario, ("a game for several",)
            return Source(scenario, figure, seed=path.seed, run=path.run, day=day, changes=changes)
        if played is None:
            return Source(path.scenario, figure, seed=path.seed, run=path.run, day=day)
        scenario, actor = played.game.scenario, played.game.actor
        changes = (f"a person played {actor_name(scenario, actor)}",)
        return Source(scenario, figure, seed=path.seed, run=path.run, day=day, changes=changes)

    def explain(self, decision: Decision) -> Explanation | None:
        """Explain a decision; None where a person took it."""
        if self.by_person(decision):
            return None
        day, actor, target = decision.day, decision.actor, decision.target
        if self.game is not None:
            found = explain_choice(self.game, day, actor, target=target)
        else:
            found = self.trajectory.explain(day, actor, target=target)
        return (found if self.debriefing is None else without_signals(found))[0]
