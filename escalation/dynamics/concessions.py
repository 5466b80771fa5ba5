"""Concessions: a demand of which its receiver grants a part, or all."""

from __future__ import annotations

from escalation.arithmetic.shared import shared
from escalation.dynamics.attribution import forgive
from escalation.dynamics.credibility import word_weight
from escalation.dynamics.roles import CONCESSION
from escalation.dynamics.state import Crisis
from escalation.mechanisms.conciliation import amends_share, conceded_amends

__all__ = ["demand_is_conceded", "earlier_concessions_count"]


@shared
def demand_is_conceded(crisis: Crisis, s: int) -> None:
    """Take from a demand the share of it that concession `s` grants, and make amends in words to whoever made it.

    Where several demands run together on a front, the one that was said last is the one that costs face.
    """
    signal = crisis.signals[s]
    demand = crisis.signals[signal.about_signal]
    if demand.heard <= 0.0 or demand.withdrawn == 1:  # never said, or not yet; or taken back
        return
    f = crisis.front_of[signal.sender][demand.about_actor]
    front = crisis.fronts[f]
    if front.demand_by == demand.key and signal.day <= front.demand_until:
        front.demand_left *= 1.0 - signal.share
        if signal.share >= 1.0:
            front.demand_until = -1.0
    if front.ultimatum == demand.key and signal.share >= 1.0 and signal.day <= demand.day + demand.due:
        front.ultimatum = -1
    hurt = crisis.front_of[demand.sender][signal.sender]
    if hurt >= 0:
        in_words = amends_share(crisis.rules[0].amends_in_words, word_weight(crisis, s))
        forgive(crisis, hurt, conceded_amends(signal.share, in_words))


@shared
def earlier_concessions_count(crisis: Crisis, s: int) -> None:
    """Let the concessions count that stand before demand `s` in the scenario, and were made in its own period."""
    for c in range(len(crisis.signals)):
        earlier = crisis.signals[c]
        if earlier.kind == CONCESSION and earlier.about_signal == s and earlier.heard > 0.0:
            demand_is_conceded(crisis, c)
