"""A game: a crisis in which a person acts and speaks for one actor, and the model plays all the others.

A game is data: a scenario, a seed, a run, an actor, and what was chosen and said so far. Where it stands follows from
these alone, so a game that was saved is replayed exactly, and one that was taken back is as if it had not been played.

It waits on the days on which a decision falls to the actor, and on others where the person asks for that, to speak.

Examples
--------
>>> from escalation.app.game import begin
>>> from escalation.engines.simulate import simulate
>>> from escalation.files import load
>>> crisis = load("two-state-deterrence")
>>> here = begin(crisis, "defender", seed=1)
>>> while here.situation is not None:
...     here = here.choose(here.situation.preferred)
>>> here.trajectory == simulate(crisis, seed=1, engine="mesa")
True
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from escalation.app.briefed import briefed
from escalation.app.briefing import Briefing
from escalation.app.game_record import Choice, Game, Said
from escalation.app.person import CHANGED, Person
from escalation.engines.buffers import filled
from escalation.engines.mesa_model import CrisisModel
from escalation.engines.situation import Move, Situation, Statement
from escalation.engines.statements import heard_by
from escalation.engines.trajectory import Trajectory
from escalation.errors import StoreError, StudyError
from escalation.whole_numbers import whole_run, whole_seed
from escalation.world.near import near
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    from escalation.engines.explaining.explanation import Explanation

__all__ = [
    "MOST_SAID",
    "Choice",
    "Game",
    "Position",
    "Said",
    "begin",
    "chairs",
    "explain_choice",
    "play_on",
    "position",
    "without_signals",
]

MOST_SAID = 100
"""Most statements in one game."""


@dataclass(frozen=True, slots=True, eq=False)
class Position:
    """Where a game stands: at a decision of the person's, on another day on which it was to stop, or at its end.

    Parameters
    ----------
    game
        The game.
    trajectory
        What has happened up to the end of the day before the one on which it waits, or in all; its scenario holds what
        was said as signals.
    waits
        Day on which it waits; none where the game is over.
    situation
        The decision that falls to the person on that day, if one does.
    briefing
        What the actor is told on it.
    heard
        Ids of the signals and events that it knows of.
    """

    game: Game
    trajectory: Trajectory
    waits: float | None
    situation: Situation | None
    briefing: Briefing | None = None
    heard: tuple[str, ...] = ()

    @property
    def over(self) -> bool:
        """Whether the crisis has come to its end."""
        return self.waits is None

    @property
    def day(self) -> float:
        """Days after the start."""
        return float(self.trajectory.days[-1]) if self.waits is None else self.waits

    def choose(self, act: str, *, stop: float = math.inf) -> Position:
        """Choose an act at the decision that waits, and play on to the next one.

        Parameters
        ----------
        act
            Name of one of the acts on offer.
        stop
            Stop before that on the first day from this one on: 0 stops tomorrow, and the default on none.

        Raises
        ------
        StudyError
            If no decision waits, or the act is not on offer.
        """
        waiting = self.situation
        if waiting is None:
            why = "the game is over" if self.over else "no decision falls on this day"
            raise StudyError(f"{why}; there is nothing to choose")
        if act not in waiting.acts:
            raise StudyError(f"the act {act!r} is not on offer{near(act, waiting.acts)}")
        chosen = Choice(waiting.day, waiting.target, act)
        return position(replace(self.game, choices=(*self.game.choices, chosen), stop=stop))

    def go_on(self, *, stop: float = math.inf) -> Position:
        """Play on from a day on which no decision waits to the next decision.

        Parameters
        ----------
        stop
            As in `choose`.

        Raises
        ------
        StudyError
            If a decision waits, or the game is over.

        Examples
        --------
        >>> from escalation.files import load
        >>> here = begin(load("two-state-deterrence"), "challenger", seed=1).choose("restraint", stop=5.0)
        >>> here.day, here.situation is None, here.go_on(stop=0.0).day
        (5.0, True, 6.0)
        """
        if self.waits is None:
            raise StudyError("the game is over; there is no further day")
        if self.situation is not None:
            raise StudyError("a decision waits; choose an act first")
        return position(replace(self.game, stop=max(stop, math.nextafter(self.waits, math.inf))))

    def say(self, statement: Statement) -> Position:
        """Say something on the day on which the game waits, and stay there; others hear it in the next period.

        Parameters
        ----------
        statement
            What is said.

        Raises
        ------
        StudyError
            If the game is over, or this cannot be said: of no such kind, to itself, of something unheard of, ...

        Examples
        --------
        >>> from escalation.files import load
        >>> here = begin(load("two-state-deterrence"), "challenger", seed=1)
        >>> here.say(Statement("vow", ("defender",), rung="display")).briefing.said[-1]
        'Vow to defender, in public, is heard tomorrow (challenger-said-1).'
        """
        if self.waits is None:
            raise StudyError("the game is over; nobody would hear it any more")
        if len(self.game.said) >= MOST_SAID:
            raise StudyError(f"{MOST_SAID} things have been said in this game, the most allowed")
        spoken = Said(self.waits, len(self.game.choices), statement)
        return position(replace(self.game, said=(*self.game.said, spoken)))

    def take_back(self) -> Position:
        """Take back what was chosen or said last, and return to the day on which it was.

        Raises
        ------
        StudyError
            If there is nothing yet.
        """
        return position(self.game.without_last())


def chairs(scenario: Scenario) -> tuple[str, ...]:
    """Ids of the actors that can come to decide: those with a front, or with a commitment that may open one."""
    seats = {front.actor for front in scenario.fronts.values()}
    seats |= {pledge.patron for pledge in scenario.commitments.values()}
    return tuple(actor for actor in scenario.actors if actor in seats)


def begin(scenario: Scenario, actor: str, *, seed: int = 0, run: int = 0, stop: float = math.inf) -> Position:
    """Take an actor's chair, and play to its first decision.

    Parameters
    ----------
    scenario
        The crisis.
    actor
        Id of the actor.
    seed, run
        Which trajectory to play, as in `escalation.engines.simulate.simulate`.
    stop
        As in `Position.choose`.

    Returns
    -------
    Position
        Where the game stands; over already where no decision ever falls to the actor and it was to stop on no day.

    Raises
    ------
    StudyError
        If there is no such actor, it faces nobody, or the seed or run is not allowed.
    """
    return position(Game(scenario, actor, seed, run, stop=stop))


def position(game: Game) -> Position:
    """Replay a game, and return where it stands.

    Raises
    ------
    StudyError
        If there is no such actor, it faces nobody, or the seed or run is not allowed.
    StoreError
        If the choices are not those of this game: the model decides on other days, or offers other acts.
    """
    game = replace(game, seed=whole_seed(game.seed), run=whole_run(game.run))
    allowed = chairs(game.scenario)
    if game.actor not in allowed:
        raise StudyError(f"no actor {game.actor!r} in {game.scenario.name!r} has decisions{near(game.actor, allowed)}")
    person = Person(game)
    model, waiting, situation = person.model, person.play(), person.situation
    if person.made < len(game.choices):
        raise StoreError(
            f"the game has {len(game.choices)} choices, but only {person.made} decisions fell to {game.actor}; "
            f"{CHANGED}"
        )
    if person.spoken < len(game.said):
        said = game.said[person.spoken]
        raise StoreError(
            f"statement {person.spoken + 1} of the game was made on day {said.day:g} after {said.after} choices, but "
            f"the game never stands there, or not in this order; {CHANGED}"
        )
    game = replace(game, stop=model.day if waiting and situation is None else math.inf)
    so_far = _so_far(model, game, waiting=waiting)
    if not waiting:
        return Position(game, so_far, None, None)
    heard = heard_by(model.crisis, model.lowered.scenario, game.actor)
    return Position(game, so_far, model.day, situation, briefed(model, game.actor), heard)


def _so_far(model: CrisisModel, game: Game, *, waiting: bool) -> Trajectory:
    """Trajectory of the periods that are over; the one in which the game waits has only been opened."""
    outcomes, log = model.finished()
    if waiting:
        log = filled(log, model.crisis.clock[0].period - 1)
    return Trajectory.from_record(model.lowered, game.seed, game.run, outcomes, log)


def play_on(here: Position, chooser: Callable[[Situation], str | Move]) -> Position:
    """Play a game to its end, asking a function at every decision.

    Parameters
    ----------
    here
        Where the game stands.
    chooser
        Called with each decision; gives the name of an act on offer, or a `Move` that also says something. It may ask
        a person, or a program.

    Returns
    -------
    Position
        The end of the game, with all that was chosen and said in it.

    Raises
    ------
    StudyError
        If the function gives an act that is not on offer, or says what cannot be said.

    Examples
    --------
    >>> from escalation.files import load
    >>> end = play_on(begin(load("two-state-deterrence"), "challenger", seed=1), lambda _: "restraint")
    >>> end.over, {choice.act for choice in end.game.choices}
    (True, {'restraint'})
    """
    while not here.over:
        if here.situation is None:
            here = here.go_on()
            continue
        answer = chooser(here.situation)
        move = answer if isinstance(answer, Move) else Move(answer)
        for statement in move.say:
            here = here.say(statement)
        here = here.choose(move.act)
    return here


def explain_choice(here: Position, day: float, actor: str, *, target: str | None = None) -> tuple[Explanation, ...]:
    """Explain what another actor chose in a game.

    Parameters
    ----------
    here
        Where the game stands.
    day, actor, target
        As in `escalation.engines.trajectory.Trajectory.explain`.

    Returns
    -------
    tuple of Explanation
        Without what each signal made of it: to know that, the game would have to be played again without the signal,
        and nobody knows what the person would then have chosen.

    Raises
    ------
    StudyError
        If no decision of that actor fell on that day, or it is the person's own, which the model cannot explain.
    """
    if actor == here.game.actor:
        raise StudyError(f"{actor} is played by a person, whose reasons the model does not know")
    return without_signals(here.trajectory.explain(day, actor, target=target))


def without_signals(explained: Sequence[Explanation]) -> tuple[Explanation, ...]:
    """Explanations of a game without what each signal made of a choice.

    To know that, the game would have to be played again without the signal, and nobody knows what people would then
    have chosen.
    """
    return tuple(
        replace(found, signals=(), changes=tuple(change for change in found.changes if change.kind != "signal"))
        for found in explained
    )
