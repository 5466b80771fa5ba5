"""What an actor sees when a decision falls to it: the argument of a decision rule of one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["DecisionRule", "Received", "Situation"]


@dataclass(frozen=True, slots=True)
class Received:
    """The latest act that the actor suffered on the front where it decides.

    Parameters
    ----------
    day
        When it was done, in days after the start.
    act
        Name of the act: a rung, or its covert variant.
    """

    day: float
    act: str


@dataclass(frozen=True, slots=True)
class Situation:
    """A decision that an actor faces.

    Parameters
    ----------
    day
        Days after the start.
    actor, target
        Who decides, and against whom.
    acts
        Names of the acts on offer.
    utilities
        Expected utility of each act on offer by the model's own reckoning, in stakes.
    probabilities
        Probability of each act by the model's own rule, before its persistent shocks.
    preferred
        The act that the model would choose in this run.
    resolve, fear, motive
        Beliefs about the target: that it is resolute, will attack, wants to be struck.
    injury
        Injury from the target that restraint would leave unanswered, in units of intensity.
    received
        The latest open act that the target did to the actor; None where there was none.

    Examples
    --------
    >>> import escalation as esc
    >>> def dove(situation: Situation) -> str:
    ...     return situation.acts[0]
    >>> esc.CrisisModel(
    ...     esc.load("two-state-deterrence"), seed=1, decision_rules={"challenger": dove}
    ... ).play().highest_rung
    'restraint'
    """

    day: float
    actor: str
    target: str
    acts: tuple[str, ...]
    utilities: tuple[float, ...]
    probabilities: tuple[float, ...]
    preferred: str
    resolve: float
    fear: float
    motive: float
    injury: float
    received: Received | None


DecisionRule = Callable[[Situation], str]
"""A decision rule: from a situation to the name of an act on offer."""
