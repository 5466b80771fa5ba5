"""A Bayesian receiver of messages, each believed as far as its source is trusted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from escalation.errors import StudyError
from escalation.games.checks import checked
from escalation.mechanisms.beliefs_and_signals import discounted, resolve_likelihood, updated

__all__ = ["Message", "bayesian_receiver", "public_threat"]


@dataclass(frozen=True, slots=True)
class Message:
    """Something seen or heard that is likelier if a hypothesis is true than if it is false, or the reverse.

    Parameters
    ----------
    if_true, if_false
        Probability of the message if the hypothesis is true, and if it is false.
    weight
        How far it is believed, ω in [0, 1]: 0 not at all, 1 by Bayes's rule.

    Examples
    --------
    >>> vow = Message(if_true=0.8, if_false=0.2)
    >>> round(bayesian_receiver(0.5, [vow])[-1], 10)
    0.8
    """

    if_true: float
    if_false: float
    weight: float = 1.0

    def __post_init__(self) -> None:
        for name in ("if_true", "if_false", "weight"):
            object.__setattr__(self, name, checked(name, getattr(self, name), low=0.0, high=1.0))


def bayesian_receiver(prior: float, messages: Iterable[Message]) -> tuple[float, ...]:
    """Belief after each of some messages, by the operator that moves every belief in a crisis.

    Parameters
    ----------
    prior
        Probability of the hypothesis before.
    messages
        The messages, in their order.

    Returns
    -------
    tuple of float
        Probability of the hypothesis after each message; shape (messages,).

    Raises
    ------
    StudyError
        If a probability or weight is outside [0, 1], or a message has probability 0 at the belief before it.

    Examples
    --------
    >>> [round(belief, 6) for belief in bayesian_receiver(0.3, [Message(0.9, 0.2), Message(0.9, 0.2, 0.5)])]
    [0.658537, 0.78852]
    """
    belief = checked("prior", prior, low=0.0, high=1.0)
    beliefs = []
    for place, message in enumerate(messages, 1):
        if not isinstance(message, Message):
            raise StudyError(f"messages must be Messages, not {message!r}")
        true, false, weight = message.if_true, message.if_false, message.weight
        likely = belief * discounted(true, false, weight) + (1.0 - belief) * discounted(false, true, weight)
        if weight > 0.0 and likely <= 0.0:
            raise StudyError(
                f"message {place} cannot have been sent: its probability is 0 at the belief {belief:g} before it"
            )
        belief = updated(belief, true, false, weight)
        beliefs.append(belief)
    return tuple(beliefs)


def public_threat(precision: float, value: float, cost_if_resolute: float, cost_if_irresolute: float) -> Message:
    """Message of a public threat: that its sender is resolute, for the irresolute would rather not be tied.

    Each type binds itself with the logit probability σ(λ·(v − c)) [Fearon1997]_.

    Parameters
    ----------
    precision
        Precision λ, per unit of payoff.
    value
        What having threatened is worth, v.
    cost_if_resolute, cost_if_irresolute
        What being bound costs either type, c.

    Returns
    -------
    Message
        How likely either type is to send it.

    Raises
    ------
    StudyError
        If a number is not allowed.

    Examples
    --------
    >>> threat = public_threat(2.0, 0.8, 0.2, 1.0)
    >>> round(bayesian_receiver(0.3, [threat])[-1], 10)
    0.4507687597
    """
    scale = checked("precision", precision, low=0.0)
    worth = checked("value", value)
    costs = (checked("cost_if_resolute", cost_if_resolute), checked("cost_if_irresolute", cost_if_irresolute))
    return Message(*(resolve_likelihood(scale, worth, cost) for cost in costs))
