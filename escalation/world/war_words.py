"""Words for how war came between two sides, and for how a patron joined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from escalation.world.plain_words import actor_words, listed, rung_words

if TYPE_CHECKING:
    from escalation.world.scenario import Scenario

__all__ = ["ACCIDENT", "CHOICE", "COMMITMENT", "EXCHANGE", "joining_words", "war_words"]

CHOICE, EXCHANGE, ACCIDENT, COMMITMENT = "choice", "exchange of force", "accident", "commitment"
"""Causes of a war in words; an exchange of force that gets out of hand is brinkmanship."""


def war_words(
    scenario: Scenario,
    sides: tuple[str, str],
    cause: str,
    *,
    chosen_by: Sequence[str] = (),
    kept: Sequence[tuple[str, str]] = (),
) -> str:
    """How war came between two sides, in words that can follow a day.

    Parameters
    ----------
    scenario
        The crisis.
    sides
        Ids of the two.
    cause
        One of `CHOICE`, `EXCHANGE`, `ACCIDENT` and `COMMITMENT`.
    chosen_by
        Who chose war, where it was chosen.
    kept
        Patron and protégé of each pledge that brought it, where it is by commitment.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("haniyeh-2024")
    >>> war_words(crisis, ("irn", "isr"), EXCHANGE)
    'war, which nobody chose, came of the exchange of force between Iran and Israel'
    >>> war_words(crisis, ("usa", "irn"), COMMITMENT, kept=[("usa", "isr")])
    'war came between the United States and Iran, because the United States stands by Israel, which is at war'
    """
    one, other = (actor_words(scenario, actor) for actor in sides)
    between = f"between {one} and {other}"
    if cause == EXCHANGE:
        return f"war, which nobody chose, came of the exchange of force {between}"
    if cause == ACCIDENT:
        return f"war came by accident {between}"
    if cause == COMMITMENT:
        stands = [
            f"{actor_words(scenario, patron)} stands by {actor_words(scenario, protege)}, which is at war"
            for patron, protege in kept
        ]
        return f"war came {between}, because {' and '.join(dict.fromkeys(stands))}"
    return f"war came {between} by the choice of {listed(actor_words(scenario, actor) for actor in chosen_by)}"


def joining_words(
    scenario: Scenario,
    parties: tuple[str, str, str],
    commitment: str,
    *,
    act: str = "",
    scheduled: bool = False,
    at_war: bool = False,
) -> str:
    """Who stands by whom and why, in words that can follow a day.

    Parameters
    ----------
    scenario
        The crisis.
    parties
        Ids of the patron, the protégé and the adversary.
    commitment
        The pledge, by the name of its row.
    act
        What the adversary openly did to the protégé on that day; empty for nothing.
    scheduled
        Whether it did so on the timeline, and not by choice.
    at_war
        Whether the two are at war.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("haniyeh-2024")
    >>> joining_words(crisis, ("usa", "isr", "irn"), "usa-isr:irn", act="major-strike")
    'the United States stands by Israel, against which Iran chose major strike (usa-isr:irn)'
    """
    patron, protege, adversary = (actor_words(scenario, actor) for actor in parties)
    why = f" against {adversary}"
    if at_war:
        why = f", which is at war with {adversary}"
    elif act and scheduled:
        why = f", against which {adversary} carried out {rung_words(act)} on the timeline"
    elif act:
        why = f", against which {adversary} chose {rung_words(act)}"
    return f"{patron} stands by {protege}{why} ({commitment})"
