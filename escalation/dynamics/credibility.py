"""Credibility: how far a signal moves those who hear it."""

from __future__ import annotations

from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.roles import DEMAND, REFUSAL, THREAT_SIGNAL, VOW
from escalation.dynamics.state import Crisis, RulesState
from escalation.mechanisms.beliefs_and_signals import weight as message_weight

__all__ = ["assures", "word_weight"]


@inlined
def _of_class(rules: RulesState, private: int) -> float:
    """Weight of words of a class: what is said in public, or in private."""
    return rules.private_word if private == 1 else rules.public_word


@shared
def word_weight(crisis: Crisis, s: int) -> float:
    """How far a signal is believed: in full, but for its class, where its sender ties its hands in public by it."""
    signal = crisis.signals[s]
    rules = crisis.rules[0]
    ties_hands = signal.kind == VOW or signal.kind == THREAT_SIGNAL or signal.kind == DEMAND or signal.kind == REFUSAL
    if ties_hands and signal.private == 0:
        return rules.public_word
    credible = message_weight(signal.credence, crisis.actors[signal.sender].honesty, signal.alignment)
    return _of_class(rules, signal.private) * credible


@shared
def assures(crisis: Crisis, s: int) -> float:
    """How surely a demand is taken to promise an answer in kind: in public too, by its credibility alone."""
    signal = crisis.signals[s]
    rules = crisis.rules[0]
    credible = message_weight(signal.credence, crisis.actors[signal.sender].honesty, signal.alignment)
    return rules.assurance * _of_class(rules, signal.private) * credible
