"""Credibility: how far a signal moves those who hear it."""

from __future__ import annotations

from escalation.arithmetic.shared import shared
from escalation.dynamics.roles import DEMAND, REFUSAL, THREAT_SIGNAL, VOW
from escalation.dynamics.state import Crisis
from escalation.mechanisms.signalling import weight as message_weight

__all__ = ["assures", "word_weight"]


@shared
def word_weight(crisis: Crisis, s: int) -> float:
    """How far a signal is believed: in full, but for its class, where its sender ties its hands in public by it."""
    signal = crisis.signals[s]
    rules = crisis.rules[0]
    ties_hands = signal.kind == VOW or signal.kind == THREAT_SIGNAL or signal.kind == DEMAND or signal.kind == REFUSAL
    if ties_hands and signal.private == 0:
        return rules.public_word
    share = rules.public_word
    if signal.private == 1:
        share = rules.private_word
    return share * message_weight(signal.credence, crisis.actors[signal.sender].honesty, signal.alignment)


@shared
def assures(crisis: Crisis, s: int) -> float:
    """How surely a demand is taken to promise an answer in kind: in public too, by its credibility alone."""
    signal = crisis.signals[s]
    rules = crisis.rules[0]
    share = rules.public_word
    if signal.private == 1:
        share = rules.private_word
    credible = message_weight(signal.credence, crisis.actors[signal.sender].honesty, signal.alignment)
    return rules.assurance * share * credible
