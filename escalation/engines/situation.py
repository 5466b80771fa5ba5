"""What an actor sees when a decision falls to it: the argument of a decision rule of one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

__all__ = ["DecisionRule", "Move", "Received", "Situation", "Statement"]


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
    heard
        Ids of the signals and events that the actor knows of by now: what it can deny, refuse, take back or concede.

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
    heard: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that an actor says in the course of a run: a signal of its own, as a scenario has them.

    It is heard at the beginning of the next period, before anybody chooses. All fields but `kind` and `receivers` mean
    what they mean in `escalation.world.signal.Signal`, and have the same values where nothing else is stated.

    Parameters
    ----------
    kind
        What it is: ``"threat"``, ``"vow"``, ``"warning"``, ``"reassurance"``, ``"denial"``, ``"disclosure"``,
        ``"demand"``, ``"appeal"``, ``"refusal"``, ``"withdrawal"``, ``"concession"`` or ``"authorisation"``.
    receivers
        Ids of the actors it is said to; what is public reaches all others too.
    subject
        What it is about: a commitment, an actor, an event or a signal.
    channel
        ``"public"`` or ``"private"``.
    rung, trigger
        Rung that a threat, vow or demand speaks of, or the highest that an authorisation allows; and the one at which a
        threat is crossed.
    due
        Days within which a vow is to be kept, or for which a demand, threat, appeal, refusal or authorisation stands.
    or_else
        Days within which the sender of a demand is bound to act if it is not met.
    share
        Part of a demand that a concession grants.
    strength
        Likelihood ratio of what it says, if it could be believed in full.
    credence
        How far a receiver trusts the source that carries it, in [0, 1].
    alignment
        How far interests of sender and receiver agree on what it says, in [0, 1].
    leak
        Hazard that it leaks where it is private, per day.

    Examples
    --------
    >>> Statement("vow", ("defender",), rung="display", due=7.0).channel
    'public'
    """

    kind: str
    receivers: tuple[str, ...]
    subject: str | None = None
    channel: Literal["public", "private"] = "public"
    rung: str | None = None
    trigger: str | None = None
    due: float = 14.0
    or_else: float | None = None
    share: float | None = None
    strength: float = 3.0
    credence: float = 0.7
    alignment: float = 0.7
    leak: float = 0.0


@dataclass(frozen=True, slots=True)
class Move:
    """What a decision rule answers where it speaks besides acting.

    Parameters
    ----------
    act
        Name of an act on offer.
    say
        What the actor says, in order. Others hear it in the next period; in the last one there is nobody left to hear
        it, and it is not said.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("two-state-deterrence")
    >>> def soothing(situation: Situation) -> Move:
    ...     return Move("restraint", (Statement("reassurance", (situation.target,)),))
    >>> model = esc.CrisisModel(crisis, seed=1, decision_rules={"challenger": soothing}).play()
    >>> [name for name in model.lowered.scenario.signals if name not in crisis.signals][:2]
    ['challenger-said-1', 'challenger-said-2']
    """

    act: str
    say: tuple[Statement, ...] = ()


DecisionRule = Callable[[Situation], str | Move]
"""A decision rule: from a situation to the name of an act on offer, or to a `Move` that also speaks."""
