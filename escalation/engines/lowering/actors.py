"""Actors, and what patrons have promised them."""

from __future__ import annotations

import math
from typing import Any

from escalation.arithmetic.keys import key_of
from escalation.dynamics.commitments import ALWAYS
from escalation.engines.lowering.rows import Pledge, Rows, holds_back
from escalation.engines.memory import Located, located
from escalation.world.commitment import Commitment
from escalation.world.ladder import Role

__all__ = ["actor_row", "pledge_row"]


def actor_row(rows: Rows, name: str) -> dict[str, Any]:
    """Lower an actor, which nothing has hit yet."""
    actor = rows.scenario.actors[name]
    path = f"actors.{name}"
    row = located(
        path, actor, "capability", "resolve", "precision", "audience_cost", "belligerence_cost",
        "honesty", "response_delay", "response_spread", "tempo", "control",
    )  # fmt: skip
    row |= {
        "key": key_of(path),
        "war_cost_resolute": Located(f"{path}.war_cost.resolute", actor.war_cost.resolute),
        "war_cost_irresolute": Located(f"{path}.war_cost.irresolute", actor.war_cost.irresolute),
        "honour_resolute": Located(f"{path}.honour.resolute", actor.honour.resolute),
        "honour_irresolute": Located(f"{path}.honour.irresolute", actor.honour.irresolute),
        "pressure_baseline": Located(f"{path}.domestic_pressure", actor.domestic_pressure),
        "open_incident": -1,
        "principal": -1 if actor.principal is None else rows.actors[actor.principal],
    }
    return row


def _duration(rows: Rows, terms: Commitment) -> dict[str, Any]:
    """From when until when a commitment is in force, and by which act of its protégé it lapses."""
    begins = -math.inf if terms.begins is None else rows.scenario.day(terms.begins)
    lapses = math.inf if terms.lapses is None else rows.scenario.day(terms.lapses)
    ends_by = math.inf if terms.while_below is None else rows.intensity(terms.while_below, Role.FORCE)
    in_force = int(begins <= 0.0) if terms.changes else ALWAYS
    return {"begins": begins, "lapses": lapses, "while_below": ends_by, "in_force": in_force}


def pledge_row(rows: Rows, pledge: Pledge) -> dict[str, Any]:
    """Lower a commitment to one protégé against one adversary."""
    terms = pledge.terms
    path = f"commitments.{pledge.commitment}"
    mean = Located(f"{path}.credence.mean", terms.credence.mean)
    return {
        "key": key_of(f"commitments.{pledge.name}"),
        "promise": key_of(path if pledge.shared else f"commitments.{pledge.name}"),
        "shared": int(pledge.shared),
        "commitment": rows.commitments[pledge.commitment],
        "patron": rows.actors[terms.patron],
        "protege": rows.actors[pledge.protege],
        "adversary": rows.actors[pledge.adversary],
        "patron_front": rows.front_rows[f"{terms.patron}-{pledge.adversary}"],
        "protege_front": rows.front_rows[pledge.supported],
        **located(path, terms, "stake", "strength"),
        "publicity": float(terms.public),
        "conditional": int(terms.conditional),
        "restrains": int(holds_back(rows.scenario, terms)),
        **_duration(rows, terms),
        "trigger": rows.intensity(terms.trigger, Role.FORCE),
        "credence_protege": mean,
        "credence_adversary": mean,
        "weight": Located(f"{path}.credence.weight", terms.credence.weight),
        "known": int(terms.public),
        "leave": -1,
        "leave_adversary": -1,
        "asked": -1.0,
        "called": -1.0,
        "joined_period": -1,
    }
