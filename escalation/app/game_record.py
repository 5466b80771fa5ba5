"""A game of one chair as data: what is saved of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from escalation.engines.situation import Statement
from escalation.errors import StudyError
from escalation.world.scenario import Scenario

__all__ = ["Choice", "Game", "Said"]


@dataclass(frozen=True, slots=True)
class Choice:
    """An act that the person chose.

    Parameters
    ----------
    day
        When, in days after the start.
    target
        Id of the actor it was chosen against.
    act
        Name of the act: a rung, or its covert variant.
    """

    day: float
    target: str
    act: str


@dataclass(frozen=True, slots=True)
class Said:
    """Something that the person said.

    Parameters
    ----------
    day
        When, in days after the start. Others hear it in the next period.
    after
        Number of choices that had been made before.
    statement
        What was said.
    """

    day: float
    after: int
    statement: Statement


@dataclass(frozen=True, slots=True)
class Game:
    """A game, as it is saved.

    Parameters
    ----------
    scenario
        The crisis.
    actor
        Id of the actor whose chair the person has taken.
    seed, run
        Which trajectory it is: all that is chance in it.
    choices
        The person's acts, in the order of its decisions.
    said
        What the person said, in order.
    stop
        Once all this is done, it waits on the first day from this one on, if no decision falls to the actor before;
        without an end where it waits at the next decision alone.
    """

    scenario: Scenario
    actor: str
    seed: int = 0
    run: int = 0
    choices: tuple[Choice, ...] = ()
    said: tuple[Said, ...] = ()
    stop: float = math.inf

    def without_last(self) -> Game:
        """The game before the last choice was made, or the last word was said.

        Raises
        ------
        StudyError
            If there is none.
        """
        if self.said and self.said[-1].after == len(self.choices):
            return replace(self, said=self.said[:-1], stop=self.said[-1].day)
        if not self.choices:
            raise StudyError("no choice has been made that could be taken back")
        return replace(self, choices=self.choices[:-1], stop=math.inf)
