"""The person in a game of one chair: it plays what the game holds, and stops where there is nothing more in it."""

from __future__ import annotations

from collections.abc import Collection

from escalation.app.game_record import Game
from escalation.dynamics.period import open_period
from escalation.engines.mesa_model import CrisisModel
from escalation.engines.situation import Situation
from escalation.errors import StoreError, StudyError

__all__ = ["CHANGED", "Person", "deciding", "more"]

CHANGED = "the game was changed, or saved by another version of the model"


def deciding(model: CrisisModel, actors: Collection[str]) -> list[int]:
    """Rows of the fronts on which a decision falls to one of some actors in the period that is open."""
    names, fronts = model.lowered.actor_ids, model.crisis.fronts
    return [f for f, front in enumerate(fronts) if front.deciding > 0 and names[front.actor] in actors]


def more(model: CrisisModel) -> bool:
    """Whether another period of a run is to come."""
    return bool(model.running) and model.crisis.clock[0].period < model.lowered.periods


class _Waits(Exception):  # noqa: N818 - a pause, not an error
    """Stops the model at a decision that the person has not made yet."""

    def __init__(self, situation: Situation) -> None:
        super().__init__()
        self.situation = situation


class Person:
    """A rule of decision that gives the choices of a game, in order, with what was said before each, and then waits.

    Parameters
    ----------
    game
        The game, whose seed and run have been checked.
    """

    def __init__(self, game: Game) -> None:
        self.game = game
        self.made = 0
        self.spoken = 0
        self.situation: Situation | None = None
        rules = {game.actor: self}
        self.model = CrisisModel(game.scenario, seed=game.seed, run=game.run, decision_rules=rules, recorded=True)

    def __call__(self, situation: Situation) -> str:
        """The act that was chosen at a decision; where none was yet, the game waits."""
        if self.made == len(self.game.choices):
            raise _Waits(situation)
        choice = self.game.choices[self.made]
        self.made += 1
        if (choice.day, choice.target) != (situation.day, situation.target) or choice.act not in situation.acts:
            raise StoreError(
                f"choice {self.made} of the game is {choice.act} against {choice.target} on day {choice.day:g}, but "
                f"the decision that falls is against {situation.target} on day {situation.day:g}, with "
                f"{', '.join(situation.acts)} on offer; {CHANGED}"
            )
        self.speak()
        return choice.act

    def speak(self) -> None:
        """Say what was said on the day that is open, up to the next choice."""
        game = self.game
        while self.spoken < len(game.said):
            said = game.said[self.spoken]
            if (said.day, said.after) != (self.model.day, self.made):
                break
            try:
                self.model.say(game.actor, said.statement)
            except StudyError as error:
                if said is game.said[-1] and self.made == len(game.choices):  # it has only just been said
                    raise
                what = f"in statement {self.spoken + 1} of the game {game.actor} said what it cannot say: {error}"
                raise StoreError(f"{what}; {CHANGED}") from error
            self.spoken += 1

    def stops(self) -> bool:
        """Whether the game waits on the day that is open, on which no decision falls to the actor."""
        game = self.game
        done = self.made == len(game.choices) and self.spoken == len(game.said)
        return done and self.model.day >= game.stop and not deciding(self.model, {game.actor})

    def play(self) -> bool:
        """Play until the game waits, which it says, or is over; the decision at which it waits is then known."""
        try:
            while more(self.model):
                open_period(self.model.crisis)
                self.speak()
                if self.stops():
                    return True
                self.model.finish_step()
        except _Waits as pause:
            self.situation = pause.situation
            return True
        return False
