"""Sentences that the page alone needs, and what its numbers are not; all else it says with the words of all."""

from __future__ import annotations

from escalation.engines.situation import Situation
from escalation.engines.trajectory import Trajectory
from escalation.world.front import actor_and_target
from escalation.world.plain_words import BELIEFS, actor_words, date_words, rung_words
from escalation.world.scenario import Scenario

__all__ = ["LIMITS", "LIMITS_SHORT", "asked", "belief_rows", "date_words", "outcome_words"]

LIMITS_SHORT = "A model for understanding and teaching. Its numbers are no forecast."
"""What stands on every part of the page."""

_LIMITS = """
A probability here is what the assumptions of the scenario imply: change them and it changes. It does not say how
likely anything is in the world.

Many of a scenario's numbers are judgements of whoever wrote it. Intervals tell how far chance within the runs reaches,
and say nothing about whether those judgements or the model are right.

Differences between two scenarios on the same chance rest on less than the levels do. Report them first.

The model knows rungs of an abstract ladder, and no weapons, targets or operations. Actors are states and armed groups;
nobody's mind is modelled.

No result of this page is a reason to threaten or to use force.
"""
LIMITS = tuple(" ".join(words.split()) for words in _LIMITS.split("\n\n"))
"""What the numbers are not, a paragraph each."""


def asked(situation: Situation, scenario: Scenario) -> str:
    """What a decision asks of the person."""
    actor, target = actor_words(scenario, situation.actor), actor_words(scenario, situation.target)
    when = date_words(scenario.date(situation.day))
    return f"{when}, day {situation.day:g}: what does {actor} do about {target}?"


def belief_rows(situation: Situation, scenario: Scenario) -> tuple[tuple[str, float], ...]:
    """What the actor of a situation believes and feels, in words, each from 0 to 1."""
    target = actor_words(scenario, situation.target)
    return tuple(
        (BELIEFS[field].yours.format(other=target), getattr(situation, field))
        for field in ("resolve", "fear", "motive", "injury")
    )


def outcome_words(trajectory: Trajectory) -> str:
    """How a run ended, in a sentence."""
    outcome = trajectory.outcome
    scenario = trajectory.scenario
    pairs = {tuple(sorted(actor_and_target(front))) for front in outcome["wars"]}
    wars = [" and ".join(actor_words(scenario, actor) for actor in pair) for pair in sorted(pairs)]
    war = f"war between {'; between '.join(wars)}" if wars else "no new war"
    made = {tuple(sorted(actor_and_target(front))) for front in outcome["agreed"]}
    agreed = "; between ".join(" and ".join(actor_words(scenario, actor) for actor in pair) for pair in sorted(made))
    agreement = f"; agreement between {agreed}" if made else ""
    settled = "" if outcome["settled"] is None else f"; it first settled on day {outcome['settled']:g}"
    return f"The highest rung reached was {rung_words(outcome['peak'])}, with {war}{agreement}{settled}."
