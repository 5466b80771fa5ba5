"""What holds for the whole crisis: its rules and its clock."""

from __future__ import annotations

from typing import Any

from escalation.engines.memory import located
from escalation.world.scenario import Scenario

__all__ = ["FEAR_ON_JOINING", "clock_row", "rules_row"]

FEAR_ON_JOINING = 0.1
HALF_RUNG = 0.1
DEPTHS = (0, 1, 2, "fixed-point")
CHOICES = (
    "depth",
    "covert_acts",
    "destruction",
    "deliberations",
    "joining",
    "leash_holds",
    "belligerency",
    "scheduled_answers",
    "conciliation",
)
"""Rules that choose between forms of the model, and so are no numbers."""


def rules_row(scenario: Scenario) -> dict[str, Any]:
    """Lower the rules."""
    rules = scenario.rules
    numbers = [name for name in type(rules).model_fields if name not in CHOICES]
    return {
        **located("rules", rules, *numbers),
        "destruction_priced": int(rules.destruction == "priced"),
        "covert_credit": int(rules.covert_acts == "declared"),
        "one_deliberation": int(rules.deliberations == "one"),
        "joins_by_credence": int(rules.joining == "credence"),
        "leash_on_condition": int(rules.leash_holds == "on-condition"),
        "belligerency": int(rules.belligerency),
        "scheduled_answers": int(rules.scheduled_answers),
        "promises_shared": int(any(len(pledge.proteges) > 1 for pledge in scenario.commitments.values())),
        "pledges_change": int(any(pledge.changes for pledge in scenario.commitments.values())),
        "conciliation": int(rules.conciliation),
        "ultimatums": int(any(signal.or_else is not None for signal in scenario.signals.values())),
        "half_rung": HALF_RUNG,
        "fear_on_joining": FEAR_ON_JOINING,
        "depth": DEPTHS.index(scenario.rules.depth),
        "stop_when_settled": int(scenario.stop_when_settled),
    }


def clock_row(scenario: Scenario) -> dict[str, Any]:
    """Set the clock to the day on which the crisis begins."""
    as_of = -1.0 if scenario.as_of is None else scenario.day(scenario.as_of)
    return {
        "length": scenario.period,
        "horizon": float(scenario.horizon),
        "elapsed": scenario.period,
        "as_of": as_of,
        "first_choice": as_of + 1.0,
        "last_act": max(as_of, 0.0),
        "settled": -1,
    }
