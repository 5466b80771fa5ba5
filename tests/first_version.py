"""The forms of the model's first version: what most steps are tested with one by one, each new piece added to it."""

from __future__ import annotations

from typing import Any

__all__ = ["FIRST_VERSION"]

FIRST_VERSION: dict[str, Any] = {
    "covert_acts": "everywhere",
    "limited_force_discount": 0.0,
    "destruction": "as-war",
    "shock_persistence": 120.0,
    "deliberations": "every-prompt",
    "least_delay": 1.0,
    "joining": "utility",
    "leash_holds": "always",
    "belligerency": False,
    "amends_in_words": 0.0,
    "assurance": 0.0,
    "threat_credibility": 0.0,
    "public_word": 1.0,
    "threat_cost": 0.0,
    "threat_relief": 1.0,
    "act_injury": 1.0,
    "scheduled_answers": False,
    "injury_stakes": 0.0,
    "brinkmanship_stakes": 0.0,
    "shared_reasons": 0.0,
    "conciliation": False,
}
