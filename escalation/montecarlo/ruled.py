"""Runs in which some actors follow decision rules written in Python: the readable engine plays them one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from escalation.errors import DecisionRuleError, StudyError
from escalation.montecarlo.blocks import Block, Outcomes, compact
from escalation.montecarlo.gathered import Gathered
from escalation.montecarlo.progress import Progress
from escalation.montecarlo.stopping import Watch
from escalation.world.near import near
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    from escalation.engines.lower import Lowered
    from escalation.engines.situation import DecisionRule, Move, Situation

__all__ = ["checked_rules", "play_ruled"]

TOGETHER = 10
"""Runs that are put away together."""


def checked_rules(rules: Mapping[str, DecisionRule], scenario: Scenario) -> dict[str, DecisionRule]:
    """Decision rules by actor.

    Raises
    ------
    StudyError
        If there is no such actor, or a rule cannot be called.
    """
    if not isinstance(rules, Mapping):
        raise StudyError(
            f"decision_rules is a {type(rules).__name__}; it must map actors to functions, as in {{'irn': rule}}"
        )
    named: Mapping[str, object] = rules
    for actor, rule in named.items():
        if actor not in scenario.actors:
            raise StudyError(f"the scenario has no actor {actor!r}{near(actor, scenario.actors)}")
        if not callable(rule) or isinstance(rule, type):
            raise StudyError(
                f"the decision rule of {actor} is {rule!r}; it must be a function from a Situation to an act"
            )
    return dict(rules)


def _watched(actor: str, rule: DecisionRule, run: Callable[[], int]) -> DecisionRule:
    """Let a rule that raises say where it did."""

    def choose(situation: Situation) -> str | Move:
        try:
            return rule(situation)
        except Exception as error:
            what = f"raised {type(error).__name__}: {error}"
            raise DecisionRuleError(what, actor=actor, day=situation.day, run=run()) from error

    return choose


def play_ruled(
    scenario: Scenario,
    lowered: Lowered,
    rules: Mapping[str, DecisionRule],
    *,
    seed: int,
    gathered: Gathered,
    progress: Progress,
    watch: Watch,
) -> None:
    """Play the runs of a scenario in which some actors follow rules of their own.

    Where Ctrl-C is pressed and at least one run is finished, the rest stays missing.

    Parameters
    ----------
    scenario, lowered
        The world, and its arrays.
    rules
        Decision rules by actor.
    seed
        Seed of the runs.
    gathered
        Receives the outcomes.
    progress
        Told of the runs that are finished.
    watch
        Says when there are enough runs.

    Raises
    ------
    DecisionRuleError
        If a rule raises, or chooses what is not on offer. The runs before that one have been gathered.
    KeyboardInterrupt
        If Ctrl-C was pressed before the first run was finished.
    """
    from escalation.engines.mesa_model import CrisisModel

    waiting: list[Outcomes] = []
    first = 0
    watched = {actor: _watched(actor, rule, lambda: first + len(waiting)) for actor, rule in rules.items()}

    def put_away() -> None:
        nonlocal first
        if waiting:
            joined = {name: np.concatenate([run[name] for run in waiting]) for name in waiting[0]}
            block = Block(0, first, len(waiting))
            gathered.put(block, (block, compact(joined, periods=lowered.periods)))
            progress.advance(len(waiting))
            first += len(waiting)
            waiting.clear()

    try:
        # One by one in this thread: a rule is a function of the caller's, which need not be safe in several threads,
        # and may remember what it saw.
        with progress:
            for run in range(gathered.runs):
                model = CrisisModel(scenario, seed=seed, run=run, decision_rules=watched).play()
                waiting.append(model.finished()[0]._asdict())
                if len(waiting) == TOGETHER:
                    put_away()
                    if watch.look(gathered):
                        break
    except DecisionRuleError:
        put_away()
        raise
    except KeyboardInterrupt:
        put_away()
        if gathered.finished == 0:
            raise
    else:
        put_away()
