"""A game: a crisis in which a person chooses the acts of one actor, and the model those of all the others.

A game is data: a scenario, a seed, a run, an actor and the choices made so far. Where it stands follows from these
alone, so a game that was saved is replayed exactly, and one that was taken back is as if it had not been played.

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

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from escalation.engines.buffers import filled
from escalation.engines.mesa_model import CrisisModel
from escalation.engines.situation import Situation
from escalation.engines.trajectory import Trajectory
from escalation.errors import StoreError, StudyError
from escalation.whole_numbers import whole_run, whole_seed
from escalation.world.near import near
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    from escalation.engines.explaining.explanation import Explanation

__all__ = ["Choice", "Game", "Position", "begin", "chairs", "explain_choice", "play_on", "position"]


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
    """

    scenario: Scenario
    actor: str
    seed: int = 0
    run: int = 0
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Position:
    """Where a game stands: at a decision of the person's, or at its end.

    Parameters
    ----------
    game
        The game.
    trajectory
        What has happened up to the end of the day before the decision, or in all.
    situation
        The decision that waits; none where the game is over.
    """

    game: Game
    trajectory: Trajectory
    situation: Situation | None

    @property
    def over(self) -> bool:
        """Whether the crisis has come to its end."""
        return self.situation is None

    @property
    def day(self) -> float:
        """Days after the start."""
        return float(self.trajectory.days[-1]) if self.situation is None else self.situation.day

    def choose(self, act: str) -> Position:
        """Choose an act at the decision that waits, and play on to the next one.

        Parameters
        ----------
        act
            Name of one of the acts on offer.

        Raises
        ------
        StudyError
            If no decision waits, or the act is not on offer.
        """
        waiting = self.situation
        if waiting is None:
            raise StudyError("the game is over; there is nothing left to choose")
        if act not in waiting.acts:
            raise StudyError(f"the act {act!r} is not on offer{near(act, waiting.acts)}")
        chosen = Choice(waiting.day, waiting.target, act)
        return position(replace(self.game, choices=(*self.game.choices, chosen)))

    def take_back(self) -> Position:
        """Take the last choice back, and return to the decision it was made at.

        Raises
        ------
        StudyError
            If none was made yet.
        """
        if not self.game.choices:
            raise StudyError("no choice has been made that could be taken back")
        return position(replace(self.game, choices=self.game.choices[:-1]))


class _Waits(Exception):  # noqa: N818 - a pause, not an error
    """Stops the model at a decision that the person has not made yet."""

    def __init__(self, situation: Situation) -> None:
        super().__init__()
        self.situation = situation


class _Person:
    """A rule of decision that gives the choices of a game, in order, and then waits."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.made = 0

    def __call__(self, situation: Situation) -> str:
        if self.made == len(self.game.choices):
            raise _Waits(situation)
        choice = self.game.choices[self.made]
        self.made += 1
        if (choice.day, choice.target) != (situation.day, situation.target) or choice.act not in situation.acts:
            raise StoreError(
                f"choice {self.made} of the game is {choice.act} against {choice.target} on day {choice.day:g}, but "
                f"the decision that falls is against {situation.target} on day {situation.day:g}, with "
                f"{', '.join(situation.acts)} on offer; the game was changed, or saved by another version of the model"
            )
        return choice.act


def chairs(scenario: Scenario) -> tuple[str, ...]:
    """Ids of the actors that can come to decide: those with a front, or with a commitment that may open one."""
    seats = {front.actor for front in scenario.fronts.values()}
    seats |= {pledge.patron for pledge in scenario.commitments.values()}
    return tuple(actor for actor in scenario.actors if actor in seats)


def begin(scenario: Scenario, actor: str, *, seed: int = 0, run: int = 0) -> Position:
    """Take an actor's chair, and play to its first decision.

    Parameters
    ----------
    scenario
        The crisis.
    actor
        Id of the actor.
    seed, run
        Which trajectory to play, as in `escalation.engines.simulate.simulate`.

    Returns
    -------
    Position
        Where the game stands; over already where no decision ever falls to the actor.

    Raises
    ------
    StudyError
        If there is no such actor, it faces nobody, or the seed or run is not allowed.
    """
    return position(Game(scenario, actor, seed, run))


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
    person = _Person(game)
    model = CrisisModel(game.scenario, seed=game.seed, run=game.run, decision_rules={game.actor: person}, recorded=True)
    situation = None
    try:
        model.play()
    except _Waits as pause:
        situation = pause.situation
    if person.made < len(game.choices):
        raise StoreError(
            f"the game has {len(game.choices)} choices, but only {person.made} decisions fell to {game.actor}; it was "
            "changed, or saved by another version of the model"
        )
    return Position(game, _so_far(model, game, waiting=situation is not None), situation)


def _so_far(model: CrisisModel, game: Game, *, waiting: bool) -> Trajectory:
    """Trajectory of the periods that are over; the one in which a decision waits has only been opened."""
    outcomes, log = model.finished()
    if waiting:
        log = filled(log, model.crisis.clock[0].period - 1)
    return Trajectory.from_record(model.lowered, game.seed, game.run, outcomes, log)


def play_on(here: Position, chooser: Callable[[Situation], str]) -> Position:
    """Play a game to its end, asking a function at every decision.

    Parameters
    ----------
    here
        Where the game stands.
    chooser
        Called with each decision; gives the name of an act on offer. It may ask a person, or a program.

    Returns
    -------
    Position
        The end of the game, with all the choices in it.

    Raises
    ------
    StudyError
        If the function gives an act that is not on offer.

    Examples
    --------
    >>> from escalation.files import load
    >>> end = play_on(begin(load("two-state-deterrence"), "challenger", seed=1), lambda _: "restraint")
    >>> end.over, {choice.act for choice in end.game.choices}
    (True, {'restraint'})
    """
    while here.situation is not None:
        here = here.choose(chooser(here.situation))
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
    return tuple(
        replace(found, signals=(), changes=tuple(change for change in found.changes if change.kind != "signal"))
        for found in here.trajectory.explain(day, actor, target=target)
    )
