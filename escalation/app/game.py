"""A game: a crisis in which a person acts and speaks for one actor, and the model plays all the others.

A game is data: a scenario, a seed, a run, an actor, and what was chosen and said so far. Where it stands follows from
these alone, so a game that was saved is replayed exactly, and one that was taken back is as if it had not been played.

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

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from escalation.app.briefed import briefed
from escalation.app.briefing import Briefing
from escalation.app.game_record import Choice, Game, Said
from escalation.engines.buffers import filled
from escalation.engines.mesa_model import CrisisModel
from escalation.engines.situation import Move, Situation, Statement
from escalation.engines.trajectory import Trajectory
from escalation.errors import DecisionRuleError, StoreError, StudyError
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
    """Where a game stands: at a decision of the person's, or at its end.

    Parameters
    ----------
    game
        The game.
    trajectory
        What has happened up to the end of the day before the decision, or in all; its scenario holds what was said as
        signals.
    situation
        The decision that waits; none where the game is over.
    briefing
        What the actor is told for it.
    """

    game: Game
    trajectory: Trajectory
    situation: Situation | None
    briefing: Briefing | None = None

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

    def say(self, statement: Statement) -> Position:
        """Say something at the decision that waits, and stay there; others hear it in the next period.

        Parameters
        ----------
        statement
            What is said.

        Raises
        ------
        StudyError
            If no decision waits, or this cannot be said: of no such kind, to itself, of something unheard of, ...

        Examples
        --------
        >>> from escalation.files import load
        >>> here = begin(load("two-state-deterrence"), "challenger", seed=1)
        >>> here.say(Statement("vow", ("defender",), rung="display")).briefing.said[-1]
        'Vow to defender, in public, is heard tomorrow (challenger-said-1).'
        """
        if self.situation is None:
            raise StudyError("the game is over; nobody would hear it any more")
        if len(self.game.said) >= MOST_SAID:
            raise StudyError(f"{MOST_SAID} things have been said in this game, the most allowed")
        spoken = Said(self.situation.day, len(self.game.choices), statement)
        return position(replace(self.game, said=(*self.game.said, spoken)))

    def take_back(self) -> Position:
        """Take back what was chosen or said last, and return to the decision at which it was.

        Raises
        ------
        StudyError
            If there is nothing yet.
        """
        return position(self.game.without_last())


class _Waits(Exception):  # noqa: N818 - a pause, not an error
    """Stops the model at a decision that the person has not made yet."""

    def __init__(self, situation: Situation) -> None:
        super().__init__()
        self.situation = situation


class _Person:
    """A rule of decision that gives the choices of a game, in order, with what was said at each, and then waits."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.made = 0
        self.spoken = 0

    def __call__(self, situation: Situation) -> Move:
        if self.made == len(self.game.choices):
            raise _Waits(situation)
        choice = self.game.choices[self.made]
        said = self.words(situation)
        self.made += 1
        if (choice.day, choice.target) != (situation.day, situation.target) or choice.act not in situation.acts:
            raise StoreError(
                f"choice {self.made} of the game is {choice.act} against {choice.target} on day {choice.day:g}, but "
                f"the decision that falls is against {situation.target} on day {situation.day:g}, with "
                f"{', '.join(situation.acts)} on offer; {_CHANGED}"
            )
        return Move(choice.act, said)

    def words(self, situation: Situation) -> tuple[Statement, ...]:
        """What was said at a decision, before its choice."""
        found = []
        while self.spoken < len(self.game.said) and self.game.said[self.spoken].after == self.made:
            said = self.game.said[self.spoken]
            self.spoken += 1
            if said.day != situation.day:
                raise StoreError(
                    f"statement {self.spoken} of the game was made on day {said.day:g}, but the decision at which it "
                    f"stands falls on day {situation.day:g}; {_CHANGED}"
                )
            found.append(said.statement)
        return tuple(found)


_CHANGED = "the game was changed, or saved by another version of the model"


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
    except DecisionRuleError as error:
        raise StoreError(f"{error.what}; {_CHANGED}") from error
    if situation is not None:
        for statement in person.words(situation):
            model.say(game.actor, statement)
    if person.made < len(game.choices):
        raise StoreError(
            f"the game has {len(game.choices)} choices, but only {person.made} decisions fell to {game.actor}; it was "
            "changed, or saved by another version of the model"
        )
    if person.spoken < len(game.said):
        raise StoreError(
            f"statement {person.spoken + 1} of the game stands at a decision that does not fall to {game.actor}, or "
            f"out of order; {_CHANGED}"
        )
    so_far = _so_far(model, game, waiting=situation is not None)
    return Position(game, so_far, situation, None if situation is None else briefed(model, game.actor))


def _so_far(model: CrisisModel, game: Game, *, waiting: bool) -> Trajectory:
    """Trajectory of the periods that are over; the one in which a decision waits has only been opened."""
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
    while here.situation is not None:
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
